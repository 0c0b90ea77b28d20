#!/usr/bin/env bash
# A client's frames and memory while a room of 500 pictures is scrolled from its end to its beginning and back, on a screen
# without a graphics card, docs/performance.md. PICTURES=500 unless told otherwise. Needs xvfb, xdotool, imagemagick.
set -euo pipefail
bin=$(realpath "${1:-build/release/bin}")
count=${PICTURES:-500}
shots=$(mktemp -d)
set -- "$bin/wardroomd" "$bin/wardroomctl" "$bin/wardroom" "$shots"
# shellcheck source=../tests/e2e_client/harness.sh
. "$(dirname "$0")/../tests/e2e_client/harness.sh"

# Photographs would be as large; each has bytes of its own, so none is stored or decoded twice.
for ((i = 0; i < 20; i++)); do convert -size 1600x1200 -seed "$i" plasma: -quality 85 "$work/base$i.jpg"; done
for ((i = 0; i < count; i++)); do
  cp "$work/base$((i % 20)).jpg" "$work/picture$i.jpg"
  echo "$i" >>"$work/picture$i.jpg"
  "$ctl" file send release-7 "$work/picture$i.jpg" --text "Picture $i" >/dev/null
  rm "$work/picture$i.jpg"
done
still lena
for name in lena tomasz; do kill "${client[$name]}" && wait "${client[$name]}" 2>/dev/null || true; done

export FRAME_TIMES="$work/frames"
LD_PRELOAD="$bin/frame-times.so" start_client lena
wait_for 60 "the room is drawn" painted lena
still lena
resident() { awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/${client[lena]}/status"; }
echo "resident before: $(resident) MiB"
used() { awk '{ print $14 + $15 }' "/proc/${client[lena]}/stat"; }
before=$(used) begun=$SECONDS most=0
export DISPLAY="${display[lena]}"
xdotool mousemove 640 400
for button in 4 5; do
  for ((i = 0; i < count / 5; i++)); do
    xdotool click --repeat 10 --delay 25 "$button"
    now=$(resident)
    [ "$now" -le "$most" ] || most=$now
  done
done
import -window root "$shots/end.png"
echo "resident at most: $most MiB, at the end $(resident) MiB; processor $((($(used) - before) * 100 / $(getconf CLK_TCK) / (SECONDS - begun))) % of one core"
kill "${client[lena]}" && wait "${client[lena]}" 2>/dev/null || true
sort -n "$work/frames" | awk '{ v[NR] = $1; if ($1 > 33) late++ }
  END { printf "%d frames: median %.1f ms, 99 %% within %.1f, longest %.1f; %d over 33 ms\n", NR, v[int((NR + 1) / 2)], v[int(NR * 0.99)], v[NR], late }'
