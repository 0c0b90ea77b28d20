# Sourced by try-operations.sh: what the blocks of docs/operations.md take for granted, and what they promise beside their output.
#   before_BLOCK   what must be there; `fill` for what the text can't know, `answer` for what a person types
#   after_BLOCK    whether it holds
#   file_BLOCK     the block is no command but what stands in a file
#   each_BLOCK     before each of its commands
#   left_out       the blocks that can't run here, each with its reason
# shellcheck shell=bash disable=SC2034,SC2154,SC2317
# Nothing is left out. What is stood in for: the other machines are this one under their names; the company's mail server is a local one;
# the night comes every ten seconds; a newer version is the same one with a higher number (try-upgrade.sh has a real one).

password='correct horse battery'
newest_backup() { here sh -c 'ls -t /var/backups/wardroom | head -n 1'; }
restart() { here systemctl restart wardroomd; }
serves() { [ "$(here curl -sS --cacert $data/tls/ca.crt "https://${1:-localhost:7443}/healthz")" = '{"status":"ok"}' ] || fail "$block: ${1:-it} doesn't answer"; }
option() { here sed -i "s|^#\? *$1 = .*|$1 = $2|" $data/wardroom.toml; }
metric() { here wardroomd metrics --data $data | sed -n "s/^$1 //p"; }
link_in() { grep -o 'wardroom://[^",; ]*' | head -n 1; }
# join ACCOUNT PROFILE NAME LINK
join() { as "$1" sh -c 'printf "%s\n" "$0" | wardroomctl --profile "$1" login "$3" --user "$2" --password-stdin' "$password" "$2" "$3" "$4" >/dev/null; }
# After a restore every PC that saw more says so, until somebody settles it.
settle() { ctl audit accept-head --reason "restored" >/dev/null 2>&1 || true; ctl rooms >/dev/null; }
# bump: the same server under a higher version, as a package.
bump() {
  local deb
  deb=$(echo "$packages"/wardroom-server_*.deb)
  bumped=$((${bumped:-0} + 1))
  dpkg-deb -R "$deb" "$work/deb"
  sed -i "s/^Version: .*/&+$bumped/" "$work/deb/DEBIAN/control"
  here sh -c 'rm -f /root/wardroom-server_*.deb'
  dpkg-deb -Zgzip -z1 --root-owner-group -b "$work/deb" "$root/root/wardroom-server_$bumped.deb" >/dev/null
  rm -rf "$work/deb"
}
upgraded() { # … and it is the higher one that serves
  here dpkg-query -W -f '${Version}' wardroom-server | grep -q "+$bumped\$" || fail "$block: the newer package isn't installed"
  says 'Active: active'
  serves
}

prepare_machine() {
  local host
  make_machine "$mirror" openssh-server openssh-client nginx libnginx-mod-stream haproxy bsd-mailx exim4-daemon-light openssl iproute2 sqlite3
  fetch_needs "$packages"/wardroom-server_*.deb "$packages"/wardroomctl_*.deb "$packages"/wardroom_*.deb
  cp "$packages"/wardroom-server_*.deb "$packages"/wardroomctl_*.deb "$packages"/wardroom_*.deb "$root/root/"
  # The person's "Y" to apt's question.
  echo 'APT::Get::Assume-Yes "true";' >"$root/etc/apt/apt.conf.d/90yes"
  for host in chat chat2 chat3 chat4 chat5 backups; do echo "127.0.0.1 $host.harbour.example"; done >>"$root/etc/hosts"
  echo '127.0.0.1 chat.example.org collector.example' >>"$root/etc/hosts"
  for host in lena watch; do in_root sh -c 'id "$1" >/dev/null 2>&1 || useradd -m "$1"' sh $host; done
  in_root systemctl disable -q nginx haproxy
  # What `systemctl edit` opens: a person who types what the text says.
  cat >"$root/usr/local/bin/edit" <<'EDIT'
#!/bin/sh
printf '[Service]\nReadWritePaths=-/srv/backups\n' >"$1"
EDIT
  chmod 755 "$root/usr/local/bin/edit"
}

prepare_office() {
  # The machine that the backups are copied to.
  here sh -c 'mkdir -p -m 700 /root/.ssh /root/wardroom; [ -e /root/.ssh/id_ed25519 ] || ssh-keygen -q -t ed25519 -N "" -f /root/.ssh/id_ed25519
    cp /root/.ssh/id_ed25519.pub /root/.ssh/authorized_keys'
  await sh -c 'ssh-keyscan backups.harbour.example >/root/.ssh/known_hosts && test -s /root/.ssh/known_hosts'
}

# A machine that never had an office.
empty_machine() {
  here systemctl stop wardroomd wardroom-backup.timer 2>/dev/null || true
  here dpkg --purge wardroom-server wardroomctl wardroom >/dev/null 2>&1 || true
  here sh -c "rm -rf $data $data.* /var/backups/wardroom /home/lena/.config /home/lena/*"
}

# ---- The first day ----
after_1_install_1() {
  says 'wardroomd init'
  here systemctl is-active --quiet wardroomd && fail "$block: it serves without an office"
  here test -d /var/backups/wardroom
}
after_2_make_the_office_1() {
  says 'fingerprint'
  says 'wardroom://chat\.harbour\.example:7443/\?'
  says 'wardroomctl setup'
  fingerprint=$(here wardroomd fingerprint --data $data)
  grep -qF "$fingerprint" "$work/said" || fail "$block: another fingerprint"
  here wardroomd link --data $data | grep -q '^wardroom://chat.harbour.example:7443/' || fail "$block: no link"
}
after_3_serve_1() {
  says 'Active: active'
  says '"status":"ok"'
  here systemctl is-active --quiet wardroom-backup.timer || fail "$block: the nightly backup doesn't come with it"
}
before_4_the_first_administrator_1() { answer 'Password: ' "$password"; answer 'again: ' "$password"; }
before_4_the_first_administrator_2() { fill 'ABCD-EFGH-…' "$fingerprint"; fill 123456 '$(cat code)'; }
each_4_the_first_administrator_2() {
  case $1 in
    *' login '* | *totp-begin*) answer 'Password: ' "$password" ;;
    *totp-confirm*)
      python3 - "$(sed -n 's/.*type this key into it:$/next/p; s/^  \([A-Z2-7]\{16,\}\) *$/\1/p' "$work/all" | tail -n 1)" >"$root$home/code" <<'CODE'
import base64, hashlib, hmac, struct, sys, time
key = base64.b32decode(sys.argv[1] + "=" * (-len(sys.argv[1]) % 8))
digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
at = digest[-1] & 15
print("%06d" % ((struct.unpack(">I", digest[at:at + 4])[0] & 0x7fffffff) % 1000000))
CODE
      ;;
  esac
}
after_4_the_first_administrator_2() {
  [ "$(grep -cE '^ *[0-9A-Za-z]{4,}-[0-9A-Za-z-]{4,} *$' "$work/said")" = 10 ] || fail "$block: they aren't ten recovery codes: $(cat "$work/said")"
}
people_of_the_text() {
  as lena sh -c 'cat >people.csv' <<'CSV'
name,display name,e-mail,role,rooms
mateo,Mateo Ruiz,mateo@harbour.example,moderator,office board
aiko,Aiko Tanaka,aiko@harbour.example,,ofice
CSV
}
before_5_people_2() { people_of_the_text; }
after_5_people_2() { here test -s $home/invites.html || fail "$block: there is no sheet"; }
after_5_people_3() { # the right file, so that the text can go on
  ctl user import people.csv --sheet invites.csv >/dev/null
  join lena mateo mateo "$(here grep mateo $home/invites.csv | link_in)"
}
after_5_people_4() { says '^wardroom://'; }
before_5_people_7() {
  ctl room create berth-7 >/dev/null
  ctl room role berth-7 mateo moderator >/dev/null 2>&1 ||
    { ctl --profile mateo room join berth-7 >/dev/null; ctl room role berth-7 mateo moderator >/dev/null; }
  ctl room role berth-7 lena member >/dev/null
}
after_5_people_7() { ctl user show mateo | grep -q disabled || fail "$block: the account isn't shut"; }
before_6_an_old_irc_channel_1() {
  as lena sh -c 'printf -- "--- Log opened Fri Jan 03 09:00:00 2025\n09:01 < kim> the mast is in\n09:02 < lou> good\n" >office-2025-01.log'
}
after_6_an_old_irc_channel_1() { ctl export transcript office | grep -q 'the mast is in' || fail "$block: it isn't in the room"; }

