#!/usr/bin/env bash
# This account as a witness of the log: what grows is followed, what was put back is told.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"

newest() { ctl --json audit query | sed -n 's/.*"idx":\([0-9]*\),.*/\1/p' | sort -n | tail -n 1; }
covered() { [ "$(ctl audit head | sed -n 2p)" -gt "$1" ]; }

make_server
set_up_lena
await "a head is signed" ctl audit head
shows 'Verified: localhost' ctl audit verify
grep -q 'none altered, none missing' "$place/out" || fail "verify doesn't say what it proves"

# A member on the same PC.
link=$(ctl user add noor 2>/dev/null)
shows 'as noor' ctl --profile noor login "$link" --password-stdin <<<"$password"

# An old copy of the server's files, kept by whoever wants to undo what comes.
stop_server
cp -a "$data" "$place/old"
start_server
ctl room create walk >/dev/null 2>&1 || ctl call room.create '{"name":"walk","kind":"public"}' >/dev/null
ctl user add mia >/dev/null 2>&1
await "what was done is under a head" covered "$(newest)"
ctl audit head >"$place/head.txt"
ctl audit verify --head "$place/head.txt" >/dev/null || fail "an honest log doesn't pass"
key=$(ctl --json audit head | python3 -c 'import json, sys; print(json.load(sys.stdin)["key"])')
shows 'Verified' ctl audit verify --key "$key"
# The signature of a head that is given counts, also for who may not read the log.
python3 - "$place" <<'END'
import base64, pathlib, sys
place = pathlib.Path(sys.argv[1])
text, line = (place / "head.txt").read_text().split("\n\n")
name, signed = line.strip()[2:].rsplit(" ", 1)
wrong = bytearray(base64.b64decode(signed))
wrong[-1] ^= 1
note = lambda text, signed: f"{text}\n\n— {name} {base64.b64encode(bytes(signed)).decode()}\n"
(place / "garbage.txt").write_text(note(text, wrong))
origin, size, root = text.split("\n")
other = bytearray(base64.b64decode(root))
other[0] ^= 1
(place / "other.txt").write_text(note(f"{origin}\n{size}\n{base64.b64encode(bytes(other)).decode()}", wrong))
END
finds() {
  local pattern=$1 status=0
  shift
  "$@" >"$place/out" 2>"$place/err" || status=$?
  [ "$status" -eq 1 ] || fail "$* ended with $status: $(cat "$place/out" "$place/err")"
  grep -q -- "$pattern" "$place/out" || fail "$* said: $(cat "$place/out")"
}
for profile in default noor; do
  finds "isn't signed by a key of this log" ctl --profile $profile audit verify --head "$place/garbage.txt"
  finds 'not the one of the head' ctl --profile $profile audit verify --head "$place/other.txt"
done
shows 'and of those that you gave' ctl --profile noor audit verify --head "$place/head.txt"
# kept WHERE: a head in what this PC keeps.
kept() { python3 -c "import json, sys; print(json.load(open(sys.argv[1]))['servers'][0]['memory']['witness']$1['note'])" "$place/config/wardroom/witness.json"; }
seen=$(kept '["heads"][-1]')

# The files are put back; nobody says so.
stop_server
mv "$data" "$place/new"
cp -a "$place/old" "$data"
sed -i "s/^#\? *port = .*/port = $port/" "$data/wardroom.toml"
start_server
refused 3 'lost records' ctl rooms
refused 3 'lost records' ctl call room.create '{"name":"after","kind":"public"}'
status=0
ctl audit verify >"$place/out" 2>"$place/err" || status=$?
[ "$status" -eq 3 ] || fail "verify ended with $status"
grep -q -- '— localhost/wardroom' "$place/out" || fail "verify doesn't show the heads: $(cat "$place/out")"
# Offline, too: the copy is not the log of the head that was kept.
stop_server
status=0
ctl audit verify --data "$data" --head "$place/head.txt" >"$place/out" 2>"$place/err" || status=$?
[ "$status" -eq 1 ] || fail "verify --data ended with $status"
grep -q 'shorter than the head' "$place/out" || fail "verify --data said: $(cat "$place/out")"
shows 'Verified' ctl audit verify --data "$place/new" --head "$place/head.txt"

# The server grows on from there: still another log. Until somebody has looked into it.
start_server
refused 3 'Tell your auditor' ctl who
refused 2 'reason' ctl audit accept-head
refused 1 'Only auditors and administrators .* profile' ctl --profile noor audit accept-head --reason "let me through"
refused 3 'Tell your auditor' ctl who
shows 'watched from now on' ctl audit accept-head --reason "an old copy was put back by mistake"
grep -q 'put back by mistake' "$place/config/wardroom/witness.json" || fail "the reason isn't kept"
shows 'lena' ctl who
shows 'noor' ctl --profile noor who
shows 'put back by mistake' ctl --json audit query --type audit.head_accepted
shows 'let me through|access.denied' ctl --json audit query --type access.denied
shows 'no alarm' ctl audit accept-head --reason "again"
[ "$(kept '["contradicted"][0]')" = "$seen" ] || fail "the head that was seen isn't kept"

# A new key, to which the old one hands over, is followed without a word.
shows 'new key' ctl audit rotate-key --reason "the machine's disk was lent out"
rotated() { [ "$(ctl --json audit head | python3 -c 'import json, sys; print(json.load(sys.stdin)["key"])')" != "$key" ]; }
await "a head is signed with the new key" rotated
shows 'lena' ctl who
shows 'Verified' ctl audit verify
# The key of before is as good as in a bundle or a data directory, and a head that it signed needs it.
shows 'Verified' ctl audit verify --key "$key"
ctl audit head >"$place/newer.txt"
shows 'Verified' ctl audit verify --key "$key" --head "$place/newer.txt"
await "the old key is deleted" sh -c "[ \$(ls '$data/keys' | grep -c '^audit-') = 1 ]"
stop_server
shows 'Verified' ctl audit verify --data "$data" --key "$key"
refused 2 'NAME' ctl audit verify --data "$data" --key nonsense

# A backup that is restored as it should be contradicts what was seen all the same: nobody can tell it from a rewritten
# log that claims so. It is an alarm until somebody settles it.
start_server
"$wardroomd" backup --data "$data" --to "$place/backup" >/dev/null
for name in jonas priya aiko; do ctl user add "$name" >/dev/null 2>&1; done
await "what came after the backup is under a head" covered "$(newest)"
shows 'lena' ctl who # compares with that head and keeps it
stop_server
mv "$data" "$place/lost"
"$wardroomd" restore --from "$place/backup" --data "$data" --reason "the disk died" >/dev/null
start_server
refused 3 'a backup was put back' ctl who
refused 3 'Ask the administrator' ctl who
shows 'watched from now on' ctl audit accept-head --reason "the disk died"
shows 'lena' ctl who
[ ! -s "$place/err" ] || fail "what was settled is told again: $(cat "$place/err")"
shows 'Verified' ctl audit verify
