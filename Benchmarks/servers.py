"""Servers around the peers: nginx configured as it is shipped, libfcgi's spawner, PHP-FPM."""

import os
import subprocess
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

from harness.site import ROOT, Site, free_port

NGINX = ROOT / "hosting" / "nginx"


def one_worker(directory: Path, settings: dict[str, str] | None = None) -> Site:
    """A site of ours in a new directory, with one worker as its peers have."""
    directory.mkdir()
    return Site(directory, settings, workers=1)


class Started(ExitStack):
    """Programs that end with the block they were started in."""

    def start(self, *command: str | Path, **options) -> subprocess.Popen:
        process = subprocess.Popen(command, **options)
        self.callback(process.wait, 20)
        self.callback(process.terminate)
        return process


def wait_for(path: Path, process: subprocess.Popen, within: float = 10) -> None:
    """Waits until a socket is there."""
    until = time.monotonic() + within
    while not path.exists():
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"{process.args[0]} opened no socket {path}")
        time.sleep(0.02)


@contextmanager
def fastcgi(program: Path, directory: Path, name: str):
    """One worker of a FastCGI program: its socket and its process."""
    socket = directory / f"{name}.sock"
    with Started() as started:
        worker = started.start(
            "spawn-fcgi", "-n", "-s", socket, "-M", "0600", "--", program, stdout=subprocess.DEVNULL)
        wait_for(socket, worker)
        yield socket, worker.pid


@contextmanager
def php_fpm(directory: Path):
    """PHP-FPM with one worker: its socket and its process."""
    socket = directory / "php.sock"
    configuration = directory / "php-fpm.conf"
    configuration.write_text(
        f"[global]\nerror_log = {directory}/php-fpm.log\n"
        f"[peer]\nuser = root\ngroup = root\nlisten = {socket}\npm = static\npm.max_children = 1\n")
    program = max(Path("/usr/sbin").glob("php-fpm[0-9]*"))
    as_root = ["--allow-to-run-as-root"] if os.geteuid() == 0 else []
    with Started() as started:
        master = started.start(
            program, "--nodaemonize", *as_root, "--fpm-config", configuration, stderr=subprocess.DEVNULL)
        wait_for(socket, master)
        children = Path(f"/proc/{master.pid}/task/{master.pid}/children")
        while not children.read_text():
            time.sleep(0.02)
        yield socket, int(children.read_text())


@contextmanager
def nginx(directory: Path, name: str, socket: Path, page: Path | None = None):
    """nginx with the shipped server block before a FastCGI socket; a page in PHP is named to it.

    Gives its port.
    """
    port = free_port()
    run = directory / name
    run.mkdir(mode=0o700)
    places = {
        "@LISTEN@": f"127.0.0.1:{port}", "@NAME@": "localhost", "@PUBLIC@": str(ROOT / "public"),
        "@SOCKET@": str(socket), "@RUN@": str(run)}
    for template in ("nginx.conf", "postern.conf"):
        text = (NGINX / template).read_text()
        for place, value in places.items():
            text = text.replace(place, value)
        if page:
            last = 'fastcgi_param HTTP_PROXY "";'
            text = text.replace(last, f"{last}\n        fastcgi_param SCRIPT_FILENAME {page};")
        (run / template).write_text(text)
    as_who = "user root; " if os.geteuid() == 0 else ""
    with Started() as started:
        server = started.start(
            "nginx", "-e", run / "error.log", "-c", run / "nginx.conf", "-g", f"{as_who}daemon off;")
        wait_for(run / "nginx.pid", server)
        yield port
