#!/usr/bin/env python3
"""Has other programs hash passwords, and writes what they made to imported-hashes.txt.

Needs the Debian packages apache2-utils, openssl, php-cli and whois, from PyPI Django, argon2-cffi and
bcrypt, and the directory `wp-includes` of WordPress as its first argument (6.1 was used). WordPress
6.8 and later is stood for by PHP's `password_hash` and `hash_hmac`, as its `wp_hash_password` calls
them.
"""

import subprocess
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import hashers

WORDPRESS = Path(sys.argv[1])
PHRASE = "correct horse"
UMLAUT = "pässwörd 鍵"
DECOMPOSED = "cafe\u0301"
QUOTED = "it's \"so\" \\ easy"
LONG = "0123456789" * 10


def run(*command: str, stdin: str = "") -> str:
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=True).stdout.strip()


def htpasswd(password: str, *options: str) -> str:
    return run("htpasswd", "-n", "-i", *options, "ada", stdin=password).partition(":")[2]


def mkpasswd(password: str, *options: str) -> str:
    return run("mkpasswd", "--stdin", *options, stdin=password)


def php(code: str, password: str) -> str:
    return run("php", "-r", f"$p = stream_get_contents(STDIN); {code}", stdin=password)


def wordpress(password: str) -> str:
    """What `wp_hash_password` gives of a password that came from a form, where quotes get a backslash."""
    return php(
        f"require '{WORDPRESS}/class-phpass.php'; $h = new PasswordHash(8, true);"
        "echo $h->HashPassword(trim(addslashes($p)));", password)


def wordpress_6_8(password: str, cost: int) -> str:
    return php(
        "$p = base64_encode(hash_hmac('sha384', trim(addslashes($p)), 'wp-sha384', true));"
        f"echo '$wp' . password_hash($p, PASSWORD_BCRYPT, ['cost' => {cost}]);", password)


def django_hash(password: str, algorithm: str, **costs: int) -> str:
    hasher = hashers.get_hasher(algorithm)
    for name, value in costs.items():
        setattr(hasher, name, value)
    return hasher.encode(password, hasher.salt())


settings.configure(PASSWORD_HASHERS=[f"django.contrib.auth.hashers.{name}PasswordHasher" for name in (
    "PBKDF2", "PBKDF2SHA1", "Argon2", "BCryptSHA256", "BCrypt", "Scrypt")])
django.setup()

VECTORS = [
    ("htpasswd -B", PHRASE, htpasswd(PHRASE, "-B", "-C", "5")),
    ("htpasswd -B", UMLAUT, htpasswd(UMLAUT, "-B", "-C", "5")),
    ("htpasswd -m", PHRASE, htpasswd(PHRASE, "-m")),
    ("htpasswd -m", LONG, htpasswd(LONG, "-m")),
    ("htpasswd -s", UMLAUT, htpasswd(UMLAUT, "-s")),
    ("htpasswd -2", PHRASE, htpasswd(PHRASE, "-2")),
    ("htpasswd -5", PHRASE, htpasswd(PHRASE, "-5", "-r", "2000")),
    ("mkpasswd yescrypt", UMLAUT, mkpasswd(UMLAUT, "--method=yescrypt")),
    ("mkpasswd yescrypt", PHRASE, mkpasswd(PHRASE, "--method=yescrypt", "--rounds=1")),
    ("mkpasswd sha512crypt", LONG, mkpasswd(LONG, "--method=sha512crypt")),
    ("mkpasswd sha256crypt", UMLAUT, mkpasswd(UMLAUT, "--method=sha256crypt", "--rounds=1000")),
    ("mkpasswd bcrypt-a", PHRASE, mkpasswd(PHRASE, "--method=bcrypt-a", "--rounds=4")),
    ("mkpasswd md5crypt", UMLAUT, mkpasswd(UMLAUT, "--method=md5crypt")),
    ("openssl passwd -1", LONG, run("openssl", "passwd", "-1", "-stdin", stdin=LONG)),
    ("PHP bcrypt", DECOMPOSED, php("echo password_hash($p, PASSWORD_BCRYPT);", DECOMPOSED)),
    ("PHP argon2id", PHRASE, php("echo password_hash($p, PASSWORD_ARGON2ID);", PHRASE)),
    ("PHP argon2i", UMLAUT, php("echo password_hash($p, PASSWORD_ARGON2I, ['memory_cost' => 1024]);", UMLAUT)),
    ("WordPress", PHRASE, wordpress(PHRASE)),
    ("WordPress", UMLAUT, wordpress(UMLAUT)),
    ("WordPress", QUOTED, wordpress(QUOTED)),
    ("WordPress 6.8", PHRASE, wordpress_6_8(PHRASE, 10)),
    ("WordPress 6.8", QUOTED, wordpress_6_8(QUOTED, 4)),
    ("WordPress 6.8", LONG, wordpress_6_8(LONG, 4)),
    ("Django", PHRASE, django_hash(PHRASE, "pbkdf2_sha256")),
    ("Django", DECOMPOSED, django_hash(DECOMPOSED, "pbkdf2_sha256", iterations=1000)),
    ("Django", UMLAUT, django_hash(UMLAUT, "pbkdf2_sha1", iterations=1000)),
    ("Django", PHRASE, django_hash(PHRASE, "argon2", memory_cost=1024)),
    ("Django", LONG, django_hash(LONG, "bcrypt_sha256", rounds=4)),
    ("Django", UMLAUT, django_hash(UMLAUT, "bcrypt", rounds=4)),
    ("Django", PHRASE, django_hash(PHRASE, "scrypt", work_factor=1 << 10)),
]

with open(Path(__file__).parent / "imported-hashes.txt", "w") as file:
    print("# Written by make-imported-hashes.py: the program; the password in hexadecimal; its hash.", file=file)
    for program, password, made in VECTORS:
        print(program, password.encode().hex(), made, sep="; ", file=file)
