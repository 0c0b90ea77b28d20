#!/usr/bin/env bash
# An icon of Windows from a picture of ours: packaging/windows/make-icon.sh FROM.svg TO.ico
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for size in 16 20 24 32 40 48 64 256; do
  rsvg-convert -w $size -h $size "$1" -o "$work/$size.png"
done
# By their sizes, so that the same picture makes the same icon.
(cd "$work" && convert 16.png 20.png 24.png 32.png 40.png 48.png 64.png 256.png icon.ico)
mv "$work/icon.ico" "$2"
