#!/usr/bin/env bash
# An administrator changes settings and makes, verifies and rehearses backups without a shell on the server's machine; the server
# is never restarted but where it is said.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
json() { python3 -c "import json, sys; print(json.load(sys.stdin)$1)"; }
house() { "$wardroomd" "$@" --data "$data"; }
setting() { ctl --json settings list "$1" | json "['settings'][0]['$2']"; }

make_server
sed -i "/^\[backup\]/,/^\[/s|^#\? *folder = .*|folder = \"$place/backups\"|; 1i # kept by hand" "$data/wardroom.toml"
set_up_lena
invite=$(ctl invite 2>/dev/null)
shows 'as noor' ctl --profile noor login "$invite" --user noor --password-stdin <<<"$password"
ctl call room.create '{"name":"general","kind":"public"}' >/dev/null

# ---- settings: seen, changed at once, refused as a whole, put on record ----
shows '^limits\.messages_per_second +5 ' ctl settings list
shows '^backup\.folder .* no *$' ctl settings list backup
shows 'Messages of one person, sustained' ctl settings list limits.messages_per_second
refused 2 'no section or option limit\b' ctl settings list limit
refused 1 'Only an administrator' ctl --profile noor settings list
refused 1 'Only an administrator' ctl --profile noor settings set log.level=debug
cp "$data/wardroom.toml" "$place/before.toml"
refused 1 'Did you mean limits.messages_burst' ctl settings set log.level=debug limits.messages_bursts=3
refused 1 'limits.ping_seconds must be a whole number from 1 to 3600' ctl settings set log.level=debug limits.ping_seconds=0
refused 1 "on the server's machine only" ctl settings set log.level=debug backup.recipient=
refused 1 'limits.messages_burst must be at least limits.messages_per_second' ctl settings set limits.messages_per_second=1000
refused 1 'new\.example' ctl settings set server.hosts=localhost,new.example
refused 2 'NAME=VALUE' ctl settings set log.level
cmp -s "$data/wardroom.toml" "$place/before.toml" || fail "a refusal changed the file"
[ "$(setting log.level value)" = '"info"' ] || fail "a refusal changed the level"

shows 'rooms.direct_policy: was "open", is "request" from now on' ctl settings set rooms.direct_policy=request log.level=debug
grep -q '^# kept by hand$' "$data/wardroom.toml" || fail "the remark is gone"
[ "$(diff "$place/before.toml" "$data/wardroom.toml" | grep -c '^[<>]')" = 2 ] || fail "more than two lines differ: $(diff "$place/before.toml" "$data/wardroom.toml")"
shows 'asked for' ctl direct open noor
# But for the port: the harness has written the one that the server was given.
[ "$(house config check | grep 'in the running server' | grep -cv '^server.port:')" = 0 ] || fail "config check: $(house config check)"
shows 'lena' ctl audit query --type settings.changed
[ "$(setting rooms.direct_policy changed_by | grep -c lena)" = 1 ] || fail "who changed it isn't known"
shows 'Nothing to change' ctl settings set rooms.direct_policy=request

# Limits count for everybody from the next message on.
ctl settings set limits.messages_per_second=1 limits.messages_burst=1 >/dev/null
ctl say general one
# All at once: one after the other may take a second each.
many() {
  local i pids=() status=0
  for i in 1 2 3 4 5 6 7 8; do ctl say general "more $i" >/dev/null & pids+=($!); done
  for i in "${pids[@]}"; do wait "$i" || status=1; done
  return $status
}
refused 1 'too fast' many
ctl settings set limits.messages_per_second=5 limits.messages_burst=15 >/dev/null

# What waits for a restart is written, and shown as waiting by everybody.
shows 'limits.ping_seconds: was 45, is 40 once the server is restarted' ctl settings set limits.ping_seconds=40
shows '^limits.ping_seconds +45 \(file: 40\)' ctl settings list limits
shows 'limits.ping_seconds: 40 in the file, 45 in the running server; takes effect at a start' house config check

