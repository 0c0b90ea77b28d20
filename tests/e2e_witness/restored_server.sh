#!/usr/bin/env bash
# A server whose files are put back to an old copy: the client's and the console's screen say so.
#   restored_server.sh WARDROOMD WARDROOMCTL E2E_WITNESS
# Promises: a PC that saw the log finds, at its next connection and within 5 s, that records are gone; so long as the log
# only grows there is no alarm. The times are printed; on a slow machine the test waits longer.
set -euo pipefail

wardroomd=$1 ctl=$2 witness=$3
work=$(mktemp -d)
export HOME="$work/home" XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/share" TZ=UTC
export ASAN_OPTIONS=detect_leaks=0
mkdir -p "$HOME" "$XDG_CONFIG_HOME" "$XDG_DATA_HOME"
password='correct horse battery'
server=''

clean_up() {
  local status=$?
  [ "$status" -eq 0 ] || tail -n 20 "$work"/server.log 2>/dev/null || true
  [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
  rm -rf "$work"
  exit "$status"
}
trap clean_up EXIT

start_server() {
  : >"$work/server.out"  # the line of an earlier start isn't this one's
  "$wardroomd" run --data "$work/server" >"$work/server.out" 2>>"$work/server.log" &
  server=$!
  local end=$((SECONDS + 120))
  until grep -q '^ready' "$work/server.out"; do
    [ "$SECONDS" -lt "$end" ] || { echo "The server doesn't start"; return 1; }
    sleep 0.2
  done
}
stop_server() {
  kill "$server"
  wait "$server" || true
  server=''
}

head_size() { "$ctl" audit head | sed -n 2p; }

port=$((20000 + RANDOM % 20000))
"$wardroomd" init --data "$work/server" --host localhost,127.0.0.1 --port "$port" >"$work/init.log"
fingerprint=$(sed -n 's/^CA fingerprint: *//p' "$work/init.log")
start_server
echo "$password" | "$ctl" setup --data "$work/server" --user boss --password-stdin >/dev/null
"$ctl" call room.create '{"name":"release-7","kind":"public"}' >/dev/null
for side in client console; do
  echo "== the $side sees the log for the first time"
  "$witness" "$side" "$work/$side" see "localhost:$port" "$fingerprint" boss "$password"
done
stop_server
cp -a "$work/server" "$work/old"

start_server
before=$(head_size)
for n in 1 2 3 4 5 6; do "$ctl" say release-7 "Message $n" >/dev/null; done
# Only what a head covers can be seen, and heads are signed once a second.
until [ "$(head_size)" -ge "$((before + 6))" ]; do sleep 0.2; done
for side in client console; do
  echo "== the $side comes back, and the log only grew"
  "$witness" "$side" "$work/$side" quiet
done
stop_server

rm -rf "$work/server"
cp -a "$work/old" "$work/server"
start_server
for side in client console; do
  echo "== the $side comes back to an old copy of the server"
  "$witness" "$side" "$work/$side" alarm
done
for side in client console; do
  echo "== the $side says so again after a restart"
  "$witness" "$side" "$work/$side" alarm
done
