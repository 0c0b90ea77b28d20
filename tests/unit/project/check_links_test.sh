#!/bin/sh
# Promise: a link that leads nowhere is named with its place, and one that leads somewhere is not.
set -eu
root=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mkdir docs
printf '# Two words: `here`\n\n```\n# no heading\n```\n\n## Again\n\n## Again\n\n[back](../start.md)\n' >docs/page.md

check() { printf 'first\n[a](%s)\n' "$1" >start.md; "$root/packaging/check-links.py" . >out; }

for good in docs/page.md docs/page.md#two-words-here docs/page.md#again-1 docs https://elsewhere.example/x; do
  check "$good" || { cat out; echo "FAILED: $good is refused"; exit 1; }
done
for bad in docs/gone.md docs/page.md#no-heading docs/page.md#again-2 ../elsewhere.md; do
  if check "$bad"; then echo "FAILED: $bad isn't found"; exit 1; fi
  grep -q '^start.md:2: ' out || { cat out; echo "FAILED: the complaint about $bad has no place"; exit 1; }
done
