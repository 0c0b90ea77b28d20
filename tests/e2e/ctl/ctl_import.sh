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

# What isn't understood isn't taken for silence, and a log without a day is asked for one.
refused 1 'none of its [0-9]+ lines is a message .* It begins with: ' ctl import irc-log "$place/init.log" --room ubuntu --date 2007-01-14
printf '[10:00] <zul> hi\n' >"$place/undated.log"
refused 2 'no date in it' ctl import irc-log "$place/undated.log" --room ubuntu
shows '^total +1 +1 +1 ' ctl import irc-log "$place/undated.log" --room ubuntu --date 2007-01-14

# Cut at its front, renamed, or beside a log with equal lines: nothing doubles, nothing is lost.
printf '[10:00] <zul> morning\n[10:01] <tom> ok\n' >"$place/2007-02-01-one.txt"
printf '[10:00] <zul> morning\n[10:01] <tom> ok\n[10:02] <tom> no\n' >"$place/2007-02-01-two.txt"
shows '^total +5 +5 +5 ' ctl import irc-log "$place"/2007-02-01-*.txt --room both
shows '^total +5 +5 +0 +5 ' ctl import irc-log "$place"/2007-02-01-*.txt --room both
for ((i = 0; i < 30; i++)); do printf '[10:%02d] <nick%d> line\n' $((i / 3)) $((i % 2)); done >"$place/2007-03-01-all.txt"
shows '^total +30 +30 +30 ' ctl import irc-log "$place/2007-03-01-all.txt" --room cuts
tail -n +8 "$place/2007-03-01-all.txt" >"$place/2007-03-01-cut.txt"
shows '^total +23 +23 +0 +23 ' ctl import irc-log "$place/2007-03-01-cut.txt" --room cuts

# Two folders with logs of one name that begin alike, one run each; and a log that grows line by line.
mkdir "$place/berth" "$place/harbour"
printf '[10:00] <zul> morning\n[10:01] <tom> ok\n' | tee "$place/berth/2007-04-01.txt" >"$place/harbour/2007-04-01.txt"
printf '[10:02] <zul> a ship\n[10:03] <tom> ok\n[10:04] <tom> gone\n' >>"$place/berth/2007-04-01.txt"
printf '[10:02] <zul> a boat\n[10:03] <tom> ok\n[10:04] <tom> gone\n' >>"$place/harbour/2007-04-01.txt"
for known in 0 5; do
  for folder in berth harbour; do
    shows "^total +5 +5 +$((5 - known)) +$known " ctl import irc-log "$place/$folder/2007-04-01.txt" --room alike
  done
done
[ "$(ctl export transcript alike | grep -c ' <zul> morning')" = 2 ] || fail "a first line of two logs is there once: $(ctl export transcript alike)"
for ((i = 0; i < 7; i++)); do
  printf '[10:%02d] <tom> ok\n' $((i / 2)) >>"$place/2007-04-02.txt"
  shows "^total +$((i + 1)) +$((i + 1)) +1 +$i " ctl import irc-log "$place/2007-04-02.txt" --room grows
done
# Not in between: a step of two, as it was at the first and the third.
for lines in 1 3 7; do
  head -n "$lines" "$place/2007-04-02.txt" >"$place/2007-04-03.txt"
  ctl import irc-log "$place/2007-04-03.txt" --room steps >"$place/steps" || fail "the import of $lines lines"
done
shows '^total +7 +7 +0 +7 ' ctl import irc-log "$place/2007-04-03.txt" --room steps
[ "$(ctl export transcript steps | wc -l)" = 7 ] || fail "a log that grew has doubled lines: $(ctl export transcript steps)"

# The clock of the log.
date -d '+8 hours' +'%Y-%m-%d %H:%M:00%tyuki%tkonnichiwa' >"$place/fresh.weechatlog"
refused 1 'read as local time .*--zone' ctl import irc-log "$place/fresh.weechatlog" --room tokyo
shows 'were read as UTC.09:00' ctl import irc-log "$place/fresh.weechatlog" --room tokyo --zone +09:00

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
