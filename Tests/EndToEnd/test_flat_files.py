"""Real processes at one data directory: killed at random, and many at once (P18, P19, A62, S64)."""

import collections
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest
from harness import store
from harness.store import ACCOUNTS, ADDRESSES, EXERCISER, NETWORKS

ROUNDS = 500


@pytest.fixture
def data(tmp_path: Path) -> Path:
    store.create(tmp_path / "data")
    return tmp_path / "data"


def any_command(chance: random.Random) -> str:
    name, address = chance.choice(ACCOUNTS), chance.choice(ADDRESSES)
    return chance.choice([
        f"add {name} {address}", f"add {name} {address}", f"move {name} {address}",
        f"move {name} {address}", f"update {name}", f"remove {name}", f"note {name}",
        f"confirm {address}", f"forget {address}", f"fail {' '.join(NETWORKS[:2])}", "advance"])


def start(data: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [EXERCISER, "use", data], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_nothing_that_was_answered_is_lost_by_a_kill(data: Path):
    chance = random.Random(20261121)
    state = store.look(data)
    answered = collections.Counter()
    in_doubt = collections.Counter()
    for number in range(ROUNDS):
        commands = [any_command(chance) for _ in range(60)]
        process = start(data)
        process.stdin.write("".join(f"{command}\n" for command in commands))
        process.stdin.flush()
        answers = [process.stdout.readline() for _ in range(chance.randrange(12))]
        time.sleep(chance.uniform(0, 0.004))
        process.send_signal(signal.SIGKILL)
        answers = [line.rstrip("\n") for line in answers + process.stdout.readlines()]
        process.stdin.close()
        process.wait()

        states = [state]
        for command, answer in zip(commands, answers):
            assert answer.startswith("ok "), f"round {number}: {command}: {answer}"
            states = store.follow(states, command, answer)
            answered[command.split()[0]] += 1
        last = states[0]
        possible = last.between(commands[len(answers)]) if len(answers) < len(commands) else [last]
        state = store.look(data)
        assert state in possible, f"round {number}: {state} after {commands[:len(answers) + 1]}"
        in_doubt["done" if state != last else "not done"] += 1
    # The kills came in the middle of changes, or they have shown nothing.
    assert in_doubt["done"] > 0 and in_doubt["not done"] > ROUNDS / 10
    assert all(answered[verb] > 20 for verb in ("add", "move", "update", "remove", "confirm", "forget"))


def test_one_of_many_processes_gets_an_address(data: Path):
    names = [store.account_name(number) for number in range(1, 51)]
    for turn in range(4):
        address = f"wanted{turn}@seeds.example"
        processes = [start(data) for _ in names]
        for process, name in zip(processes, names):
            process.stdin.write(f"remove {name}\nadd {name} {address}\n")
        for process in processes:
            process.stdin.flush()
        outputs = [process.communicate()[0].splitlines() for process in processes]
        winners = [name for name, lines in zip(names, outputs) if lines[1] == "ok true"]
        assert len(winners) == 1
        assert all(lines[1] in ("ok true", "ok false") for lines in outputs)
        assert store.run(data, [f"at {address}", "list"]) == [f"ok {winners[0]}", f"ok {winners[0]}"]


def test_two_accounts_that_change_places_never_share_an_address(data: Path):
    here, there = ADDRESSES[:2]
    first, second = ACCOUNTS[:2]
    store.run(data, [f"add {first} {here}", f"add {second} {ADDRESSES[2]}"])
    processes = [start(data) for _ in range(4)]
    for process, name in zip(processes, [first, second] * 2):
        process.stdin.write(f"move {name} {there}\nmove {name} {here}\n" * 25)
        process.stdin.write(f"move {name} {ADDRESSES[2]}\n" if name == second else "")
    for process in processes:
        process.stdin.flush()
    for process in processes:
        answers = process.communicate()[0].splitlines()
        assert len(answers) >= 50 and set(answers) <= {"ok true", "ok false"}
    state = store.look(data)
    assert set(state.accounts) == {first, second}
    assert len({address for address, _ in state.accounts.values()}) == 2


def test_sixty_processes_change_one_account_and_no_change_is_lost(data: Path):
    name, address, network = ACCOUNTS[0], ADDRESSES[0], NETWORKS[0]
    assert store.run(data, [f"add {name} {address}"]) == ["ok true"]
    processes = [start(data) for _ in range(60)]
    for process in processes:
        process.stdin.write(f"update {name}\nconfirm {address}\nfail {network}\nnote {name}\nadvance\n" * 3)
        process.stdin.flush()
    outputs = [process.communicate()[0].splitlines() for process in processes]
    assert all(len(lines) == 15 and all(line.startswith("ok ") for line in lines) for lines in outputs)
    # Each saw another generation, so each read what the one before had written.
    assert sorted(int(line[3:]) for lines in outputs for line in lines[::5]) == list(range(2, 182))
    assert sorted(int(line[3:]) for lines in outputs for line in lines[1::5]) == list(range(180))
    state = store.look(data)
    assert state.accounts == {name: (address, 181)}
    assert state.failures == {network: 180} and state.events == {name: 180} and state.epoch == 181


def test_a_form_sent_fifty_times_at_once_is_done_once(data: Path):
    form = ACCOUNTS[3]
    processes = [start(data) for _ in range(50)]
    for number, process in enumerate(processes):
        process.stdin.write(f"once {form} by-{number}\n")
    for process in processes:
        process.stdin.flush()
    answers = [process.communicate()[0].rstrip("\n") for process in processes]
    first = [answer for answer in answers if not answer.endswith(" again")]
    assert len(first) == 1
    assert all(answer in (first[0], f"{first[0]} again") for answer in answers)


def test_one_hundred_thousand_networks_leave_bounded_files(data: Path):
    """A65, P22. The one that fails most is remembered through it all."""
    networks = [f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}" for n in range(100_000)]
    commands = [f"fail {NETWORKS[0]}"] * 30
    commands += [f"fail {' '.join(networks[n:n + 50_000])}" for n in (0, 50_000)]
    answers = store.run(data, [*commands, f"failures {NETWORKS[0]}"])
    assert len(answers) == len(commands) + 1 and answers[-1] == "ok 30"
    files = [path for path in (data / "throttles").rglob("*") if path.is_file()]
    assert len(files) <= 4096
    assert max(path.stat().st_size for path in files) < 64 * 80


def test_a_full_disk_loses_nothing_and_is_got_over(tmp_path: Path):
    disk = tmp_path / "disk"
    disk.mkdir()
    adds = [f"add {store.account_name(n)} full{n}@seeds.example" for n in range(1, 400)]
    removes = [f"remove {store.account_name(n)}" for n in range(1, 50)]
    again = [f"add {store.account_name(n)} full{n}@seeds.example" for n in range(1, 20)]
    shows = [f"at full{n}@seeds.example" for n in range(1, 400)]
    # In a mount namespace of its own, which ends with the command.
    namespace = ["--mount"] if os.geteuid() == 0 else ["--user", "--map-root-user", "--mount"]
    answers = store.run(
        disk, [*adds, *shows, *removes, *again, "list"], mode="create",
        prefix=("unshare", *namespace, "sh", "-c",
                'mount -t tmpfs -o size=1m,nr_inodes=0,mode=700 disk "$3" && exec "$@"', "sh"))
    assert len(answers) == len(adds) + len(shows) + len(removes) + len(again) + 1
    added, answers = answers[:len(adds)], answers[len(adds):]
    shown, answers = answers[:len(shows)], answers[len(shows):]
    removed, answers = answers[:len(removes)], answers[len(removes):]

    full = [answer for answer in added if answer != "ok true"]
    assert 20 < len(full) < len(adds) - 20, "the disk was full in between"
    for answer in full:
        assert answer.startswith(f"error cannot write {disk}/") and answer.endswith("No space left on device")
    for number, (add, show) in enumerate(zip(added, shown), 1):
        assert show == (f"ok {store.account_name(number)}" if add == "ok true" else "ok none")
    assert set(removed) == {"ok removed"}
    assert set(answers[:-1]) == {"ok true"}
    assert len(answers[-1].split()) - 1 == added.count("ok true") - len(removes) + len(again)