# ---- Sixteen tasks ----
before_sixteen_tasks__1_install_1() { empty_machine; answer 'Password: ' "$password"; answer 'again: ' "$password"; }
after_sixteen_tasks__1_install_1() { # "once you have signed in there"
  says 'as lena \(admin\)'
  as lena sh -c 'printf "%s\n" "$0" | wardroomctl login chat.harbour.example:7443 --fingerprint "$1" --user lena --password-stdin' \
    "$password" "$(here wardroomd fingerprint --data $data)" >/dev/null
}
before_sixteen_tasks__2_bring_in_200_people_from_excel_1() {
  {
    echo 'name,display name,e-mail,role,rooms'
    echo 'mateo,Mateo Ruiz,mateo@harbour.example,moderator,office'
    echo 'aiko,Aiko Tanaka,aiko@harbour.example,,office'
    echo 'kim,Kim Osei,,,office'
    for ((i = 4; i <= 200; i++)); do echo "person$i,Person $i,,,office"; done
  } | as lena sh -c 'cat >people.csv'
}
after_sixteen_tasks__2_bring_in_200_people_from_excel_1() {
  says '200 accounts and 200 memberships made'
  here test -s $home/invites.html || fail "$block: there is no sheet"
  ctl user import-sheet "$(grep -o 'Import [0-9]*' "$work/said" | tr -dc '0-9\n' | tail -n 1)" --sheet invites.csv >/dev/null
  join lena mateo mateo "$(here grep '^"\?mateo' $home/invites.csv | link_in)"
  join lena kim kim "$(here grep '^"\?kim' $home/invites.csv | link_in)"
}
after_sixteen_tasks__3_set_up_the_pcs_2() { says '^wardroom://chat\.harbour\.example:7443/'; }
after_sixteen_tasks__4_reset_a_password_1() { join lena aiko aiko "$(link_in <"$work/said")"; }
after_sixteen_tasks__5_see_that_there_is_a_backup_of_last_night_1() {
  says 'wardroom-backup\.timer'
  here wardroomd backup --list --data $data | grep -q "$(newest_backup)" || fail "$block: the list lacks it"
}
before_sixteen_tasks__6_restore_on_a_new_machine_with_another_name_1() {
  local name
  name=$(newest_backup)
  here cp "/var/backups/wardroom/$name" /root/wardroom/
  fill NAME "$name"
  here systemctl disable --now wardroomd
  here dpkg --purge wardroom-server >/dev/null 2>&1
  here rm -rf $data /var/backups/wardroom
}
after_sixteen_tasks__6_restore_on_a_new_machine_with_another_name_1() {
  says '^wardroom://chat2\.harbour\.example:7443/'
  serves chat2.harbour.example:7443
  settle
}
after_sixteen_tasks__7_renew_the_certificate_1() { says 'by the server, on '; }
after_sixteen_tasks__8_add_a_name_1() { serves chat3.harbour.example:7443; }
before_sixteen_tasks__9_upgrade_1() { bump; }
after_sixteen_tasks__9_upgrade_1() { upgraded; }
way_back() { # a newer program has left this there
  here install -d -o wardroom -g wardroom -m 700 $data/upgrade /var/tmp/way-back
  as_user wardroomd backup --data $data --to /var/tmp/way-back/wardroom-schema-N.db >/dev/null
  here mv /var/tmp/way-back/wardroom-schema-N.db $data/upgrade/
  here rm -rf $data.newer
}
before_sixteen_tasks__10_go_back_to_the_version_of_before_1() { way_back; }
after_sixteen_tasks__10_go_back_to_the_version_of_before_1() { says 'Restored and checked'; serves; settle; }
before_sixteen_tasks__11_a_leaver_1() { # what tasks 12 and 16 look for
  local seq
  ctl --profile aiko audit accept-head --reason restored >/dev/null 2>&1 || true
  ctl --profile kim say office 'you are useless' >/dev/null
  ctl say office 'said in anger' >/dev/null
  seq=$(ctl --json rooms | python3 -c 'import json, sys; print(next(room["id"] for room in json.load(sys.stdin)["rooms"] if room["name"] == "office"))')
  seq=$(ctl --json call message.history "{\"room\":$seq,\"limit\":2}" | python3 -c 'import json, sys; print(json.load(sys.stdin)["seq"])')
  ctl --profile aiko mod report office "$((seq - 1))" --reason "insults me" >/dev/null
  ctl message delete office "$seq" --reason "said in anger" >/dev/null
}
after_sixteen_tasks__11_a_leaver_1() { says 'mateo left 1 room'; }
after_sixteen_tasks__12_who_deleted_this_1() { says 'lena'; }
before_sixteen_tasks__13_evidence_for_march_1() { fill 2026-03-01 "$(date -u +%F)"; fill 2026-04-01 "$(date -u -d tomorrow +%F)"; } # its March is today
after_sixteen_tasks__13_evidence_for_march_1() { says 'Written and verified'; }
after_sixteen_tasks__14_the_disk_is_full_1() { says 'people online'; }
after_sixteen_tasks__15_chat_is_slow_1() { says '^wardroom_acknowledgement_seconds'; here test -s /root/diagnosis.tar.gz || fail "$block: there is no diagnosis"; }
after_sixteen_tasks__16_a_report_of_harassment_1() { says 'you are useless'; ctl mod sanctions | grep -q kim || fail "$block: nobody is muted"; }

