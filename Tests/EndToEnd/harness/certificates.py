"""Certificates for servers on loopback: one to be trusted, and others that are not."""

import shutil
import subprocess
from pathlib import Path


def make_certificates(directory: Path) -> Path:
    """An authority, `ca.pem`; a certificate for this machine by it, `server.pem`; and three that are not to be trusted.

    The key of all of them is `key.pem`.
    """
    directory.mkdir(parents=True)
    names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    openssl(directory, "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "key.pem")
    for authority in ["ca", "stranger"]:
        openssl(directory, "req", "-x509", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-keyout", f"{authority}.key", "-out", f"{authority}.pem", "-subj", f"/CN={authority}", "-days", "2")
    openssl(directory, "req", "-new", "-key", "key.pem", "-subj", "/CN=localhost", "-out", "request.pem")
    for name, authority, extension, days in [
        ("server", "ca", names, 2), ("expired", "ca", names, -1), ("untrusted", "stranger", names, 2),
        ("wrong-host", "ca", "subjectAltName=DNS:elsewhere.example,IP:127.0.0.2", 2),
    ]:
        (directory / "extensions").write_text(extension)
        openssl(directory, "x509", "-req", "-in", "request.pem", "-CA", f"{authority}.pem", "-CAkey",
                f"{authority}.key", "-out", f"{name}.pem", "-days", str(days), "-extfile", "extensions")
    return directory


def openssl(directory: Path, *arguments: str) -> None:
    subprocess.run([shutil.which("openssl"), *arguments], cwd=directory, check=True, capture_output=True)
