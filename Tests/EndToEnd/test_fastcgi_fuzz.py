"""Records drawn at random, with a seed, against the real program (A57, A60).

FUZZ_ROUNDS and FUZZ_SEED choose how many and which.
"""

import os
import random

from harness.fastcgi import (
    ABORT_REQUEST, BEGIN_REQUEST, GET_VALUES, KEEP_CONNECTION, PARAMS, STDIN, begin, pairs, record)
from harness.gateway import FORM, VARIABLES, Program, request
from harness.site import program

ROUNDS = int(os.environ.get("FUZZ_ROUNDS", 1000))
SEED = int(os.environ.get("FUZZ_SEED", 57))
STATUSES = {None, 200, 303, 400, 405, 408, 411, 413, 415, 500}


class Draw(random.Random):
    """Draws what a hostile or broken web server might send."""

    def number(self) -> int:
        return self.choice([0, 1, 2, 7, 8, 127, 128, 255, 256, 65535, self.randrange(65536)])

    def variables(self, secret: str) -> list[tuple[str, str]]:
        body = self.choice(["0", "5", str(self.number()), "-1", "", "9223372036854775808"])
        variables = list({
            **VARIABLES, **self.choice([{}, FORM]), "CONTENT_LENGTH": body,
            "HTTP_COOKIE": f"__Host-echo={secret}", "QUERY_STRING": f"next={secret}",
            "HTTP_ORIGIN": secret,
        }.items())
        for _ in range(self.randrange(3)):
            at = self.randrange(len(variables))
            name, value = variables[at]
            variables[at] = self.choice([
                (name, value * self.randrange(300)), (name, ""), ("", value), (name + "=", value),
                (name, "\0" + value), (name.lower(), value), variables[self.randrange(len(variables))],
            ])
        return variables

    def parameters(self, secret: str) -> bytes:
        content = pairs(self.variables(secret))
        if self.random() < 0.2:
            at = self.randrange(len(content))
            content = content[:at] + self.randbytes(self.randrange(8)) + content[at:]
        return content

    def records(self, secret: str) -> list[bytes]:
        body = f"email={secret}".encode() * self.choice([0, 1, 1, 2, 500])
        content = self.parameters(secret)[:65535]
        at = self.randrange(len(content) + 1)
        records = [
            begin(self.choice([1, 1, 1, 1, 2, 3, self.number()]), self.choice([0, KEEP_CONNECTION, 255])),
            record(PARAMS, content[:at], padding=self.randrange(256)), record(PARAMS, content[at:]),
            record(PARAMS), record(STDIN, body[:65535], padding=self.randrange(9)), record(STDIN),
        ]
        for _ in range(self.choice([0, 0, 1, 1, 2, 4])):
            self.damage(records)
        return records

    def damage(self, records: list[bytes]) -> None:
        at = self.randrange(len(records))
        match self.randrange(8):
            case 0:
                del records[at]
                records.append(b"")
            case 1:
                records.insert(at, records[self.randrange(len(records))])
            case 2:
                self.shuffle(records)
            case 3:
                records[at] = records[at][:self.randrange(len(records[at]) + 1)]
            case 4 if records[at]:
                changed = bytearray(records[at])
                changed[self.randrange(min(8, len(changed)))] = self.number() & 255
                records[at] = bytes(changed)
            case 5 if records[at]:
                changed = bytearray(records[at])
                changed[self.randrange(len(changed))] = self.randrange(256)
                records[at] = bytes(changed)
            case 6:
                kind = self.choice([ABORT_REQUEST, BEGIN_REQUEST, PARAMS, STDIN, GET_VALUES, self.number() & 255])
                content = self.randbytes(self.choice([0, 1, 8, self.randrange(600)]))
                records.insert(at, record(kind, content, request=self.choice([0, 1, 1, 2, 65535])))
            case _:
                records.insert(at, begin(flags=KEEP_CONNECTION, request=self.choice([1, 2])))


def test_goes_on_and_tells_the_next_nothing(tmp_path):
    draw = Draw(SEED)
    seen = set()
    with Program(program("gateway-echo"), tmp_path, TIME_LIMIT="1") as echo:
        for round in range(ROUNDS):
            secret = f"s{draw.getrandbits(64):016x}"
            wire = b"".join(draw.records(secret))
            answer = echo.ask(wire, end=True)
            seen.add(answer.status)
            assert answer.status in STATUSES, f"round {round}: {wire!r}"
            if round % 5 == 4:
                good = echo.ask(request(b"email=ada"))
                assert (good.status, good["email"]) == (200, '"ada"'), f"round {round}: {wire!r}"
                assert (good["cookie"], good["next"], good["origin"]) == ("-", "-", "-")
        assert echo.is_running
        assert echo.terminate() == 0
    # The draw reaches both what is answered and what is refused.
    assert {None, 200, 400, 411, 413} <= seen or ROUNDS < 1000
