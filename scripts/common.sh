# What the scripts share. To be read in with `.` from a script in this directory.

set -eu
cd "$(dirname "$0")/.."

# Where the Python tools of the tests are.
venv=.tools/venv

# Ends the script with one sentence.
complain() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}
