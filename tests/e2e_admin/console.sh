#!/usr/bin/env bash
# An administrator at a screen: first start by fingerprint, People, Audit, an import, a report, a second start, and a
# stranger.
#   console.sh WARDROOMD WARDROOMCTL WARDROOM_ADMIN PICTURES
# Promises: what the administrator does in the window is done on the server and stands in its log; the
# session is remembered for them alone; a member is refused and leaves no session behind.
set -euo pipefail

wardroomd=$1 ctl=$2 console=$3 pictures=$4
work=$(mktemp -d)
mkdir -p "$pictures"
export HOME="$work/home" XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/share" TZ=UTC no_proxy='*'
export LIBGL_ALWAYS_SOFTWARE=1 ASAN_OPTIONS=detect_leaks=0
mkdir -p "$HOME" "$XDG_CONFIG_HOME" "$XDG_DATA_HOME"
password='correct horse battery'
pids=()

clean_up() {
  local status=$? pid
  if [ "$status" -ne 0 ]; then
    [ -z "${DISPLAY:-}" ] || picture failed || true
    echo "FAILED; what the programs said:"
    tail -n 20 "$work"/*.log 2>/dev/null || true
  fi
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$work"
  exit "$status"
}
trap clean_up EXIT

# wait_for WHAT COMMAND…: until the command succeeds; a minute is more than any healthy machine needs.
wait_for() {
  local end=$((SECONDS + 60)) what=$1
  shift
  until "$@" >/dev/null 2>&1; do
    if [ "$SECONDS" -ge "$end" ]; then
      echo "Never happened: $what"
      return 1
    fi
    sleep 0.2
  done
}

picture() { import -display "$DISPLAY" -window root "$pictures/$1.png"; }
window() { xdotool search --onlyvisible --class wardroom-admin | head -n 1 | grep .; }
no_window() { ! window; }
titled() { [ "$(xdotool getwindowname "$(window)")" = "$1" ]; }

screen() { import -display "$DISPLAY" -window root -depth 8 rgb:- | md5sum; }
# Until nothing moves on the screen any more.
still() {
  local now last='' end=$((SECONDS + 60))
  now=$(screen)
  until [ "$now" = "$last" ] || [ "$SECONDS" -ge "$end" ]; do
    sleep 0.4
    last=$now
    now=$(screen)
  done
}
# acts COMMAND…: until the screen shows that it was taken, and stands still again. So a slow machine loses no key. What
# the screen doesn't answer at all within ten seconds is done once more, as a person would, and said.
acts() {
  local before end=$((SECONDS + 60)) again=$((SECONDS + 10))
  before=$(screen)
  "$@"
  while [ "$(screen)" = "$before" ]; do
    if [ "$SECONDS" -ge "$end" ]; then
      echo "The screen doesn't answer to: $*"
      return 1
    fi
    if [ "$SECONDS" -ge "$again" ]; then
      echo "The screen didn't answer, once more: $*"
      again=$((SECONDS + 10))
      "$@"
    fi
    sleep 0.1
  done
  still
}
type_text() { acts xdotool type --delay 40 -- "$1"; }
press() { acts xdotool key "$1"; }
# By the places in a window of 1280 by 800 at 100 %.
click() {
  xdotool mousemove "$1" "$2"
  still
  acts press_button
}
# As long as a finger takes.
press_button() {
  xdotool mousedown 1
  sleep 0.1
  xdotool mouseup 1
}
add_person_button=(1200 30) disable_button=(1156 673) disable_for_good=(809 494)
audit_page=(100 220)
people_page=(100 118) moderation_page=(100 186)
import_button=(968 30) import_path=(530 139) import_all=(280 141) save_sheet=(909 166) resolve_report=(1200 754)
what_filter=(453 97) choice_user=(430 227) third_record=(600 267)

# start_console PROFILE ARGUMENT…
start_console() {
  local profile=$1
  shift
  "$console" --profile "$profile" "$@" >>"$work/console.log" 2>&1 &
  running=$!
  pids+=("$running")
  wait_for "the console's window" window
  xdotool windowfocus "$(window)"
}
stop_console() {
  kill "$running"
  wait "$running" 2>/dev/null || true
  wait_for "the window is gone" no_window
}
credentials() { echo "$XDG_DATA_HOME/wardroom-admin/$1/credentials.json"; }
has_token() { grep -qs '"token":"[^"]' "$(credentials "$1")"; }

people() { "$ctl" user list --query "$1" | grep -qE "$2"; }
logged() { "$ctl" audit query --type "$1" | grep -qE "$2"; }
# asked_by_console TEXT: a query of the console's own with these bytes in its record.
asked_by_console() { "$ctl" --json audit query --type audit.queried | grep wardroom-admin | grep -qF -- "$1"; }

"$wardroomd" init --data "$work/server" --host localhost --port 0 --name "Harbour office" >"$work/init.log"
fingerprint=$(sed -n 's/^CA fingerprint: *//p' "$work/init.log")
"$wardroomd" run --data "$work/server" >"$work/server.out" 2>"$work/server.log" &
pids+=("$!")
wait_for "the server accepts" grep -q '^ready' "$work/server.out"
port=$(cat "$work/server/run/port")
"$ctl" setup --data "$work/server" --user ines.duarte --password-stdin <<<"$password" >/dev/null
add() { "$ctl" user add "$1" --display-name "$2" --email "$1@office.example" --role "$3" 2>/dev/null; }
sign_in() { "$ctl" --profile "$1" login "$2" --user "$1" --password-stdin <<<"$password" >/dev/null; }
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

Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp -noreset 3>"$work/display" >/dev/null 2>&1 &
pids+=("$!")
wait_for "a screen" test -s "$work/display"
DISPLAY=":$(cat "$work/display")"
export DISPLAY

# The first start: the address is from the command line, so the fingerprint is next.
start_console default "localhost:$port"
wait_for "the first step" titled "Wardroom console"
still
type_text "$fingerprint"
press Return
wait_for "the server's key is accepted" titled "Sign in – Wardroom console"
still
type_text "ines.duarte"
press Tab
type_text "$password"
press Return
wait_for "the People page" titled "People – Wardroom console"
wait_for "the session is remembered" has_token default
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
