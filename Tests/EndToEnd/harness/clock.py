"""Time that has passed, as the flat files tell it.

A running program's clock cannot be moved, but what it wrote down can be made older: every date in a file of the
data directory is set back, which is what the file would say had it been written that much earlier.
"""

import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

DATE = re.compile(rb"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# Of a session, when it was used last. (When it began stands in its cookie, too.)
LAST_USE = re.compile(rb"(?m)(^session \S+ \S+ \S+ )(\S+)")
LOOK_UP = re.compile(rb"(?m)(^breach-checked )(\S+)")
FORMAT = "%Y-%m-%dT%H:%M:%SZ"


def make_older(data: Path, **by: float) -> None:
    """Sets every date in every record back by days, hours, minutes or seconds."""
    _rewrite(data, lambda text: DATE.sub(lambda match: _earlier(match[0], **by), text))


def make_sessions_unused(data: Path, **by: float) -> None:
    """Sets the last use of every session back by days, hours, minutes or seconds."""
    _rewrite(data, lambda text: LAST_USE.sub(lambda match: match[1] + _earlier(match[2], **by), text))


def make_look_ups_older(data: Path, **by: float) -> None:
    """Sets back when the password of each account was looked up among the breached ones."""
    _rewrite(data, lambda text: LOOK_UP.sub(lambda match: match[1] + _earlier(match[2], **by), text))


def _earlier(date: bytes, **by: float) -> bytes:
    moment = datetime.strptime(date.decode(), FORMAT).replace(tzinfo=timezone.utc)
    return (moment - timedelta(**by)).strftime(FORMAT).encode()


def _rewrite(data: Path, change) -> None:
    changed = 0
    for path in data.rglob("*"):
        if path.is_file() and "mail" not in path.relative_to(data).parts:
            text = path.read_bytes()
            if (older := change(text)) != text:
                path.write_bytes(older)
                changed += 1
    assert changed, "no record has such a date"
