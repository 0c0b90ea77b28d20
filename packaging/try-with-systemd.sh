#!/usr/bin/env bash
# Boots a minimal Debian 12 of its own with systemd, installs the server's packages there, and does what docs/operations.md
# says, and what goes wrong. Needs root, debootstrap and systemd-container.
#   packaging/try-with-systemd.sh build/packages [MIRROR]
# WARDROOM_ROOT=DIR: a root that debootstrap has made before; it is changed.
set -euo pipefail

packages=$(realpath "${1:?name the folder with the packages}")
mirror=${2:-http://deb.debian.org/debian}
# shellcheck source=machine.sh
. "$(dirname "${BASH_SOURCE[0]}")/machine.sh"

refused() { # refused PATTERN COMMAND…: fails, and it or the journal says why
  local pattern=$1 since
  shift
  since=$(date +%s)
  if here "$@" >"$work/said" 2>&1; then fail "$* ended with 0"; fi
  here journalctl -q -u wardroomd -u wardroom-backup --since "@$since" --no-pager >>"$work/said"
  grep -qE -- "$pattern" "$work/said" || { cat "$work/said"; fail "$* doesn't say $pattern"; }
}
ask() { here curl -sS --cacert /var/lib/wardroom/tls/ca.crt "${@:2}" "https://$1:7443/healthz"; }

step "A minimal Debian 12, and what the packages need (they themselves are installed when the machine runs)"
make_machine "$mirror"
fetch_needs "$packages"/wardroom-server_*.deb "$packages"/wardroomctl_*.deb

step "Boot"
boot

step "Install: nothing starts"
here sh -c 'dpkg -i /packages/*.deb' >"$work/said" 2>&1 || { cat "$work/said"; fail "dpkg"; }
grep -q 'wardroomd init' "$work/said" || fail "what is next isn't said"
refused 'wardroomd init' systemctl start wardroomd
here systemctl reset-failed wardroomd

step "Make the office, as root; it is the account's"
here wardroomd init --data $data --host localhost,chat.example --name "Clean root" | tee "$work/init"
grep -q 'Next:  systemctl enable --now wardroomd' "$work/init" || fail "the next step isn't the packaged server's"
[ -z "$(here find $data ! -user wardroom)" ] || fail "not the account's: $(here find $data ! -user wardroom)"

step "A command of root's before the first start keeps nobody out"
here wardroomd config check --data $data
[ -z "$(here find $data ! -user wardroom)" ] || fail "not the account's: $(here find $data ! -user wardroom)"

step "Serve"
here systemctl enable --now wardroomd
[ "$(here systemctl show -p StatusText --value wardroomd)" = "Serving on port 7443" ] || fail "the status is another"
[ "$(ask localhost)" = '{"status":"ok"}' ] || fail "it doesn't answer"
here systemctl is-active --quiet wardroom-backup.timer || fail "the nightly backup doesn't come with it"
fingerprint=$(here wardroomd fingerprint --data $data)
grep -q "$fingerprint" "$work/init" || fail "another fingerprint"

step "The first administrator"
password=$(head -c 18 /dev/urandom | base64)
printf "%s" "$password" | here wardroomctl setup --data $data --user lena --password-stdin

step "Looking, as root, does no harm"
here wardroomd check --data $data
[ -z "$(here find $data ! -user wardroom)" ] || fail "not the account's: $(here find $data ! -user wardroom)"

step "A start that fails says so, and isn't tried again where a person must fix something"
here sed -i 's/^#port = .*/prot = 7443/' $data/wardroom.toml
refused 'wardroom.toml:[0-9]+: .*server.port' systemctl reload wardroomd
here systemctl is-active --quiet wardroomd || fail "the reload took it down"
refused 'wardroom.toml:[0-9]+: .*server.port' systemctl restart wardroomd
[ "$(here systemctl show -p NRestarts --value wardroomd)" = 0 ] || fail "it is tried again and again"
here journalctl -q -u wardroomd -p err --no-pager | grep -q 'server.port' || fail "the reason isn't an error in the journal"
here sed -i 's/^prot = .*/#port = 7443/' $data/wardroom.toml
here systemctl start wardroomd
here chown root:root $data/keys/seal.key
refused 'seal.key.*chown -R wardroom: ' systemctl restart wardroomd
[ "$(here systemctl show -p NRestarts --value wardroomd)" = 0 ] || fail "it is tried again and again"
here chown wardroom:wardroom $data/keys/seal.key

step "A port in use fails, and is tried again until it is free"
here systemctl stop wardroomd
here perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(Listen => 9, LocalPort => 7443) or die;
  open my $f, ">", "/run/holder"; print $f $$; close $f; sleep 600' &
await test -s /run/holder
refused '7443' systemctl start wardroomd
here sh -c 'kill $(cat /run/holder)'  # a minimal machine has no pkill
await systemctl is-active --quiet wardroomd

step "A certificate that clients would refuse fails the reload and keeps the old one"
here cp -a $data/tls/server.crt /var/tmp/server.crt
here sh -c "echo nonsense > $data/tls/server.crt"
refused 'server.crt' systemctl reload wardroomd
[ "$(ask localhost)" = '{"status":"ok"}' ] || fail "it doesn't answer"
here cp -a /var/tmp/server.crt $data/tls/server.crt
here systemctl reload wardroomd

step "One more name"
here wardroomd hosts add new.example --data $data
[ "$(ask new.example --resolve new.example:7443:127.0.0.1)" = '{"status":"ok"}' ] || fail "the name isn't served"
[ "$(here wardroomd fingerprint --data $data)" = "$fingerprint" ] || fail "the fingerprint changed"
[ -z "$(here find $data ! -user wardroom)" ] || fail "not the account's: $(here find $data ! -user wardroom)"

step "Backups: by the unit, into another folder, and one that fails"
here systemctl start wardroom-backup
backup=$(here wardroomd backup --list --data $data | sed -n '1s/.* KiB *//p')
here test -f "$backup" || fail "there is no backup"
here wardroomctl backup run      # by the server itself, from within its sandbox
here wardroomctl backup rehearse
here install -d -o wardroom -g wardroom -m 700 /backup
as_user wardroomd backup --data $data --to /backup/wardroom-today.db
here mv /var/backups/wardroom /var/backups/away
refused 'backup' systemctl start wardroom-backup
here wardroomd metrics --data $data | grep '^wardroom_backup_failed 1' >/dev/null || fail "the failure isn't in the metrics"
here systemctl is-failed --quiet wardroom-backup || fail "the unit didn't fail"
here mv /var/backups/away /var/backups/wardroom
here systemctl start wardroom-backup
here wardroomd restore --rehearse --from "$backup" --data /var/tmp/rehearsal

step "Back from one"
here systemctl stop wardroomd
here mv $data $data.broken
here wardroomd restore --from "$backup" --data $data --reason "the disk failed"
here systemctl start wardroomd
[ "$(ask localhost)" = '{"status":"ok"}' ] || fail "the restored office doesn't answer"
as_user wardroomd check --data $data

step "A server that takes no turns is started again"
here mkdir -p /run/systemd/system/wardroomd.service.d
here sh -c 'printf "[Service]\nWatchdogSec=4\n" > /run/systemd/system/wardroomd.service.d/watchdog.conf'
here systemctl daemon-reload
here systemctl restart wardroomd
sleep 8  # as long as it takes its turns, nothing happens
[ "$(here systemctl show -p NRestarts --value wardroomd)" = 0 ] || fail "the watchdog killed a server that was well"
here sh -c 'kill -STOP $(systemctl show -p MainPID --value wardroomd)'
await sh -c '[ "$(systemctl show -p NRestarts --value wardroomd)" -ge 1 ] && systemctl is-active --quiet wardroomd'

step "Removed and back again, it serves"
here dpkg --remove wardroom-server >/dev/null 2>&1
! here systemctl is-active --quiet wardroomd || fail "it serves without its package"
here sh -c 'dpkg -i /packages/wardroom-server_*.deb' >/dev/null
await systemctl is-active --quiet wardroomd

step "Port 443 without a proxy"
here install -D -m 644 /usr/share/doc/wardroom-server/examples/proxy/port-443.conf /etc/systemd/system/wardroomd.service.d/port-443.conf
here sed -i 's/^#\? *port = .*/port = 443/' $data/wardroom.toml
here systemctl daemon-reload
here systemctl restart wardroomd
[ "$(here curl -sS --cacert $data/tls/ca.crt https://localhost/healthz)" = '{"status":"ok"}' ] || fail "it doesn't answer at 443"
here rm -r /etc/systemd/system/wardroomd.service.d
here systemctl daemon-reload
refused '443 .*operations.md' systemctl restart wardroomd
[ "$(here systemctl show -p NRestarts --value wardroomd)" = 0 ] || fail "it is tried again and again"
here sed -i 's/^port = .*/#port = 7443/' $data/wardroom.toml
here systemctl restart wardroomd

step "Heads of the log in a folder that the drop-in opens"
here install -d -o wardroom -g wardroom -m 700 /mnt/auditor
here sed -i 's|^#\? *heads_file = .*|heads_file = "/mnt/auditor/heads.txt"|' $data/wardroom.toml
here systemctl restart wardroomd
here journalctl -q -u wardroomd -p warning --no-pager | grep -q 'copies_not_possible.*heads_file' || fail "nobody is told that the unit keeps it from the folder"
here mkdir -p /etc/systemd/system/wardroomd.service.d
here sh -c 'printf "[Service]\nReadWritePaths=-/mnt/auditor\n" > /etc/systemd/system/wardroomd.service.d/heads.conf'
here systemctl daemon-reload
here systemctl restart wardroomd
here systemctl stop wardroomd # the newest head is added at the stop
here grep -q '/wardroom$' /mnt/auditor/heads.txt || fail "no head is there"
here rm -r /etc/systemd/system/wardroomd.service.d
here sed -i 's|^heads_file = .*|heads_file = ""|' $data/wardroom.toml
here systemctl daemon-reload
here systemctl start wardroomd

step "Metrics, and a diagnosis with the journal but without names"
here wardroomd metrics --data $data >"$work/metrics"
if command -v promtool >/dev/null; then
  promtool check metrics <"$work/metrics"
  promtool check rules "$root"/usr/share/doc/wardroom-server/examples/monitoring/alerts.yml
else
  echo "left out: promtool isn't installed, so nobody looked at the metrics and the rules"
fi
here wardroomd diagnose --data $data --to /var/tmp/diagnosis.tar.gz
here mkdir /var/tmp/diagnosis
here tar -xzf /var/tmp/diagnosis.tar.gz -C /var/tmp/diagnosis
here grep -q '^ActiveState=active' /var/tmp/diagnosis/unit.txt || fail "the unit isn't in it"
here grep -q ' 6 server.stopped' /var/tmp/diagnosis/journal.txt || fail "the journal isn't in it"
if here grep -rE 'lena|chat\.example|new\.example|Clean root|/var/lib' /var/tmp/diagnosis; then fail "names are in it"; fi
[ -z "$(here find $data ! -user wardroom)" ] || fail "not the account's: $(here find $data ! -user wardroom)"

step "Shut off from the machine"
here systemd-analyze security --no-pager wardroomd wardroom-backup | grep -i exposure || true
for unit in wardroomd wardroom-backup; do
  here systemd-analyze security --no-pager --threshold=$([ $unit = wardroomd ] && echo 14 || echo 30) $unit >/dev/null || fail "$unit is too open"
done

step "Purge: the data stays"
here dpkg --purge wardroom-server wardroomctl
here test -e $data/wardroom.db || fail "the data went with the package"

printf '\nThe service works.\n'
