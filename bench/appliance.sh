#!/bin/bash
# The appliance in an office of a million messages (MESSAGES=…): how soon a newer program is ready on a database that needs no
# rewrite; what a backup does to the p99 of acknowledgement at 2,000 messages/s, in turns without and with one; whether a
# reload and a renewal drop any of 1,000 connections that chat; and what the console costs while its Overview stays open.
# About half an hour. PREVIOUS=DIR: the folder with the programs that the office ran before; else the same ones.
# PLACE=/dev/shm leaves out what the disk does by itself. CONSOLE=no leaves the console out; it needs Xvfb and xdotool.
set -euo pipefail
bin=$(realpath "${1:-build/release/bin}")
previous=$(realpath "${PREVIOUS:-$bin}")
cd "$(dirname "$0")"
messages=${MESSAGES:-1000000}
seconds=${SECONDS_EACH:-20}
runs=${RUNS:-3}
connections=${CONNECTIONS:-1000}
work=$(mktemp -d -p "${PLACE:-/tmp}")
server='' backup='' reloads=''
end() {
  local pid
  for pid in $reloads $backup $server; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT TERM
set_option() { sed -i "s|^#\{0,1\}$1 = .*|$1 = $2|" "$work/data/wardroom.toml"; }
ms() { echo $(($(date +%s%N) / 1000000)); }

# start_server [PROGRAMS]: from the program's start to its "ready", whose milliseconds are in `took`.
start_server() {
  local began line=''
  began=$(ms)
  "${1:-$bin}/wardroomd" run --data "$work/data" >"$work/ready" 2>>"$work/log" &
  server=$!
  exec 4<"$work/ready"
  read -r line <&4 || true
  took=$(($(ms) - began))
  [[ $line == ready\ * ]] || { tail -n 5 "$work/log" >&2; exit 1; }
  port=$(sed -n 's/^ready port=\([0-9]*\).*/\1/p' <<<"$line")
}
stop_server() {
  kill "${1:--TERM}" "$server"
  wait "$server" 2>/dev/null || true
  server=''
}
load() {
  "$bin/wardroom-load" --connect "localhost:$port" --ca "$work/data/tls/ca.crt" --state "$work/people.json" \
    --server-pid "$server" "$@"
}
p99() { sed -n 's/^acknowledgement ms .* p99 \([0-9.]*\).*/\1/p' "$1"; }

mkfifo "$work/ready"
"$previous/make-office" "$work/data" "$messages"
for option in unauthenticated_per_address max_connections requests_per_second requests_burst messages_per_second \
  messages_burst; do
  set_option "$option" 100000
done
set_option folder "\"$work/backups\""
mkdir -m 700 "$work/backups"
echo "$messages messages, $(($(stat -c %s "$work/data/wardroom.db") >> 20)) MiB"

rm "$work/data/run/setup-code"  # of a year ago; the server makes another
start_server "$previous"
until [ -s "$work/data/run/setup-code" ]; do sleep 0.1; done
echo "a password for one afternoon" >"$work/password"
load --user admin --password-file "$work/password" --setup-code "$(cat "$work/data/run/setup-code")" \
  --connections 10 --users 400 --seconds 0.1 --warm-up 0 >/dev/null
# The index for searches catches up at the lowest priority: until its file no longer grows.
size() { stat -c %s "$work/data"/search.db* 2>/dev/null | awk '{ sum += $1 } END { print sum + 0 }'; }
until was=$(size) && sleep 10 && [ "$(size)" = "$was" ]; do :; done
stop_server

printf '\n-- ready after an upgrade that needs no rewrite, ms\n'
for _ in $(seq "$runs"); do
  start_server
  stop_server
  printf '%-36s %s\n' "after an orderly stop" "$took"
done
[ ! -e "$work/data/upgrade" ] || echo "The schema differs: the first of these was an upgrade that migrates a copy."
start_server
load --connections 400 --rooms 200 --users 400 --senders 200 --rate 2000 --seconds 5 >/dev/null
stop_server -KILL
start_server
stop_server
printf '%-36s %s\n' "after a kill under 2,000 messages/s" "$took"

printf '\n-- 2,000 messages/s over 200 rooms: p99 of acknowledgement, ms\n'
chat() { load --connections 400 --rooms 200 --users 400 --senders 200 --rate 2000 --seconds "$seconds" >"$1"; }
for _ in $(seq "$runs"); do
  start_server # afresh, so that no daily check begins meanwhile
  chat "$work/without"
  began=$SECONDS
  "$bin/wardroomd" backup --data "$work/data" >"$work/backup" 2>&1 &
  backup=$!
  chat "$work/with"
  lasted=yes
  kill -0 "$backup" 2>/dev/null || lasted=no
  wait "$backup" || { cat "$work/backup"; exit 1; }
  backup=''
  printf 'without %s  with a backup of %s  %s  times %s\n' "$(p99 "$work/without")" "$(du -h "$work/backups"/* | cut -f 1)" \
    "$(p99 "$work/with")" "$(awk -v a="$(p99 "$work/without")" -v b="$(p99 "$work/with")" 'BEGIN { printf "%.2f", b / a }')"
  if [ "$lasted" = yes ]; then
    echo "        the backup took $((SECONDS - began)) s and outlasted the run"
  else
    echo "        the backup was over before the run: more MESSAGES=… or fewer SECONDS_EACH=…"
  fi
  rm "$work/backups"/*
  stop_server
done

printf '\n-- %s connections chat at 2,000 messages/s while the server reloads and renews its certificate\n' "$connections"
start_server
export XDG_CONFIG_HOME=$work/config
"$bin/wardroomctl" login "$("$bin/wardroomd" link --data "$work/data" | sed "s/localhost:[0-9]*/localhost:$port/")" --user admin \
  --password-stdin <"$work/password" >/dev/null
shown() { openssl s_client -connect "localhost:$port" </dev/null 2>/dev/null | openssl x509 -noout -serial; }
before=$(shown)
(
  for _ in 1 2 3 4 5; do
    sleep 2
    "$bin/wardroomd" reload --data "$work/data" >>"$work/reloads" && echo reloaded >>"$work/done"
    "$bin/wardroomctl" certificate renew >>"$work/reloads" && echo renewed >>"$work/done"
  done
) &
reloads=$!
load --connections "$connections" --rooms 200 --users 400 --senders 200 --rate 2000 --seconds 12
wait "$reloads"
reloads=''
[ "$(shown)" != "$before" ] || { echo "The certificate is the same as before."; exit 1; }
printf '%-36s %s\n' "reloads, renewals" "$(grep -c reloaded "$work/done"), $(grep -c renewed "$work/done")"
stop_server

if [ "${CONSOLE:-yes}" = no ] || ! [ -x "$bin/wardroom-admin" ] || ! command -v Xvfb >/dev/null || ! command -v xdotool >/dev/null; then
  printf '\n-- the console: left out\n'
  exit 0
fi
printf '\n-- the console with its Overview open, drawn by the processor\n'
(
  set -- "$bin/wardroomd" "$bin/wardroomctl" "$bin/wardroom-admin" "$work"
  # shellcheck source=../tests/e2e_admin/harness.sh
  . ../tests/e2e_admin/harness.sh
  make_server
  start_server
  start_screen
  sign_in_at_screen
  click 100 84
  wait_for "the Overview" titled "Overview – Wardroom console"
  spent() { awk '{ print $14 + $15 }' "/proc/$running/stat"; }
  still
  began=$(spent)
  sleep "${CONSOLE_SECONDS:-300}"
  awk -v ticks=$(($(spent) - began)) -v hertz="$(getconf CLK_TCK)" -v seconds="${CONSOLE_SECONDS:-300}" \
    'BEGIN { printf "%-36s %.2f\n", "CPU, per cent of one core", ticks / hertz / seconds * 100 }'
)
