"""The operator's commands, at a terminal: lines P21, P28, S37, S44, S64, A63, A72 and A73."""

import json
import re
import subprocess
import time

import pytest
from harness.operator import Operator
from harness.people import is_signed_in, sign_up
from harness.site import ROOT, program
from harness.terminal import Terminal

COMMANDS = [
    ["init"], ["build"], ["deliver"], ["mail", "list"], ["texts", "list"], ["keys", "rotate"], ["accounts", "list"],
    ["accounts", "find"], ["accounts", "show"], ["accounts", "add"], ["accounts", "reset"], ["accounts", "disable"],
    ["accounts", "enable"], ["accounts", "group"], ["accounts", "remove-factors"], ["accounts", "delete"],
    ["accounts", "export"], ["accounts", "import"], ["sessions", "end"], ["keys", "list"],
    ["sessions", "list"], ["throttle", "list"], ["throttle", "lift"], ["log"], ["backup"], ["restore"], ["sweep"],
    ["doctor"],
]

# What a command cannot do without.
ARGUMENTS = {
    "accounts list": [], "accounts group": ["ada@example.org", "staff"],
    "accounts remove-factors": ["ada@example.org", "--reason", "x"], "accounts export": ["--output", "/dev/null/x"],
    "accounts import": ["--form", "csv", "/dev/null"], "sessions list": [], "throttle lift": ["ada@example.org"],
    "backup": ["/dev/null/x"],
}


@pytest.fixture
def operator(tmp_path):
    operator = Operator(tmp_path)
    operator.init()
    return operator


def kinds(ring: str) -> list[str]:
    return [line.split(" ")[1] for line in ring.splitlines()[1:]]


# init


