#!/usr/bin/env bash
# An IRC log of every nasty kind comes in whole, once, also when the server is killed half-way.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
make_server
set_up_lena
log=$place/2007-01-12.txt
{
  printf '[23:58] <krischan> Hello everyone.\n'
  printf '[23:58]  * krischan waves\n'
  printf '=== zul [~user@host]  has joined #ubuntu\n'
  printf '=== sid77 hi\n'
  printf '[23:59] <M\374ller> Gr\374\337e \002bold\002\n'
  printf '[00:01] <|QuaD-> %s\n' "$(head -c 40000 /dev/zero | tr '\0' 'x')"
  printf 'rubbish\n'
  printf '[00:02] <krischan>\n'
} >"$log"
ctl import irc-log "$log" --room ubuntu >"$place/first" 2>"$place/first-err" || fail "the import: $(cat "$place/first-err")"
# lines messages added known authors events empty unknown recoded cleaned split untimed
grep -qE '^total +8 +5 +7 +0 +4 +1 +1 +1 +1 +1 +1 +1$' "$place/first" || fail "the report: $(cat "$place/first")"
grep -q 'no known form, first at line 7' "$place/first-err" || fail "the unknown line isn't named: $(cat "$place/first-err")"
shows '^total +8 +5 +0 +7 +0 ' ctl import irc-log "$log" --room '#Ubuntu'
ctl export transcript ubuntu | cut -c1-60 >"$place/transcript"
printf '%s\n' '2007-01-12 23:58:00 <krischan> Hello everyone.' '2007-01-12 23:58:00 <krischan> /me waves' \
  '2007-01-12 23:58:00 <sid77> /me hi' '2007-01-12 23:59:00 <Müller> Grüße bold' >"$place/wanted"
head -n 4 "$place/transcript" | diff - "$place/wanted" || fail "the transcript differs"
[ "$(grep -c '^2007-01-13 00:01:00 <|QuaD-> xxx' "$place/transcript")" = 3 ] || fail "the long line isn't there in three parts"
shows '"imported":true' ctl --json user list --imported

refused 2 'no date in it' ctl import irc-log "$place/init.log" --room ubuntu
shows '^total ' ctl import irc-log "$place/init.log" --room ubuntu --date 2007-01-14

# A large log, and a server that is killed while it comes in.
for ((i = 0; i < 20000; i++)); do printf '[%02d:%02d] <nick%d> line %d of many\n' $((i / 1000)) $((i / 20 % 50)) $((i % 97)) "$i"; done \
  >"$place/2008-01-01.txt"
ctl import irc-log "$place/2008-01-01.txt" --room many >"$place/many.log" 2>&1 &
import=$!
some_is_in() { ctl --json rooms | python3 -c 'import json, sys; sys.exit(max(r["count"] for r in json.load(sys.stdin)["rooms"]) < 2000)'; }
await "some of it is in" some_is_in
kill_server
start_server
wait "$import" || fail "the import gave up: $(cat "$place/many.log")"
ctl export transcript many | sed 's/.*line \([0-9]*\) of many/\1/' | diff - <(seq 0 19999) || fail "lines are missing, doubled or out of order"
stop_server
"$wardroomd" check --data "$data" >"$place/check.log" || fail "the data directory: $(cat "$place/check.log")"
