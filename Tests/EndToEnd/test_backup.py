"""`postern backup` and `restore`: lines P19, P21, P28, A43, A61 and A62."""

import fcntl
import hashlib
import io
import os
import subprocess
import tarfile
import threading

import pytest
from harness.operator import Operator
from harness.people import OTHER_PASSWORD, THIRD_PASSWORD, is_signed_in, new_people, sign_in
from harness.site import Site, program


def succeeded(run: subprocess.CompletedProcess) -> str:
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    # With the cost of a hash that the doctor, who looks at what was restored, finds high enough.
    with Site(tmp_path_factory.mktemp("site"), settings={"hashing-slots": "4"}) as site:
        yield site


@pytest.fixture
def operator(tmp_path):
    operator = Operator(tmp_path)
    operator.init()
    return operator


def restored(tmp_path, archive, name="restored") -> Operator:
    """A data directory made of a backup."""
    (tmp_path / name).mkdir()
    other = Operator(tmp_path / name)
    succeeded(other.run("restore", str(archive), str(other.data)))
    return other


def records(data) -> dict:
    """All files that a backup has, but for those that restoring writes."""
    passing = {"locks", "epoch", "log", "log.lock"}
    return {
        str(path.relative_to(data)): path.read_bytes() for path in data.rglob("*")
        if path.is_file() and path.name not in passing
        and path.relative_to(data).parts[0] not in {"spool", "forms", "slots", "breached"}}


