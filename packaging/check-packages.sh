#!/usr/bin/env bash
# Whether the packages are what Debian, systemd, Prometheus, the shells and their readers take:
#   packaging/check-packages.sh build/packages [FOLDER with the packages of a second build]
# PREVIOUS=FOLDER: the packages of an earlier version, from which an upgrade is tried; else it is tried from the same ones.
# Ends with 0 when all of it was looked at and holds, with 1 when something doesn't, with 3 when something couldn't be
# looked at for want of a program; each is named.
set -uo pipefail

packages=$(realpath "${1:?name the folder with the packages}") || exit 1
again=${2:+$(realpath "$2")}
sources=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
server=''
failed=() skipped=()

clean_up() {
  [ -z "$server" ] || { kill "$server"; wait "$server"; }
  rm -rf "$work"
}
trap clean_up EXIT

# look NAME PROGRAM COMMAND…: COMMAND, if PROGRAM is installed.
look() {
  local name=$1 program=$2
  shift 2
  if ! command -v "$program" >/dev/null; then
    skipped+=("$name: $program isn't installed")
    return
  fi
  if "$@" >"$work/said" 2>&1; then
    echo "ok       $name"
  else
    echo "FAILED   $name"
    sed 's/^/         /' "$work/said"
    failed+=("$name")
  fi
}

unpack() {
  local package
  for package in "$packages"/*.deb; do dpkg-deb -x "$package" "$work/root" || return; done
}

same_bytes() {
  local package
  [ "$(ls "$packages")" = "$(ls "$again")" ] || { diff <(ls "$packages") <(ls "$again"); return 1; }
  for package in "$packages"/*.deb; do cmp "$package" "$again/$(basename "$package")" || return; done
}

lint_packages() { lintian -EviIL +pedantic --fail-on error,warning "$packages"/*.deb; }

check_pages() {
  local page bad=0
  for page in "$work"/root/usr/share/man/man*/*.gz; do
    # By its own name, whose end is its section.
    gunzip -c "$page" >"$work/$(basename "$page" .gz)"
    mandoc -T lint -W warning "$work/$(basename "$page" .gz)" || bad=1
  done
  return $bad
}

# exposure UNIT TENTHS
exposure() { systemd-analyze security --no-pager --offline=true --threshold="$2" "$work/root/usr/lib/systemd/system/$1" >"$work/exposure" || { tail -n 1 "$work/exposure"; return 1; }; }

# Of a server that has served: what promtool looks at is what it prints.
make_metrics() {
  local i
  "$work/root/usr/bin/wardroomd" init --data "$work/office" --host localhost --port 0 >/dev/null || return
  "$work/root/usr/bin/wardroomd" run --data "$work/office" >"$work/ready" &
  server=$!
  for ((i = 0; i < 300; i++)); do
    "$work/root/usr/bin/wardroomd" metrics --data "$work/office" >"$work/metrics" 2>/dev/null || true
    ! grep -q '^wardroom_certificate_remaining_seconds' "$work/metrics" || return 0
    kill -0 "$server" || return
    sleep 0.1
  done
  echo "its metrics are: $(cat "$work/metrics")"
  return 1
}

