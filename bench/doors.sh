#!/bin/bash
# The doors of docs/performance.md: everybody signs in at once with a password while others chat, 10,000 wrong
# passwords while a known device signs in, and what a refusal tells. About four minutes, of which most goes into
# making 1,000 people. PEOPLE=1000 and SECONDS_OF_CHAT=60 unless told otherwise.
set -euo pipefail
bin=$(realpath "${1:-build/release/bin}")
cd "$(dirname "$0")"
. ./test_server.sh
people=${PEOPLE:-1000}
seconds=${SECONDS_OF_CHAT:-60}

# IPv4, because each sign-in comes from a loopback address of its own. At a low priority, because the people at the
# door have PCs of their own: their side of a thousand handshakes must not take the cores from those who chat.
doors() {
  nice -n 10 "$bin/wardroom-load" --connect "127.0.0.1:$port" --ca "$work/data/tls/ca.crt" --state "$work/people.json" \
    --server-pid "$server" --user admin --password-file "$work/password" --users "$people" "$@"
}

load --connections 10 --users "$people" --seconds 0.1 --warm-up 0 >/dev/null
restart_server

printf '\n-- %s people chat: 20,000 deliveries/s in a room of 500, nobody signs in\n' 100
load --connections 500 --users 100 --rate 40 --seconds 10
printf '\n-- the same while %s people sign in at once with their passwords\n' "$people"
load --connections 500 --users 100 --rate 40 --seconds "$seconds" >"$work/chat" 2>&1 &
chat=$!
sleep 5 # they are in before the storm
doors --passwords || true
wait "$chat" || true
cat "$work/chat"

restart_server
printf '\n-- 10,000 wrong passwords from 50 addresses, and a device that was here before\n'
doors --guesses || true

restart_server
printf '\n-- what a refusal tells\n'
doors --refusals
