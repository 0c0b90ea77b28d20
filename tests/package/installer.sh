#!/usr/bin/env bash
# The installer for Windows, under Wine, held against the files and keys that it leaves: its exit status says too little.
#   installer.sh SOURCES
# With the programs of build/windows, or, where they weren't built, with others of their names.
set -euo pipefail
sources=$1
# shellcheck source=tests/package/wine.sh
. "$(dirname "$0")/wine.sh"
for tool in wixl msibuild x86_64-w64-mingw32-gcc-posix; do
  command -v $tool >/dev/null || skip "this needs $tool (./dev package windows installs it)."
done

programs=$sources/build/windows/bin
if [ ! -e "$programs/wardroom.exe" ] || [ ! -e "$programs/wardroom-admin.exe" ] || [ ! -e "$programs/wardroomctl.exe" ]; then
  programs=$work/programs
  mkdir "$programs"
  echo 'int main(void) { return 0; }' >"$work/main.c"
  for name in wardroom wardroom-admin wardroomctl; do
    x86_64-w64-mingw32-gcc-posix -o "$programs/$name.exe" "$work/main.c"
  done
fi

make_installer() { "$sources/packaging/windows/make-msi.sh" "$programs" "$1" "$work/$1.msi"; }
make_installer 0.1.0
make_installer 0.2.0
[ "$(stat -c %s "$work/0.1.0.msi")" -le 15000000 ] || fail "the installer is over 15 MB"

install() { (cd "$work" && windows msiexec "$@" /qn) || true; }
# The value NAME of a key, or nothing.
value() { windows reg query "$1" /v "$2" 2>/dev/null | tr -d '\r' | sed -nE "s/^ +$2 +REG_[A-Z]+ +//p"; }
has_key() { windows reg query "$1" >/dev/null 2>&1; }
folder="$drive/Program Files/Wardroom"
key='HKLM\Software\Wardroom'
# Wine's menu of everybody is that of its one person.
menu() { find "$drive" -path '*/Start Menu/Programs/Wardroom/*' -name '*.lnk' | wc -l; }

has_key "$key" && fail "there are keys before anything was installed"

echo "Silent, with an office"
install /i 0.1.0.msi SERVER=chat.office.example:7443 CA=AAAA LOCK=server AUTOSTART=1
for name in wardroom wardroom-admin wardroomctl; do [ -s "$folder/$name.exe" ] || fail "$name.exe isn't installed"; done
[ "$(value "$key" Server)" = chat.office.example:7443 ] || fail "the server isn't policy"
[ "$(value "$key" Ca)" = AAAA ] || fail "the key isn't policy"
[ "$(value "$key" Lock)" = server ] || fail "the lock isn't policy"
[ "$(value "$key" Autostart)" = 0x1 ] || fail "the start with Windows isn't policy"
[ "$(menu)" = 2 ] || fail "the menu has $(menu) entries, not 2"
has_key 'HKLM\Software\Classes\wardroom\shell\open\command' || fail "wardroom: links lead nowhere"

echo "A newer version keeps what was said, but for what is said anew"
install /i 0.2.0.msi LOCK=
install /i 0.2.0.msi SERVER=other.office.example:7443 REINSTALL=ALL REINSTALLMODE=vomus
[ "$(value "$key" Server)" = other.office.example:7443 ] || fail "the server that was said anew isn't policy"
[ "$(value "$key" Ca)" = AAAA ] || fail "the update lost the key"
[ "$(value "$key" Autostart)" = 0x1 ] || fail "the update lost the start with Windows"

echo "An older version doesn't take its place"
before=$(windows reg query 'HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall' /s /f Wardroom 2>/dev/null | grep -c DisplayVersion || true)
install /i 0.1.0.msi
after=$(windows reg query 'HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall' /s /f Wardroom 2>/dev/null | grep -c DisplayVersion || true)
[ "$before" = "$after" ] || fail "the older version was installed beside the newer"

echo "Removed without a trace"
install /x 0.2.0.msi
[ ! -e "$folder" ] || fail "files are left: $(ls "$folder")"
! has_key "$key" || fail "keys are left"
! has_key 'HKLM\Software\Classes\wardroom' || fail "the scheme of links is left"
[ "$(menu)" = 0 ] || fail "the menu still has entries"

echo "Some features, without an office"
install /i 0.1.0.msi ADDLOCAL=ClientFeature
[ -s "$folder/wardroom.exe" ] || fail "the client isn't installed"
[ ! -e "$folder/wardroom-admin.exe" ] || fail "the console is installed, which nobody asked for"
[ -z "$(value "$key" Server)" ] || fail "there is a server that nobody said"
install /x 0.1.0.msi
[ ! -e "$folder" ] || fail "files are left"
echo "The installer works."