def test_P21_P28_nobody_else_can_look_into_a_new_data_directory(tmp_path):
    operator = Operator(tmp_path)
    made = subprocess.run(
        ["sh", "-c", 'umask 0; exec "$@"', "sh", program("postern"), "init", str(operator.data), "--url",
         "https://seeds.example", "--forms", "forms.seg", "--name", "Seeds", "--mail", "sendmail"], cwd=ROOT)
    assert made.returncode == 0
    for path in [operator.data, *operator.data.rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path
    settings = dict(
        line.split(" ", 1) for line in (operator.data / "postern.conf").read_text().splitlines()
        if line and not line.startswith("#"))
    assert settings == {
        "url": "https://seeds.example", "name": "Seeds", "forms": str(ROOT / "forms.seg"),
        "mail": "sendmail /usr/sbin/sendmail", "mail-from": "security@seeds.example",
    }


def test_every_key_is_random_and_stands_alone(operator, tmp_path):
    (tmp_path / "other").mkdir()
    other = Operator(tmp_path / "other")
    other.init()
    keys = [(data / "keys" / name).read_text().split()[-1]
            for data in (operator.data, other.data) for name in ("ring", "pepper", "names")]
    assert len(set(keys)) == 6


def test_init_replaces_nothing(operator):
    files = {path: path.read_bytes() for path in operator.data.rglob("*") if path.is_file()}
    (operator.data / "keys" / "ring").unlink()
    again = operator.run(
        "init", str(operator.data), "--url", "https://other.example", "--forms", "forms.seg", "--name", "x",
        "--mail", "maildir")
    assert again.returncode == 78
    assert again.stderr == (
        f"postern: error: {operator.data}/postern.conf: there is an installation already\n"
        "postern: hint: edit that file, or choose a new directory\n")
    assert not (operator.data / "keys" / "ring").exists(), "not even a key that is missing"
    for path, content in files.items():
        assert path.name == "ring" or path.read_bytes() == content


def test_init_takes_an_empty_directory_and_no_other(tmp_path):
    operator = Operator(tmp_path)
    operator.data.mkdir(0o700)
    operator.init()
    taken = tmp_path / "taken"
    taken.mkdir(0o700)
    (taken / "diary").write_text("mine")
    refused = operator.run(
        "init", str(taken), "--url", "https://seeds.example", "--forms", "f", "--name", "x", "--mail", "maildir")
    assert refused.returncode == 78
    assert f"{taken}/diary: there is something in the directory already" in refused.stderr
    assert [path.name for path in taken.iterdir()] == ["diary"]


@pytest.mark.parametrize("option, value, complaint", [
    ("--url", "http://seeds.example", "'url' must be an address such as https://example.org"),
    ("--name", "", "'name' must be one line of text"),
    ("--name", "x\nmail sendmail /tmp/x", "a value must be one line"),
    ("--from", "nobody", "'mail-from' must be an e-mail address, not 'nobody'"),
])
def test_init_refuses_a_value_that_no_configuration_can_have(tmp_path, option, value, complaint):
    arguments = {"--url": "https://seeds.example", "--forms": "f", "--name": "x", "--mail": "maildir", option: value}
    made = Operator(tmp_path).run("init", str(tmp_path / "new"), *(word for pair in arguments.items() for word in pair))
    assert made.returncode == 64
    assert complaint in made.stderr
    assert not (tmp_path / "new").exists()


def test_init_asks_on_a_terminal_and_says_what_it_did(tmp_path):
    data = tmp_path / "new"
    with Terminal(str(program("postern")), "init", str(data), "--forms", str(ROOT / "forms.seg"), "--mail", "maildir") as terminal:
        terminal.until(b"as people know it: ")
        terminal.type(b"\nSeeds & More\n")
        terminal.until(b"such as https://seeds.example: ")
        terminal.type(b"https://more.example\n")
        told = terminal.until(b"doctor --data").decode()
        assert terminal.ended() == 0
    assert f"{data}: new keys, no accounts" in told and "mail comes from security@more.example" in told
    lines = (data / "postern.conf").read_text().splitlines()
    assert "name Seeds & More" in lines and "url https://more.example" in lines


@pytest.mark.parametrize("given, missing", [([], "--name"), (["--name", "Seeds"], "--url")])
def test_init_says_which_option_is_missing_where_nobody_can_be_asked(tmp_path, given, missing):
    made = Operator(tmp_path).run("init", str(tmp_path / "new"), *given)
    assert (made.returncode, made.stdout) == (64, "")
    assert made.stderr == f"postern: error: {missing} is missing\npostern: hint: only on a terminal it is asked for\n"
    assert not (tmp_path / "new").exists()


# doctor

SAMPLE = "keys 1\nkey 5f02c9d1 1756900000 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n"


def defect(change, *complaints, id):
    return pytest.param(change, complaints, id=id)


def write(name, text):
    return lambda data: (data / name).write_text(text)


@pytest.mark.parametrize("harm, complaints", [
    defect(lambda data: data.chmod(0o755), "data: others can use it (mode 755)", id="P21 an open directory"),
    defect(lambda data: (data / "keys/ring").chmod(0o644), "keys/ring: others can use it (mode 644)", id="A72 an open key"),
    defect(lambda data: (data / "keys").chmod(0o750), "keys: others can use it (mode 750)", id="A63 open keys"),
    defect(lambda data: (data / "keys/ring").unlink(), "keys/ring: it is missing; restore it from a copy", id="A72 no ring"),
    defect(lambda data: (data / "keys/pepper").unlink(), "keys/pepper: it is missing; restore", id="A72 no pepper"),
    defect(lambda data: (data / "keys/names").unlink(), "keys/names: it is missing; restore", id="A72 no names"),
    defect(write("keys/ring", ""), "keys/ring: line 1: expected 'keys 1'", id="A73 an empty ring"),
    defect(write("keys/ring", "keys 1\n"), "keys/ring: line 2: expected a key", id="A73 a ring without keys"),
    defect(write("keys/ring", SAMPLE), "keys/ring: line 2: expected a secret of random bytes, not an example", id="A72 a sample"),
    defect(write("keys/pepper", SAMPLE[:-9] + "\n"), "keys/pepper: line 2: expected a secret of 32 bytes", id="A72 a short key"),
    defect(write("postern.conf", "url https://seeds.example\ncolour red\n"),
           "postern.conf:2: there is no setting 'colour'", "postern.conf: 'name' is missing", "'forms' is missing",
           "'mail-from' is missing", "'mail' is missing", id="a wrong configuration"),
    defect(lambda data: (data / "postern.conf").write_bytes(b"name \xff\n"), "postern.conf: it is not in UTF-8", id="not UTF-8"),
    defect(lambda data: (data / "postern.conf").unlink(), "postern.conf: it is missing", id="no configuration"),
    defect(lambda data: (data / "accounts").rename(data / "gone"), "accounts: it is missing", id="S64 no accounts"),
    defect(lambda data: (data / "epoch").unlink(), "epoch: it is missing", id="S64 no epoch"),
    defect(lambda data: (data / "spool/failed").rmdir(), "spool/failed: it is missing", id="half a spool"),
    defect(lambda data: (data / "spool/texts/new").rmdir(), "spool/texts/new: it is missing", id="half a spool for texts"),
    defect(lambda data: (data / "slots").rmdir(), "slots: it is missing", id="no slots"),
    defect(lambda data: (data / "log").symlink_to("/dev/null"), "log: it is a symbolic link", id="A63 a log elsewhere"),
])
def test_doctor_says_in_a_line_what_is_wrong_and_what_to_do(operator, harm, complaints):
    assert (operator.run("doctor").returncode, operator.run("doctor").stdout) == (0, "")
    harm(operator.data)
    found = operator.run("doctor")
    lines = found.stdout.splitlines()
    assert found.returncode == 1
    assert len(lines) == len(complaints), lines
    for line, complaint in zip(lines, complaints):
        assert complaint in line
        assert line.startswith((str(operator.data), "cannot open " + str(operator.data)))


@pytest.mark.parametrize("content, complaint", [
    (None, "cannot be read: No such file or directory"), (b"", "not a file of compiled templates"), (b"<html>" + b"x" * 100, "not a file of compiled templates"),
    ("half", "too early"),
])
def test_doctor_looks_at_the_templates(operator, tmp_path, content, complaint):
    forms = tmp_path / "forms.seg"
    if content == "half":
        whole = (ROOT / "forms.seg").read_bytes()
        content = whole[:len(whole) // 2]
    if content is not None:
        forms.write_bytes(content)
    operator.configure("forms", str(forms))
    found = operator.run("doctor")
    assert found.returncode == 1
    assert found.stdout.startswith(f"{forms}: ") and found.stdout.count("\n") == 1
    assert complaint in found.stdout


def test_doctor_warns_of_cheap_hashes_and_a_missing_mail_program(operator):
    operator.configure("scrypt", "ln=10,r=8,p=1")
    operator.configure("mail", "sendmail /nowhere/sendmail")
    assert operator.run("doctor").stdout.splitlines() == [
        f"{operator.data}/postern.conf: 'scrypt' costs less than OWASP asks for; "
        "choose a cost from docs/configuration.md",
        "/nowhere/sendmail: this user cannot run it; install a mail program, or name another one in postern.conf",
    ]


def test_doctor_asks_why_nobody_delivers_mail(operator):
    file = operator.data / "spool" / "new" / operator.spool("ada@example.org")
    assert operator.run("doctor").stdout == ""
    file.write_text(re.sub(r"(?m)^(added|due) \d+$", r"\1 1700000000", file.read_text()))
    assert operator.run("doctor").stdout == (
        f"{operator.data}/spool/new: messages that nobody delivers: 1; "
        "run 'postern deliver --watch' as a service\n")


# keys


def test_a_rotated_ring_keeps_what_can_still_be_valid(operator):
    ring = operator.data / "keys" / "ring"
    [first] = kinds(ring.read_text())
    rotated = operator.run("keys", "rotate")
    assert (rotated.returncode, rotated.stderr) == (0, "")
    assert kinds(ring.read_text())[0] == first
    assert rotated.stdout == f"new key {kinds(ring.read_text())[1]}\n"
    assert ring.stat().st_mode & 0o777 == 0o600

    ended = operator.run("keys", "rotate", "--keep", "0")
    [newest] = kinds(ring.read_text())
    assert f"removed key {first}" in ended.stdout and f"new key {newest}" in ended.stdout
    assert ring.read_text().split()[-1] not in ended.stdout


def test_two_who_rotate_at_once_lose_no_key(operator):
    processes = [operator.start("keys", "rotate") for _ in range(8)]
    told = [process.communicate(timeout=60)[0] for process in processes]
    made = {line.removeprefix("new key ") for text in told for line in text.splitlines()}
    assert len(made) == 8
    assert made < set(kinds((operator.data / "keys" / "ring").read_text()))


# Every command


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_S37_help_has_an_example_and_no_option_for_a_password(command):
    help = subprocess.run([program("postern"), *command, "--help"], capture_output=True, text=True)
    assert help.returncode == 0
    assert re.search(rf"(Examples?|Example, .*):\s+postern {' '.join(command)}", help.stdout)
    options = re.findall(r"^\s+(-[^ ].*?)(?:  |$)", help.stdout, re.MULTILINE)
    assert options and not [option for option in options if re.search("pass|secret|code", option)]


@pytest.mark.parametrize("command", [command for command in COMMANDS if command[0] not in ("init", "build", "restore")], ids=" ".join)
def test_without_a_data_directory_it_says_which_is_missing(command, tmp_path):
    usual = {"accounts": ["ada@example.org"], "sessions": ["--all"]}.get(command[0], [])
    arguments = ARGUMENTS.get(" ".join(command), usual)
    nowhere = subprocess.run(
        [program("postern"), *command, *arguments, "--data", str(tmp_path / "nowhere")], capture_output=True, text=True)
    assert nowhere.returncode == (1 if command == ["doctor"] else 78)
    assert f"cannot open {tmp_path}/nowhere: it is missing" in nowhere.stdout + nowhere.stderr
    assert "make one with 'postern init'" in nowhere.stdout + nowhere.stderr


def every_command(command: dict, above: tuple = ()) -> dict:
    """All commands that do something, with what is said of each."""
    found = {}
    for below in command.get("subcommands", []):
        name = (*above, below["commandName"])
        if "subcommands" in below:
            found |= every_command(below, name)
        elif name != ("help",):
            found[" ".join(name)] = below
    return found


def test_every_command_has_an_example_and_is_in_the_documentation():
    dumped = subprocess.run([program("postern"), "--experimental-dump-help"], capture_output=True, text=True, check=True)
    commands = every_command(json.loads(dumped.stdout)["command"])
    assert {" ".join(command) for command in COMMANDS} <= set(commands)
    manual = (ROOT / "docs" / "operator.md").read_text()
    for name, command in commands.items():
        assert re.search(rf"Examples?(, .*)?:\s+.*postern {name}", command["discussion"]), name
        assert f"`{name.split()[0]}`" in manual, name


@pytest.mark.parametrize("arguments, complaint", [
    (["frobnicate"], "Unexpected argument 'frobnicate'"), (["throttle", "lift"], "Missing expected argument '<whom>'"),
    (["log", "--colour"], "Unknown option '--colour'"), (["sessions", "end"], "say --all to end every session of every account"),
])
def test_what_is_mistyped_is_an_error_and_a_hint(arguments, complaint):
    mistyped = subprocess.run([program("postern"), *arguments], capture_output=True, text=True)
    assert (mistyped.returncode, mistyped.stdout) == (64, "")
    error, hint = mistyped.stderr.splitlines()
    assert error == f"postern: error: {complaint}"
    assert hint.startswith("postern: hint: ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_complete(shell):
    script = subprocess.run(
        [program("postern"), "--generate-completion-script", shell], capture_output=True, text=True, check=True).stdout
    assert "throttle" in script and "follow" in script
    if shell == "bash":
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)


# Listings for programs


def objects(listing: subprocess.CompletedProcess) -> list[dict]:
    assert (listing.returncode, listing.stderr) == (0, "")
    return [json.loads(line) for line in listing.stdout.splitlines()]


def test_messages_on_their_way_are_listed_for_programs(operator):
    name = operator.spool("ada@example.org")
    text = operator.spool_text("+12125550123", "123456 is your code.\n@seeds.example #123456")
    strange_name = f"0000000001-{16 * '0'}"
    (operator.data / "spool/failed" / strange_name).touch(0o600)
    [strange, mail] = objects(operator.run("mail", "list", "--json"))
    assert list(mail) == ["file", "added_at", "to", "attempts", "due_at", "reason"]
    assert (mail["file"], mail["to"], mail["attempts"], mail["reason"]) == (f"new/{name}", "ada@example.org", 0, None)
    assert mail["added_at"] == mail["due_at"] and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", mail["due_at"])
    assert strange == {"file": f"failed/{strange_name}"}
    [listed] = objects(operator.run("texts", "list", "--json"))
    assert (listed["file"], listed["to"]) == (f"new/{text}", "+12125550123")


def test_keys_are_listed_by_their_ids_and_not_by_their_secrets(operator):
    assert operator.run("keys", "rotate").returncode == 0
    assert (operator.data / "log").read_text().endswith(" operator act=keys-rotated\n")
    plain = operator.run("keys", "list").stdout
    keys = objects(operator.run("keys", "list", "--json"))
    assert [(key["ring"], key["newest"]) for key in keys] == [
        ("ring", False), ("ring", True), ("pepper", True), ("factors", True), ("names", True)]
    assert [key["id"] for key in keys[:2]] == kinds((operator.data / "keys" / "ring").read_text())
    for file in (operator.data / "keys").iterdir():
        assert not any(secret in plain for secret in re.findall(r"\S{40,}", file.read_text()))
    assert plain.splitlines()[1] == f"ring  {keys[1]['id']}  since {keys[1]['created_at']}  newest"


# With a running site


def test_S44_a_disabled_account_is_out_at_once_and_can_be_let_in_again(site, person):
    assert is_signed_in(person.visitor)
    disabled = site.operator("accounts", "disable", person.address.upper())
    assert (disabled.returncode, disabled.stdout, disabled.stderr) == (0, "", "")
    assert not is_signed_in(person.visitor)
    refused = person.sign_in(site.visitor())
    assert refused.status == 422
    assert " auth result=disabled " in site.log.splitlines()[-1]
    assert "disabled  yes" in site.operator("accounts", "show", person.address).stdout

    assert site.operator("accounts", "enable", person.address).returncode == 0
    assert not is_signed_in(person.visitor)
    assert person.sign_in(site.visitor()).status == 303


def test_S37_what_is_shown_of_an_account_holds_no_secret(site, person):
    shown = site.operator("accounts", "show", person.address)
    assert shown.returncode == 0
    assert f"address   {person.address}\n" in shown.stdout
    assert "session   since " in shown.stdout and "event     " in shown.stdout
    assert "scrypt" not in shown.stdout and person.password not in shown.stdout
    files = [path.read_text() for path in (site.data / "accounts").rglob("account")]
    secrets = [word for text in files for word in re.findall(r"\$scrypt\S+", text)]
    assert secrets and not any(secret in shown.stdout for secret in secrets)


def test_sessions_are_listed_until_they_are_ended(site, person):
    person.elsewhere()

    def sessions() -> list[dict]:
        return [session for session in objects(site.operator("sessions", "list", "--json")) if session["address"] == person.address]

    here, there = sessions()
    assert list(here) == ["address", "since", "used", "network", "browser"]
    assert {here["network"], there["network"]} > {f"{person.visitor.network}/32"}
    assert f"{person.address}  since {here['since']}  used {here['used']}  " in site.operator("sessions", "list").stdout
    time.sleep(1)  # a session of the second in which all were ended is listed
    assert site.operator("sessions", "end", "--all").returncode == 0
    assert site.log.splitlines()[-1].endswith(" operator act=sessions-ended")
    assert sessions() == []
    assert person.sign_in().status == 303
    assert len(sessions()) == 1


def test_one_write_signs_everybody_out(site, person):
    files = {path: path.stat().st_mtime_ns for path in (site.data / "accounts").rglob("account")}
    ended = site.operator("sessions", "end", "--all")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert {path: path.stat().st_mtime_ns for path in files} == files, "no account was written"
    assert not is_signed_in(person.visitor)
    assert person.sign_in(person.visitor).status == 303
    assert is_signed_in(person.visitor)


def test_P6_a_rotated_key_signs_nobody_out_and_a_removed_one_everybody(site, person):
    assert site.operator("keys", "rotate").returncode == 0
    assert is_signed_in(person.visitor)
    visitor = site.visitor()
    assert person.sign_in(visitor).status == 303
    assert site.operator("keys", "rotate", "--keep", "0").returncode == 0
    assert not is_signed_in(person.visitor)
    assert not is_signed_in(visitor)
    assert person.sign_in(visitor).status == 303


def test_an_address_without_an_account_is_said_to_have_none(site):
    shown = site.operator("accounts", "show", "nobody@example.org")
    assert (shown.returncode, shown.stderr) == (67, "postern: error: nobody has an account at nobody@example.org\n")
    wrong = site.operator("accounts", "show", "x\x1b[31m")
    assert wrong.returncode == 64
    assert wrong.stderr == "postern: error: 'x\\u{1b}[31m' is not an e-mail address\n"


def test_S63_wrong_codes_and_forged_links_are_in_the_log(site):
    visitor = site.visitor()
    visitor.follow(sign_up(visitor, site.new_address()))
    assert visitor.post("/account/verify", {"code": "0000-0000"}).status == 422
    assert f" auth result=bad-code ip={visitor.network} account=- flow=verify user=" in site.log.splitlines()[-1]
    assert visitor.get("/account/verify?token=forged").status == 422
    assert f" auth result=bad-link ip={visitor.network} account=- flow=verify user=" in site.log.splitlines()[-1]
