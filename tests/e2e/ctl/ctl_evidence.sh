#!/usr/bin/env bash
# An evidence bundle of a conversation, checked in three ways by whoever trusts none of us, and tampered with.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
verify=$here/../../../common/evidence/verify

sign_all() { # until the newest head covers what was done so far
  local size
  size=$(ctl --json call audit.query '{"limit":1}' | python3 -c 'import json, sys; print(json.load(sys.stdin)["size"])')
  await "a head covers $size records" covered "$size"
}
covered() { [ "$(ctl audit head | sed -n 2p)" -ge "$1" ]; }

# by_shell DIR…, by_python PATH…, by_us PATH…: the three verifiers.
by_shell() { sh "$verify/verify.sh" "${@:2}" "$1"; }
by_python() { python3 -I "$verify/verify.py" --bundle "$@"; }
by_us() { ctl audit verify --bundle "$@"; }
pass() {
  local way
  for way in by_shell by_python by_us; do
    "$way" "$@" >"$place/out" 2>"$place/err" || fail "$way refuses an honest bundle: $(cat "$place/out" "$place/err")"
  done
}
caught() {
  local way what=$1 status
  shift
  for way in by_shell by_python by_us; do
    status=0
    "$way" "$@" >"$place/out" 2>"$place/err" || status=$?
    [ "$status" -ne 0 ] || fail "$way doesn't notice: $what"
    ! grep -q Traceback "$place/err" || fail "$way breaks off: $(cat "$place/err")"
  done
}

make_server
set_up_lena
{
  printf '[10:00] <anna> The invoice was paid twice.\n[10:01] <bert> By whom?\n[10:02]  * anna shrugs\n'
  printf '[10:03] <Jörg> Ich war es nicht — 100%% sicher: \\n %%s \047 " <b>\n'
  for ((i = 0; i < 120; i++)); do printf '[10:%02d] <nick%d> line %d\n' $((4 + i / 3)) $((i % 7)) "$i"; done
} >"$place/2008-01-01.txt"
ctl import irc-log "$place/2008-01-01.txt" --room accounts >/dev/null 2>&1
sign_all
ctl audit head >"$place/early.head"
ctl say accounts 'I have it in writing' >/dev/null
ctl say accounts 'a slip of the tongue' >/dev/null
room=$(ctl --json rooms | python3 -c 'import json, sys; print(next(r["id"] for r in json.load(sys.stdin)["rooms"] if r["name"] == "accounts"))')
newest=$(ctl --json call message.history "{\"room\":$room,\"limit\":1}" | python3 -c 'import json, sys; print(json.load(sys.stdin)["messages"][0]["seq"])')
ctl call message.edit "{\"room\":$room,\"seq\":$((newest - 1)),\"text\":\"I have it in writing, and signed\"}" >/dev/null
ctl call message.delete "{\"room\":$room,\"seq\":$newest,\"reason\":\"said in anger\"}" >/dev/null
sign_all

ctl audit export --bundle "$place/b" --room accounts --reason 'case 7' >"$place/exported" || fail "the export: $(cat "$place/exported")"
grep -q '^  128 states of messages' "$place/exported" || fail "the export says: $(cat "$place/exported")"
cmp "$verify/verify.py" "$place/b/verify.py" && cmp "$verify/verify.sh" "$place/b/verify.sh"
pass "$place/b"
pass "$place/b" --head "$place/early.head"
pass "$place/b" --key "$(cat "$place/b/key")"
(cd "$place/b" && sh verify.sh) >/dev/null || fail "the bundle's own script"
grep -q 'case 7' "$place/b/README.txt" "$place/b/index.html"
python3 -I "$verify/verify.py" --bundle "$place/b" --show | grep -q 'I have it in writing, and signed' || fail "--show"
shows '"reason":"case 7"' ctl --json audit query --type audit.exported
shows 'access.export_created' ctl audit query --type access.export_created

# The same in a file, about one person.
shows 'Written and verified' ctl audit export --bundle "$place/p.zip" --person lena --reason 'case 8'
by_python "$place/p.zip" >/dev/null && by_us "$place/p.zip" >/dev/null || fail "the zip doesn't hold"
mkdir "$place/p" && python3 -c 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])' "$place/p.zip" "$place/p"
pass "$place/p"
! grep -rqi 'paid twice' "$place/p" && ! grep -q "$(printf 'paid twice' | xxd -p)" "$place/p/messages.txt" || fail "a person's bundle shows what others wrote"
refused 1 'is there already' ctl audit export --bundle "$place/b" --reason again
refused 2 'Say why' ctl audit export --bundle "$place/c" --room accounts

# Whoever tampers is found by each of the three.
fresh() { rm -rf "$place/t" && cp -R "$place/b" "$place/t"; }
fresh && sed -i '0,/"id":"0/s//"id":"1/' "$place/t/records.txt" && caught "a byte of a record" "$place/t"
fresh && sed -i '7d' "$place/t/records.txt" && caught "a missing record" "$place/t"
fresh && sed -i '$d' "$place/t/records.txt" && caught "the last record cut off" "$place/t"
fresh && sed -i '1d' "$place/t/records.txt" && caught "the first record cut off" "$place/t"
fresh && sed -i '4{h;d};5G' "$place/t/records.txt" && caught "two records swapped" "$place/t"
fresh && sed -i "s/$(printf 'paid twice' | xxd -p)/$(printf 'paid thric' | xxd -p)/" "$place/t/messages.txt" && caught "a message's text" "$place/t"
fresh && sed -i "s/$(printf 'said in anger' | xxd -p)/$(printf 'said in haste' | xxd -p)/" "$place/t/messages.txt" && caught "a reason" "$place/t"
fresh && sed -i '2s/^\([0-9]* \)[0-9]*/\199/' "$place/t/messages.txt" && caught "a message in another's place" "$place/t"
fresh && sed -i '1s/.$/z/' "$place/t/groups.txt" && caught "a leaf of a group" "$place/t"
fresh && sed -i '1s/ [0-9a-f]*$//' "$place/t/groups.txt" && caught "a group cut short" "$place/t"
fresh && sed -i '2s/.*/9/' "$place/t/checkpoint" && caught "the head's size" "$place/t"
fresh && rm "$place/t/export.txt" && caught "no record of the export" "$place/t"
fresh && sed -i '1s/"chain_end":/&1/' "$place/t/export.txt" && caught "another end of the chain" "$place/t"
fresh && cp "$place/early.head" "$place/t/checkpoint" && caught "another head of the same log" "$place/t"
fresh && sed -i '3s/^./\x2f/' "$place/t/checkpoint" && caught "the head's root" "$place/t"
sed '3s/^...../AAAAA/' "$place/early.head" >"$place/other.head"
caught "a bundle that isn't of the log that was seen" "$place/b" --head "$place/other.head"
openssl genpkey -algorithm ed25519 2>/dev/null | openssl pkey -pubout >"$place/other.pem" 2>/dev/null
fresh && cp "$place/other.pem" "$place/t/key.pem" && caught "another key for openssl" "$place/t"