# ---- Backups ----
after_another_name_or_address_1() { says 'chat4\.harbour\.example'; }
before_backups_1() { here systemctl start wardroom-backup; fill NAME "$(newest_backup)"; }
after_backups_1() {
  local before night=/run/systemd/system/wardroom-backup.timer.d
  ! here systemctl is-active --quiet wardroom-backup.timer || fail "$block: the timer still runs"
  here systemctl unmask wardroom-backup.timer
  # A night every ten seconds.
  before=$(newest_backup)
  here sh -c "mkdir -p $night && printf '[Timer]\nOnCalendar=\nOnCalendar=*:*:0/10\nRandomizedDelaySec=0\nAccuracySec=1s\n' >$night/night.conf"
  here systemctl daemon-reload
  here systemctl restart wardroom-backup.timer
  await sh -c '[ "$(ls -t /var/backups/wardroom | head -n 1)" != "$1" ] && ! systemctl is-failed --quiet wardroom-backup' sh "$before"
  here rm -r $night
  here systemctl daemon-reload
  here systemctl restart wardroom-backup.timer
}
mail_says() { await sh -c 'grep -rhs "$1" /var/mail /var/spool/mail' sh "^Subject: $1"; }
after_backups_2() {
  mail_says 'wardroom-backup.service failed on '
  here sh -c 'rm -f /var/mail/*'
  # A backup that truly fails, and a server that a person must mend.
  here mv /var/backups/wardroom /var/backups/away
  ! here systemctl start wardroom-backup 2>/dev/null || fail "$block: a backup into no folder succeeded"
  mail_says 'wardroom-backup.service failed on '
  here systemctl --failed --no-legend | grep -q wardroom-backup || fail "$block: systemctl --failed lacks it"
  here mv /var/backups/away /var/backups/wardroom
  here systemctl start wardroom-backup
  here sed -i 's/^#\? *port = .*/prot = 7443/' $data/wardroom.toml
  ! restart 2>/dev/null || fail "$block: it starts with a mistake in its options"
  mail_says 'wardroomd.service failed on '
  here sed -i 's/^prot = .*/#port = 7443/' $data/wardroom.toml
  here systemctl start wardroomd
}
before_backups_4() { here install -d -o wardroom -g wardroom -m 700 /srv/backups; answer '' ''; }
after_backups_4() {
  option folder '"/srv/backups"'
  restart
  ctl backup run >/dev/null
  here sh -c 'ls /srv/backups/*.db' >/dev/null || fail "$block: the server can't write there"
  option folder '"/var/backups/wardroom"'
  restart
}
before_backups_6() { here mkdir -p /media/stick; }
after_backups_6() {
  says '^ *wardroom-recipient-'
  option recipient "\"$(grep -o 'wardroom-recipient-[^ ]*' "$work/said" | head -n 1)\""
  restart
  here systemctl start wardroom-backup
  here wardroomd restore --rehearse --from "/var/backups/wardroom/$(newest_backup)" --key /media/stick/wardroom-backup.key --data /var/tmp/rehearsal ||
    fail "$block: its backup can't be restored"
  option recipient '""'
  restart
  here systemctl start wardroom-backup
}
before_backups_7() { fill NAME "$(newest_backup)"; }
after_backups_7() { ! here test -e /var/tmp/rehearsal || fail "$block: the rehearsal's directory is still there"; }
before_backups_8() { here rm -rf $data.broken; fill NAME "$(newest_backup)"; }
after_backups_8() { says 'Restored and checked'; serves; settle; }

