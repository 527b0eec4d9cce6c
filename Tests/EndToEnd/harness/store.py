"""The store as a real process, and a model which says what it must answer."""

import base64
import itertools
import subprocess
from dataclasses import dataclass, field, replace
from pathlib import Path

from .site import ROOT

EXERCISER = ROOT / ".build" / "debug" / "store-exerciser"


def account_name(number: int) -> str:
    """The name of an account: sixteen bytes in base64url."""
    return base64.urlsafe_b64encode(number.to_bytes(2) * 8).decode().rstrip("=")


ACCOUNTS = [account_name(number) for number in range(6)]
ADDRESSES = [f"person{n}@seeds.example" for n in range(6)]
NETWORKS = ["192.0.2.1", "192.0.2.2", "2001:db8::"]


def create(data: Path) -> None:
    assert run(data, [], mode="create") == []


def run(data: Path, commands: list[str], mode: str = "use", prefix: tuple = ()) -> list[str]:
    """What a process answers to commands, one line each, as far as it came."""
    process = subprocess.run(
        [*prefix, EXERCISER, mode, data], input="".join(f"{command}\n" for command in commands),
        stdout=subprocess.PIPE, text=True, timeout=60)
    return process.stdout.splitlines()


@dataclass(frozen=True)
class State:
    """What stands in a store, as far as the commands can see."""

    accounts: dict[str, tuple[str, int]] = field(default_factory=dict)
    events: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    epoch: int = 1

    def holder(self, address: str) -> str | None:
        return next((name for name, (held, _) in self.accounts.items() if held == address), None)

    def after(self, command: str) -> tuple["State", str]:
        """The state after a command which succeeds, and what is answered."""
        verb, *words = command.split()
        match verb, words:
            case "add", [name, address]:
                if self.holder(address) or name in self.accounts:
                    return self, "False"
                return self.with_account(name, address, 1), "True"
            case "update", [name]:
                if name not in self.accounts:
                    return self, "none"
                address, generation = self.accounts[name]
                return self.with_account(name, address, generation + 1), str(generation + 1)
            case "move", [name, address]:
                if name not in self.accounts or self.holder(address) not in (None, name):
                    return self, "False"
                return self.with_account(name, address, self.accounts[name][1]), "True"
            case "remove", [name]:
                return replace(
                    self, accounts={k: v for k, v in self.accounts.items() if k != name},
                    events={k: v for k, v in self.events.items() if k != name}), "removed"
            case "note", [name]:
                if name not in self.accounts:
                    return self, "noted"
                return replace(
                    self, events=self.events | {name: self.events.get(name, 0) + 1}), "noted"
            case "confirm", [address]:
                misses = self.waiting.get(address, -1) + 1
                return replace(self, waiting=self.waiting | {address: misses}), str(misses)
            case "forget", [address]:
                return replace(
                    self, waiting={k: v for k, v in self.waiting.items() if k != address}), "forgotten"
            case "fail", networks:
                counts = {network: self.failures.get(network, 0) + 1 for network in networks}
                return replace(self, failures=self.failures | counts), " ".join(map(str, counts.values()))
            case "advance", []:
                return replace(self, epoch=self.epoch + 1), "advanced"
        raise AssertionError(f"the model does not know {command}")

    def with_account(self, name: str, address: str, generation: int) -> "State":
        return replace(self, accounts=self.accounts | {name: (address, generation)})

    def between(self, command: str) -> list["State"]:
        """The states in which a command may leave the store that is cut off or fails.

        That is before it or after it. The failures of several networks are counted one by one.
        """
        verb, *words = command.split()
        states = [self]
        if verb == "fail":
            for count in range(1, len(words)):
                for some in itertools.combinations(words, count):
                    states.append(self.after(" ".join(["fail", *some]))[0])
        return [*states, self.after(command)[0]]


def look(data: Path) -> State:
    """What stands in a store, asked of a fresh process."""
    questions = [
        *(f"show {name}" for name in ACCOUNTS), *(f"events {name}" for name in ACCOUNTS),
        *(f"at {address}" for address in ADDRESSES),
        *(f"waiting {address}" for address in ADDRESSES),
        *(f"failures {network}" for network in NETWORKS), "epoch", "list"]
    answers = run(data, questions)
    assert len(answers) == len(questions) and all(a.startswith("ok ") for a in answers), answers
    told = dict(zip(questions, (answer.removeprefix("ok ") for answer in answers)))

    accounts = {}
    for name in ACCOUNTS:
        if told[f"show {name}"] != "none":
            address, generation = told[f"show {name}"].split()
            accounts[name] = (address, int(generation))
    state = State(
        accounts=accounts,
        events={n: int(told[f"events {n}"]) for n in accounts if told[f"events {n}"] != "0"},
        waiting={a: int(told[f"waiting {a}"]) for a in ADDRESSES if told[f"waiting {a}"] != "none"},
        failures={n: int(told[f"failures {n}"]) for n in NETWORKS if told[f"failures {n}"] != "0"},
        epoch=int(told["epoch"]))
    # Each address leads to its account, and nowhere else.
    for address in ADDRESSES:
        assert told[f"at {address}"] == (state.holder(address) or "none"), (address, state)
    assert told["list"].split() == sorted(accounts)
    return state


def follow(states: list[State], command: str, answer: str) -> list[State]:
    """The states that are possible after an answer, of those that were possible before."""
    if answer.startswith("error"):
        following = [after for state in states for after in state.between(command)]
    else:
        results = [state.after(command) for state in states]
        following = [after for after, told in results if f"ok {told}".lower() == answer.lower()]
    assert following, f"{command}: {answer}, where {states} was possible"
    return following
