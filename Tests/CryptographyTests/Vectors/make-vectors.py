#!/usr/bin/env python3
"""Writes sealed.txt and password-hashes.txt with Python's hmac, hashlib and base64 alone, and sealed-secrets.txt with
the package cryptography besides."""

import base64
import hashlib
import hmac
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

here = Path(__file__).parent
keys = {"0a1b2c3d": hashlib.sha256(b"old").digest(), "4e5f6071": hashlib.sha256(b"new").digest()}
newest = "4e5f6071"
audience = "https://example.org"


def unpadded(data, alphabet=b"-_"):
    return base64.b64encode(data, alphabet).decode().rstrip("=")


def hkdf(key, info):
    """RFC 5869 with no salt and one block of output."""
    return mac(mac(bytes(32), key), info + b"\x01")


def mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def pre_authentication_encoding(*fields):
    counted = b"".join(len(field).to_bytes(8, "little") + field for field in fields)
    return len(fields).to_bytes(8, "little") + counted


def seal(payload, purpose="session", key_name=newest, version="v1", audience=audience):
    key = hkdf(keys[key_name], f"postern {purpose}".encode())
    fields = [field.encode() for field in (version, key_name, purpose, audience)]
    tag = mac(key, pre_authentication_encoding(*fields, payload))
    return f"{version}.{key_name}.{unpadded(payload)}.{unpadded(tag)}"


def password_hash(password, salt, ln, r, p, pepper_name):
    pepper = hkdf(keys[pepper_name], b"postern password-pepper")
    secret = mac(pepper, pre_authentication_encoding(password.encode()))
    output = hashlib.scrypt(secret, salt=salt, n=1 << ln, r=r, p=p, maxmem=1 << 28, dklen=32)
    settings = f"ln={ln},r={r},p={p},keyid={pepper_name}"
    return f"$scrypt${settings}${unpadded(salt, b'+/')}${unpadded(output, b'+/')}"


ring = "keys 1\n" + "".join(
    f"key {name} {time} {unpadded(keys[name])}\n"
    for name, time in [("0a1b2c3d", 1756900000), ("4e5f6071", 1764676000)]
)
(here / "keys.txt").write_text(ring)

payload = bytes(range(40))
good = seal(payload)
version, name, body, tag = good.split(".")
# The last digit of 32 bytes has two bits that must be zero.
loose_tag = tag[:-1] + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".index(tag[-1]) + 1
]
sealed = [
    ("opens", good),
    ("opens", seal(b"")),
    ("opens", seal(b"\x00")),
    ("opens", seal(payload, key_name="0a1b2c3d")),
    ("forged", seal(payload, purpose="password-reset")),
    ("forged", seal(payload, audience="https://evil.example")),
    ("forged", seal(payload, audience=audience + "/")),
    ("forged", f"v1.0a1b2c3d.{body}.{tag}"),
    ("forged", f"v1.{newest}.{unpadded(payload[:-1])}.{tag}"),
    ("forged", f"v1.{newest}.{body}.{unpadded(bytes(32))}"),
    ("unknownKey", f"v1.ffffffff.{body}.{tag}"),
    ("malformed", ""),
    ("malformed", seal(payload, version="v2")),
    ("malformed", seal(payload, version="v2").replace("v2.", "v1.") + "."),
    ("malformed", f"v1.{newest}.{body}"),
    ("malformed", f"v1..{body}.{tag}"),
    ("malformed", f"v1.../../etc/keys.{body}.{tag}"),
    ("malformed", f"v1.{newest.upper()}.{body}.{tag}"),
    ("malformed", f"v1.{newest}.{body}.{tag}="),
    ("malformed", f"v1.{newest}.{body}.{loose_tag}"),
    ("malformed", f"v1.{newest}.{body}.{tag[:22]}"),
    ("malformed", f"v1.{newest}.{body}."),
    ("malformed", f"v1.{newest}.{body} .{tag}"),
    ("forged", seal(payload, version="v2").replace("v2.", "v1.")),
]
(here / "sealed.txt").write_text(
    "# Written by make-vectors.py: what happens; the text, for keys.txt, session and "
    f"{audience}.\n" + "".join(f"{outcome}; {text}\n" for outcome, text in sealed)
)

salt = bytes(range(16))
hashes = [
    ("correct horse", (14, 8, 5), newest),
    ("correct horse", (4, 8, 1), "0a1b2c3d"),
    (" a ", (4, 8, 1), newest),
    ("", (4, 8, 1), newest),
    ("caf\u00e9", (4, 8, 1), newest),
    ("\U0001f600" * 15, (4, 8, 1), newest),
    ("x" * 1024, (4, 8, 2), newest),
]
(here / "password-hashes.txt").write_text(
    "# Written by make-vectors.py: the password's UTF-8 in hexadecimal; its hash, with keys.txt.\n"
    + "".join(
        f"{password.encode().hex()}; {password_hash(password, salt, *cost, pepper)}\n"
        for password, cost, pepper in hashes
    )
)

account = bytes(range(16))
field = "totp"


def sealed_secret(secret, account=account, field=field, purpose="factor", key_name=newest, version="v1", use="sealing "):
    key = hkdf(keys[key_name], f"postern {use}{purpose}".encode())
    nonce = hashlib.sha256(secret).digest()[:12]
    fields = [version.encode(), key_name.encode(), purpose.encode(), account, field.encode()]
    box = ChaCha20Poly1305(key).encrypt(nonce, secret, pre_authentication_encoding(*fields))
    return f"{version}.{key_name}.{unpadded(nonce + box)}"


secret = b"12345678901234567890"
good = sealed_secret(secret)
body = good.rpartition(".")[2]
secrets = [
    ("opens", good),
    ("opens", sealed_secret(b"")),
    ("opens", sealed_secret(bytes(300))),
    ("opens", sealed_secret(secret, key_name="0a1b2c3d")),
    ("forged", sealed_secret(secret, account=bytes(16))),
    ("forged", sealed_secret(secret, account=account + b"t", field="otp")),
    ("forged", sealed_secret(secret, field="phone")),
    ("forged", sealed_secret(secret, purpose="session")),
    ("forged", sealed_secret(secret, use="")),
    ("forged", sealed_secret(secret, version="v2").replace("v2.", "v1.")),
    ("forged", f"v1.0a1b2c3d.{body}"),
    ("forged", f"v1.{newest}.{unpadded(bytes(28))}"),
    ("unknownKey", f"v1.ffffffff.{body}"),
    ("malformed", ""),
    ("malformed", body),
    ("malformed", sealed_secret(secret, version="v2")),
    ("malformed", f"{good}."),
    ("malformed", f"{good}="),
    ("malformed", f" {good}"),
    ("malformed", f"v1.{newest.upper()}.{body}"),
    ("malformed", f"v1.../keys.{body}"),
    ("malformed", f"v1..{body}"),
    ("malformed", f"v1.{newest}."),
    ("malformed", f"v1.{newest}.{unpadded(bytes(27))}"),
]
(here / "sealed-secrets.txt").write_text(
    "# Written by make-vectors.py: what happens; the text, for keys.txt, factor, the account 00 01 … 0f and totp.\n"
    + "".join(f"{outcome}; {text}\n" for outcome, text in secrets)
)
