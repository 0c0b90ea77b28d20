#!/usr/bin/env bash
# An evidence bundle that takes along what messages carry, as the server makes it: three verifiers hold it, as a directory and as a
# .zip, and each notices ten things that are done to one of its files.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
verify=$here/../../../common/evidence/verify
by_shell() { sh "$verify/verify.sh" "$1"; }
by_python() { python3 -I "$verify/verify.py" --bundle "$1"; }
by_us() { ctl audit verify --bundle "$1"; }
pass() {
  local way
  for way in "${@:2}"; do
    "$way" "$1" >"$place/out" 2>"$place/err" || fail "$way refuses an honest bundle: $(cat "$place/out" "$place/err")"
  done
}
# caught WHAT: the bundle in $place/t.
caught() {
  local way status
  for way in by_shell by_python by_us; do
    status=0
    "$way" "$place/t" >"$place/out" 2>"$place/err" || status=$?
    [ "$status" = 1 ] || fail "$way ends with $status for: $1: $(cat "$place/out" "$place/err")"
    ! grep -q Traceback "$place/err" || fail "$way breaks off: $(cat "$place/err")"
  done
}
again() { rm -rf "$place/t" && cp -r "$place/b" "$place/t"; }

make_server
stop_server
sed -i 's/^#\? *free_mib = .*/free_mib = 64/' "$data/wardroom.toml"
start_server
set_up_lena
ctl call room.create '{"name":"accounts","kind":"private"}' >/dev/null
head -c 300000 /dev/urandom >"$place/invoice.pdf"
printf 'paid twice' >"$place/note.txt"
: >"$place/empty"
ctl file send accounts "$place/invoice.pdf" "$place/note.txt" "$place/empty" --text 'the invoice'
ctl say accounts 'once more' --file "$place/note.txt"
# Of a message that is deleted the bundle has the text and the file all the same.
printf 'a slip' >"$place/slip.txt"
ctl file send accounts "$place/slip.txt" --text 'by mistake'
newest=$(ctl --json call message.history '{"room":1,"limit":1}' | python3 -c 'import json, sys; print(json.load(sys.stdin)["messages"][0]["seq"])')
ctl message delete accounts "$newest" --reason 'by mistake'

shows '4 files of messages' ctl audit export --bundle "$place/b" --room accounts --with-files --reason 'case 7'
pass "$place/b" by_shell by_python by_us
(cd "$place/b" && sh verify.sh) >/dev/null || fail "the bundle's own script refuses it"
shows 'Written and verified' ctl audit export --bundle "$place/b.zip" --room accounts --with-files --reason 'case 7'
pass "$place/b.zip" by_python by_us
shows 'Written and verified' ctl audit export --bundle "$place/bare" --room accounts --reason 'case 7'
pass "$place/bare" by_shell by_python by_us
[ ! -e "$place/bare/carried.txt" ] || fail "a bundle without files has a list of them"
shows '"files":true' ctl audit export --format jsonl
name_of() { echo "file-$(sha256sum <"$1" | cut -c 1-64)"; }
invoice=$(name_of "$place/invoice.pdf") note=$(name_of "$place/note.txt")
cmp "$place/invoice.pdf" "$place/b/$invoice" || fail "the file in the bundle isn't the one that was sent"
cmp "$place/slip.txt" "$place/b/$(name_of "$place/slip.txt")" || fail "the deleted message's file isn't in the bundle"

again
printf '\001\002\003\004' | dd of="$place/t/$invoice" bs=1 seek=1000 conv=notrunc 2>/dev/null
caught "bytes changed"
again
truncate -s 299999 "$place/t/$invoice"
caught "a byte cut off"
again
printf x >>"$place/t/$invoice"
caught "a byte more"
again
cp "$place/t/$note" "$place/t/$invoice"
caught "another file in its place"
again
: >"$place/t/$invoice"
caught "nothing in its place"
again
rm "$place/t/$invoice"
caught "one left out"
again
rm "$place/t/$invoice"
sed -i "/^${invoice#file-} /d" "$place/t/carried.txt"
caught "one left out with its line"
again
rm "$place/t/carried.txt" "$place/t/"file-*
caught "all left out with their list"
again
printf 'made up' >"$place/made"
cp "$place/made" "$place/t/$(name_of "$place/made")"
caught "one more"
again
cp "$place/made" "$place/t/$(name_of "$place/made")"
echo "$(sha256sum <"$place/made" | cut -c 1-64) 7 here" >>"$place/t/carried.txt"
caught "one more that no message carries"
again
rm "$place/t/$invoice"
sed -i "/^${invoice#file-} /s/here/gone/" "$place/t/carried.txt"
caught "one said to be gone"
again
sed -i "/^${note#file-} /s/ 10 / 11 /" "$place/t/carried.txt"
caught "another size in the list"

# What the server has lost is named, and the rest is there.
rm "$data/files/${invoice:5:2}/${invoice:7}"
shows '^NOT PROVEN .*is gone' ctl audit export --bundle "$place/lost" --room accounts --with-files --reason 'case 7'
grep -q '^Written: ' "$place/out" || fail "the bundle isn't said to be there: $(cat "$place/out")"
grep -q ' gone$' "$place/lost/carried.txt" || fail "the list doesn't say that a file is gone"