# A hand in the file and an administrator elsewhere keep each other's change.
sed -i 's/^#\? *days = 90.*/days = 30/' "$data/wardroom.toml"
ctl settings set server.name='Harbour & Sons' >/dev/null
[ "$(setting sessions.days in_file)" = 30 ] || fail "the change by hand is gone"
[ "$(setting sessions.days value)" = 90 ] || fail "nobody asked for a reload"
shows 'next start: server\.port, limits\.ping_seconds\.' house reload
[ "$(setting sessions.days value)" = 30 ] || fail "the reload didn't take it up"
shows '^changed .*, in the file' ctl settings list sessions.days
pids=()
for i in 1 2 3 4 5 6; do
  ctl settings set limits.reconnect_min_ms=$((500 + i)) >/dev/null & pids+=($!)
  ctl settings set limits.requests_burst=$((60 + i)) >/dev/null & pids+=($!)
  house reload >/dev/null & pids+=($!)
done
for pid in "${pids[@]}"; do wait "$pid" || fail "one of many changes at once failed"; done
[ "$(setting limits.reconnect_min_ms value)" != 500 ] && [ "$(setting limits.requests_burst value)" != 60 ] || fail "a change is lost"
for name in limits.reconnect_min_ms limits.requests_burst; do
  ctl --json settings list "$name" | grep -q in_file && fail "$name differs between server and file"
done

# One more name: the certificate has it, the server answers to it, and what people know the office by stays, as does who is connected.
certificate() { ctl --json certificate show | json "['$1']"; }
ask() { curl -sS -o /dev/null -w '%{http_code}' --resolve "$1:$port:127.0.0.1" --cacert "$data/tls/ca.crt" "https://$1:$port/healthz"; }
link=$(certificate link) fingerprint_before=$(certificate fingerprint)
[ "$link" = "$(house link)" ] || fail "the link is $link, and on the machine $(house link)"
ctl say general 'before the name'
ctl tail general >"$place/tail.log" 2>"$place/tail-err.log" &
await "the tail began" grep -q 'before the name' "$place/tail.log"
refused 1 'Only an administrator' ctl --profile noor certificate add-name new.example
refused 1 'neither a host name' ctl certificate add-name 'no host'
refused 1 'already' ctl certificate add-name localhost
cp -p "$data/wardroom.toml" "$place/hosts.toml"
sed -i 's/^#\? *hosts = .*/hosts = ["localhost", "hand.example"]/' "$data/wardroom.toml"
refused 1 'nobody took them up' ctl certificate add-name new.example
cp -p "$place/hosts.toml" "$data/wardroom.toml"
! ask new.example 2>/dev/null || fail "a name that was refused is served"
shows '^names +localhost, new\.example$' ctl certificate add-name New.Example
[ "$(ask new.example)" = 200 ] || fail "the new name answers $(ask new.example)"
[ "$(ask localhost)" = 200 ] || fail "the old name doesn't answer any more"
[ "$(certificate link)" = "$link" ] && [ "$(certificate fingerprint)" = "$fingerprint_before" ] || fail "link or fingerprint changed: $(ctl certificate show)"
shows '^new\.example$' house hosts list
grep -q '^# kept by hand$' "$data/wardroom.toml" || fail "the remark is gone"
refused 1 'already' ctl certificate add-name new.example
shows 'lena' ctl audit query --type server.certificate_renewed
[ "$(setting server.hosts changed_by | grep -c lena)" = 1 ] || fail "who added the name isn't known"
ctl say general 'after the name'
await "the connection that was open goes on" grep -q 'after the name' "$place/tail.log"
[ ! -s "$place/tail-err.log" ] || fail "the tail said: $(cat "$place/tail-err.log")"
shows '^messages since the start +[1-9]' ctl stats

