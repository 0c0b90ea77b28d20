#!/bin/bash
# The rows of docs/performance.md, one after the other, each on a fresh process, and where there is something to compare
# also on the floor: the least that a server can do (bench/floor). What counts is the ratio, because machines differ.
# About four minutes, of which a part makes 400 people. SECONDS_EACH=10 measures longer, FLOOR=no leaves the floor out.
set -euo pipefail
bin=$(realpath "${1:-build/release/bin}")
cd "$(dirname "$0")"
. ./test_server.sh
seconds=${SECONDS_EACH:-5}

# row TITLE OPTION…: Wardroom alone.
row() {
  restart_server
  printf '\n-- %s\n' "$1"
  shift
  load "$@"
}

# Beside each other: what Wardroom does, what the floor does, and how many times that is; of percentiles the median.
side_by_side() {
  awk -F '  +' '
    function first(text) { sub(/^p50 /, "", text); return text + 0 }
    NR == FNR { floor[$1] = substr($0, length($1) + 1); sub(/^ +/, "", floor[$1]); next }
    {
      mine = substr($0, length($1) + 1); sub(/^ +/, "", mine)
      if (first(floor[$1]) == 0 || $1 ~ /^(connections|rooms)$/) { printf "%-36s %s\n", $1, mine; next }
      printf "%-36s %-38s %-38s %.2f\n", $1, mine, floor[$1], first(mine) / first(floor[$1])
    }' "$work/floor.out" "$1"
}

# compared TITLE OPTION…: Wardroom, then the floor.
compared() {
  if [ "${FLOOR:-yes}" = no ]; then
    row "$@"
    return
  fi
  row "$@" >"$work/row.out"
  shift
  stop_server
  : >"$work/ready"
  "$bin/bench-floor" "$port" "$work/data/tls/server.crt" "$work/data/tls/server.key" "$work/people.json" >"$work/ready" &
  server=$!
  until grep -q '^ready' "$work/ready"; do
    kill -0 "$server" 2>/dev/null || exit 1
    sleep 0.05
  done
  load "$@" >"$work/floor.out"
  stop_server
  start_server
  head -n 2 "$work/row.out"
  printf '%-36s %-38s %-38s %s\n' '' Wardroom floor ratio
  tail -n +3 "$work/row.out" >"$work/rest.out"
  side_by_side "$work/rest.out"
}

compared "one room of 500, as fast as it goes" --connections 500 --users 100 --seconds "$seconds"
compared "one room of 2,000, as fast as it goes" --connections 2000 --users 100 --outstanding 2 --seconds "$seconds"
compared "200 rooms of 10, one message outstanding in each" --connections 2000 --rooms 200 --users 400 --seconds "$seconds"
compared "20,000 deliveries/s in a room of 500" --connections 500 --users 100 --rate 40 --seconds "$seconds"
compared "200 rooms of 10 at 20,000 deliveries/s" --connections 2000 --rooms 200 --users 400 --rate 2000 --senders 200 \
  --seconds "$seconds"
compared "5,000 messages/s over 200 rooms" --connections 400 --rooms 200 --users 400 --senders 200 --rate 5000 \
  --seconds "$seconds"
compared "10,000 idle connections" --connections 10000 --users 100 --idle --seconds "$seconds"
compared "full handshake and sign-in by token" --users 100 --sign-in --connecting 16 --seconds "$seconds"
row "1,000 sign-ins at once" --connections 1000 --users 100 --storm
row "20 of 200 stop reading" --connections 200 --users 100 --rate 150 --size 6000 --seconds 15 --stalled 20
