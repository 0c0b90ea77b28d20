#!/usr/bin/env bash
# Offices that earlier programs really wrote (tests/golden/offices): each is served by these, with all that was in it, its log holds, and
# its way back is an office again.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
offices=$here/../../golden/offices

for office in "$offices"/schema-*; do
  schema=${office##*-}
  rm -rf "$data" "$place/again" "$XDG_CONFIG_HOME"
  cp -r "$office" "$data"
  # What a checkout doesn't keep.
  chmod -R go= "$data"
  sed -i 's/^port = .*/port = 0/' "$data/wardroom.toml"
  [ "$(sqlite3 "$data/wardroom.db" 'PRAGMA user_version')" = "$schema" ] || fail "$office isn't of schema $schema"
  records=$(sqlite3 "$data/wardroom.db" 'SELECT count(*) FROM audit_records')

  start_server
  sed -i "s/^port = .*/port = $port/" "$data/wardroom.toml"
  [ "$(sqlite3 "$data/wardroom.db" 'PRAGMA user_version')" -gt "$schema" ] || fail "the schema is still $schema"
  # Its certificate may have ended since; it is renewed as soon as the clock is believed.
  shows . "$wardroomd" confirm-clock --data "$data" --reason "The office was off"
  await "a certificate that holds" curl -sS --cacert "$data/tls/ca.crt" -o "$place/out" "https://localhost:$port/healthz"
  shows 'as lena \(admin\)' ctl login "localhost:$port" --fingerprint "$(cat "$data/fingerprint")" --user lena --password-stdin <<<"$password"
  shows 'as jan \(member\)' ctl --profile jan login "localhost:$port" --fingerprint "$(cat "$data/fingerprint")" --user jan --password-stdin <<<"$password"

  # What was said, edited, taken back, liked, pinned, reported; what holds.
  shows '#office .*Lunch at noon' ctl rooms
  [ "$(ctl call message.history '{"room":1}' | grep -o 'Line . of an older program: grüße, 東京' | wc -l)" = 8 ] || fail "lines of schema $schema are gone"
  shows '"text":"Written by Jan, and changed"' ctl call message.history '{"room":1}'
  shows '"deleted":true' ctl call message.history '{"room":1}'
  shows '"reactions":\[\{"emoji":"👍","users":\[1,2\]\}\],"pinned":true' ctl call message.history '{"room":1}'
  shows 'To be liked, pinned and reported' ctl message pins office
  shows 'A look, please' ctl mod reports
  shows 'A case' ctl hold list
  shows '#board +3650 days' ctl retention show
  shows 'noor +Noor +member +disabled' ctl user list --query noor
  shows 'kim +Kim +moderator' ctl user list --query kim

  # What is written now goes on where the earlier program stopped.
  ctl say office "Line 9, of a newer program"
  ctl audit verify >"$place/out"
  stop_server
  shows . ctl audit verify --data "$data"
  shows 'sound, schema version' "$wardroomd" check --data "$data"

  # Back, as docs/operations.md says.
  shows . "$wardroomd" restore --from "$data/upgrade/wardroom-schema-$schema.db" --data "$place/again" --reason "The upgrade was a mistake"
  [ "$(sqlite3 "$place/again/wardroom.db" 'SELECT count(*) FROM audit_records WHERE idx < '"$records")" = "$records" ] || fail "the way back lacks records"
done