# ---- A newer version, what is kept, copies elsewhere ----
before_a_newer_version_and_back_1() { bump; }
after_a_newer_version_and_back_1() { upgraded; }
before_a_newer_version_and_back_2() { way_back; }
after_a_newer_version_and_back_2() { says 'Restored and checked'; serves; settle; }
before_how_long_things_are_kept_1() { ctl room create archive >/dev/null; }
before_how_long_things_are_kept_2() { local i; for i in 1 2; do ctl hold place "Case $i" --user aiko --reason test >/dev/null; done; }
before_how_long_things_are_kept_3() { here systemctl is-active --quiet wardroomd; }
after_how_long_things_are_kept_3() { says 'Would erase'; says 'Erased'; }
file_copies_of_the_audit_log_elsewhere_1() {
  here install -d -m 755 /etc/wardroom
  here sh -c 'cd /etc/wardroom && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=collector.example \
    -addext subjectAltName=DNS:collector.example -keyout collector.key -out collector-ca.pem 2>/dev/null && chmod 644 collector-ca.pem'
  # It hangs up at the end of its input, and this one has none.
  here sh -c 'echo $$ >/run/holder; [ -p /run/quiet ] || mkfifo /run/quiet
    exec openssl s_server -quiet -accept 6514 -cert /etc/wardroom/collector-ca.pem -key /etc/wardroom/collector.key <>/run/quiet' \
    </dev/null >"$work/collected" 2>&1 &
  here sed -i '/^\[audit\]/,/^\[/{/^#\? *\(syslog\|syslog_ca\|heads_file\) = /d}' $data/wardroom.toml
  while IFS= read -r line; do [ "$line" = '[audit]' ] || here sed -i "/^\[audit\]/a $line" $data/wardroom.toml; done <"$work/lines"
  here wardroomd config check --data $data >/dev/null || fail "$block: it isn't taken"
}
file_copies_of_the_audit_log_elsewhere_2() {
  here install -d -o wardroom -g wardroom -m 700 /mnt/auditor
  here sh -c 'mkdir -p /etc/systemd/system/wardroomd.service.d && cat >/etc/systemd/system/wardroomd.service.d/heads.conf' <"$work/lines"
  here systemctl daemon-reload
  restart
  ctl room create copies >/dev/null
  await_local grep -q 'wardroom@32473' "$work/collected"
  here systemctl stop wardroomd # the newest head is added at the stop
  here grep -q '/wardroom$' /mnt/auditor/heads.txt || fail "$block: no head is there"
  here systemctl start wardroomd
}
before_copies_of_the_audit_log_elsewhere_3() {
  local link
  here wardroomd hosts add chat.example.org --data $data >/dev/null
  link=$(ctl user add watch 2>/dev/null | link_in)
  join watch default watch "$link"
  here sh -c 'rm -rf /home/watch/.config; install -d -o lena -m 700 /var/lib/witness'
  as lena cp -a .config .config.lena
  fill '--fingerprint …' "--fingerprint $(here wardroomd fingerprint --data $data)"
  fill 'wardroomctl witness' 'timeout --preserve-status 20 wardroomctl witness' # it goes on until it is ended
  answer 'Password: ' "$password"
}
after_copies_of_the_audit_log_elsewhere_3() {
  here sh -c 'ls /var/lib/witness/*.head' >/dev/null || fail "$block: it signed no head"
  as lena sh -c 'rm -r .config && mv .config.lena .config'
}

