#!/usr/bin/env bash
# The Windows programs as an office has them, under Wine: installed silently for a server, by somebody whose folder isn't ASCII,
# in talk with Linux, killed, and removed.
#   talk.sh SOURCES PROGRAMS PICTURES      PROGRAMS: the folder with Linux's wardroomd and wardroomctl
set -euo pipefail
sources=$1 linux=$2 pictures=$3
# shellcheck source=tests/package/wine.sh
. "$(dirname "$0")/wine.sh"
for tool in wixl msibuild xdotool import identify; do command -v $tool >/dev/null || skip "this needs $tool."; done
programs=$sources/build/windows/bin
for name in wardroom wardroom-admin wardroomctl; do
  [ -e "$programs/$name.exe" ] || skip "./dev package windows builds the programs for Windows, which this needs."
done
mkdir -p "$pictures"
export HOME="$work/home" XDG_CONFIG_HOME="$work/config" ASAN_OPTIONS=detect_leaks=0
mkdir -p "$HOME" "$XDG_CONFIG_HOME"

# ---- The office ----

port=$((20000 + RANDOM % 20000))
serve() {
  "$linux/wardroomd" run --data "$work/office" >"$work/server.out" 2>>"$work/server.log" &
  server=$!
  pids+=("$server")
  wait_for 60 "the server accepts" grep -q '^ready' "$work/server.out"
}
ctl() { "$linux/wardroomctl" "$@"; }
"$linux/wardroomd" init --data "$work/office" --host localhost,127.0.0.1 --port "$port" >/dev/null
serve
echo 'correct horse battery' | ctl setup --data "$work/office" --user boss --password-stdin >/dev/null
ctl room create general >/dev/null
link=$("$linux/wardroomd" link --data "$work/office")
pin=$(sed 's/.*ca=\([^&]*\).*/\1/' <<<"$link")
history_has() { ctl call message.history '{"room":1,"limit":200}' | grep -qF "$1"; }
times_in_history() { ctl call message.history '{"room":1,"limit":200}' | grep -oF "\"text\":\"$1\"" | wc -l; }

# ---- The PC ----

# Fonts as Windows has some: Wine's own are few.
cp /usr/share/fonts/truetype/noto/NotoSans{,Mono}-{Regular,Bold,Italic}.ttf "$drive/windows/Fonts/" 2>/dev/null || true
person='Renée Ørsted 李'
folder="$drive/users/$person/AppData/Local"
mkdir -p "$folder"
windows reg add 'HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders' /v 'Local AppData' /t REG_SZ \
  /d "C:\\users\\$person\\AppData\\Local" /f >/dev/null 2>&1
profile="$folder/wardroom/default"
installed="$drive/Program Files/Wardroom"

picture() { import -window root "$pictures/$1.png"; }
screen() { import -window root -depth 8 rgb:- | md5sum; }
still() {
  local now last='' end=$((SECONDS + 30))
  now=$(screen)
  until [ "$now" = "$last" ] || [ "$SECONDS" -ge "$end" ]; do
    sleep 0.7
    last=$now now=$(screen)
  done
}
painted() { [ "$(import -window root png:- | identify -format %k -)" -gt 60 ]; }
window() { xdotool search --onlyvisible --name 'Wardroom' | tail -n 1 | grep .; }
# start PROGRAM WORD…
start() {
  local program=$1
  shift
  "$wine" "$installed/$program.exe" "$@" >>"$work/$program.log" 2>&1 &
  pids+=("$!")
  wait_for 90 "the window of $program" window
  xdotool windowfocus "$(window)"
  wait_for 90 "the first screen of $program" painted
  still
}
stop() {
  windows taskkill /f /im "$1.exe" >/dev/null 2>&1 || true
  wait_for 30 "the window is gone" gone
}
gone() { ! window; }
enter() {
  xdotool type --delay 40 -- "$1"
  still
  xdotool key "${2:-Return}"
  still
}
cached() { cat "$profile"/cache.db* | grep -qaF "$1"; }
signed_in() { [ -s "$profile/credentials.json" ]; }

echo "Installed silently for this office"
"$sources/packaging/windows/make-msi.sh" "$programs" 0.1.0 "$work/wardroom.msi"
(cd "$work" && windows msiexec /i wardroom.msi SERVER="localhost:$port" CA="$pin" LOCK=server /qn) || true
[ -s "$installed/wardroom.exe" ] || fail "it isn't installed"

echo "wardroomctl: signs in, posts, reads; a wrong key is refused"
invite() { ctl user add "$1" --display-name "$2" 2>/dev/null | grep -o 'wardroom://[^ ]*'; }
there() { windows "$installed/wardroomctl.exe" "$@"; }
echo 'correct horse battery' | there login "$(invite mateo 'Mateo Ruiz')" --user mateo --password-stdin >/dev/null
there room join general >/dev/null
there say general 'Grüße aus Windows 🚤' >/dev/null
history_has 'Grüße aus Windows 🚤' || fail "what was said in Windows didn't come as it was"
ctl say general 'Grüße von Linux ⛵' >/dev/null
there call message.history '{"room":1}' | grep -qF 'Grüße von Linux ⛵' || fail "what was said on Linux didn't come as it was"
wrong=$(invite eve Eve | sed "s/ca=[^&]*/ca=$(head -c 32 /dev/zero | tr '\0' 'x' | base64 | tr '+/' '-_' | tr -d =)/")
if said=$(echo 'correct horse battery' | there --profile eve login "$wrong" --user eve --password-stdin 2>&1); then fail "a wrong key was taken"; fi
grep -qiE 'fingerprint|identity|key' <<<"$said" || fail "a wrong key is refused with: $said"

echo "The client: an invite, by keyboard"
start wardroom "$(invite noor 'Noor Haddad')"
picture windows-invite
enter noor Tab
enter 'Noor Haddad' Tab
enter 'correct horse battery'
wait_for 90 "noor is signed in" signed_in
id=$(ctl call user.list '{"query":"noor"}' | grep -o '"id":[0-9]*' | head -n 1 | cut -d: -f2)
ctl call room.add_member "{\"room\":1,\"user\":$id}" >/dev/null
ctl say general 'Welcome aboard, Noor 🚤' >/dev/null
wait_for 90 "the cache in $person's folder has the welcome" cached 'Welcome aboard, Noor 🚤'
still
xdotool key ctrl+k
still
enter general
enter 'Hello from a window of Windows'
wait_for 60 "Linux has it" history_has 'Hello from a window of Windows'
picture windows-room

echo "A second start hands its link over and ends"
windows "$installed/wardroom.exe" "wardroom://localhost:$port/room/1/1" >/dev/null 2>&1 || fail "the second one failed"

echo "The server is killed, and then the client: what was typed goes out once"
kill -9 "$server"
wait "$server" 2>/dev/null || true
enter 'Written while the server was away'
wait_for 60 "the outbox has it" cached 'Written while the server was away'
stop wardroom
start wardroom
picture windows-offline
serve
wait_for 120 "it is delivered" history_has 'Written while the server was away'
[ "$(times_in_history 'Written while the server was away')" = 1 ] || fail "it was posted twice"
stop wardroom

echo "The console"
start wardroom-admin
picture windows-console-sign-in
stop wardroom-admin

echo "Removed: the programs go, what is the person's stays"
(cd "$work" && windows msiexec /x wardroom.msi /qn) || true
[ ! -e "$installed" ] || fail "files are left: $(ls "$installed")"
[ -s "$profile/cache.db" ] || fail "what the person keeps is gone"
echo "Windows and Linux talked; nothing was lost or doubled. Pictures: $pictures"