# A mistake in the file stops changes, and is shown.
sed -i 's/^level = .*/level = "loud"/' "$data/wardroom.toml"
refused 1 'log.level must be' ctl settings set server.name=Other
ctl settings list >"$place/out" 2>"$place/err"
grep -q 'log.level must be' "$place/err" || fail "the list hides the mistake"
sed -i 's/^level = .*/level = "debug"/' "$data/wardroom.toml"

# ---- backups: made, listed, verified, rehearsed ----
refused 1 "isn't there" ctl backup run
mkdir -m 700 "$place/backups"
shows 'There is no backup' ctl backup list
refused 1 'Only an administrator' ctl --profile noor backup list
refused 1 'Only an administrator' ctl --profile noor backup run
shows 'Written and checked: [0-9]+ audit records' ctl backup run
name=$(cd "$place/backups" && ls)
shows "^$name " ctl backup list
shows 'byte for byte .* opened and checked again' ctl backup verify
shows 'Restored, fully checked and removed again' ctl backup rehearse "$name"
[ ! -e "$data/rehearsal" ] || fail "the rehearsal stayed"
shows 'byte for byte' house backup --verify "$place/backups/$name"
refused 1 'no backup .*passwd' ctl backup verify ../../etc/passwd
shows 'lena' ctl audit query --type server.backup_rechecked
shows 'lena' ctl audit query --type server.backup_created
! ctl stats | grep -q 'no backup that was checked' || fail "the alarm didn't go"
[ -n "$(house metrics | sed -n 's/^wardroom_backup_age_seconds //p')" ] || fail "the metrics don't know the backup"

# One that was spoilt; and the same with a key that is elsewhere.
cp "$place/backups/$name" "$place/whole.db"
printf 'x' | dd of="$place/backups/$name" bs=1 seek=20000 conv=notrunc status=none
refused 1 "isn't a backup that this office has checked" ctl backup verify "$name"
shows "PROBLEM +$name: It isn't a backup" ctl backup list
shows 'ALARM +A backup wasn.t sound' ctl stats
[ "$(house metrics | sed -n 's/^wardroom_backup_recheck_failed //p')" = 1 ] || fail "the metrics don't know of the spoilt backup"
cp "$place/whole.db" "$place/backups/$name"
shows 'byte for byte' ctl backup verify "$name"
! ctl backup list | grep -q PROBLEM || fail "it is whole again"
! ctl stats | grep -q "wasn't sound" || fail "the alarm stayed"
recipient=$("$wardroomd" backup-key --to "$place/backup.key" 2>/dev/null)
sed -i "s|^#\? *recipient = .*|recipient = \"$recipient\"|" "$data/wardroom.toml"
shows 'Written, checked and encrypted' ctl backup run
shows '\.encrypted .* yes *$' ctl backup list
shows "its key isn't on this server" ctl backup verify
refused 1 'Rehearse it where the key is' ctl backup rehearse
encrypted=$(cd "$place/backups" && ls -- *.encrypted)
shows 'Restored, checked and removed' "$wardroomd" restore --rehearse --from "$place/backups/$encrypted" --key "$place/backup.key" --data "$place/again"
shows 'Begun: verification' ctl backup verify --no-wait
await "it ended" sh -c "'$wardroomctl' backup list | grep -q 'Last: verification'"

# ---- what was set lasts, and needs no second record ----
count() { ctl --json audit query --type settings.changed | grep -o '"settings.changed"' | wc -l; }
stop_server
start_server
[ "$(setting limits.ping_seconds value)" = 40 ] || fail "the restart didn't take it up"
before=$(count)
stop_server
start_server
[ "$(count)" = "$before" ] || fail "a restart alone is on record as a change"
shows 'The running server has the same options' house config check
ctl audit verify --data "$data" >"$place/out" 2>&1 || fail "the log: $(cat "$place/out")"
stop_server
