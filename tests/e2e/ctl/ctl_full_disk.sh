#!/usr/bin/env bash
# A disk that is really full, with the reserve gone and after a crash: people read on, also after restarts, and writing
# comes back by itself. Of a file system of its own, which root alone can have.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
disk=$place/disk
mkdir "$disk"
if [ "$(id -u)" != 0 ] || ! mount -t tmpfs -o size=24m,mode=755 wardroom-full "$disk" 2>/dev/null; then
  echo "needs root, and mount"
  exit 77
fi
leave() {
  local status=$?
  set +e
  umount -l "$disk"
  (exit "$status")
  tidy
}
trap leave EXIT
data=$disk/data
free_kib() { df --output=avail -k "$disk" | tail -n 1 | tr -d ' '; }
fill() {
  cat /dev/zero >"$disk/fill" 2>/dev/null || true
  [ "$(free_kib)" = 0 ] || fail "$(free_kib) KiB are free"
}

make_server
set_up_lena
room=$(ctl --json call room.create '{"name":"general","kind":"public"}' | python3 -c 'import json, sys; print(json.load(sys.stdin)["room"]["id"])')
ctl say general "before it was full"
await "it can be found" sh -c "'$wardroomctl' call message.search '{\"query\":\"full\"}' | grep -q before"
page() { ctl call message.history "{\"room\":$room}"; }

# ---- what was said lies in the log beside the database; the files that SQLite makes for it are gone, and so is all room ----
kill_server
rm -f "$data/reserve" "$data"/*.db-shm
fill
said=0
"$wardroomd" check --data "$data" >"$place/check" 2>"$place/check-err" || said=$?
[ "$said" = 1 ] || fail "check ended with $said: $(cat "$place/check-err")"
grep -q 'The disk is full where .* reading alone' "$place/check-err" || fail "check said: $(cat "$place/check-err")"
grep -q '^database  *sound' "$place/check" || fail "check printed: $(cat "$place/check")"

start_server
shows 'before it was full' page
shows 'before it was full' ctl call message.search '{"query":"full"}'
refused 1 'disk is full' ctl say general "while it is full"
refused 1 'disk is full' ctl --profile again login "localhost:$port" --fingerprint "$fingerprint" --user lena --password-stdin <<<"$password"
stop_server
start_server
shows 'before it was full' page

# ---- room comes back while it runs ----
rm "$disk/fill"
await "it writes again" ctl say general "after it was full"
shows 'after it was full' page
kill -0 "$server" || fail "the server ended"
stop_server
# All is well again but that the disk is a small one.
said=0
"$wardroomd" check --data "$data" >"$place/check" 2>"$place/check-err" || said=$?
[ "$said" = 1 ] || fail "check ended with $said: $(cat "$place/check-err")"
grep -q '^database  *sound' "$place/check" || fail "check printed: $(cat "$place/check")"
[ "$(grep -c . "$place/check-err")" = 1 ] || fail "check said: $(cat "$place/check-err")"
grep -q 'nearly full' "$place/check-err" || fail "check said: $(cat "$place/check-err")"
