"""A release: unpacked where there is nothing else, installed, as a Debian package, and by a user of a shared host.

Its programs must be static, as `scripts/build` makes them.
"""

import os
import re
import shutil
import socket
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path

import pytest
from harness import fastcgi
from harness.gateway import Connection
from harness.mailbox import Mailbox
from harness.people import PASSWORD, press, sign_in, sign_up
from harness.site import ROOT, free_port, program
from harness.visitor import Visitor


def run(*command, **more) -> str:
    """What a command says that must succeed and complain of nothing."""
    ended = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=300, **more)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def make(script: str, output: Path) -> Path:
    """Runs `scripts/dist` or `scripts/deb`; the file that it made."""
    variables = {"OUTPUT": str(output), "PROGRAMS": str(program(""))}
    return Path(run(ROOT / "scripts" / script, env={**os.environ, **variables}).strip())


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    return make("dist", tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def unpacked(archive, tmp_path_factory) -> Path:
    """An otherwise empty directory with the release in it."""
    root = tmp_path_factory.mktemp("root")
    run("tar", "-xzf", archive, "-C", root)
    return root / archive.name.removesuffix(".tar.gz")


@pytest.fixture(scope="module")
def package(archive, tmp_path_factory) -> Path:
    """The Debian package, for which the release is made once more."""
    return make("deb", tmp_path_factory.mktemp("deb"))


def test_the_archive_holds_what_a_site_needs_and_belongs_to_nobody(archive):
    with tarfile.open(archive) as files:
        members = files.getmembers()
    assert {member.name.split("/")[1] for member in members if "/" in member.name} == {
        "bin", "forms", "public", "site", "hosting", "docs", "install", "shared-host",
        "INSTALL.md", "postern.8", "SECURITY.md", "CHANGELOG.md", "LICENSE", "NOTICE"}
    names = {member.name.partition("/")[2] for member in members}
    assert {"bin/account", "bin/postern", "bin/score", "forms/forms.seg", "public/index.html", "site/site.yml",
            "hosting/cgi/.htaccess"} <= names
    for member in members:
        assert member.isfile() or member.isdir(), member.name
        assert (member.uid, member.gid, member.mode & 0o022) == (0, 0, 0), member.name
    assert len({member.mtime for member in members}) == 1


def test_the_same_sources_make_the_same_bytes(archive, package):
    sums = archive.parent / "SHA256SUMS"
    run("sha256sum", "--check", "--strict", sums.name, cwd=archive.parent)
    assert sums.read_text() == (package.parent / "SHA256SUMS").read_text()


def test_the_version_is_one(archive, unpacked):
    version = re.fullmatch(r"postern (\d+\.\d+\.\d+)\n", run(unpacked / "bin" / "postern", "--version"))[1]
    assert archive.name == f"postern-{version}-linux-{os.uname().machine}.tar.gz"
    assert f"postern {version}" in (unpacked / "postern.8").read_text()


def test_the_manual_knows_every_command(unpacked):
    listed = re.findall(r"(?m)^  ([a-z]+) {3,}\S", run(unpacked / "bin" / "postern", "--help"))
    assert re.findall(r"\.TP\n\.B ([a-z]+)\n", (unpacked / "postern.8").read_text()) == listed


# an empty machine


def test_it_runs_where_there_is_nothing_else(unpacked):
    root, here = unpacked.parent, f"/{unpacked.name}"
    (root / "proc").mkdir()
    enter = ["unshare", "--map-root-user", "--mount", "--pid", "--fork", "--root", root, "--mount-proc"]

    def inside(name: str, *arguments: str, **more) -> str:
        return run(*enter, f"{here}/bin/{name}", *arguments, **more)

    inside("postern", "init", "/data", "--url", "https://seeds.example", "--name", "Seeds",
           "--forms", f"{here}/forms/forms.seg", "--mail", "maildir")
    inside("postern", "build", f"{here}/site", "--output", "/pages", "--forms", "/forms.seg")
    assert (root / "forms.seg").read_bytes() == (unpacked / "forms" / "forms.seg").read_bytes()
    assert inside("postern", "doctor", "--offline", "--data", "/data") == ""
    variables = dict(fastcgi.variables("/account/sign-in")) | {"POSTERN_DATA": "/data", "PATH": os.environ["PATH"]}
    assert inside("account", env=variables, stdin=subprocess.DEVNULL).startswith("Status: 200 ")
    assert '"score":0' in inside("score", "--json", input="zxcvbn\n")
    assert {path.name for path in root.iterdir()} == {unpacked.name, "proc", "data", "pages", "forms.seg"}


# systemd


@pytest.fixture(scope="module")
def prefix(unpacked, tmp_path_factory) -> Path:
    """Where the release is installed."""
    prefix = tmp_path_factory.mktemp("prefix")
    run(unpacked / "install", env={**os.environ, "PREFIX": str(prefix)})
    return prefix


def test_the_units_are_right_and_let_the_programs_little(prefix):
    units = sorted((prefix / "lib" / "systemd" / "system").iterdir())
    assert [unit.name for unit in units] == [
        "postern-account.socket", "postern-account@.service", "postern-deliver.service", "postern-score.service",
        "postern-score.socket", "postern-sweep.service", "postern-sweep.timer"]
    assert not [unit.name for unit in units if re.search("@[A-Z]+@", unit.read_text())]
    # Of the machine that is tested on, only its own units are needed.
    path = {**os.environ, "SYSTEMD_UNIT_PATH": f"{units[0].parent}:"}
    ended = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, timeout=60, env=path)
    assert (ended.returncode, [line for line in ended.stderr.splitlines() if "postern" in line]) == (0, [])
    for name in ("postern-account@1.service", "postern-score.service", "postern-sweep.service"):
        run("systemd-analyze", "security", "--offline=yes", "--threshold=20", name, env=path)


