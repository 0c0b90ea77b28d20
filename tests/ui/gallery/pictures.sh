#!/usr/bin/env bash
# Draws one screen of the gallery and compares it with the accepted picture. WARDROOM_ACCEPT=1 accepts what is drawn.
#   pictures.sh GALLERY SCREEN THEME ACCEPTED_FOLDER RESULT_FOLDER [SCALE-PERCENT WIDTH HEIGHT]
set -euo pipefail
gallery=$1 screen=$2 theme=$3 results=$5
name=$screen-$theme${6:+-$6-percent-$7x$8}
accepted=$4/$name.png actual=$results/$name.png
mkdir -p "$results"
# Mesa's software driver is unloaded before the leak check and leaves two blocks that nothing names any more.
export LIBGL_ALWAYS_SOFTWARE=1 TZ=UTC ASAN_OPTIONS=detect_leaks=0
"$gallery" "$screen" "$theme" "$actual" "${@:6}"
if [ -n "${WARDROOM_ACCEPT:-}" ]; then
  cp "$actual" "$accepted"
  exit 0
fi
[ -e "$accepted" ] || { echo "There is no accepted picture $accepted. Look at $actual, then: ./dev accept"; exit 1; }
# Rasterisers differ in the last bits of an edge: a pixel counts when it differs by more than 8 %, and 0.1 % of
# 1280 x 800 may.
differing=$(compare -metric AE -fuzz 8% "$accepted" "$actual" "$results/$name-difference.png" 2>&1) || true
limit=1024
if ! [ "${differing%%[!0-9]*}" -le "$limit" ] 2>/dev/null; then
  echo "$differing pixels of $screen ($theme) differ from the accepted picture, $limit may."
  echo "Look at $actual and $results/$name-difference.png; if it is right: ./dev accept"
  exit 1
fi
rm -f "$results/$name-difference.png"
