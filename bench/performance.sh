#!/bin/bash
# The rows of docs/performance.md, one after the other, each on a fresh process. About two minutes and a half, of which
# a part makes 400 people. SECONDS_EACH=10 measures longer.
set -euo pipefail
bin=$(realpath "${1:-build/release/bin}")
cd "$(dirname "$0")"
. ./test_server.sh
seconds=${SECONDS_EACH:-5}

row() {
  restart_server
  printf '\n-- %s\n' "$1"
  shift
  load "$@"
}

row "one room of 500, as fast as it goes" --connections 500 --users 100 --seconds "$seconds"
row "one room of 2,000, as fast as it goes" --connections 2000 --users 100 --outstanding 2 --seconds "$seconds"
row "200 rooms of 10, one message outstanding in each" --connections 2000 --rooms 200 --users 400 --seconds "$seconds"
row "20,000 deliveries/s in a room of 500" --connections 500 --users 100 --rate 40 --seconds "$seconds"
row "5,000 messages/s over 200 rooms" --connections 400 --rooms 200 --users 400 --senders 200 --rate 5000 \
  --seconds "$seconds"
row "10,000 idle connections" --connections 10000 --users 100 --idle --seconds "$seconds"
row "full handshake and sign-in by token" --users 100 --sign-in --connecting 16 --seconds "$seconds"
row "1,000 sign-ins at once" --connections 1000 --users 100 --storm
row "20 of 200 stop reading" --connections 200 --users 100 --rate 150 --size 6000 --seconds 15 --stalled 20
