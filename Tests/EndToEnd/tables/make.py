#!/usr/bin/env python3
"""Has WordPress, Django and htpasswd make the tables of users that stand beside this file.

Needs the Debian packages apache2-utils, mariadb-server, php-cli, php-mysql and sqlite3, from PyPI Django and
argon2-cffi, and the directory of WordPress as its first argument (6.1 was used, as Debian 12 has it).
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
WORDPRESS = Path(sys.argv[1])

USERS = """
foreach ([
    ['rowan', 'Rowan "Row" Ash', 'marrow lantern quilt thirteen'],
    ['hazel', 'Hazel Müller', 'it\\'s "so" \\\\ easy'],
] as [$login, $name, $password]) {
    // What a form sends has been given backslashes before quotes by the time it is hashed.
    $id = wp_insert_user(['user_login' => $login, 'user_email' => "$login@wordpress.example",
        'display_name' => $name, 'user_pass' => wp_slash($password)]);
    is_wp_error($id) && exit($id->get_error_message());
}
"""


def wordpress() -> None:
    """A site is installed, gets two users besides its administrator, and its table is printed."""
    with tempfile.TemporaryDirectory() as directory:
        socket = f"{directory}/socket"
        subprocess.run(
            ["mariadb-install-db", f"--datadir={directory}/data", "--auth-root-authentication-method=normal",
             "--user=root"], check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen(
            ["mariadbd", "--no-defaults", f"--datadir={directory}/data", f"--socket={socket}", "--skip-networking",
             "--user=root"], stderr=subprocess.DEVNULL)
        client = ["mariadb", "--no-defaults", f"--socket={socket}", "--user=root"]
        try:
            while subprocess.run([*client, "-e", "CREATE DATABASE wordpress"], stderr=subprocess.DEVNULL).returncode:
                time.sleep(0.2)
            script = f"""<?php
                define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
                define('DB_HOST', 'localhost:{socket}'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
                define('WP_INSTALLING', true); define('ABSPATH', '{WORDPRESS}/'); $table_prefix = 'wp_';
                define('WP_SITEURL', 'http://wordpress.example');
                require ABSPATH . 'wp-settings.php';
                require ABSPATH . 'wp-admin/includes/upgrade.php';
                function wp_mail() {{ return true; }}
                wp_install('Seeds', 'admin', 'admin@wordpress.example', false, '', 'velvet gravel orchid piston');
                {USERS}"""
            subprocess.run(["php"], input=script, text=True, check=True)
            table = subprocess.run(
                [*client, "--batch", "-e", "SELECT * FROM wp_users", "wordpress"], check=True, capture_output=True)
            (HERE / "wordpress.tsv").write_bytes(table.stdout)
        finally:
            server.terminate()
            server.wait()


def django() -> None:
    """A project with SQLite gets four users, of whom one has left and one has no password."""
    with tempfile.TemporaryDirectory() as directory:
        def run(*command: str) -> None:
            subprocess.run([sys.executable, *command], cwd=directory, check=True, stdout=subprocess.DEVNULL)

        run("-m", "django", "startproject", "seeds", ".")
        run("manage.py", "migrate")
        run("manage.py", "shell", "-c", """
from django.contrib.auth.models import User
from django.contrib.auth.hashers import make_password
User.objects.create_user('rowan', 'rowan@django.example', 'marrow lantern quilt thirteen', first_name='Rowan', last_name='Ash')
User.objects.create_user('hazel', 'hazel@django.example', 'velvet gravel orchid piston', is_active=False)
User.objects.create_user('alder', 'alder@django.example')
User.objects.create(username='maple', email='maple@django.example', password=make_password('copper thistle ledger umbrella', hasher='argon2'))
""")
        table = subprocess.run(
            ["sqlite3", "-csv", "-header", "db.sqlite3", "SELECT * FROM auth_user"], cwd=directory, check=True,
            capture_output=True)
        (HERE / "django.csv").write_bytes(table.stdout)


def htpasswd() -> None:
    """A file with a name for each way in which htpasswd hashes and that is not plain."""
    lines = [
        subprocess.run(
            ["htpasswd", "-n", "-i", option, name], input="marrow lantern quilt thirteen", text=True, check=True,
            capture_output=True).stdout.strip()
        for name, option in {"rowan": "-B", "hazel": "-m", "alder": "-s", "maple": "-5"}.items()]
    lines.append(subprocess.run(
        ["htpasswd", "-n", "-i", "-d", "elder"], input="marrow lantern quilt thirteen", text=True, check=True,
        capture_output=True).stdout.strip())
    (HERE / "members.htpasswd").write_text("\n".join([*lines, ""]))


htpasswd()
django()
wordpress()
