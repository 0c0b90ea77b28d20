#!/bin/sh
# Tests the browser's client without a server and a browser: types, the build with the limit of its size, the tests of model
# and session. web/walk.sh has the others. Ends with 77 where what it needs isn't to be had.
set -eu
cd "$(dirname "$0")"
./build.sh
node tools/run-tests.mjs
