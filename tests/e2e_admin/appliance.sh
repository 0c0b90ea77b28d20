#!/usr/bin/env bash
# An administrator looks after the appliance at a screen: an alarm comes and goes, a backup is made and its restore
# rehearsed, the certificate is renewed, a name is added, something is announced, and a setting is changed.
#   appliance.sh WARDROOMD WARDROOMCTL WARDROOM_ADMIN PICTURES
# Promises: what goes wrong is seen on the Overview without being looked for, and is gone from there when it is mended;
# a renewal disconnects nobody; who acknowledged an announcement is seen; a changed setting counts at once.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
steady=$(dirname "$0")/../e2e/ctl/steady_connections.py

overview_page=(100 84) announce_page=(100 322) certificates_page=(100 356) backups_page=(100 390) settings_page=(100 424)
first_notice=(226 80)
back_up_button=(1200 30) newest_backup=(500 223) rehearse_button=(1170 732) when_rehearsed=(140 24 960 211)
renew_button=(270 472)
# The page scrolled to its end.
certificates_middle=(500 400) name_field=(500 696)
announce_text=(410 206) must_acknowledge=(229 311) announce_button=(272 370)
refresh_button=(1222 30) who_have=(756 256) second_in_list=(600 26 645 345) first_in_list=(600 26 645 311)
web_enabled=(400 286) setting_value=(1080 206)

# noticed TONE: the page's first notice has that colour: the tone's over its ground, in the dark theme.
declare -A ground=([well]=223131 [warning]=342f29 [alarm]=34272d)
noticed() {
  local at
  at=$(import -display "$DISPLAY" -window root -crop "1x1+${first_notice[0]}+${first_notice[1]}" -depth 8 rgb:- | od -An -tx1 | tr -d ' ')
  [ "$at" = "${ground[$1]}" ]
}
open_page() { # open_page TITLE X Y
  click "$2" "$3"
  wait_for "the page $1" titled "$1 – Wardroom console"
  still
}
json() { python3 -c "import json, sys; print(json.load(sys.stdin)$1)"; }
serial() { "$ctl" --json certificate show | json '["chain"][0]["serial"]'; }
named() { "$ctl" certificate show | grep -q "^names .*$1"; }
# With what was before and after, which the list doesn't show.
on_record() { "$ctl" --json audit query --type "$1" | grep -q "$2"; }
known_by() { "$ctl" certificate show | grep -E '^(fingerprint|link) '; }
other_serial() { [ "$(serial)" != "$1" ]; }
backups() { [ "$("$ctl" --json backup list | json "['backups'].__len__()")" = "$1" ]; }
rehearsed() { "$ctl" backup list | grep -q '^Last: rehearsal'; }
acknowledged() { "$ctl" announce show | grep -q "^$1 people acknowledged it"; }
setting() { "$ctl" --json settings list "$1" | json "['settings'][0]['value']"; }
serves_browsers() { curl -sf --noproxy '*' -o /dev/null --cacert "$work/server/tls/ca.crt" "https://localhost:$port/trust"; }
is_set() { [ "$(setting "$1")" = "$2" ]; }

make_server
sed -i "/^\[backup\]/,/^\[/s|^#\? *folder = .*|folder = \"$work/backups\"|" "$work/server/wardroom.toml"
start_server
sign_in jonas.berg "$(add jonas.berg 'Jonas Berg' member)"
"$ctl" call room.create '{"name":"general","kind":"public"}' >/dev/null
room=$("$ctl" --json call room.browse '{}' | grep -o '"id": *[0-9]*' | head -n 1 | grep -o '[0-9]*')
"$ctl" --profile jonas.berg call room.join "{\"room\":$room}" >/dev/null
start_screen
sign_in_at_screen

# An alarm comes: there is no backup, and then one fails, because its folder isn't there.
open_page Overview "${overview_page[@]}"
wait_for "that there is no backup is seen" noticed warning
picture overview-no-backup
open_page Backups "${backups_page[@]}"
click "${back_up_button[@]}"
wait_for "the failure is seen where it was asked for" noticed alarm
logged server.backup_created "backups.*isn't there" || { echo "The log doesn't say why the backup failed."; exit 1; }
picture backups-failed
open_page Overview "${overview_page[@]}"
wait_for "the failure is an alarm" noticed alarm
picture overview-alarm

# It goes while the page is looked at: the next backup works, made as each night's is.
mkdir -m 700 "$work/backups"
"$wardroomd" backup --data "$work/server" >>"$work/backup.log" 2>&1
wait_for "the alarm is gone" noticed well
still
picture overview-well

