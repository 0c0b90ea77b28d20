#!/usr/bin/env bash
# The audit log for other programs: the exact bytes, CSV, CEF, syslog; every filter; heads in a file elsewhere.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
make_server
stop_server
sed -i "s|^#\? *heads_file = .*|heads_file = \"$place/heads.txt\"|" "$data/wardroom.toml"
start_server
set_up_lena
shows 'general is made' ctl room create general
shows '' ctl room topic general 'plans, "quoted", for spring'

# The options were changed between two starts: that is a record.
shows 'settings.changed' ctl audit query --type settings.changed

# JSON Lines are the very bytes, the oldest first and without a gap.
ctl audit export --to "$place/log.jsonl"
[ "$(stat -c %a "$place/log.jsonl")" = 600 ] || fail "others can read an export"
head -n 1 "$place/log.jsonl" | grep -q '^{"v":1,"idx":0,' || fail "the first record isn't the oldest"
awk -F'"idx":' '{ split($2, n, ","); if (n[1] != NR - 1) exit 1 }' "$place/log.jsonl" || fail "the records have a gap"
ctl --json audit query --limit 1000 | tac >"$place/query.jsonl"
head -n 5 "$place/log.jsonl" | cmp - <(head -n 5 "$place/query.jsonl") || fail "two ways show different bytes"

shows '^idx,time,type,' ctl audit export --format csv
shows '"room.topic_changed".*""topic"":""plans, ' ctl audit export --format csv --type 'room.*'
shows '^CEF:0\|Wardroom\|wardroomd\|' ctl audit export --format cef --type room.topic_changed
shows '^<110>1 20.* - wardroomd - room.topic_changed \[wardroom@32473 idx="' ctl audit export --format syslog --type 'room.*'

# Filters, alone and together.
shows 'room.created' ctl audit query --actor lena --type 'room.*' --severity info --outcome success --address 127. --text general
[ "$(ctl --json audit query --type room.created --type room.topic_changed | wc -l)" -eq 2 ] || fail "several types"
[ -z "$(ctl --json audit query --address 192.0.2.)" ] || fail "an address that nobody has"
[ "$(ctl --json audit query --text 'PLANS, ' | wc -l)" -eq 1 ] || fail "text, whatever its case"
refused 1 'at least 3 characters' ctl audit query --text ab
refused 2 'severity' ctl audit query --severity grave

stop_server
grep -q '^— localhost/wardroom ' "$place/heads.txt" || fail "no signed head in the file elsewhere"
tail -n 5 "$place/heads.txt" >"$place/head"
start_server
shows '' ctl audit verify --head "$place/head"
stop_server

# Whether the copies can be made is a part of the check.
shows '^copies +(can be made|nothing is missing)' "$wardroomd" check --data "$data"
sed -i "s|^heads_file = .*|heads_file = \"$place/nowhere/heads.txt\"|" "$data/wardroom.toml"
if "$wardroomd" check --data "$data" >"$place/out" 2>"$place/err"; then fail "a folder that isn't there is no finding"; fi
grep -q 'nowhere can.t be written' "$place/err" || fail "the check said: $(cat "$place/err")"
grep -q '^copies  *not all can be made' "$place/out" || fail "the check said: $(cat "$place/out")"
echo "The audit log reads in every format."
