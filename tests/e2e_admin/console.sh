#!/usr/bin/env bash
# An administrator at a screen: first start by fingerprint, People, Audit, an import, a report, a second start, and a
# stranger.
#   console.sh WARDROOMD WARDROOMCTL WARDROOM_ADMIN PICTURES
# Promises: what the administrator does in the window is done on the server and stands in its log; the
# session is remembered for them alone; a member is refused and leaves no session behind.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"

add_person_button=(1200 30) disable_button=(1156 673) disable_for_good=(809 494)
audit_page=(100 220)
people_page=(100 118) moderation_page=(100 186)
import_button=(968 30) import_path=(530 139) import_all=(280 141) save_sheet=(1002 166) resolve_report=(1200 754)
what_filter=(453 97) choice_user=(430 227) third_record=(600 267)

# asked_by_console TEXT: a query of the console's own with these bytes in its record.
asked_by_console() { "$ctl" --json audit query --type audit.queried | grep wardroom-admin | grep -qF -- "$1"; }

make_server
start_server
sign_in amara.osei "$(add amara.osei 'Amara Osei' moderator)"
sign_in jonas.berg "$(add jonas.berg 'Jonas Berg' member)"
sign_in lena.moreau "$(add lena.moreau 'Lena Moreau' moderator)"
sign_in priya.nair "$(add priya.nair 'Priya Nair' auditor)"
add hideo.tanaka 'Hideo Tanaka' member >/dev/null
add tomasz.wilk 'Tomasz Wilk' guest >/dev/null
"$ctl" call room.create '{"name":"release-7","kind":"public"}' >/dev/null
"$ctl" say release-7 "Freeze on Thursday"
"$ctl" user role amara.osei member >/dev/null
"$ctl" user role amara.osei moderator >/dev/null
"$ctl" --profile jonas.berg user list >/dev/null 2>&1 || true

start_screen
sign_in_at_screen
[ "$(stat -c %a "$(credentials default)")" = 600 ] || { echo "Others may read the session."; exit 1; }

click "${add_person_button[@]}"
type_text "wei.chen"
press Tab
type_text "Wei Chen"
press Tab
type_text "wei.chen@office.example"
picture add-person
press Return
wait_for "wei.chen is invited" people wei.chen 'wei\.chen +Wei Chen +member +invited'
still
picture invite-link
press Escape
click "${disable_button[@]}"
type_text "hired elsewhere"
picture disable
click "${disable_for_good[@]}"
wait_for "wei.chen is disabled" people wei.chen 'disabled'
wait_for "the reason stands in the log" logged user.disabled 'ines\.duarte .*wei\.chen .*hired elsewhere'
still
picture people-dark

click "${audit_page[@]}"
wait_for "the Audit page" titled "Audit – Wardroom console"
wait_for "the reading is logged" asked_by_console "since"
sleep 8  # the sentence about Wei Chen goes away
click "${what_filter[@]}"
picture audit-filter
click "${choice_user[@]}"
wait_for "the filter is asked for" asked_by_console "user.*"
click "${third_record[@]}"
still
picture audit-dark

# A list of people: nothing is made before it was tried, then everybody at once, and a sheet to print.
printf '\xEF\xBB\xBFname;display name;rooms\r\nolga.petrova;Olga Petrova;release-7\r\njean.roux;Jean Roux;\r\n' \
  >"$work/people.csv"
click "${people_page[@]}"
click "${import_button[@]}"
wait_for "the import's page" titled "Import people – Wardroom console"
click "${import_path[@]}"
type_text "$work/people.csv"
press Return
picture import-tried
if people olga.petrova 'Olga'; then echo "Trying a file made an account."; exit 1; fi
click "${import_all[@]}"
wait_for "the people are there" people olga.petrova 'Olga Petrova +member +invited'
wait_for "it stands in the log" logged user.file_imported 'ines\.duarte'
still
click "${save_sheet[@]}"
wait_for "the sheet is saved" test -s "$work/people-invites.html"
still
picture import-done
[ "$(stat -c %a "$work/people-invites.html")" = 600 ] || { echo "Others may read the invites."; exit 1; }
[ "$(grep -c 'wardroom://' "$work/people-invites.html")" = 2 ]

# Somebody reports a message, and the administrator closes the report with a reason.
room=$("$ctl" --json call room.browse '{}' | grep -o '"id": *[0-9]*' | head -n 1 | grep -o '[0-9]*')
for who in jonas.berg lena.moreau; do "$ctl" --profile "$who" call room.join "{\"room\":$room}" >/dev/null; done
seq=$("$ctl" --profile jonas.berg call message.post \
  "{\"room\":$room,\"client_id\":\"0199a3c2-77e1-7000-8000-000000000001\",\"text\":\"The customer is Harbour Ltd.\"}" |
  grep -o '"seq": *[0-9]*' | grep -o '[0-9]*')
"$ctl" --profile lena.moreau call moderation.report \
  "{\"room\":$room,\"seq\":$seq,\"reason\":\"names a customer\"}" >/dev/null
still
click "${moderation_page[@]}"
wait_for "the Moderation page" titled "Moderation – Wardroom console"
still
picture moderation
click "${resolve_report[@]}"
type_text "spoken to Jonas"
picture resolve
press Return
wait_for "the report is resolved" logged moderation.report_resolved 'ines\.duarte .*spoken to Jonas'
still
stop_console

# It ends by itself, and well, with the connection open.
"$console" --screenshot "$work/first-frame.png" >>"$work/console.log" 2>&1
[ -s "$work/first-frame.png" ]

# The second start asks for nothing.
start_console default --theme light
wait_for "the People page again" titled "People – Wardroom console"
still
picture people-light
click "${audit_page[@]}"
click "${third_record[@]}"
picture audit-light
stop_console

# A member is told that the console isn't for them.
start_console other "$(grep -o 'wardroom://[^ ]*' "$work/init.log" | sed "s/localhost:0/localhost:$port/")"
wait_for "the server's key is accepted" titled "Sign in – Wardroom console"
still
type_text "jonas.berg"
press Tab
type_text "$password"
press Return
wait_for "the session of the member is ended" logged auth.logout 'jonas\.berg'
still
picture refused
titled "Sign in – Wardroom console"
stop_console
if grep -E 'Sanitizer|runtime error' "$work/console.log"; then exit 1; fi
if has_token other; then
  echo "The member's session is kept."
  exit 1
fi
echo "People were added, disabled and imported in the console, and a report was closed. Pictures: $pictures"
