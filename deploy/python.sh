#!/bin/sh
# Runs a script with the first Python that is new enough: $PYTHON, or python3, or one that is named by its version.
set -u
cd "$(dirname "$0")/.." || exit 1

fail() {
    printf 'tianshan: %s\n' "$1" >&2
    exit 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

version() {
    "$1" -c 'import sys; sys.stdout.write("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null
}

if [ -n "${PYTHON:-}" ]; then
    new_enough "$PYTHON" && exec "$PYTHON" "$@"
    found=$(version "$PYTHON") || fail "PYTHON=$PYTHON does not run; it must be Python 3.11 or newer."
    fail "PYTHON=$PYTHON is Python $found; Tianshan needs 3.11 or newer."
fi

for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
    new_enough "$candidate" && exec "$candidate" "$@"
done

if found=$(version python3); then
    fail "Python $found is too old; install Python 3.11 or newer, or name one: make run PYTHON=/path/to/python3.11"
fi
fail "no Python found; install Python 3.11 or newer, or name one: make run PYTHON=/path/to/python3.11"
