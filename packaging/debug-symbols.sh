#!/usr/bin/env bash
# CPack's packages of debug symbols as Debian has them: packaging/debug-symbols.sh build/packages
# CPack names them .ddeb, which apt doesn't install; their md5sums name the files by where they were built, and nothing in
# them says under which license they are. With SOURCE_DATE_EPOCH set the same input makes the same packages.
set -euo pipefail
cd "${1:?name the folder with the packages}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for symbols in *.ddeb; do
  root=$work/${symbols%%_*}
  dpkg-deb -R "$symbols" "$root"
  find "$root/usr" -name '*.debug' -exec chmod 644 {} +
  # Changelog and copyright are those of the program's package, which this one needs (Debian Policy 12.3).
  mkdir -p "$root/usr/share/doc"
  ln -s "$(basename "$root" -dbgsym)" "$root/usr/share/doc/$(basename "$root")"
  (cd "$root" && find usr -type f | LC_ALL=C sort | xargs md5sum >DEBIAN/md5sums)
  # As CPack compresses: xz would take as long as all the rest.
  dpkg-deb --root-owner-group -Zgzip -b "$root" "${symbols%.ddeb}.deb" >/dev/null
  rm "$symbols"
done
