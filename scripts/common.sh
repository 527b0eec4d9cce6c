# What the scripts share. To be read in with `.` from a script anywhere in the package.

set -eu
cd "$(dirname "$0")"
while [ ! -e Package.swift ]; do
    [ "$PWD" != / ] || { echo "$0: this script lies outside of Postern's sources" >&2; exit 1; }
    cd ..
done

# Where the Python tools of the tests are.
venv=.tools/venv

# Builds programs, each linked into one file that runs on any Linux.
static_build() { # PRODUCT...
    for product; do
        swift build --configuration release --static-swift-stdlib -Xswiftc -static-executable \
            --product "$product"
    done
}

# Ends the script with one sentence.
complain() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}
