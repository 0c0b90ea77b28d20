#!/usr/bin/env bash
# Two people exchange files; the server is killed while the larger one goes up.
#   files.sh WARDROOMD WARDROOMCTL WARDROOM PICTURES
# Promises: an upload goes on where the server was killed, and its message is posted once, whole; a picture appears at both
# screens; what goes up is sent although the client was killed before it was begun.
set -euo pipefail

# There is no desktop around these screens: the client asks for the path itself.
unset DBUS_SESSION_BUS_ADDRESS XDG_RUNTIME_DIR
. "$(dirname "$0")/harness.sh"

# attach NAME FILE: its upload begins when this returns.
attach() {
  press "$1" ctrl+o
  press "$1" ctrl+a
  type_text "$1" "$2"
  still "$1"
  DISPLAY="${display[$1]}" xdotool key Return
}
# The upload that is under way, as the server has it: its id is its name.
upload_of() { find "$work/server/files/uploads" -type f -size +1000k -printf '%f\n' 2>/dev/null | grep . | head -n 1; }
uploaded_bytes() { stat -c %s "$work/server/files/uploads/$1"; }
files_in_room() { "$ctl" --json file list release-7; }
id_of() { files_in_room | grep -F "\"name\":\"$1\"" | grep -o '"id":"[^"]*"' | head -n 1 | cut -d'"' -f4; }
# Whether so much of that colour is on the screen.
shows_colour() {
  local pixels
  pixels=$(import -display "${display[$1]}" -window root png:- | convert png:- -format %c -depth 8 histogram:info:- |
    grep -i "#$2" | grep -o '^ *[0-9]*' | head -n 1)
  [ "${pixels:-0}" -gt "$3" ]
}

head -c 52428800 /dev/urandom >"$work/plan.bin"
attach lena "$work/plan.bin"
# In the middle: the client stands still while the server is killed.
end=$((SECONDS + 60))
until id=$(upload_of); do
  [ "$SECONDS" -lt "$end" ] || { echo "Never happened: the upload has begun" && exit 1; }
done
kill -STOP "${client[lena]}"
kill -9 "$server"
wait "$server" 2>/dev/null || true
before=$(uploaded_bytes "$id")
kill -CONT "${client[lena]}"
echo "killed after $before of 52428800 bytes"
if [ "$before" -ge 52428800 ]; then
  echo "The upload was too quick to be interrupted: nothing was tried."
  exit 1
fi
type_text lena "The plan, at last"
press lena Return
wait_for 60 "the outbox has it" cached lena "The plan, at last"
picture "files-offline"
start_server
wait_for 180 "the message is posted" history_has "The plan, at last"
test "$(times_in_history "The plan, at last")" -eq 1
# The same upload went on; a new one would have another id.
test "$(id_of plan.bin)" = "$id"
"$ctl" file get "$id" --to "$work/got.bin" >/dev/null
cmp "$work/plan.bin" "$work/got.bin"
wait_for 60 "tomasz has the message" cached tomasz "The plan, at last"
picture "files-sent"

# A colour that nothing else on the screens has.
convert -size 400x250 'xc:#1fe34b' "$work/roof.png"
attach lena "$work/roof.png"
still lena
type_text lena "The roof"
press lena Return
wait_for 120 "the picture is posted" history_has "The roof"
for name in lena tomasz; do wait_for 120 "the picture is on the screen of $name" shows_colour "$name" 1FE34B 20000; done
picture "files-picture"

# Attached while the server is away, and the client dies, too.
kill -9 "$server"
wait "$server" 2>/dev/null || true
echo "the third floor" >"$work/notes.txt"
attach tomasz "$work/notes.txt"
still tomasz
type_text tomasz "And my notes"
press tomasz Return
wait_for 60 "the outbox has them" cached tomasz "And my notes"
kill -9 "${client[tomasz]}"
wait "${client[tomasz]}" 2>/dev/null || true
wait_for 30 "the killed client's window is gone" no_window_of tomasz
start_client tomasz
wait_for 30 "the first screen of tomasz" painted tomasz
start_server
wait_for 180 "the notes are posted" history_has "And my notes"
"$ctl" file get "$(id_of notes.txt)" --to "$work/got.txt" >/dev/null
cmp "$work/notes.txt" "$work/got.txt"
picture "files-all"
echo "Files went up over a killed server and a killed client, and arrived whole. Pictures: $pictures"