# ---- When something is wrong ----
after_when_the_clock_is_wrong_1() { says 'The clock is believed'; }
before_when_files_are_missing_or_others_1() { # the disk lost the last minutes
  here systemctl stop wardroomd
  here sh -c "cd $data && tar -cf /var/tmp/earlier.tar wardroom.db*"
  here systemctl start wardroomd
  ctl room create lost >/dev/null
  here systemctl stop wardroomd
  here sh -c "cd $data && rm wardroom.db* && tar -xpf /var/tmp/earlier.tar"
  ! here systemctl start wardroomd 2>/dev/null || fail "$block: it serves with a log that lost its end"
}
after_when_files_are_missing_or_others_1() { here systemctl start wardroomd; serves; settle; }
after_finding_out_what_is_wrong_1() { here tar -tzf /root/diagnosis.tar.gz | grep -q journal.txt || fail "$block: the journal isn't in it"; }

# ---- Behind a proxy ----
after_behind_a_proxy_and_on_port_443_1() {
  serves localhost
  here systemd-analyze security --no-pager wardroomd | grep -q 'exposure level.*: 1\.5' || fail "$block: its exposure isn't 1.5"
  here rm /etc/systemd/system/wardroomd.service.d/port-443.conf
  option port 7443
  here systemctl daemon-reload
  restart
  here systemd-analyze security --no-pager wardroomd | grep -q 'exposure level.*: 1\.2' || fail "$block: its exposure isn't 1.2"
}
file_behind_a_proxy_and_on_port_443_2() {
  here sed -i '/^\[server\]/,/^\[/{/^#\? *proxy_ranges = /d}' $data/wardroom.toml
  here sed -i "/^\[server\]/a $(sed -n 2p "$work/lines")" $data/wardroom.toml
  restart
  here ip address add 10.9.8.7/32 dev lo  # an address to come from that isn't the proxy's
}
# behind NAME: people come in through it, with their own address; its health checks are no failures.
behind() {
  local failed
  here systemctl restart "$1"
  await curl -sSf --cacert $data/tls/ca.crt --connect-to ::10.9.8.7: https://localhost/healthz
  here sed -i 's/^127.0.0.1 chat.harbour.example$/10.9.8.7 chat.harbour.example/' /etc/hosts
  as lena sh -c 'printf "%s\n" "$0" | wardroomctl --profile proxied login chat.harbour.example:443 --fingerprint "$1" --user lena --password-stdin' \
    "$password" "$(here wardroomd fingerprint --data $data)" >/dev/null
  ctl --profile proxied --json account sessions | grep -q '10\.9\.8\.7' || fail "$block: the session has the proxy's address: $(ctl --profile proxied account sessions)"
  failed=$(metric wardroom_handshakes_failed_total)  # a sign-in by fingerprint looks at the certificate first, and hangs up
  sleep 6
  [ "$(metric wardroom_handshakes_failed_total)" = "$failed" ] || fail "$block: its health checks count as failed handshakes"
  here sed -i 's/^10.9.8.7 chat.harbour.example$/127.0.0.1 chat.harbour.example/' /etc/hosts
  here systemctl stop "$1"
}
file_behind_a_proxy_and_on_port_443_3() {
  here sh -c 'cat >>/etc/nginx/nginx.conf' <"$work/lines"
  behind nginx
}
file_behind_a_proxy_and_on_port_443_4() {
  here sh -c 'cat >>/etc/haproxy/haproxy.cfg' <"$work/lines"
  behind haproxy
}

