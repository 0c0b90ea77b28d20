#!/bin/bash
# The doors of docs/performance.md: 2,000 connections at once and 1,000 people who sign in at once with a password while
# others chat, 10,000 wrong passwords while a known device signs in, and what a refusal tells. About five minutes, of
# which most goes into making 1,000 people. PEOPLE=1000, BURST=2000 and SECONDS_OF_CHAT=60 unless told otherwise.
set -euo pipefail
bin=$(realpath "${1:-build/release/bin}")
cd "$(dirname "$0")"
. ./test_server.sh
people=${PEOPLE:-1000}
seconds=${SECONDS_OF_CHAT:-60}
burst=${BURST:-2000}

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
resident_mib() { awk '/^VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$server/status"; }

printf '\n-- the same while %s connect and sign in by token at once, five times, and leave\n' "$burst"
load --connections 500 --users 100 --rate 40 --seconds 20 >"$work/chat" 2>&1 &
chat=$!
sleep 4
before=$(resident_mib)
for _ in 1 2 3 4 5; do
  nice -n 10 "$bin/wardroom-load" --connect "localhost:$port" --ca "$work/data/tls/ca.crt" --state "$work/people.json" \
    --connections "$burst" --users 100 --storm
  sleep 1
done
wait "$chat" || true
cat "$work/chat"
sleep 5
printf 'server RSS MiB before the bursts and 5 s after the last  %s %s\n' "$before" "$(resident_mib)"
restart_server

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
