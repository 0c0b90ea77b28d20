#!/usr/bin/env bash
# Exactly who and what was named, or an error that says who may have been meant; never somebody else, never nothing.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
make_server
set_up_lena
ctl room create devops >/dev/null
ctl room create billboard >/dev/null
for ((i = 10; i < 70; i++)); do ctl user add "aa$i" --display-name "Kim $i" >/dev/null 2>&1; done
{
  printf 'name\n'
  for ((i = 0; i < 220; i++)); do printf 'kim%03d\n' "$i"; done
} >"$place/kims.csv"
ctl user import "$place/kims.csv" >/dev/null
ctl user add kimx --display-name 'Kim X' >/dev/null 2>&1
ctl user add kim --display-name 'Kim' >/dev/null 2>&1
ctl user add boss --display-name 'The Boss' >/dev/null 2>&1

# People, on whichever page they stand.
shows '^Conversation ' ctl direct open KIM
ctl say @kimx hello || fail "kimx isn't found"
shows 'name +kimx' ctl user show @KimX
refused 1 'nobody called @bos\. Did you mean @boss\?' ctl say @bos hello
refused 1 'nobody called @The Boss\. Did you mean @boss\?' ctl say '@The Boss' hello
refused 1 'no account called bosss\. Did you mean @boss\?' ctl user show bosss
shows '^boss is disabled' ctl user disable BOSS --reason 'left'
shows 'is on boss' ctl hold place 'Case 1' --user Boss --reason 'letter of the court'

# A conversation with exactly these people: one's own name and a name that comes twice add nobody.
shows '^Conversation ' ctl direct open kim kimx
refused 2 '@lena is you' ctl say @lena 'note to self'
refused 2 '@lena is you' ctl say @Lena+@lena 'note to self'
refused 2 '@lena is you' ctl direct end lena
refused 2 'Name a person' ctl say @kim+ hello
ctl say @lena+kim 'with me' && ctl say @KIM+@kim 'named twice' || fail "a conversation isn't found by its people"
shows '<lena> named twice' ctl export transcript @kim
shows '<lena> with me' ctl export transcript @kim
ctl say @kim+lena+kimx 'the three of us' || fail "a conversation of three isn't found"
[ "$(ctl export transcript @kimx+kim | grep -c 'lena>')" = 1 ] || fail "what was for kim went to three people"

# Rooms: an import makes a new one rather than go into another.
printf '[09:00] <zul> hi\n[09:01] <zul> there\n' >"$place/ops-2020-01-02.log"
shows '^total ' ctl import irc-log "$place/ops-2020-01-02.log" --room ops --zone UTC
shows '<zul> hi' ctl export transcript ops
[ "$(ctl export transcript devops | grep -c zul)" = 0 ] || fail "#devops got what was for #ops"
refused 1 'no room called bilboard that you may know of\. Did you mean #billboard\?' ctl room members bilboard
refused 1 'in no room called bilboard\. Did you mean #billboard\?' ctl say bilboard hello
shows "^total " ctl import irc-log "$place/ops-2020-01-02.log" --room OPS --zone UTC
id=$(ctl --json rooms | python3 -c 'import json, sys; print(next(r["id"] for r in json.load(sys.stdin)["rooms"] if r["name"] == "ops"))')
ctl room create "$id" >/dev/null
refused 1 'is the name of #.* and the id of #ops' ctl say "$id" hello
ctl say "#$id" 'by name' && ctl say "id:$id" 'by id' || fail "a room can't be named exactly"
shows '<lena> by id' ctl export transcript ops

# The log: who isn't there did nothing, and is no answer.
shows 'user\.disabled +success +lena +boss' ctl audit query --target Boss --type 'user.*'
shows 'lena' ctl audit query --actor LENA
refused 1 'no account called lenna\. Did you mean lena\?' ctl audit query --actor lenna
refused 1 'no records of type "user.vanished"' ctl audit query --type user.vanished
refused 1 'no room with this id' ctl audit query --room id:9999
shows 'room\.created' ctl audit query --room devops
stop_server
