# What the scripts share. To be read in with `.` from a script anywhere in the package.

set -eu
cd "$(dirname "$0")"
while [ ! -e Package.swift ]; do
    [ "$PWD" != / ] || { echo "$0: this script lies outside of Postern's sources" >&2; exit 1; }
    cd ..
done

# Where the Python tools of the tests are.
venv=.tools/venv

# Which release this is.
version=$(sed -n 's/.*text = "\(.*\)"/\1/p' Sources/postern/Version.swift)

# Where `scripts/dist` leaves what belongs to a release, besides the archive of it.
release=${OUTPUT:-dist}/postern-$version-linux-$(uname -m)

# Builds programs, each linked into one file that runs on any Linux.
#
# The functions in scripts/functions stand together in it, so that little of the file is read at a start.
static_build() { # PRODUCT...
    for product; do
        swift build --configuration release --static-swift-stdlib -Xswiftc -static-executable \
            -Xswiftc -use-ld=lld -Xlinker "--symbol-ordering-file=$PWD/scripts/functions" \
            -Xlinker --no-warn-symbol-ordering --product "$product"
    done
}

# When the sources of a release were as they are, in seconds since 1970.
release_time() {
    echo "${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}"
}

# Ends the script with one sentence.
complain() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}
