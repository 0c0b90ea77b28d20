# Sourced by the walks: a server in a directory of its own, a screen in memory with the console on it, and words to look
# and act with. Use: WALK.sh WARDROOMD WARDROOMCTL WARDROOM_ADMIN PICTURES
# shellcheck shell=bash
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

# crop WIDTH HEIGHT X Y: that part of the screen, as PNG.
crop() { import -display "$DISPLAY" -window root -crop "$1x$2+$3+$4" +repage png:-; }
# In one colour, so nothing is written there.
blank() { [ "$(crop "$@" | identify -format %k -)" = 1 ]; }
written() { ! blank "$@"; }

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

make_server() { "$wardroomd" init --data "$work/server" --host localhost --port 0 --name "Harbour office" >"$work/init.log"; }
# Serves, and makes the first administrator, ines.duarte.
start_server() {
  "$wardroomd" run --data "$work/server" >"$work/server.out" 2>"$work/server.log" &
  pids+=("$!")
  wait_for "the server accepts" grep -q '^ready' "$work/server.out"
  port=$(cat "$work/server/run/port")
  "$ctl" setup --data "$work/server" --user ines.duarte --password-stdin <<<"$password" >/dev/null
}
add() { "$ctl" user add "$1" --display-name "$2" --email "$1@office.example" --role "$3" 2>/dev/null; }
sign_in() { "$ctl" --profile "$1" login "$2" --user "$1" --password-stdin <<<"$password" >/dev/null; }

start_screen() {
  Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp -noreset 3>"$work/display" >/dev/null 2>&1 &
  pids+=("$!")
  wait_for "a screen" test -s "$work/display"
  DISPLAY=":$(cat "$work/display")"
  export DISPLAY
}
# The first start: the address is from the command line, so the fingerprint is next.
sign_in_at_screen() {
  start_console default "localhost:$port"
  wait_for "the first step" titled "Wardroom console"
  still
  type_text "$(sed -n 's/^CA fingerprint: *//p' "$work/init.log")"
  press Return
  wait_for "the server's key is accepted" titled "Sign in – Wardroom console"
  still
  type_text "ines.duarte"
  press Tab
  type_text "$password"
  press Return
  wait_for "the People page" titled "People – Wardroom console"
  wait_for "the session is remembered" has_token default
}
