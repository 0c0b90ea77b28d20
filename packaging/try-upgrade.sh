#!/usr/bin/env bash
# From one version's packages to another's while people chat, and back as docs/operations.md says, in a machine with systemd:
#   packaging/try-upgrade.sh OLD_DIR NEW_DIR [MIRROR]
# Who is connected is back within 5 s of the server, nothing that was acknowledged is lost and nothing comes twice; back again, the
# office is that of the upgrade. CLIENTS=10: how many follow the room.
set -euo pipefail

old=$(realpath "${1:?name the folder with the older packages}") new=$(realpath "${2:?name the folder with the newer packages}")
mirror=${3:-http://deb.debian.org/debian}
clients=${CLIENTS:-10}
sources=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=text-blocks.sh
. "$sources/packaging/text-blocks.sh"
# shellcheck source=machine.sh
. "$sources/packaging/machine.sh"

version_of() { dpkg-deb -f "$1"/wardroom-server_*.deb Version; }
from=$(version_of "$old") to=$(version_of "$new")
dpkg --compare-versions "$from" lt "$to" || fail "$to isn't newer than $from: apt wouldn't upgrade"
installed() { [ "$(here dpkg-query -W -f '${Version}' wardroom-server)" = "$1" ] || fail "installed isn't $1"; }
schema() { here sqlite3 "$data/wardroom.db" 'PRAGMA user_version'; }
ms() { echo $(($(date +%s%N) / 1000000)); }
# The lines of the text, each as root.
run_lines() {
  local line
  while IFS= read -r line <&6; do
    echo "   $line"
    here bash -c "cd; $line" </dev/null >"$work/said" 2>&1 || fail "$line: $(cat "$work/said")"
  done 6< <(blocks_of "$sources/docs/operations.md" | sed -n "s/^$1\t//p" | sed "s/wardroom-schema-N\.db/${2:-}/")
}
put() { # put DIR: its packages where the text's `apt` looks for them
  here sh -c 'rm -f /root/wardroom*.deb'
  cp "$1"/wardroom-server_*.deb "$root/root/"
}

step "A minimal Debian 12 with $from"
make_machine "$mirror" sqlite3
fetch_needs "$new"/wardroom-server_*.deb "$new"/wardroomctl_*.deb
fetch_needs "$old"/wardroom-server_*.deb "$old"/wardroomctl_*.deb
echo 'APT::Get::Assume-Yes "true"; APT::Get::allow-downgrades "true";' >"$root/etc/apt/apt.conf.d/90yes"  # a person's answers
boot
here sh -c 'dpkg -i /packages/*.deb' >"$work/said" 2>&1 || fail "dpkg: $(cat "$work/said")"
here wardroomd init --data $data --host localhost --name "Upgrade" >/dev/null
here systemctl enable -q --now wardroomd
printf 'correct horse battery' | here wardroomctl setup --data $data --user lena --password-stdin >/dev/null
here wardroomctl room create office >/dev/null
installed "$from"
before=$(schema)

step "$clients people follow the room, and lena writes all the time"
# The log has when each line came. An older wardroomctl may fail at its start, when many of them write down their witness at once.
here bash -c 'for i in $(seq "$1"); do
    until wardroomctl tail office 2>>/var/tmp/tail-$i.err; do sleep 1; done | while IFS= read -r line; do echo "$(date +%s%3N) $line"; done >/var/tmp/tail-$i.log &
  done; wait' sh "$clients" </dev/null &
here bash -c ': >/var/tmp/acknowledged; for ((i = 1; ; i++)); do
    [ ! -e /var/tmp/enough ] || exit 0
    if wardroomctl say office "message $i." >/dev/null 2>&1; then echo "$i" >>/var/tmp/acknowledged; fi
    sleep 0.2
  done' </dev/null &
await sh -c '[ "$(wc -l </var/tmp/acknowledged)" -ge 5 ]'
await sh -c '[ "$(grep -l "message" /var/tmp/tail-*.log | wc -l)" = "$1" ]' sh "$clients"

step "Upgrade to $to, as the text says"
put "$new"
run_lines a_newer_version_and_back_1
installed "$to"
here systemctl is-active --quiet wardroomd || fail "it doesn't serve"
# When it said that it is ready, by the wall clock: systemd has that in whole seconds only.
running=$(here awk '{ print int($1 * 1000) }' /proc/uptime)
ready=$(($(ms) - running + $(here systemctl show -p ActiveEnterTimestampMonotonic --value wardroomd) / 1000))
await sh -c '[ "$(awk -v ready="$1" "\$1 > ready + 1000 { print FILENAME; nextfile }" /var/tmp/tail-*.log | wc -l)" = "$2" ]' sh "$ready" "$clients"
here touch /var/tmp/enough
sleep 2
for ((i = 1; i <= clients; i++)); do
  log=$root/var/tmp/tail-$i.log
  # The first that came over a connection of after the start.
  first=$(awk -v ready="$ready" '$1 > ready { print $1; exit }' "$log")
  [ $((first - ready)) -le 5000 ] || fail "client $i is back after $((first - ready)) ms"
  grep -o 'message [0-9]*\.' "$log" | tr -dc '0-9\n' >"$work/got"
  [ -z "$(sort "$work/got" | uniq -d)" ] || fail "client $i got some twice: $(sort -n "$work/got" | uniq -d | head -n 3)"
  # A tail begins with what comes: the first that each has differs.
  awk -v first="$(head -n 1 "$work/got")" '$1 >= first' "$root/var/tmp/acknowledged" | sort >"$work/wanted"
  lost=$(comm -23 "$work/wanted" <(sort "$work/got"))
  [ -z "$lost" ] || fail "client $i lost: $lost"
done
echo "All are back, and none of $(wc -l <"$root/var/tmp/acknowledged") messages is lost. Schema $before, now $(schema)."
as_user wardroomd check --data $data >"$work/said" 2>&1 || fail "the upgraded office: $(cat "$work/said")"

step "Back to $from, as the text says"
after=$(schema)
put "$old"
here sh -c 'cd && apt install ./wardroom-server_*.deb' </dev/null >"$work/said" 2>&1 || true  # it says that the server doesn't start, where the schema is another
installed "$from"
if [ "$before" != "$after" ]; then
  here journalctl -q -u wardroomd -n 20 --no-pager | grep -q 'wardroomd restore --from' || fail "the older version doesn't say what to do"
  run_lines a_newer_version_and_back_2 "wardroom-schema-$before.db"
  as_user wardroomd check --data $data >"$work/said" 2>&1 || fail "the older office: $(cat "$work/said")"
else
  echo "   Both have schema $before: the database stays, and nothing is to be restored."
fi
here systemctl is-active --quiet wardroomd || fail "it doesn't serve"
[ "$(schema)" = "$before" ] || fail "the schema is $(schema) instead of $before"
here wardroomctl audit accept-head --reason "went back" >/dev/null 2>&1 || true
here wardroomctl export transcript office >"$work/said" || fail "lena can't read the room"
grep -q 'message 1\.' "$work/said" || fail "what was written before the upgrade is gone"

printf '\nThe upgrade from %s to %s and the way back work.\n' "$from" "$to"
