# Sourced by the walks: a server in a directory of its own, and words to check with. Use: WALK.sh WARDROOMD WARDROOMCTL
# shellcheck shell=bash
set -euo pipefail
wardroomd=$1 wardroomctl=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
place=$(mktemp -d)
data=$place/data
server=''
export XDG_CONFIG_HOME=$place/config TZ=UTC no_proxy='*'

tidy() {
  local status=$? job
  set +e
  for job in $(jobs -p); do
    kill -KILL "$job" 2>/dev/null
    wait "$job" 2>/dev/null
  done
  [ "$status" -eq 0 ] || [ "$status" -eq 77 ] || tail -n 30 "$place"/*.log >&2
  rm -rf "$place"
  exit "$status"
}
trap tidy EXIT

fail() { echo "FAILED: $*" >&2; exit 1; }

# await WHAT COMMAND…: until the command succeeds; a minute is more than any healthy machine needs.
await() {
  local what=$1 i
  shift
  for ((i = 0; i < 600; i++)); do
    if "$@" >/dev/null 2>&1; then return; fi
    read -rt 0.1 <> <(:) || true
  done
  fail "never happened: $what"
}

start_server() {
  : >"$place/ready"
  "$wardroomd" run --data "$data" >"$place/ready" 2>>"$place/server.log" &
  server=$!
  await "the server is ready" grep -q '^ready port=' "$place/ready"
  port=$(cat "$data/run/port")
}

# A new server, and the port fixed, so that it comes back at the same one.
make_server() {
  "$wardroomd" init --data "$data" --host localhost --port 0 --name "Walk" >"$place/init.log"
  fingerprint=$(sed -n 's/^CA fingerprint: *//p' "$place/init.log")
  start_server
  sed -i "s/^#\? *port = .*/port = $port/" "$data/wardroom.toml"
}

stop_server() {
  kill -TERM "$server"
  wait "$server" || fail "the server stopped with an error"
}

# As in a loss of power, as far as the process goes.
kill_server() {
  kill -KILL "$server"
  wait "$server" 2>/dev/null || true
}

ctl() { "$wardroomctl" "$@"; }

# refused STATUS PATTERN COMMAND…: fails with that status and a sentence that matches, on standard error alone.
refused() {
  local wanted=$1 pattern=$2 status=0
  shift 2
  "$@" >"$place/out" 2>"$place/err" || status=$?
  [ "$status" -eq "$wanted" ] || fail "$* ended with $status instead of $wanted: $(cat "$place/err")"
  grep -qE -- "$pattern" "$place/err" || fail "$* said: $(cat "$place/err")"
  [ ! -s "$place/out" ] || fail "$* wrote on standard output: $(cat "$place/out")"
}

# shows PATTERN COMMAND…: succeeds and prints something that matches.
shows() {
  local pattern=$1
  shift
  "$@" >"$place/out" 2>"$place/err" || fail "$* failed: $(cat "$place/err")"
  grep -qE -- "$pattern" "$place/out" || fail "$* printed: $(cat "$place/out")"
}

# The first administrator is lena; her password is everybody's in these walks.
password='correct horse battery'
set_up_lena() { shows 'as lena \(admin\)' ctl setup --data "$data" --user lena --password-stdin <<<"$password"; }
