#!/bin/bash
# Two versions side by side: rows of small rooms in turns, so that the machine's drift hits both.
#   bash bench/turns.sh OLD_BIN NEW_BIN
# For each row and turn the server's CPU s per million deliveries and the deliveries/s, then the median of the turns' ratios, new to old.
# TURNS=6 and SECONDS_EACH=5: about six minutes.
set -euo pipefail
old=$(realpath "${1:?name the folder with the older programs}")
new=$(realpath "${2:?name the folder with the newer programs}")
cd "$(dirname "$0")"
turns=${TURNS:-6} seconds=${SECONDS_EACH:-5}
top=$(mktemp -d)
pids=()
finish() {
  local pid
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$top"
}
trap finish EXIT
trap 'exit 130' INT TERM

# A server of each, both running; the one that isn't measured is idle.
begin() { # begin NAME BIN PORT
  local name=$1 bin=$2 port=$3 option
  "$bin/wardroomd" init --data "$top/$name" --host localhost --port "$port" >"$top/$name.init"
  for option in unauthenticated_per_address max_connections requests_per_second requests_burst messages_per_second \
    messages_burst; do
    sed -i "s/^#\{0,1\}$option = .*/$option = 100000/" "$top/$name/wardroom.toml"
  done
  "$bin/wardroomd" run --data "$top/$name" >"$top/$name.ready" 2>"$top/$name.log" &
  pids+=($!)
  until grep -q '^ready ' "$top/$name.ready"; do sleep 0.1; done
}
echo "a password for one afternoon" >"$top/password"
begin old "$old" 17451
begin new "$new" 17452
# The newer programs make the load for both.
load() { # load NAME OPTION…
  local name=$1 at=0
  shift
  [ "$name" = old ] || at=1
  "$new/wardroom-load" --connect "localhost:$((17451 + at))" --ca "$top/$name/tls/ca.crt" --state "$top/$name.json" --server-pid "${pids[at]}" "$@"
}
for name in old new; do
  load $name --user admin --password-file "$top/password" --setup-code "$(sed -n 's/^Set-up code: *//p' "$top/$name.init")" \
    --connections 10 --users 10 --seconds 0.1 --warm-up 0 >/dev/null
done

figure() { sed -n "s|^$1  *\([0-9.]*\).*|\1|p" "$2"; }
median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2) }'; }
row() { # row TITLE OPTION…
  printf '\n-- %s\n' "$1"
  shift
  load old "$@" >/dev/null 2>&1 # makes people and rooms, and warms up
  load new "$@" >/dev/null 2>&1
  : >"$top/cpu"
  : >"$top/speed"
  local turn order name
  for ((turn = 0; turn < turns; turn++)); do
    order="old new"
    [ $((turn % 2)) = 0 ] || order="new old"
    for name in $order; do load "$name" "$@" >"$top/$name.out" 2>/dev/null; done
    for name in old new; do
      printf '%s %s CPU s per million, %s deliveries/s; ' "$name" "$(figure 'server CPU s per million deliveries' "$top/$name.out")" \
        "$(figure 'deliveries/s' "$top/$name.out")"
    done
    echo
    awk -v a="$(figure 'server CPU s per million deliveries' "$top/old.out")" \
      -v b="$(figure 'server CPU s per million deliveries' "$top/new.out")" 'BEGIN { print b / a }' >>"$top/cpu"
    awk -v a="$(figure 'deliveries/s' "$top/old.out")" -v b="$(figure 'deliveries/s' "$top/new.out")" \
      'BEGIN { print b / a }' >>"$top/speed"
  done
  printf 'new to old: CPU %.3f, deliveries/s %.3f\n' "$(median <"$top/cpu")" "$(median <"$top/speed")"
}

row "200 rooms of 10, one message outstanding in each" --connections 2000 --rooms 200 --users 400 --seconds "$seconds"
row "200 rooms of 10 at 20,000 deliveries/s" --connections 2000 --rooms 200 --users 400 --rate 2000 --senders 200 \
  --seconds "$seconds"
row "one room of 500, as fast as it goes" --connections 500 --users 100 --seconds "$seconds"
