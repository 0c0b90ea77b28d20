#!/usr/bin/env bash
# The page for browsers, docs/performance.md: how soon the first message is on the screen of a slow device on a slow line, long
# tasks and memory while a large room is scrolled, what a page view costs the server. Measures, and asserts nothing. MESSAGES=100000,
# ROUNDS=5 and SECONDS_EACH=20 unless told otherwise. Needs web/dist (./dev web), chromium and openssl.
set -euo pipefail
bin=$(realpath "${1:-build/release/bin}")
cd "$(dirname "$0")/../web"
fail() { echo "bench/page.sh: $*" >&2 && exit 1; }
[ -f dist/index.html ] && [ -d node_modules/playwright-core ] || fail "there is no page yet: ./dev web"
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || fail "apt install chromium"
WARDROOM_BIN=$bin exec node tools/measure.mjs