def test_a_backup_of_a_site_is_that_site_again_with_everybody_signed_out(site, tmp_path):
    first, second = new_people(site, 2)
    assert is_signed_in(first.visitor)
    count = len(succeeded(site.operator("accounts", "list")).splitlines())
    archive = tmp_path / "site.tar"
    succeeded(site.operator("backup", str(archive)))
    assert archive.stat().st_mode & 0o777 == 0o600
    assert site.log.splitlines()[-1].endswith(f" operator act=backed-up accounts={count}")
    assert sign_in(site.visitor(), first.address, first.password).status == 303

    other = Site(tmp_path / "other", settings={})
    other.data.parent.mkdir()
    succeeded(other.operator("restore", str(archive), str(other.data)))
    for path in [other.data, *other.data.rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path
    other.configure({"url": other.address})
    with other:
        visitor = other.visitor()
        visitor.cookies = dict(first.visitor.cookies)
        assert not is_signed_in(visitor)
        for person in (first, second):
            assert sign_in(other.visitor(), person.address, person.password).status == 303
        assert f" operator act=restored accounts={count}\n" in other.log


def test_P28_an_archive_is_read_by_tar_and_has_no_owner_and_no_others_rights(operator, tmp_path):
    archive = tmp_path / "site.tar"
    succeeded(operator.run("backup", str(archive)))
    listed = subprocess.run(["tar", "-tf", archive], capture_output=True, text=True, check=True)
    names = listed.stdout.splitlines()
    assert {"postern.conf", "epoch", "accounts/00/", "keys/ring", "keys/pepper", "keys/names", "keys/factors"} <= set(names)
    assert names.index("accounts/") < names.index("addresses/") < names.index("keys/")
    assert names[-2].startswith("keys/") and names[-1] == "checksum", "the keys come last"
    assert len(names) == len(set(names))
    with tarfile.open(archive) as tar:
        assert {(member.uid, member.gid, member.mode) for member in tar if member.isfile()} == {(0, 0, 0o600)}
        assert {member.mode for member in tar if member.isdir()} == {0o700}
        assert tar.extractfile("keys/ring").read() == (operator.data / "keys/ring").read_bytes()


def test_what_passes_is_left_out_so_that_no_mail_is_sent_twice(operator, tmp_path):
    operator.spool("ada@example.org")
    (operator.data / "accounts/00/.new-1234").touch(0o600)
    succeeded(operator.run("backup", str(tmp_path / "site.tar")))
    with tarfile.open(tmp_path / "site.tar") as tar:
        names = tar.getnames()
    assert "spool/new" in names and not [name for name in names if name.startswith("spool/new/")]
    assert not [name for name in names if ".new-" in name or name.endswith("lock") or name == "locks"]
    other = restored(tmp_path, tmp_path / "site.tar")
    assert succeeded(other.run("mail", "list")) == ""
    assert records(other.data) == {
        name: content for name, content in records(operator.data).items() if ".new-" not in name}


def test_an_archive_without_keys_has_none_and_waits_for_them(operator, tmp_path):
    archive = tmp_path / "site.tar"
    succeeded(operator.run("backup", "--without-keys", str(archive)))
    assert (operator.data / "log").read_text().endswith(" operator act=backed-up-without-keys accounts=0\n")
    keys = [path.read_text().split()[-1] for path in (operator.data / "keys").iterdir()]
    assert not any(key.encode() in archive.read_bytes() for key in keys)
    (tmp_path / "restored").mkdir()
    other = Operator(tmp_path / "restored")
    told = other.run("restore", str(archive), str(other.data))
    assert told.returncode == 78
    assert f"postern: error: cannot open {other.data}/keys: it is missing" in told.stderr
    subprocess.run(["cp", "-a", operator.data / "keys", other.data], check=True)
    assert succeeded(other.run("doctor")) == ""


def test_a_pipe_is_as_good_as_a_file(operator, tmp_path):
    (tmp_path / "restored").mkdir()
    other = Operator(tmp_path / "restored")
    backup = subprocess.Popen([program("postern"), "backup", "-"], stdout=subprocess.PIPE, env=operator.environment)
    restore = subprocess.run(
        [program("postern"), "restore", "-", str(other.data)], stdin=backup.stdout, capture_output=True, text=True)
    assert backup.wait(10) == 0
    succeeded(restore)
    assert records(other.data) == records(operator.data)


def test_A62_a_backup_made_while_people_change_their_passwords_is_sound(site, tmp_path):
    people = new_people(site, 4)
    over = threading.Event()

    def change(person) -> None:
        while not over.is_set():
            old = person.password
            new = OTHER_PASSWORD if old != OTHER_PASSWORD else THIRD_PASSWORD
            answer = person.visitor.fill("/account/password", {"current-password": old, "new-password": new})
            if answer.status == 303:
                person.password = new

    threads = [threading.Thread(target=change, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    archives = [tmp_path / f"{n}.tar" for n in range(4)]
    try:
        for archive in archives:
            succeeded(site.operator("backup", str(archive)))
    finally:
        over.set()
        for thread in threads:
            thread.join()
    for archive in archives:
        other = restored(tmp_path, archive, archive.stem)
        listed = succeeded(other.run("accounts", "list"))
        assert {line.split("  ")[0] for line in listed.splitlines()} >= {person.address for person in people}
        # Each is found by its address, and so has its claim.
        for person in people:
            assert f"address   {person.address}\n" in succeeded(other.run("accounts", "show", person.address))


def test_a_file_that_is_there_stays(operator, tmp_path):
    file = tmp_path / "site.tar"
    file.write_text("mine")
    refused = operator.run("backup", str(file))
    assert (refused.returncode, file.read_text()) == (73, "mine")
    assert refused.stderr == (
        f"postern: error: {file}: File exists\npostern: hint: name a file that is not there yet\n")
    nowhere = operator.run("backup", "/nowhere/site.tar")
    assert (nowhere.returncode, nowhere.stderr) == (73, "postern: error: /nowhere/site.tar.part: No such file or directory\n")


def test_an_archive_does_not_hold_itself(operator):
    refused = operator.run("backup", str(operator.data / "site.tar"))
    assert (refused.returncode, refused.stdout) == (73, "")
    assert "site.tar: it would be a part of itself\n" in refused.stderr
    assert not list(operator.data.glob("site.tar*"))


def test_P19_a_backup_that_fails_leaves_nothing(operator, tmp_path):
    (operator.data / "accounts/7f/strange").symlink_to("/etc/passwd")
    failed = operator.run("backup", str(tmp_path / "site.tar"))
    assert failed.returncode == 74
    assert f"cannot open {operator.data}/accounts/7f/strange: it is a symbolic link" in failed.stderr
    assert not list(tmp_path.glob("site.tar*"))


def test_what_a_backup_left_that_was_killed_the_next_one_writes_anew(operator, tmp_path):
    part = tmp_path / "site.tar.part"
    part.write_bytes(b"x" * 1_000_000)
    part.chmod(0o600)
    with part.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        refused = operator.run("backup", str(tmp_path / "site.tar"))
        assert (refused.returncode, part.stat().st_size) == (73, 1_000_000)
        assert refused.stderr == (
            f"postern: error: {part}: File exists\npostern: hint: another backup is writing it\n")
    succeeded(operator.run("backup", str(tmp_path / "site.tar")))
    assert not part.exists()
    restored(tmp_path, tmp_path / "site.tar")


@pytest.mark.parametrize("put", [
    pytest.param(lambda part: part.symlink_to("elsewhere"), id="a symbolic link"),
    pytest.param(lambda part: os.mkfifo(part, 0o600), id="a pipe"),
    pytest.param(lambda part: part.mkdir(), id="a directory"),
    pytest.param(lambda part: part.touch(0o644), id="a file that others read"),
])
def test_A63_a_backup_is_written_to_nothing_that_somebody_else_put_there(operator, tmp_path, put):
    part = tmp_path / "site.tar.part"
    put(part)
    before = part.lstat()
    refused = operator.run("backup", str(tmp_path / "site.tar"))
    assert refused.returncode == 73 and refused.stderr.startswith(f"postern: error: {part}: ")
    assert (part.lstat().st_ino, part.lstat().st_mode) == (before.st_ino, before.st_mode)
    assert not (tmp_path / "site.tar").exists() and not (tmp_path / "elsewhere").exists()


def test_the_checksum_is_that_of_everything_before_it(operator, tmp_path):
    archive = tmp_path / "site.tar"
    succeeded(operator.run("backup", str(archive)))
    with tarfile.open(archive) as tar:
        checksum = tar.getmember("checksum")
        text = tar.extractfile(checksum).read().decode()
    before = archive.read_bytes()[:checksum.offset]
    assert text == f"bytes {len(before)}\nsha256 {hashlib.sha256(before).hexdigest()}\n"


def test_P21_restore_takes_a_new_or_an_empty_directory_and_no_other(operator, tmp_path):
    archive = tmp_path / "site.tar"
    succeeded(operator.run("backup", str(archive)))
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "diary").write_text("mine")
    refused = operator.run("restore", str(archive), str(taken))
    assert refused.returncode == 73
    assert refused.stderr == (
        f"postern: error: {taken}: there is something already\npostern: hint: name a new or an empty directory\n")
    assert [path.name for path in taken.iterdir()] == ["diary"]
    empty = tmp_path / "empty"
    empty.mkdir(0o755)
    succeeded(operator.run("restore", str(archive), f"{empty}/"))
    assert empty.stat().st_mode & 0o777 == 0o700


def member(name: str, kind: bytes = tarfile.REGTYPE, has_checksum: bool = False) -> bytes:
    """The archive of a stranger, with one member."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        tar.addfile(info)
        if has_checksum:
            before = buffer.getvalue()
            text = f"bytes {len(before)}\nsha256 {hashlib.sha256(before).hexdigest()}\n".encode()
            info = tarfile.TarInfo("checksum")
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text))
    return buffer.getvalue()


def changed(name: str, whole: bytes) -> bytes:
    """An archive in which a byte of a file has changed."""
    with tarfile.open(fileobj=io.BytesIO(whole)) as tar:
        place = tar.getmember(name).offset_data
    return whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1:]


def zeros_from_the_middle_on(whole: bytes) -> bytes:
    """What a file system leaves of a file that it had no time to write."""
    middle = len(whole) // 2 // 4096 * 4096
    return whole[:middle].ljust(len(whole), b"\0")


@pytest.mark.parametrize("harm, complaint", [
    pytest.param(lambda whole: whole[:len(whole) // 2], "it breaks off before its end", id="half of it"),
    pytest.param(lambda whole: whole[:-1024], "it breaks off before its end", id="its end is missing"),
    pytest.param(lambda whole: b"", "it breaks off before its end", id="nothing"),
    pytest.param(lambda whole: b"x" * 2000, "from byte 0 on", id="no archive"),
    pytest.param(lambda whole: whole[:512] + b"x" + whole[513:], "from byte 512 on", id="a byte that changed"),
    pytest.param(lambda whole: changed("postern.conf", whole), "it is damaged", id="a byte of a file that changed"),
    pytest.param(lambda whole: changed("checksum", whole), "it is damaged", id="a byte of the checksum that changed"),
    pytest.param(zeros_from_the_middle_on, "it ends without a checksum", id="zeros from the middle on"),
    pytest.param(lambda whole: member("notes"), "it ends without a checksum", id="another archive"),
    pytest.param(
        lambda whole: member("notes", has_checksum=True), "it holds no data directory", id="another archive with a checksum"),
    pytest.param(lambda whole: member("../stolen"), "from byte 0 on", id="A61 a way up"),
    pytest.param(lambda whole: member("/tmp/stolen"), "from byte 0 on", id="A61 a way from the root"),
    pytest.param(lambda whole: member("log", tarfile.SYMTYPE), "from byte 0 on", id="A63 a symbolic link"),
    pytest.param(lambda whole: member("log", tarfile.LNKTYPE), "from byte 0 on", id="A63 a hard link"),
])
def test_what_is_no_whole_backup_is_refused_and_nothing_is_made(operator, tmp_path, harm, complaint):
    archive = tmp_path / "site.tar"
    succeeded(operator.run("backup", str(archive)))
    archive.write_bytes(harm(archive.read_bytes()))
    before = set(tmp_path.iterdir())
    refused = operator.run("restore", str(archive), str(tmp_path / "restored"))
    assert refused.returncode == 65
    assert refused.stderr.startswith(f"postern: error: {archive}: ") and complaint in refused.stderr
    assert set(tmp_path.iterdir()) == before


def test_a_backup_that_is_not_there_is_said_to_be_missing(operator, tmp_path):
    missing = operator.run("restore", str(tmp_path / "no.tar"), str(tmp_path / "restored"))
    assert (missing.returncode, missing.stderr) == (66, f"postern: error: {tmp_path}/no.tar: No such file or directory\n")
