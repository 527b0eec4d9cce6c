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

# The programs of a web server and its operator are linked into one file each, so that they run on any Linux.
static_build() {
    swift build --configuration release --static-swift-stdlib -Xswiftc -static-executable "$@"
}
