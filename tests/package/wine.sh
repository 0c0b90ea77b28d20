# What the tests of Windows' packages share. Sourced by them; afterwards $work is a folder of their own, $DISPLAY a screen,
# and `windows PROGRAM…` runs a program in a Windows that nothing was done to yet. Without Wine the test is skipped.
skip() {
  echo "Skipped: $*"
  exit 77
}

wine=$(command -v wine64 || ls /usr/lib/wine/wine64 2>/dev/null) || skip "this needs wine64."
wineserver=$(command -v wineserver || ls /usr/lib/wine/wineserver 2>/dev/null) || skip "this needs wineserver."
command -v Xvfb >/dev/null || skip "this needs Xvfb."

work=$(mktemp -d)
export WINEPREFIX="$work/windows" WINEDEBUG=-all LIBGL_ALWAYS_SOFTWARE=1
# Neither a browser nor .NET is asked for, and nothing reaches the person's own menus.
export WINEDLLOVERRIDES="mshtml=;mscoree=;winemenubuilder.exe="
pids=()
clean_up() {
  local status=$?
  "$wineserver" -k 2>/dev/null || true
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$work"
  exit "$status"
}
trap clean_up EXIT

fail() {
  echo "FAILED: $*"
  exit 1
}

# wait_for SECONDS WHAT COMMAND…: until the command succeeds.
wait_for() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || fail "never happened: $what"
    sleep 0.2
  done
}

windows() { timeout 300 "$wine" "$@"; }

Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp -noreset 3>"$work/display" >/dev/null 2>&1 &
pids+=("$!")
wait_for 30 "a screen" test -s "$work/display"
DISPLAY=:$(cat "$work/display")
export DISPLAY
windows wineboot -i >/dev/null 2>&1 || fail "Wine makes no Windows."
# What a program of the person's calls drive C.
drive=$WINEPREFIX/drive_c
