#!/usr/bin/env bash
# Debian's clamd, with one signature of our own, looks at what people send. Skipped where it isn't installed: apt-get install
# --no-install-recommends clamav-daemon.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
clamd=$(PATH=$PATH:/usr/sbin command -v clamd || true)
if [ -z "$clamd" ]; then
  echo "needs clamd (Debian: clamav-daemon)"
  exit 77
fi
mkdir "$place/signatures"
# The words "the third floor burns", wherever they stand.
printf 'Walk.Test.Floor:0:*:%s\n' "$(printf 'the third floor burns' | xxd -p -c 100)" >"$place/signatures/own.ndb"
cat >"$place/clamd.conf" <<TEXT
LocalSocket $place/clamd.ctl
DatabaseDirectory $place/signatures
Foreground yes
LogFile $place/clamd.log
StreamMaxLength 2M
TEXT
# A name for itself, so that nobody else's is ended.
start_clamd() {
  "$clamd" --config-file="$place/clamd.conf" >"$place/clamd.out" 2>&1 &
  scanner=$!
  await "clamd listens" test -S "$place/clamd.ctl"
}
stop_clamd() {
  kill -TERM "$scanner"
  wait "$scanner" || true
  rm -f "$place/clamd.ctl"
}

make_server
stop_server
sed -i "s/^#\? *free_mib = .*/free_mib = 64/; s|^#\? *scanner = .*|scanner = \"$place/clamd.ctl\"|" "$data/wardroom.toml"
start_server
set_up_lena
ctl call room.create '{"name":"general","kind":"public"}' >/dev/null
start_clamd

echo 'the third floor is dry' >"$place/good.txt"
ctl file send general "$place/good.txt"
shows 'good\.txt' ctl file list general
shows '"scan":"clean"' ctl audit export --format jsonl

{ head -c 500000 /dev/zero && echo 'the third floor burns' && head -c 500000 /dev/zero; } >"$place/bad.bin"
refused 1 'Walk\.Test\.Floor' ctl file send general "$place/bad.bin"
ctl file list general | grep -q bad && fail "a file with a signature is offered"
grep -rlq 'the third floor burns' "$data/files" && fail "what the scanner found something in is still there"
shows 'file\.infected' ctl audit export --format jsonl
shows '"code":"file_infected"' ctl call admin.stats '{}'

# Larger than clamd takes: said as that, and kept from everybody.
head -c 3000000 /dev/urandom >"$place/large.bin"
refused 1 'StreamMaxLength' ctl file send general "$place/large.bin"

# Without it files wait, and go on when it is there again.
stop_clamd
echo 'the roof is dry' >"$place/roof.txt"
ctl file send general "$place/roof.txt" >"$place/sent" 2>&1 &
sender=$!
waits() { ctl call admin.stats '{}' | grep -q '"code":"scanner_fails"'; }
await "the alarm says that the scanner fails" waits
ctl file list general | grep -q roof && fail "a file is offered that nobody looked at"
start_clamd
wait "$sender" || fail "the file that waited wasn't sent: $(cat "$place/sent")"
shows 'roof\.txt' ctl file list general
"$wardroomd" check --data "$data" >"$place/out" 2>&1 || fail "the check said: $(cat "$place/out")"
stop_clamd
