#!/bin/bash
# The check of an office of a million messages (MESSAGES=…): how long `wardroomd check` takes with how much memory,
# and what the daily check in slices does to the p99 of delivery, before and while it runs. Takes a quarter of an hour,
# because the daily check begins ten minutes after the start. PLACE=/dev/shm leaves out what the disk does by itself.
set -euo pipefail
bin=$(realpath "${1:-build/release/bin}")
messages=${MESSAGES:-1000000}
seconds=${SECONDS_EACH:-40}
runs=${RUNS:-3}
work=$(mktemp -d -p "${PLACE:-/tmp}")
server=
end() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT TERM
set_option() { sed -i "s/^#\{0,1\}$1 = .*/$1 = $2/" "$work/data/wardroom.toml"; }
metric() { "$bin/wardroomd" metrics --data "$work/data" | sed -n "s/^wardroom_$1 //p"; }

"$bin/make-office" "$work/data" "$messages"
for option in unauthenticated_per_address max_connections requests_per_second requests_burst messages_per_second \
  messages_burst; do
  set_option "$option" 100000
done
echo "$messages messages, $(($(stat -c %s "$work/data/wardroom.db") >> 20)) MiB"
/usr/bin/env time -f 'wardroomd check: %e s, %U s of processor, %M KiB resident' "$bin/wardroomd" check --data "$work/data"

rm "$work/data/run/setup-code"  # of a year ago; the server makes another
"$bin/wardroomd" run --data "$work/data" >"$work/ready" 2>"$work/log" &
server=$!
begun=$SECONDS
until grep -q '^ready ' "$work/ready"; do sleep 0.1; done
port=$(sed -n 's/^ready port=\([0-9]*\).*/\1/p' "$work/ready")
until [ -s "$work/data/run/setup-code" ]; do sleep 0.1; done
echo "a password for one afternoon" >"$work/password"
load() {
  "$bin/wardroom-load" --connect "localhost:$port" --ca "$work/data/tls/ca.crt" --state "$work/people.json" \
    --server-pid "$server" "$@"
}
load --user admin --password-file "$work/password" --setup-code "$(cat "$work/data/run/setup-code")" \
  --connections 10 --users 10 --seconds 0.1 --warm-up 0 >/dev/null
# A first run warms both up, and isn't shown.
load --connections 500 --users 100 --rate 40 --seconds 10 >/dev/null
echo "-- 20,000 deliveries/s in a room of 500, without a check"
deliver() { for _ in $(seq "$runs"); do load --connections 500 --users 100 --rate 40 --seconds "$seconds"; done; }
deliver
while [ $((SECONDS - begun)) -lt 615 ]; do sleep 1; done
echo "-- the same during the daily check"
deliver
[ "$(metric check_findings)" = nan ] || echo "the check was over before the runs ended: give MESSAGES=… more"
until [ "$(metric check_findings)" != nan ]; do sleep 1; done
echo "the daily check: $(metric check_duration_seconds) s, findings $(metric check_findings), unproven $(metric check_unproven)"
