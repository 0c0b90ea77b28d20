# Two people at two screens of a real server: what the walks of this folder begin with. Sourced by them, with their
# arguments: WARDROOMD WARDROOMCTL WARDROOM PICTURES. Afterwards lena and tomasz are in the room release-7 and have read the
# welcome.
wardroomd=$1 ctl=$2 wardroom=$3 pictures=$4
work=$(mktemp -d)
mkdir -p "$pictures"
export HOME="$work/home" XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/share"
export LIBGL_ALWAYS_SOFTWARE=1 ASAN_OPTIONS=detect_leaks=0
mkdir -p "$HOME" "$XDG_CONFIG_HOME" "$XDG_DATA_HOME"
pids=()

clean_up() {
  local status=$?
  if [ "$status" -ne 0 ]; then
    picture failed
    "$ctl" call user.list || true
    echo "FAILED; what the programs said:"
    tail -n 20 "$work"/*.log 2>/dev/null || true
  fi
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$work"
  exit "$status"
}
trap clean_up EXIT

# wait_for SECONDS WHAT COMMAND…: until the command succeeds.
wait_for() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    if [ "$SECONDS" -ge "$end" ]; then
      echo "Never happened: $what"
      return 1
    fi
    sleep 0.2
  done
}

# Of what stands on the screens when nothing moves any more.
picture() {
  local name
  for name in lena tomasz; do
    [ -z "${display[$name]:-}" ] || still "$name"
    [ -z "${display[$name]:-}" ] || import -display "${display[$name]}" -window root "$pictures/$1-$name.png" || true
  done
}

start_server() {
  "$wardroomd" run --data "$work/server" >"$work/server.out" 2>>"$work/server.log" &
  server=$!
  pids+=("$server")
  wait_for 60 "the server accepts" grep -q '^ready' "$work/server.out"
}

start_screen() {
  Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp -noreset 3>"$work/$1.display" >/dev/null 2>&1 &
  pids+=("$!")
  wait_for 30 "a screen for $1" test -s "$work/$1.display"
  display[$1]=":$(cat "$work/$1.display")"
}

# start_client NAME [LINK]
start_client() {
  DISPLAY="${display[$1]}" "$wardroom" --profile "$1" ${2:+"$2"} >>"$work/$1.log" 2>&1 &
  client[$1]=$!
  pids+=("$!")
  wait_for 60 "the window of $1" window_of "$1"
  DISPLAY="${display[$1]}" xdotool windowfocus "$(window_of "$1")"
}
window_of() { DISPLAY="${display[$1]}" xdotool search --onlyvisible --class wardroom | head -n 1 | grep .; }

no_window_of() { ! window_of "$1"; }

type_text() { DISPLAY="${display[$1]}" xdotool type --delay 40 -- "$2"; }
# Until nothing moves on that screen any more, at most half a minute.
still() {
  local now last='' end=$((SECONDS + 30))
  now=$(screen_of "$1")
  until [ "$now" = "$last" ] || [ "$SECONDS" -ge "$end" ]; do
    sleep 0.5
    last=$now
    now=$(screen_of "$1")
  done
}
# The first frames come before the profile is read, and show a background only.
painted() { [ "$(import -display "${display[$1]}" -window root png:- | identify -format %k -)" -gt 60 ]; }
screen_of() { import -display "${display[$1]}" -window root -depth 8 rgb:- | md5sum; }
# What is typed before the next field has the keyboard is lost, as with a person who types blindly.
press() {
  still "$1"
  DISPLAY="${display[$1]}" xdotool key "$2"
  sleep 0.7
  still "$1"
}

call() { "$ctl" call "$@"; }
history_has() { call message.history '{"room":1,"limit":200}' | grep -qF "$1"; }
times_in_history() { call message.history '{"room":1,"limit":200}' | grep -oF "\"text\":\"$1\"" | wc -l; }
# The client's own copy: what it received is there.
cached() { cat "$XDG_DATA_HOME/wardroom/$1"/cache.db* | grep -qaF "$2"; }
signed_in() { grep -qs '"token":"[^"]' "$XDG_DATA_HOME/wardroom/$1/credentials.json"; }

# make_account NAME DISPLAY_NAME: the first start, by keyboard.
make_account() {
  start_client "$1" "$("$ctl" invite | grep -o 'wardroom://[^ ]*')"
  wait_for 30 "the first screen of $1" painted "$1"
  picture "first-start"
  type_text "$1" "$1"
  press "$1" Tab
  type_text "$1" "$2"
  press "$1" Tab
  type_text "$1" "correct horse 7"
  press "$1" Return
  wait_for 60 "$1 is signed in" signed_in "$1"
}

declare -A display client
port=$((20000 + RANDOM % 20000))
"$wardroomd" init --data "$work/server" --host localhost,127.0.0.1 --port "$port" >/dev/null
start_server
echo 'correct horse battery' | "$ctl" setup --data "$work/server" --user boss --password-stdin >/dev/null
call room.create '{"name":"release-7","kind":"public","topic":"Freeze on Thursday 18:00"}' >/dev/null

start_screen lena
start_screen tomasz
make_account lena "Lena Moreau"
make_account tomasz "Tomasz Wilk"
# Both are brought into the room while they look on.
for user in lena tomasz; do
  id=$(call user.list "{\"query\":\"$user\"}" | grep -o '"id":[0-9]*' | head -n 1 | cut -d: -f2)
  call room.add_member "{\"room\":1,\"user\":$id}" >/dev/null
done
"$ctl" say release-7 "Welcome, both of you" >/dev/null
wait_for 60 "lena has the welcome" cached lena "Welcome, both of you"
wait_for 60 "tomasz has the welcome" cached tomasz "Welcome, both of you"
