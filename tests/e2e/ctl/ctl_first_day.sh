#!/usr/bin/env bash
# The first day of an office: administrator, people, rooms, conversation, and the log of it all.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
make_server
set_up_lena
[ "$(stat -c %a "$XDG_CONFIG_HOME/wardroom/ctl.json")" = 600 ] || fail "others may read the profiles"
refused 1 'set-up code' ctl --profile second setup --data "$data" --user eve --password-stdin <<<"$password"

ctl call room.create '{"name":"general","kind":"public","topic":"Everything"}' >/dev/null
ctl say general hello world
printf 'two\nlines' | ctl say '#General'
shows '#general +public +2 +0 .*Everything' ctl rooms
shows '"name":"general"' ctl --json rooms
shows '^lena +lena +online' ctl who

# Two ways in: an invite for anyone, and the fingerprint for whoever has an account.
link=$(ctl invite --expires 24h 2>/dev/null)
shows 'as bob \(member\)' ctl --profile bob login "$link" --user bob --display-name 'Bob B' --password-stdin <<<"$password"
shows 'as bob' ctl --profile again login "$link" --user bob --password-stdin <<<"$password"
shows 'as bob' ctl --profile typed login "localhost:$port" --fingerprint "${fingerprint,,}" --user bob --password-stdin <<<"$password"
refused 1 'Join it with' ctl --profile bob say general hi
ctl --profile bob call room.join '{"room":1}' >/dev/null
ctl --profile bob say general hi from bob
ctl --profile bob say @lena 'a word in private'
shows '@bob +direct' ctl rooms

# An account that an administrator makes, and its link.
link=$(ctl user add mia --display-name 'Mia M' --role moderator 2>/dev/null)
shows 'mia +Mia M +moderator +invited' ctl user list --query mia
shows 'as mia \(moderator\)' ctl --profile mia login "$link" --password-stdin <<<"$password"
shows 'mia is now auditor' ctl user role mia auditor
shows 'mia is disabled' ctl user disable mia --reason 'a test'
refused 1 'session is over' ctl --profile mia rooms
shows 'mia is enabled' ctl user enable mia
refused 1 'last administrator' ctl user role lena member
refused 1 'administrator' ctl --profile bob user list

# A room as it happens.
ctl tail general >"$place/tail.log" 2>"$place/tail-err.log" &
await "the tail shows the past" grep -q '<lena> hello world' "$place/tail.log"
ctl --profile bob say general '/me waves'
await "the tail shows the present" grep -q '\* bob waves' "$place/tail.log"
shows '<bob> hi from bob' ctl export transcript general
ctl export transcript general --format json | python3 -c 'import json, sys; assert len(json.load(sys.stdin)["messages"]) == 4'
shows '<b>Bob B</b>' ctl export transcript general --format html
ctl --profile bob say general '<script>'
shows '&lt;script&gt;' ctl export transcript general --format html

shows 'user.disabled +success +lena +mia +a test' ctl audit query --type 'user.*'
ctl --json audit query --limit 3 | python3 -c 'import json, sys; assert len([json.loads(l) for l in sys.stdin]) == 3'

shows 'Signed out' ctl --profile typed logout
refused 1 'no profile typed' ctl --profile typed rooms
for place_of_secrets in "$place/server.log" "$data/wardroom.db" "$data/wardroom.db-wal" "$XDG_CONFIG_HOME/wardroom/ctl.json"; do
  ! grep -qF "$password" "$place_of_secrets" 2>/dev/null || fail "the password stands in $place_of_secrets"
done
stop_server