# Each package's program has its symbols in another package, by which a backtrace has names and lines.
check_symbols() {
  local program id symbols at
  for program in "$work"/root/usr/bin/*; do
    ! readelf -SW "$program" | grep -q '\.debug_\|\.symtab' || { echo "$program isn't stripped"; return 1; }
    id=$(readelf -n "$program" | sed -n 's/.*Build ID: //p')
    symbols=$work/root/usr/lib/debug/.build-id/${id:0:2}/${id:2}.debug
    [ -e "$symbols" ] || { echo "$program has no symbols at $symbols"; return 1; }
    at=$(nm "$symbols" | sed -n 's/^\([0-9a-f]*\) [Tt] main$/\1/p')
    addr2line -e "$symbols" "$at" | grep 'main\.cpp:[0-9]' || { echo "$symbols has no line of main"; return 1; }
  done
}

# What the page names is there, each file also packed, and nothing else came along.
check_web_page() {
  local page=$work/root/usr/share/wardroom/web name bad=0
  for name in $(grep -o '\(src\|href\)="/[^"]*"' "$page/index.html" | cut -d'"' -f2); do
    [ -s "$page$name" ] || { echo "index.html names $name, which isn't there"; bad=1; }
  done
  while read -r name; do
    case $name in
      *.gz) gunzip -c "$name" | cmp - "${name%.gz}" || bad=1 ;;
      *.br) [ -s "${name%.br}" ] || { echo "$name is packed from nothing"; bad=1; } ;;
      *.html | *.js | *.css | *.svg | *.png | *.webmanifest) [ -s "$name.gz" ] && [ -s "$name.br" ] || { echo "$name isn't packed"; bad=1; } ;;
      *) echo "$name isn't part of a page"; bad=1 ;;
    esac
  done < <(find "$page" ! -type d)
  ! grep -rl 'sourceMappingURL' "$page" || { echo "it has source maps"; bad=1; }
  grep -q 'Jason Miller' "$work/root/usr/share/doc/wardroom-web/copyright" || { echo "Preact's licence is missing"; bad=1; }
  return $bad
}

# bash offers what the program has; the others read their scripts.
check_bash() {
  local folder=$work/root/usr/share/bash-completion/completions offered
  for program in wardroomd wardroomctl; do
    # shellcheck disable=SC2016 # the inner shell expands it
    offered=$(bash -c '. "$1"; COMP_WORDS=("$2" ""); COMP_CWORD=1; "_$2"; echo "${#COMPREPLY[@]}"' sh "$folder/$program" $program) || return
    [ "$offered" -gt 10 ] || { echo "$program: $offered commands are offered"; return 1; }
  done
}

# in_machine NAME COMMAND…: with a machine of its own, where one can be made.
in_machine() {
  local program
  if [ "$(id -u)" != 0 ]; then
    skipped+=("$1: it needs root")
    return
  fi
  for program in debootstrap systemd-nspawn; do
    command -v $program >/dev/null || { skipped+=("$1: $program isn't installed"); return; }
  done
  look "$1" systemd-nspawn "${@:2}"
  # How much of the text was run, and what wasn't.
  sed -n '/ blocks: /,$s/^/         /p' "$work/said"
}

# The same programs as packages of an earlier version.
make_earlier() {
  local package
  mkdir -p "$work/earlier"
  for package in "$packages"/wardroom-server_*.deb "$packages"/wardroomctl_*.deb; do
    rm -rf "$work/package"
    dpkg-deb -R "$package" "$work/package" && sed -i 's/^Version: .*/&~earlier/' "$work/package/DEBIAN/control" &&
      dpkg-deb --root-owner-group -b "$work/package" "$work/earlier/" >/dev/null || return
  done
}
upgrade() {
  local previous=${PREVIOUS:-$work/earlier}
  [ -n "${PREVIOUS:-}" ] || make_earlier || return
  "$sources/packaging/try-upgrade.sh" "$previous" "$packages"
}

look "the packages can be unpacked" dpkg-deb unpack
if [ -n "$again" ]; then
  look "a second build is the same, byte for byte" cmp same_bytes
else
  skipped+=("a second build is the same, byte for byte: no second build was named")
fi
look "lintian" lintian lint_packages
look "menu entries" desktop-file-validate sh -c 'desktop-file-validate "$1"/*.desktop' sh "$work/root/usr/share/applications"
look "manual pages" mandoc check_pages
look "links in the documents" python3 "$sources/packaging/check-links.py" "$work/root/usr/share/doc/wardroom-server"
look "alert rules" promtool promtool check rules "$work/root/usr/share/doc/wardroom-server/examples/monitoring/alerts.yml"
if ls "$packages"/wardroom-web_*.deb >/dev/null 2>&1; then
  look "the page for browsers" gunzip check_web_page
else
  skipped+=("the page for browsers: there is no package wardroom-web, because web/dist had no page (./dev web)")
fi
look "a server says its metrics" dpkg-deb make_metrics
look "metrics" promtool sh -c 'promtool check metrics <"$1"' sh "$work/metrics"
look "wardroomd.service is closed to 1.4" systemd-analyze exposure wardroomd.service 14
look "wardroom-backup.service is closed to 1.4" systemd-analyze exposure wardroom-backup.service 14
look "symbols apart" addr2line check_symbols
look "completion in bash" bash check_bash
look "completion in zsh" zsh sh -c 'for file in "$1"/*; do zsh -n "$file" || exit; done' sh "$work/root/usr/share/zsh/vendor-completions"
look "completion in fish" fish sh -c 'for file in "$1"/*; do fish -n "$file" || exit; done' sh "$work/root/usr/share/fish/vendor_completions.d"
in_machine "operations.md, block by block" "$sources/packaging/try-operations.sh" "$packages"
in_machine "the service, and what goes wrong with it" "$sources/packaging/try-with-systemd.sh" "$packages"
in_machine "an upgrade with people connected, and the way back" upgrade

if [ ${#skipped[@]} -gt 0 ]; then
  printf 'skipped  %s\n' "${skipped[@]}"
fi
if [ ${#failed[@]} -gt 0 ]; then
  printf '\nNot in order: %s.\n' "$(IFS=,; echo "${failed[*]}")"
  exit 1
fi
[ ${#skipped[@]} = 0 ] || { printf '\nNot everything was looked at: %d are missing.\n' "${#skipped[@]}"; exit 3; }
printf '\nThe packages passed.\n'
