#!/usr/bin/env bash
# Rules, holds, erasure, pruning, the audited access and backups from a shell, against a server that runs.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
make_server
set_up_lena
link=$(ctl invite --expires 24h 2>/dev/null)
shows 'as bob' ctl --profile bob login "$link" --user bob --display-name Bob --password-stdin <<<"$password"
bob() { ctl --profile bob "$@"; }
bob room create general >/dev/null
bob room create board --private >/dev/null
bob say general 'PLANTED in general' >/dev/null
bob say board 'between us' >/dev/null

# Rules: by kind, by room, proposed.
shows 'kept for good' ctl retention show
shows 'public rooms +365 days' ctl retention set --kind public --days 365 --reason 'office rule 12'
shows '#general +for good' ctl retention set --room general --keep --reason 'it is our archive'
shows 'No messages would be removed' ctl retention preview --room general --days 1
refused 2 'how long' ctl retention set --room general --reason 'which?'
refused 1 'administrator' bob retention set --kind public --days 1 --reason 'no'
shows 'room.retention_changed' ctl audit query --type room.retention_changed

# A hold comes before erasure.
shows 'Hold 1 is on bob' ctl hold place 'Case 7' --user bob --reason 'letter of the court'
shows 'Case 7 +bob' ctl hold list
refused 1 'legal hold' ctl user erase bob --reason 'asked for'
shows 'is lifted' ctl hold lift 1 --reason settled
shows 'Would erase 2 texts of 2 messages in 2 rooms' ctl user erase bob --reason 'asked for' --dry-run

# The audited access.
board=$(bob --json rooms | grep -o '"id":[0-9]*,"name":"board"' | grep -o '[0-9]*')
refused 1 'not in it|no such room' ctl call message.history "{\"room\":$board}"
shows '<bob> between us' ctl room read-private "$board" --reason 'complaint of 3 May'
shows 'complaint of 3 May' ctl audit query --type access.private_room_read
found_there() { ctl search between --reason 'complaint of 3 May' 2>/dev/null | grep -q '<bob> between us'; }
await "the message is found in a room of others" found_there
shows '<bob> between us' ctl search between --room "$board" --reason 'complaint of 3 May'
shows '"query":"between"' ctl audit export --format jsonl --type access.admin_search
refused 1 'right|role|may' bob search between --reason 'curious'

# A backup while it serves, before and after the erasure.
shows 'Wrote and checked' "$wardroomd" backup --data "$data" --to "$place/before.db"
grep -aq PLANTED "$place/before.db" || fail 'the first backup has no texts'
shows 'Erased 2 texts of 2 messages in 2 rooms.*files are clean' ctl user erase bob --reason 'asked for'
shows 'Wrote and checked' "$wardroomd" backup --data "$data" --to "$place/after.db"
for file in "$data/wardroom.db" "$data/wardroom.db-wal" "$place/after.db"; do
  ! grep -aq PLANTED "$file" || fail "the erased text is in $file"
done
[ "$(stat -c %a "$place/after.db")" = 600 ] || fail 'others can read the backup'
[ -z "$(find "$place" -name '*.part')" ] || fail 'a part of a backup was left'
refused 1 'No such file|can.t be opened' "$wardroomd" backup --data "$data" --to "$place/missing/after.db"
shows 'Would prune 0 records' ctl audit prune --before 2020-01-01 --reason 'old' --dry-run
refused 1 '90 days' ctl audit prune --before 2999-01-01 --reason 'old'
shows 'server.backup_verified' ctl audit query --type 'server.*'
stop_server

# While nobody serves, too; and back again in another place.
shows 'Wrote and checked' "$wardroomd" backup --data "$data" --to "$place/offline.db"
refused 1 "isn't empty" "$wardroomd" restore --from "$place/offline.db" --data "$data"
refused 1 "isn't a backup" "$wardroomd" restore --from "$data/wardroom.toml" --data "$place/elsewhere"
shows 'Restored and checked' "$wardroomd" restore --from "$place/offline.db" --data "$place/restored" \
  --reason 'rehearsal'
shows 'each as it was written' "$wardroomd" check --data "$place/restored"
! grep -aq 'BEGIN PRIVATE KEY' "$place/restored/wardroom.db" || fail 'keys stayed in the database'
cmp -s "$data/keys/seal.key" "$place/restored/keys/seal.key" || fail 'the seal key differs'
data=$place/restored
start_server
shows 'rehearsal' ctl audit query --type server.backup_restored
shows 'general' bob rooms
stop_server
