#!/usr/bin/env bash
# The installer of the Windows programs: packaging/windows/make-msi.sh FOLDER-OF-PROGRAMS VERSION TO.msi
# WARDROOM_SIGN: a command that signs what its last word names (osslsigncode, signtool), for programs and installer.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
programs=$1 version=$2 to=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Whoever is to be trusted is named by an option; nothing here knows a key.
sign() { [ -z "${WARDROOM_SIGN:-}" ] || $WARDROOM_SIGN "$1"; }

for program in wardroom wardroom-admin wardroomctl; do
  # What a debugger wants stays in the folder of the build.
  x86_64-w64-mingw32-strip -o "$work/$program.exe" "$programs/$program.exe"
  sign "$work/$program.exe"
done
# A version has one product code: Windows then knows a repair from an update.
code=$(printf 'wardroom %s' "$version" | sha256sum | sed -E 's/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/\U\1-\2-\3-\4-\5/')
# wixl looks for files beside its own input only.
cp "$here/wardroom.wxs" "$work/"
wixl -a x64 -D Version="$version" -D ProductCode="$code" -o "$work/wardroom.msi" "$work/wardroom.wxs"
# What wixl has no words for: a policy is written where its property says something; properties reach the part that has
# the rights; what sets one isn't run by that part.
change() { msibuild "$work/wardroom.msi" -q "$1"; }
for setting in Server Ca Lock Autostart; do
  change "UPDATE Component SET Condition = '${setting^^}' WHERE Component = 'Policy$setting'"
  change "UPDATE CustomAction SET Type = 51 WHERE Action = 'Keep$setting'"
done
change "UPDATE Property SET Value = 'SERVER;CA;LOCK;AUTOSTART;WIX_DOWNGRADE_DETECTED;WIX_UPGRADE_DETECTED' WHERE Property = 'SecureCustomProperties'"
sign "$work/wardroom.msi"
mv "$work/wardroom.msi" "$to"
