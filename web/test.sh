#!/bin/sh
# Tests the browser's client: types, the tests of model and session and, with --walk, a walk through a real office in Chromium.
# Ends with 77 where what it needs isn't to be had.
#   web/test.sh          needs no server and no browser
#   web/test.sh --walk   needs wardroomd and wardroomctl in WARDROOM_BIN (build/dev/bin), and chromium (or CHROMIUM);
#                        with names of parts behind it (days, intruders) only those
set -eu
cd "$(dirname "$0")"
./build.sh
node tools/run-tests.mjs
[ "${1:-}" = --walk ] || exit 0
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || { echo "web/test.sh: apt install chromium" >&2; exit 77; }
shift
node tests/walk/walk.mjs "$@"
