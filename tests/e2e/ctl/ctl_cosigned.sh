#!/usr/bin/env bash
# Who vouches for the log: the accounts that look at it, and a standing witness that follows it.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
verify=$here/../../../common/evidence/verify

cosigners() { # the keys of those whose cosignatures the server hands out
  ctl --json audit head | python3 -c 'import json, sys; print(*(c["key"].split("+")[0] for c in json.load(sys.stdin).get("cosigned") or ()), sep="\n")'
}
vouches() { cosigners | grep -q "^$1"; }

# Whether the newest head has the record of each device's key.
covers_keys() {
  local newest
  newest=$(ctl --json audit query --type audit.witness_added | sed -n 's/.*"idx":\([0-9]*\),.*/\1/p' | sort -n | tail -n 1)
  [ "$(ctl audit head | sed -n 2p)" -gt "$newest" ]
}

make_server
set_up_lena
await "a head is signed" ctl audit head
await "this account vouches for it" vouches localhost/wardroom/witness/
shows 'audit.witness_added' ctl audit query --type audit.witness_added
[ "$(stat -c %a "$place/config/wardroom/witness.json")" = 600 ] || fail "others can read the key"

refused 2 'Say what to witness' ctl witness --state "$place/witness" --name w.example
refused 2 'Name the new witness' ctl witness --state "$place/witness" --follow
ctl witness --state "$place/witness" --name w.example --follow --every 1 >"$place/witness.out" 2>"$place/witness.log" &
witness=$!
await "the standing witness vouches for it" vouches w.example
grep -q '^Witness: w.example+' "$place/witness.out" || fail "it doesn't say its key"

await "a head has both keys' records" covers_keys
# Evidence says who vouches, in each verifier's words.
ctl audit export --bundle "$place/b" --reason 'case 9' >"$place/exported" || fail "the export: $(cat "$place/exported")"
grep -q '2 of 2 devices vouch for this log' "$place/exported" || fail "the export says: $(cat "$place/exported")"
grep -q 'lena, w.example' "$place/b/README.txt" || fail "README.txt doesn't say who saw it"
shows '2 of 2 devices vouch' sh "$verify/verify.sh" "$place/b"
shows '2 of 2 devices vouch' python3 -I "$verify/verify.py" --bundle "$place/b"
shows '2 of 2 devices vouch' ctl audit verify --bundle "$place/b"
sed -i '2s/[0-9a-f]\{128\}/&0/; 2s/ \([0-9]*\) \([0-9a-f]\{64\}\) / 1\1 \2 /' "$place/b/witnesses.txt"
refused_by() { ! "$@" >"$place/out" 2>&1; }
refused_by python3 -I "$verify/verify.py" --bundle "$place/b" || fail "verify.py takes another cosignature"

# A database is held against the same heads.
shows 'devices cosigned, all met: 2' ctl audit verify --data "$data"
shows 'Of 2 devices' python3 -I "$verify/verify.py" --db "$data/wardroom.db"

# An old copy of the server's files: the witness says so and ends.
stop_server
cp -a "$data" "$place/old"
start_server
before=$(ctl --json call audit.query '{"limit":1}' | python3 -c 'import json, sys; print(json.load(sys.stdin)["size"])')
ctl call room.create '{"name":"walk","kind":"public"}' >/dev/null
signed() { size=$(ctl audit head | sed -n 2p) && [ "$size" -gt "$before" ]; }
await "the room is under a head" signed
followed() { [ "$(sed -n 2p "$place"/witness/*.head)" -ge "$size" ]; }
await "the witness has followed" followed
stop_server
rm -rf "$data"
cp -a "$place/old" "$data"
sed -i "s/^#\? *port = .*/port = $port/" "$data/wardroom.toml"
start_server
status=0
wait "$witness" || status=$?
[ "$status" -eq 3 ] || fail "the witness ended with $status: $(cat "$place/witness.log")"
grep -q 'lost records' "$place/witness.log" || fail "the witness said: $(cat "$place/witness.log")"