# One more from here, and its restore is rehearsed.
open_page Backups "${backups_page[@]}"
wait_for "the failure of before stands there" noticed alarm
click "${back_up_button[@]}"
wait_for "there is one more backup" backups 2
wait_for "it is seen" noticed well
still
click "${newest_backup[@]}"
blank "${when_rehearsed[@]}" || { echo "A backup is said to be rehearsed before it was."; exit 1; }
picture backups
click "${rehearse_button[@]}"
wait_for "the restore is rehearsed" rehearsed
wait_for "it stands in the log" logged server.backup_rechecked 'ines\.duarte'
wait_for "it is seen" written "${when_rehearsed[@]}"
wait_for "it went well" noticed well
[ ! -e "$work/server/rehearsal" ] || { echo "The rehearsal stayed on the disk."; exit 1; }
still
picture backups-rehearsed

# The certificate is renewed while somebody else is connected.
mkfifo "$work/look"
python3 "$steady" "$port" "$work/server/tls/ca.crt" jonas.berg 20 <"$work/look" >"$work/steady" 2>"$work/steady.log" &
pids+=("$!")
exec 3>"$work/look"
echo "$password" >&3
wait_for "twenty programs are connected" grep -q ready "$work/steady"
"$ctl" --profile jonas.berg tail general >"$work/tail" 2>"$work/tail.log" &
pids+=("$!")
"$ctl" say general "before the renewal"
wait_for "the tail began" grep -q "before the renewal" "$work/tail"
before=$(serial)
open_page Certificates "${certificates_page[@]}"
picture certificates
click "${renew_button[@]}"
wait_for "the certificate is another" other_serial "$before"
wait_for "it stands in the log" logged server.certificate_renewed 'ines\.duarte'
still
picture certificates-renewed
echo look >&3
wait_for "all were asked" grep -q '^alive' "$work/steady"
grep -qx "alive 20 serial $(serial)" "$work/steady" || { echo "Wanted 20 and $(serial): $(cat "$work/steady")"; exit 1; }
"$ctl" say general "after the renewal"
wait_for "the tail goes on" grep -q "after the renewal" "$work/tail"
[ ! -s "$work/tail.log" ] || { echo "The tail said: $(cat "$work/tail.log")"; exit 1; }

# A name is added, and what people know the office by stays.
known=$(known_by)
xdotool mousemove "${certificates_middle[@]}"
acts xdotool click --repeat 40 --delay 20 5
click "${name_field[@]}"
type_text chat2.example
picture certificates-name
press Return
wait_for "the server has the name" named 'chat2\.example'
wait_for "it stands in the log" on_record settings.changed 'ines\.duarte.*chat2\.example'
still
picture certificates-named
[ "$(known_by)" = "$known" ] || { echo "Fingerprint or link changed: $(known_by)"; exit 1; }
"$ctl" say general "after the name"
wait_for "the tail goes on" grep -q "after the name" "$work/tail"
[ ! -s "$work/tail.log" ] || { echo "The tail said: $(cat "$work/tail.log")"; exit 1; }

# Something is announced, and one of two people says that they have read it.
open_page Announce "${announce_page[@]}"
click "${announce_text[@]}"
type_text "The office is closed on Friday"
click "${must_acknowledge[@]}"
picture announce
click "${announce_button[@]}"
wait_for "it is announced" acknowledged '0 of 2'
wait_for "two are listed who haven't read it" written "${second_in_list[@]}"
still
picture announced
standing=$("$ctl" --profile jonas.berg call announcement.get '{}')
grep -q "The office is closed on Friday" <<<"$standing"
"$ctl" --profile jonas.berg call announcement.acknowledge "{\"announcement\":$(json '["announcement"]["id"]' <<<"$standing")}" >/dev/null
acknowledged '1 of 2'
click "${refresh_button[@]}"
wait_for "one is left" blank "${second_in_list[@]}"
written "${first_in_list[@]}"
click "${who_have[@]}"
wait_for "who has is listed" written "${first_in_list[@]}"
blank "${second_in_list[@]}"
picture announce-acknowledged

# A setting counts at once, and its change stands in the log.
serves_browsers
open_page Settings "${settings_page[@]}"
click "${web_enabled[@]}"
picture settings
click "${setting_value[@]}"
press ctrl+a
type_text off
picture setting
press Return
wait_for "it is set" is_set web.enabled '"off"'
wait_for "it stands in the log" on_record settings.changed 'ines\.duarte.*web\.enabled'
still
picture setting-changed
! serves_browsers || { echo "The setting doesn't count."; exit 1; }
stop_console
"$ctl" audit verify --data "$work/server" >"$work/verify.log" 2>&1
if grep -E 'Sanitizer|runtime error' "$work"/*.log; then exit 1; fi
echo "An alarm came and went, a restore was rehearsed, and the rest of the appliance was looked after. Pictures: $pictures"
