"""Time that has passed, as the flat files tell it.

A running program's clock cannot be moved, but what it wrote down can be made older: every date in a file of the
data directory is set back, which is what the file would say had it been written that much earlier.
"""

import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

DATE = re.compile(rb"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
FORMAT = "%Y-%m-%dT%H:%M:%SZ"


def make_older(data: Path, **by: float) -> None:
    """Sets every date in every record back by days, hours, minutes or seconds."""
    def earlier(match: re.Match) -> bytes:
        date = datetime.strptime(match[0].decode(), FORMAT).replace(tzinfo=timezone.utc)
        return (date - timedelta(**by)).strftime(FORMAT).encode()

    for path in data.rglob("*"):
        if path.is_file() and "mail" not in path.relative_to(data).parts:
            text = path.read_bytes()
            if DATE.search(text):
                path.write_bytes(DATE.sub(earlier, text))