def test_a_worker_takes_its_socket_from_systemd(prefix, tmp_path):
    run(prefix / "bin" / "postern", "init", tmp_path / "data", "--url", "https://seeds.example", "--name", "Seeds",
        "--forms", prefix / "share/postern/forms/forms.seg", "--mail", "maildir")
    path = tmp_path / "account.sock"
    # `--inetd` is what StandardInput=socket does: the listening socket becomes descriptor 0.
    worker = subprocess.Popen([
        "systemd-socket-activate", "--inetd", f"--setenv=POSTERN_DATA={tmp_path}/data", f"--listen={path}",
        prefix / "libexec/postern/account"], stderr=subprocess.DEVNULL)
    try:
        while not path.exists():
            assert worker.poll() is None
            time.sleep(0.02)
        with Connection(path) as connection:
            assert connection.send(fastcgi.request("/account/sign-in")).answer().status == 200
    finally:
        worker.terminate()
        assert worker.wait(20) == 0


# Debian


def test_the_package_is_clean_and_leaves_the_accounts_alone(package):
    run("lintian", "--fail-on", "error,warning", "--allow-root", package)
    listed = run("dpkg-deb", "--contents", package)
    assert "./usr/bin/postern\n" in listed and "./usr/libexec/postern/account\n" in listed
    assert "/var/" not in listed


# a shared host


@pytest.fixture
def home():
    """The home of somebody who is nobody on this machine, and who cannot reach pytest's own directories."""
    directory = Path(tempfile.mkdtemp(prefix="postern-host-"))
    directory.chmod(0o755)
    home = directory / "home"
    (home / "public_html").mkdir(parents=True)
    if os.geteuid() == 0:
        run("chown", "-R", "nobody:nogroup", directory)
    yield home
    shutil.rmtree(directory)


@pytest.fixture
def customer(home) -> list[str]:
    """What a command of theirs begins with."""
    nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
    return [*nobody, "env", "-i", "-C", str(home), f"HOME={home}", f"PATH={os.environ['PATH']}", "MAIL=maildir"]


@pytest.fixture
def port(home, customer):
    """That of Apache as a shared host sets it up for a customer, as whom it runs CGI programs."""
    port = free_port()
    file = home.parent / "apache.conf"
    file.write_text((ROOT / "hosting" / "cgi" / "apache.conf").read_text().replace(
        "@RUN@", str(home.parent)).replace("@NAME@", "localhost").replace("@LISTEN@", f"127.0.0.1:{port}"))
    apache = subprocess.Popen([*customer, "apache2", "-D", "FOREGROUND", "-f", file])
    while not is_listening(port):
        assert apache.poll() is None
        time.sleep(0.05)
    yield port
    apache.terminate()
    apache.wait(20)


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def commands() -> list[str]:
    """Those of the README for a shared host."""
    section = (ROOT / "README.md").read_text().partition("\n### On a shared host\n")[2].partition("\n#")[0]
    return re.findall(r"(?m)^    (.+)$", section)


def test_a_user_without_root_has_a_member_after_the_commands_of_the_readme(archive, home, customer, port):
    shutil.copy(archive, home)
    *before, for_cron = commands()
    assert len(before) + 1 < 5 and for_cron.endswith("| crontab -")
    script = "\n".join(before).replace("https://seeds.example", f"http://localhost:{port}")
    assert archive.name in script
    run(*customer, "sh", "-euc", script)

    visitor, address = Visitor(port, "127.2.0.1"), "ada@example.org"
    assert visitor.get("/").status == 200
    assert sign_up(visitor, address).status == 303
    # What cron would do within a minute.
    line = (home / "postern" / "crontab").read_text().splitlines()[0]
    run(*customer, "sh", "-c", line.removeprefix("* * * * * "))
    assert press(visitor, Mailbox(home / "postern" / "data").next(address).link).status == 303
    assert sign_in(Visitor(port, "127.2.0.2"), address, PASSWORD).status == 303
    assert visitor.get("/.htaccess").status in (403, 404)
    assert Visitor(port, "127.2.0.3").get("/score").status == 200


def test_what_is_there_already_is_left_and_named(unpacked, home, customer):
    (home / "public_html" / "index.html").write_text("mine")
    set_up = [*customer, "sh", unpacked / "shared-host", "public_html", "http://localhost:8080", "Seeds"]
    if os.geteuid() == 0:
        # They cannot reach it where it is.
        shutil.copytree(unpacked, home / "release")
        set_up[-4] = home / "release" / "shared-host"
    refused = subprocess.run(set_up, capture_output=True, text=True, timeout=60)
    assert refused.returncode == 1
    assert refused.stderr == f"shared-host: error: {home}/public_html/index.html is there already; move it away\n"
    assert [path.name for path in (home / "public_html").iterdir()] == ["index.html"]
    (home / "public_html" / "index.html").unlink()
    run(*set_up)
    # The second time, it takes in what its owner has changed.
    words = home / "postern" / "site" / "pages" / "index.html"
    words.write_text(words.read_text() + "<p>Also on Sundays.</p>\n")
    run(*set_up)
    assert "Also on Sundays." in (home / "public_html" / "index.html").read_text()
