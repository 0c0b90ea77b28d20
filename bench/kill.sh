#!/bin/bash
# Replays real conversation while the server is killed again and again; KILLS=50 times unless told otherwise.
# LOGS names the IRC logs. Nothing acknowledged may be lost, doubled or out of order.
set -euo pipefail
bin=$(realpath "${1:-build/release/bin}")
if [ -z "${LOGS:-}" ]; then
  echo "Skipped: name the IRC logs to replay, for example LOGS='/home/me/irc/*.txt'."
  exit 0
fi
# shellcheck disable=SC2086  # a pattern may name many
mapfile -t logs < <(realpath $LOGS)
cd "$(dirname "$0")"
. ./test_server.sh

load --connections 10 --users 10 --rate "${RATE:-400}" --replay "${logs[@]}" >"$work/report" 2>&1 &
replay=$!
for ((kill = 1; kill <= ${KILLS:-50}; ++kill)); do
  sleep 0.6
  kill -0 "$replay" 2>/dev/null || break
  stop_server -KILL
  began=$(date +%s%N)
  start_server
  printf 'kill %d, ready after %d ms\n' "$kill" $((($(date +%s%N) - began) / 1000000))
done
status=0
wait "$replay" || status=$?
cat "$work/report"
exit "$status"