# ---- Certificates ----
before_the_certificate_1() { # made elsewhere: where the authority's key is
  here sh -c "rm -rf /root/ca && mkdir -m 700 /root/ca && cp $data/keys/ca.key $data/tls/ca.crt $data/tls/server.key /root/ca/ &&
    sh /usr/share/doc/wardroom-server/certs/make-ca.sh renew /root/ca $(here wardroomd hosts list --data $data | awk '{print $1}' | grep -vE '^(localhost|127\.|::1)' | paste -sd,) &&
    install -o lena /root/ca/server.crt $home/server.crt" >"$work/made" 2>&1 || fail "$block: $(cat "$work/made")"
  fill NAME chat5.harbour.example
}
after_the_certificate_1() {
  ctl audit query --type server.certificate_replaced | grep -q certificate_replaced || fail "$block: none was put in"
  serves chat5.harbour.example:7443
}
before_the_certificate__another_authority_1() { fingerprint=$(here wardroomd fingerprint --data $data); }
# A PC that connects meanwhile learns of the next one.
after_the_certificate__another_authority_1() { ctl rooms >/dev/null || fail "$block: who was signed in is out"; }
after_the_certificate__another_authority_2() { serves; ctl rooms >/dev/null || fail "$block: who was signed in is out"; }
after_the_certificate__another_authority_3() {
  [ "$(here wardroomd fingerprint --data $data)" != "$fingerprint" ] || fail "$block: the authority is the same"
  serves
  ctl rooms >/dev/null || fail "$block: who was signed in is out"
}
