"""Each system call of the store is made to fail in turn, and each is made the last (P19, A62, S64)."""

import itertools
import queue
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from harness import store
from harness.store import ACCOUNTS, ADDRESSES, NETWORKS

ADA, BOB, EVE = ACCOUNTS[:3]
HERE, THERE, ELSEWHERE = ADDRESSES[:3]

# Every kind of change, among them an address that is given up and claimed again.
COMMANDS = [
    f"add {ADA} {HERE}", f"update {ADA}", f"move {ADA} {THERE}", f"add {BOB} {HERE}",
    f"note {ADA}", f"confirm {HERE}", f"confirm {HERE}", f"forget {HERE}",
    f"fail {NETWORKS[0]} {NETWORKS[1]}", "advance", f"remove {ADA}", f"add {EVE} {THERE}",
    f"move {EVE} {HERE}",
]

# With what each call of the system fails, by turns.
FAULTS = {
    "fcntl": ["ENOLCK"],
    "fsync": ["EIO", "ENOSPC"],
    "getdents64": ["EIO"],
    "mkdirat": ["ENOSPC", "EACCES"],
    "openat": ["EACCES", "EIO", "EMFILE"],
    "pread64": ["EIO"],
    "renameat": ["EIO", "ENOSPC"],
    "renameat2": ["EIO", "ENOSPC"],
    "unlinkat": ["EIO", "EACCES"],
    "write": ["ENOSPC", "EIO"],
}


def traced(data: Path, log: Path, *options: str) -> list[str]:
    """What the store answers under strace."""
    return store.run(
        data, COMMANDS, prefix=("strace", "-f", "-qq", "-o", log, f"--trace={','.join(FAULTS)}", *options))


def calls_of_the_store(data: Path, log: Path) -> dict[str, range]:
    """Which of the calls of each kind are the store's, not those by which the program is loaded."""
    answers = traced(data, log)
    assert len(answers) == len(COMMANDS) and all(answer.startswith("ok ") for answer in answers)
    lines = [line for line in log.read_text().splitlines() if not line.endswith("+++")]
    names = [re.match(r"\d+ +(\w+)\(", line)[1] for line in lines]
    begin = next(number for number, line in enumerate(lines) if f'"{data}"' in line)
    return {name: range(names[:begin].count(name) + 1, names.count(name) + 1) for name in FAULTS}


def test_every_change_is_synced_before_it_is_answered(stores, tmp_path: Path):
    """The file before its rename, the directory after it, both before the answer."""
    data = stores.get()
    traced(data, tmp_path / "log", "-y", "--trace=fsync,renameat,renameat2,writev")
    nothing_stands_in_the_way(data)
    stores.put(data)
    calls = [line.split(" ", 1)[1].strip() for line in (tmp_path / "log").read_text().splitlines()]
    renames = 0
    for number, call in enumerate(calls):
        rename = re.match(r'renameat2?\(\d+<(.*?)>, "(.*?)", \d+<.*?>, "(.*?)"', call)
        if not rename or "/throttles/" in rename[1]:
            continue  # what is counted may be lost with the power
        renames += 1
        assert re.match(rf"fsync\(\d+<{rename[1]}/{re.escape(rename[2])}>\) += 0", calls[number - 1]), call
        # A claim that is there already makes the first of its two renames fail.
        following = calls[number + 1]
        assert re.match(rf"fsync\(\d+<{rename[1]}>\) += 0", following) or "EEXIST" in call, following
    assert renames > 10


def is_strict(command: str, call: str) -> bool:
    """Whether a command that failed in a call has changed nothing at all.

    A sync that fails comes after the change, which then stands as a whole. An account is gone before
    the rest of its directory is, and two networks are counted one after the other.
    """
    return call != "fsync" and command.split()[0] not in ("remove", "fail")


def meets(data: Path, log: Path, call: str, number: int, fault: str) -> bool:
    """Runs the commands with one fault. Whether an error was answered, or the process killed."""
    states = [store.look(data)]
    inject = "signal=SIGKILL" if fault == "SIGKILL" else f"error={fault}"
    answers = traced(data, log, f"--inject={call}:{inject}:when={number}")
    where = f"{fault} in {call} {number}"
    assert re.search(r"\(INJECTED\)|killed by SIGKILL", log.read_text()), f"{where} did not happen"

    is_open = not (len(answers) == 1 and answers[0].startswith("error "))
    for command, answer in zip(COMMANDS, answers if is_open else []):
        before = states
        states = store.follow(states, command, answer)
        if answer.startswith("error "):
            assert str(data) in answer, f"{where}: {answer} names no file"
            states = before if is_strict(command, call) else states
    if fault == "SIGKILL" and len(answers) < len(COMMANDS):
        states = [after for state in states for after in state.between(COMMANDS[len(answers)])]
    state = store.look(data)
    assert state in states, f"{where}: {answers}\n{state}"
    return len(answers) < len(COMMANDS) or any(answer.startswith("error") for answer in answers)


def nothing_stands_in_the_way(data: Path) -> None:
    """After any fault, everything can be done again, and undone."""
    state = store.look(data)
    commands = [f"remove {name}" for name in state.accounts]
    commands += [f"add {name} {address}" for name, address in zip(ACCOUNTS, ADDRESSES)]
    commands += [f"move {ADA} {ADDRESSES[5]}", f"remove {ACCOUNTS[5]}", f"move {ADA} {ADDRESSES[5]}"]
    commands += [f"update {BOB}", f"note {BOB}", f"confirm {HERE}", f"fail {NETWORKS[0]}", "advance"]
    commands += [f"forget {HERE}", *(f"remove {name}" for name in ACCOUNTS)]
    for command, answer in zip(commands, store.run(data, commands), strict=True):
        state, told = state.after(command)
        assert answer.lower() == f"ok {told}".lower(), (command, answer)
    assert store.look(data) == state


@pytest.fixture(scope="module")
def stores():
    """Some data directories, in memory where there is such a place: faults need no disk."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as place:
        stores = queue.SimpleQueue()
        for number in range(4):
            data = Path(place) / f"data{number}"
            store.create(data)
            nothing_stands_in_the_way(data)
            stores.put(data)
        yield stores


@pytest.mark.parametrize("call", FAULTS)
def test_a_call_that_fails_is_told_and_leaves_all_whole(call: str, stores, tmp_path: Path):
    data = stores.get()
    numbers = calls_of_the_store(data, tmp_path / "log")[call]
    nothing_stands_in_the_way(data)
    stores.put(data)
    assert len(numbers) > 0, f"the store makes no call of {call}"

    def one(number: int, fault: str) -> bool:
        data = stores.get()
        try:
            told = meets(data, tmp_path / f"{number}-{fault}.log", call, number, fault)
            nothing_stands_in_the_way(data)
        finally:
            stores.put(data)
        return told

    faults = [*zip(numbers, itertools.cycle(FAULTS[call])), *((number, "SIGKILL") for number in numbers)]
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda fault: one(*fault), faults))
    print(f"{call}: {len(told)} faults, {sum(told)} of them told")
    assert sum(told) > len(told) / 2
