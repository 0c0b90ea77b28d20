#!/bin/bash
# Slow readers: STALLED=100 of CONNECTIONS=1000 people in a busy room stop reading. What the server's memory grows to
# meanwhile, and what becomes of the p99 delivery of the others, beside a run in which those others are alone. In turns,
# RUNS=3 of each, each on a fresh process. The kernel's buffers take several MiB for each connection before the server
# keeps anything: at RATE=20 messages/s of SIZE=16000 bytes that is some 20 s, so SECONDS_EACH=40. About six minutes.
set -euo pipefail
bin=$(realpath "${1:-build/release/bin}")
cd "$(dirname "$0")"
. ./test_server.sh
connections=${CONNECTIONS:-1000} stalled=${STALLED:-100} runs=${RUNS:-3}
options=(--users 100 --rate "${RATE:-20}" --size "${SIZE:-16000}" --seconds "${SECONDS_EACH:-40}")

memory() { awk -v name="$1:" '$1 == name { printf "%.1f", $2 / 1024 }' "/proc/$server/status"; } # MiB
p99() { sed -n 's/^delivery ms .* p99 \([0-9.]*\).*/\1/p' "$work/out"; }
count() { sed -n "s/^$1  *\([0-9.]*\)$/\1/p" "$work/out"; }
median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2) }'; }

# VmHWM is the most that the process ever had, which is what a machine must have.
measure() { # measure OPTION…
  restart_server
  load "${options[@]}" "$@" >"$work/out" || { cat "$work/out" >&2; exit 1; }
}

for ((run = 1; run <= runs; ++run)); do
  measure --connections $((connections - stalled))
  alone=$(p99) alone_memory=$(memory VmHWM)
  measure --connections "$connections" --stalled "$stalled"
  beside=$(p99) beside_memory=$(memory VmHWM)
  echo "p99 delivery $alone ms alone, $beside ms beside $stalled who don't read, of whom $(count 'closed as too slow') were closed;" \
    "memory at most $alone_memory and $beside_memory MiB"
  awk -v a="$alone" -v b="$beside" 'BEGIN { print b / a }' >>"$work/ratios"
  awk -v a="$alone_memory" -v b="$beside_memory" 'BEGIN { print b - a }' >>"$work/growth"
done
printf 'p99 of the others, times that without: %.2f (wanted 1.2); memory more: %.1f MiB (wanted 100); medians of %d\n' \
  "$(median <"$work/ratios")" "$(median <"$work/growth")" "$runs"
