#!/usr/bin/python3
"""Fills a data directory with accounts, without syncs and without the store: only for measuring.

The names are those that the store would choose under the key 00 01 … 1f.
"""

import base64
import hashlib
import hmac
import multiprocessing
import os
import struct
import sys

KEY = bytes(range(32))
WORKERS = 2


def account_name(number: int) -> bytes:
    return hashlib.sha256(str(number).encode()).digest()[:16]


def address_hash(address: str) -> str:
    """HMAC over PASETO's encoding of one field."""
    message = struct.pack("<QQ", 1, len(address)) + address.encode()
    return hmac.digest(KEY, message, "sha256").hex()


def write(path: str, text: str) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.write(file, text.encode())
    os.close(file)


def add(data: str, number: int) -> None:
    name = account_name(number)
    text = base64.urlsafe_b64encode(name).decode().rstrip("=")
    address = f"person{number}@seeds.example"
    digest = address_hash(address)
    home = f"{data}/accounts/{name[0]:02x}/{text}"
    os.mkdir(home, 0o700)
    write(f"{home}/account", f"""account 1
id {text}
email {address}
name Person {number}
created 2026-11-21T09:00:00Z
disabled no
password-changed 2026-11-21T09:00:00Z
generation 1
epoch 1
""")
    write(f"{data}/addresses/{digest[:2]}/{digest}", f"address 1\naccount {text}\n")


def fill(data: str, numbers: range) -> None:
    for number in numbers:
        add(data, number)


if __name__ == "__main__":
    data, first, end = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with multiprocessing.Pool(WORKERS) as pool:
        pool.starmap(fill, [(data, range(first + n, end, WORKERS)) for n in range(WORKERS)])
