#!/usr/bin/env bash
# The libraries of the Windows programs, cross-built from Debian's own source packages into one static prefix:
#   packaging/windows/libraries.sh FOLDER          builds into FOLDER/HASH, if it isn't there yet, and prints that path
#   packaging/windows/libraries.sh FOLDER --pin    prints libraries.list with what this machine's Debian has today
# HASH is that of libraries.list and of the two scripts, so a prefix is kept until one of them changes.
# What is fetched comes by apt from where this machine's Debian comes from, and is held against the list's SHA-256.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "${1:?name the folder of the libraries}"
folder=$(cd "$1" && pwd)
list=$here/libraries.list
hash=$(cat "$list" "$here/libraries.sh" "$here/build-library.sh" | sha256sum | cut -c 1-16)
prefix=$folder/$hash
work=$folder/$hash.work
apt=$folder/apt

fail() {
  printf 'libraries.sh: %s\n' "$*" >&2
  exit 1
}

# The machine's own sources of Debian, as sources of source packages.
write_sources() {
  rm -rf "$apt"
  mkdir -p "$apt/lists/partial" "$apt/sources"
  local file release
  release=$(. /etc/os-release && echo "$VERSION_CODENAME")
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -e "$file" ] || continue
    # A paragraph a source (deb822). Other suppliers' are left out: they have no suite of Debian's name, or no `main`.
    grep -v '^#' "$file" | awk -v release="$release" 'BEGIN { RS = ""; ORS = "\n\n" }
      ("\n" $0) ~ "\nSuites:[^\n]*" release && ("\n" $0) ~ /\nComponents:[^\n]* main/ {
        text = "\n" $0; sub(/\nTypes:[^\n]*/, "\nTypes: deb deb-src", text); print substr(text, 2) }' >>"$apt/sources/debian.sources"
  done
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -e "$file" ] || continue
    sed -n -E "s/^deb(-src)?( .* $release[^ ]* ([^#]* )?main)/\2/p" "$file" | while read -r line; do
      printf 'deb %s\ndeb-src %s\n' "$line" "$line"
    done >>"$apt/sources/debian.list"
  done
  find "$apt/sources" -empty -type f -delete
  [ -n "$(ls "$apt/sources")" ] || fail "no source of Debian's packages ($release main) stands in /etc/apt."
}

# Lists and caches of its own, so that the machine's stay as they are.
apt_here() {
  local tool=$1
  shift
  "$tool" -q -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$apt/sources" -o Dir::State::Lists="$apt/lists" \
    -o Dir::Cache="$apt" -o APT::Sandbox::User= "$@"
}

update_lists() {
  write_sources
  apt_here apt-get update >"$apt/log" 2>&1 || fail "the lists of source packages can't be fetched: $(tail -n 3 "$apt/log")"
}

# download KIND PACKAGE=VERSION FOLDER
download() (
  cd "$3"
  case $1 in
    source) apt_here apt-get source --download-only "$2" ;;
    original) apt_here apt-get source --download-only --dsc-only "$2" && apt_here apt-get source --download-only --tar-only "$2" ;;
    package) apt_here apt-get download "$2" ;;
  esac >log 2>&1
)

# fetch KIND PACKAGE VERSION SHA256: into fetched/PACKAGE. A source package's .dsc has the hashes of its other files,
# which dpkg-source compares.
fetch() {
  local to=$folder/fetched/$2_${3//[:\/]/_} file
  if [ ! -e "$to/whole" ]; then
    [ -d "$apt/lists/partial" ] || update_lists
    rm -rf "$to"
    mkdir -p "$to"
    case $1 in
      source | original | package) download "$1" "$2=$3" "$to" ;;
      *) fail "libraries.list: \"$1\" is none of source, original and package." ;;
    esac || fail "$2 $3 can't be fetched: $(tail -n 2 "$to/log")
If Debian has another version by now: packaging/windows/libraries.sh $folder --pin"
    touch "$to/whole"
  fi
  file=$(find "$to" -name '*.dsc' -o -name '*.deb')
  [ "$(sha256sum "$file" | cut -d ' ' -f 1)" = "$4" ] || fail "$file isn't what libraries.list names: its SHA-256 is another."
  case $1 in
    source)
      dpkg-source --require-strong-checksums -x "$file" "$work/$2" >"$work/$2.log" 2>&1 ||
        fail "$2 can't be unpacked: $(tail -n 2 "$work/$2.log")"
      ;;
    original)
      (cd "$to" && sed -n '/^Checksums-Sha256:/,/^[^ ]/s/^ \([0-9a-f]*\) [0-9]* \(.*\.orig\.tar\.[a-z0-9]*\)$/\1  \2/p' "$file" | sha256sum -c --quiet --strict) ||
        fail "$2's sources aren't what its .dsc names."
      mkdir "$work/$2" && tar -C "$work/$2" --strip-components=1 -xf "$to"/*.orig.tar.*
      ;;
    package) dpkg-deb -x "$file" "$work/$2" ;;
  esac
}

# Each line of the list with the newest version that can be fetched; some mirrors name files that they don't have yet.
pin() {
  update_lists
  local kind package version to file
  grep '^#' "$list"
  while read -r kind package _; do
    [ "$kind" = package ] && set -- show "$package" || set -- showsrc "$package"
    for version in $(apt_here apt-cache "$@" | sed -n 's/^Version: //p' | sort -ruV); do
      to=$folder/fetched/${package}_${version//[:\/]/_}
      rm -rf "$to"
      mkdir -p "$to"
      if download "$kind" "$package=$version" "$to"; then
        touch "$to/whole"
        file=$(find "$to" -name '*.dsc' -o -name '*.deb')
        printf '%-8s %-20s %-24s %s\n' "$kind" "$package" "$version" "$(sha256sum "$file" | cut -d ' ' -f 1)"
        continue 2
      fi
    done
    fail "no version of $package can be fetched."
  done < <(grep -v '^#' "$list")
}

build_all() {
  local kind package version sum
  rm -rf "$work" "$prefix.part"
  mkdir -p "$work" "$prefix.part/lib/pkgconfig" "$prefix.part/include"
  while read -r kind package version sum; do fetch "$kind" "$package" "$version" "$sum"; done < <(grep -v '^#' "$list")
  while read -r kind package version sum; do
    printf 'Windows library %s %s\n' "$package" "$version" >&2
    "$here/build-library.sh" "$package" "${version%-*}" "$work/$package" "$prefix.part" >"$work/$package.log" 2>&1 ||
      fail "$package can't be built: $(tail -n 20 "$work/$package.log")
All of it stands in $work/$package.log"
  done < <(grep -v '^#' "$list")
  # Built to lie where it lies in the end: what names its own folder names that one.
  grep -rlI --null "$prefix.part" "$prefix.part" | xargs -0r sed -i "s|$prefix.part|$prefix|g"
  mv "$prefix.part" "$prefix"
  rm -rf "$work"
}

case ${2:-} in
  --pin) pin ;;
  '')
    [ -d "$prefix" ] || build_all
    echo "$prefix"
    ;;
  *) fail "it takes a folder and --pin, not $2" ;;
esac
