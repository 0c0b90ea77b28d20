#!/usr/bin/env bash
# What the desktop around the client's window is told, and what a person does there, over a session bus that is one.
#   attention.sh WARDROOMD WARDROOMCTL WARDROOM PICTURES FAKE_DESKTOP WINDOW_HAND
# Promises: a mention while the window isn't in front is one notification; an answer in it is posted; a press opens the room;
# it goes when the message is read elsewhere; closing leaves the program in the tray, whose icon brings the window back; the
# tray's end does, too; nobody at the PC is away; without a bus the client works.
set -euo pipefail

for tool in dbus-run-session Xvfb xdotool import sqlite3; do
  command -v "$tool" >/dev/null || {
    echo "$tool is missing."
    exit 77
  }
done
if [ -z "${WARDROOM_WALK_BUS:-}" ]; then
  WARDROOM_WALK_BUS=1 exec dbus-run-session -- "$0" "$@"
fi
fake=$5 window_hand=$6
# The first start of each is on a PC without a bus: all that the walk needs before must work so, too.
bus=$DBUS_SESSION_BUS_ADDRESS
export DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere XDG_RUNTIME_DIR=/nowhere
. "$(dirname "$0")/harness.sh"

export DBUS_SESSION_BUS_ADDRESS=$bus
mkfifo "$work/hands"
"$fake" <"$work/hands" >>"$work/desktop.out" 2>>"$work/desktop.log" &
pids+=("$!")
exec 9>"$work/hands"
wait_for 30 "the desktop is there" grep -q '^ready' "$work/desktop.out"

do_there() { echo "$*" >&9; }
desktop_has() { grep -qF -- "$1" "$work/desktop.out"; }
# number_of TEXT: of the last notification that tells of it.
number_of() { grep -F -- "$1" "$work/desktop.out" | tail -n 1 | cut -d' ' -f2; }
presence_is() { call presence.watch "{\"users\":[$lena_id],\"once\":true}" | grep -qF "\"state\":\"$1\""; }

kill "${client[lena]}"
wait "${client[lena]}" 2>/dev/null || true
wait_for 30 "the old window is gone" no_window_of lena
start_client lena
wait_for 60 "the tray has its icon" desktop_has "tray org.kde.StatusNotifierItem-"
lena_id=$(call user.list '{"query":"lena"}' | grep -o '"id":[0-9]*' | head -n 1 | cut -d: -f2)

hand() { DISPLAY="${display[lena]}" "$window_hand" "$@"; }
still lena
hand look-away
"$ctl" say release-7 "@lena can you look?" >/dev/null
wait_for 60 "the mention is told" desktop_has "can you look?"
do_there "reply $(number_of "can you look?") Yes, in a minute"
wait_for 60 "the answer is posted" history_has "Yes, in a minute"
wait_for 60 "what was answered is gone" desktop_has "closed $(number_of "can you look?")"

"$ctl" say release-7 "@lena and now?" >/dev/null
wait_for 60 "the second mention is told" desktop_has "and now?"
do_there "press $(number_of "and now?")"
wait_for 60 "what was pressed is gone" desktop_has "closed $(number_of "and now?")"
picture "attention-pressed"

# Whoever is away by themselves is here again after a key.
do_there "idle 1200000"
wait_for 240 "lena is away" presence_is away
do_there "idle 0"
wait_for 240 "lena is here again" presence_is online

# What the page of settings writes (its own tests press it) is one line of the cache.
kill "${client[lena]}"
wait "${client[lena]}" 2>/dev/null || true
wait_for 30 "the window is gone" no_window_of lena
sqlite3 "$XDG_DATA_HOME/wardroom/lena/cache.db" \
  "UPDATE meta SET value = replace(value, 'closes_to_tray 0', 'closes_to_tray 1') WHERE key = 'attention'"
: >"$work/desktop.out"
start_client lena
wait_for 60 "the tray has its icon again" desktop_has "tray org.kde.StatusNotifierItem-"
still lena
hand close "$(window_of lena)"
wait_for 30 "the window is in the tray" no_window_of lena
kill -0 "${client[lena]}"
"$ctl" say release-7 "@lena while you were in the tray" >/dev/null
wait_for 60 "it is told from the tray, too" desktop_has "while you were in the tray"
do_there "title"
wait_for 30 "the tray says so" desktop_has "1 for you"
do_there "tray"
wait_for 30 "the tray brings the window back" window_of lena
still lena
picture "attention-from-the-tray"
hand close "$(window_of lena)"
wait_for 30 "the window is in the tray again" no_window_of lena
# Without it nothing else would bring the window back.
do_there "panel 0"
wait_for 30 "the window comes back when the tray goes" window_of lena
do_there "panel 1"
do_there "menu 4"
wait_for 30 "Quit ends the program" no_window_of lena
wait "${client[lena]}"
echo "The desktop was told what it should be, and nothing else. Pictures: $pictures"
