#!/bin/sh
# Walks through a real office in Chromium: all of them, or those that are named (story, days, lost, foreign, firefox, intruders).
# Needs web/dist (web/build.sh), wardroomd and wardroomctl in WARDROOM_BIN (build/dev/bin), and chromium (or CHROMIUM).
# Ends with 77 where what it needs isn't to be had.
set -eu
cd "$(dirname "$0")"
missing() { echo "web/walk.sh: $1" >&2 && exit 77; }
[ -f dist/index.html ] && [ -d node_modules/playwright-core ] || missing "there is no page yet: web/build.sh"
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || missing "apt install chromium"
[ "$*" != firefox ] || [ -x "${FIREFOX:-/usr/bin/firefox-esr}" ] || missing "apt install firefox-esr"
exec node tests/walk/walk.mjs "$@"
