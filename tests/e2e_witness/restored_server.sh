#!/usr/bin/env bash
# A server whose files are put back to an old copy, or that is restored from a backup: the client's and the console's
# screen say so.
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

# A backup that is put back as it should be contradicts what was seen as well: nobody can tell it from a log that claims so.
"$ctl" audit accept-head --reason 'the old copy was put back on purpose' >/dev/null
for side in client console; do
  echo "== another $side sees the log for the first time"
  "$witness" "$side" "$work/later-$side" see "localhost:$port" "$fingerprint" boss "$password"
done
"$wardroomd" backup --data "$work/server" --to "$work/backup.db" >/dev/null
before=$(head_size)
for n in 1 2 3 4 5 6; do "$ctl" say release-7 "Message $n" >/dev/null; done
until [ "$(head_size)" -ge "$((before + 6))" ]; do sleep 0.2; done
for side in client console; do
  echo "== the other $side comes back, and the log only grew"
  "$witness" "$side" "$work/later-$side" quiet
done
stop_server
rm -rf "$work/server"
"$wardroomd" restore --from "$work/backup.db" --data "$work/server" --reason 'a rehearsal' >/dev/null
start_server
for visit in first second; do
  for side in client console; do
    echo "== the other $side comes back to the restored server for the $visit time"
    "$witness" "$side" "$work/later-$side" alarm | tee "$work/seen"
    grep -q 'a backup was put back' "$work/seen"
  done
done
