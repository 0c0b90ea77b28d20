#!/usr/bin/env bash
# What an administrator does about people, from a shell: a file of them, its sheet, its undoing, a reset, a leaver.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
make_server
set_up_lena
ctl call room.create '{"name":"office","kind":"public"}' >/dev/null

# As Excel saves it: semicolons, CRLF, Windows-1252, quotes; with three mistakes.
printf 'Name;Display Name;E-Mail;Role;Rooms\r\nbob;"Bob ""B"" M\374ller";bob@example.org;;office\r\nmia;Mia;nonsense;;office\r\n;;;;\r\nlena;;;;kitchen\r\n' >"$place/people.csv"
if ctl user import "$place/people.csv" --dry-run >"$place/out" 2>"$place/err"; then fail "a dry run of a wrong file succeeded"; fi
grep -qE '^3 +9 +e-mail ' "$place/out" || fail "the e-mail isn't named: $(cat "$place/out")"
grep -qE '^5 +1 +name +There is an account called lena' "$place/out" || fail "the name isn't named: $(cat "$place/out")"
grep -qE '^5 +9 +rooms ' "$place/out" || fail "the room isn't named: $(cat "$place/out")"
grep -q 'Windows-1252' "$place/err" || fail "the encoding isn't told: $(cat "$place/err")"
grep -q '3 errors' "$place/err" || fail "the errors aren't counted: $(cat "$place/err")"
if ctl user import "$place/people.csv" >/dev/null 2>&1; then fail "a wrong file was taken"; fi
[ "$(ctl --json user list | wc -l)" = 1 ] || fail "somebody came in with the wrong file"

shows '^1 accounts and 1 memberships made; 2 rows left out. Import [0-9]+\.$' ctl user import "$place/people.csv" --skip-errors --sheet "$place/sheet.html"
[ "$(stat -c %a "$place/sheet.html")" = 600 ] || fail "others may read the invites"
grep -q 'Bob &quot;B&quot; Müller' "$place/sheet.html" || fail "the sheet doesn't greet Bob"
shows 'bob +Bob "B" Müller +member +invited .* bob@example.org' ctl user list --query bob
import=$(ctl --json user imports | python3 -c 'import json, sys; print(json.loads(sys.stdin.readline())["import"])')
shows "^$import +.* lena +1 +0 +done" ctl user imports
link=$(ctl user import-sheet "$import" | grep -o 'wardroom://[^ ]*')
first=$(grep -o 'wardroom://[^"<]*' "$place/sheet.html" | head -n 1 | sed 's/&amp;/\&/g')
refused 1 'used or withdrawn' ctl --profile bob login "$first" --password-stdin <<<"$password"
shows 'as bob \(member\)' ctl --profile bob login "$link" --password-stdin <<<"$password"
printf 'name\neve\n' >"$place/eve.csv"
shows 'Import' ctl user import "$place/eve.csv"
shows '^1 accounts removed' ctl user import-undo $((import + 1)) --reason 'the wrong file'
shows '^0 accounts removed' ctl user import-undo "$import" --reason 'the wrong file'
grep -q 'bob was here already and stays' "$place/out" || fail "Bob isn't named: $(cat "$place/out")"
refused 1 'no account called eve' ctl user show eve

shows 'state +active' ctl user show bob
shows 'bob is now Robert' ctl user rename bob --display-name Robert
refused 2 'what is to change' ctl user rename bob
shows 'bob .*127.0.0.1' ctl user sessions bob
shows '^1 session ended' ctl user sign-out bob --reason 'lost the laptop'
refused 1 'session is over' ctl --profile bob rooms
shows 'must choose a new password' ctl user require-new-password bob
shows 'may keep' ctl user require-new-password bob --off

ctl user reset-password bob --reason 'forgot it' >"$place/reset" 2>/dev/null
refused 1 '' ctl --profile bob login "localhost:$port" --fingerprint "$fingerprint" --user bob --password-stdin <<<"$password"
shows 'state +waits for a new password' ctl user show bob
shows 'as bob' ctl --profile bob login "$(tail -n 1 "$place/reset")" --password-stdin <<<'another fine password'

room=$(ctl --profile bob call room.create '{"name":"bobs","kind":"private"}' | python3 -c 'import json, sys; print(json.load(sys.stdin)["room"]["id"])')
link=$(ctl user add mia 2>/dev/null)
shows 'as mia' ctl --profile mia login "$link" --password-stdin <<<"$password"
mia=$(ctl --json user show mia | python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])')
ctl --profile bob call room.add_member "{\"room\":$room,\"user\":$mia}" >/dev/null
shows "private room $room needs a successor" ctl user offboard bob --reason 'left the company' --dry-run
refused 1 'would have no moderator' ctl user offboard bob --reason 'left the company'
shows "private room $room goes to mia" ctl user offboard bob --successor mia --reason 'left the company'
refused 1 'session is over' ctl --profile bob rooms
shows 'state +disabled' ctl user show bob
shows '#bobs' ctl --profile mia rooms
shows 'user.offboarded +success +lena +bob +left the company' ctl audit query --type 'user.*'

# ---- an export of Active Directory as PowerShell writes it, and a sheet for a mail merge ----
cat >"$place/ad.csv" <<'CSV'
#TYPE Microsoft.ActiveDirectory.Management.ADUser
"DistinguishedName","Enabled","GivenName","mail","Name","SamAccountName","SID","Surname","UserPrincipalName"
"CN=Ida Berg,OU=Staff","True","Ida","ida@office.example","Ida Berg","iberg","S-1","Berg","ida@office.example"
"CN=Jon Lind,OU=Staff","False","Jon","jon@office.example","Jon Lind","jlind","S-2","Lind","jon@office.example"
CSV
! ctl user import "$place/ad.csv" --dry-run >"$place/out" 2>"$place/err" || fail "a disabled account would be brought in"
grep -q '^4 .*disabled in the directory' "$place/out" || fail "the dry run said: $(cat "$place/out")"
grep -q 'Read: .*SamAccountName as name.*Not read: .*SID, UserPrincipalName' "$place/out" || fail "how it read isn't said: $(cat "$place/out")"
shows '1 accounts' ctl user import "$place/ad.csv" --skip-errors --sheet "$place/merge.csv"
grep -q '^"iberg","Ida Berg","ida@office.example","wardroom://' "$place/merge.csv" || fail "the sheet is: $(cat "$place/merge.csv")"
import=$(ctl user imports --json | sed -n '1s/.*"import":\([0-9]*\).*/\1/p')
shows '^user,display name,e-mail,link,good until' ctl user import-sheet "$import" --csv
shows '"email":"ida@office.example"' ctl --json user import-sheet "$import"
stop_server
