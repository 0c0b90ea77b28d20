#!/usr/bin/env bash
# What an administrator does to the appliance itself from its own machine: names, backups, reload, and its log.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
make_server

# ---- on a terminal a new password is asked for twice ----
# typed ONE TWO: at a terminal, each when it is asked for.
typed() {
  local keys
  rm -f "$place/keys" "$place/typed"
  mkfifo "$place/keys"
  script -qfec "'$wardroomctl' setup --data '$data' --user lena" "$place/typed" <"$place/keys" >/dev/null 2>&1 &
  exec {keys}>"$place/keys"
  await "the password is asked for" grep -q 'Password: ' "$place/typed"
  echo "$1" >&"$keys"
  await "it is asked for again" grep -q 'again: ' "$place/typed"
  echo "$2" >&"$keys"
  wait $! || true
  exec {keys}>&-
}
if command -v script >/dev/null; then
  typed "$password" "another horse battery"
  await "two different ones are refused" grep -q 'another one' "$place/typed"
  typed "$password" "$password"
  await "the same twice is taken" grep -q 'as lena (admin)' "$place/typed"
else
  set_up_lena
fi
house() { "$wardroomd" "$@" --data "$data"; }

# ---- an empty name isn't one that was left out: nothing is written to where nobody asked for it ----
refused 2 '--to: it is empty' house backup --to ''
refused 2 '--key: it is empty' house restore --from "$place/none.db" --key ''
refused 2 '--to: it is empty' ctl audit export --to ''
refused 2 '--bundle: it is empty' ctl audit export --bundle '' --reason why
refused 2 '--sheet: it is empty' ctl user import-sheet 1 --sheet ''

# ---- a reason that the log would cut is refused, with the limit ----
long=$(printf '%0501d' 0)
refused 2 '--reason: .*500 bytes' house confirm-clock --reason "$long"
refused 2 '--reason: .*500 bytes' house accept-loss --reason "$long"
refused 2 '--reason: .*500 bytes' house restore --from "$place/none.db" --reason "$long"
refused 2 'Say why with --reason' house confirm-clock --reason ' '
house confirm-clock --reason "${long:1}" >/dev/null || fail "500 bytes are refused"
ctl audit query --type server.clock_confirmed --json | grep -q "${long:1}" || fail "a reason of 500 bytes isn't on record as it is"

# ---- one more name: link, fingerprint, invites and open connections stay ----
link=$(house link)
[[ $link == wardroom://localhost:*/\?ca=* && $link != *'&t='* ]] || fail "the link is $link"
[ "$(house fingerprint)" = "$fingerprint" ] || fail "the fingerprint is $(house fingerprint), not $fingerprint"
invite=$(ctl invite 2>/dev/null)
ctl call room.create '{"name":"general","kind":"public"}' >/dev/null
ctl say general before
ctl tail general >"$place/tail.log" 2>"$place/tail-err.log" &
await "the tail began" grep -q before "$place/tail.log"
cp "$data/tls/ca.crt" "$place/old-ca.crt"
ask() { curl -sS -o /dev/null -w '%{http_code}' --resolve "$1:$port:127.0.0.1" --cacert "${2:-$data/tls/ca.crt}" "https://$1:$port/healthz"; }
[ "$(ask localhost)" = 200 ] || fail "localhost doesn't answer"
! ask new.example 2>/dev/null || fail "a name that isn't in the certificate is served"
shows 'as new\.example too' house hosts add New.Example
[ "$(ask new.example)" = 200 ] || fail "the new name answers $(ask new.example)"
[ "$(ask localhost)" = 200 ] || fail "the old name doesn't answer any more"
[ "$(ask localhost "$place/old-ca.crt" 2>/dev/null || true)" != 200 ] || fail "the authority of before vouches for a name that it may not"
[ "$(house fingerprint)" = "$fingerprint" ] || fail "the fingerprint changed"
[ "$(house link)" = "$link" ] || fail "the link changed"
shows '^new\.example$' house hosts list
refused 1 'already' house hosts add new.example
refused 1 'host' house hosts add 'no host'
shows 'as noor' ctl --profile noor login "$invite" --user noor --password-stdin <<<"$password"
ctl say general after
await "the connection that was open goes on" grep -q after "$place/tail.log"
[ ! -s "$place/tail-err.log" ] || fail "the tail said: $(cat "$place/tail-err.log")"
await "the change is a record" sh -c "'$wardroomctl' audit query --type settings.changed | grep -q ."

# ---- a reload says what failed, and what waits for a start; a check beforehand says it, too ----
shows 'Reloaded' house reload
sed -i 's/^#\? *level = .*/level = "debug"/' "$data/wardroom.toml"
sed -i 's/^#\? *max_connections = .*/max_connections = 500/' "$data/wardroom.toml"
shows 'log.level: "debug" in the file, "info" in the running server; takes effect at a reload' house config check
shows 'next start: server\.port, limits\.max_connections\.' house reload
shows 'limits.max_connections: 500 in the file, 20000 in the running server; takes effect at a start' house config check
! grep -q log.level "$place/out" || fail "a reload took the level up, and a check says: $(cat "$place/out")"
sed -i 's/^level = .*/level = "loud"/; s/^#\? *ping_seconds = .*/ping_seconds = 0/' "$data/wardroom.toml"
refused 1 'wardroom.toml:[0-9]+: log.level must be' house config check
refused 1 'wardroom.toml:[0-9]+: limits.ping_seconds must be' house config check
refused 1 'wardroom.toml:[0-9]+: limits.ping_seconds must be' house reload
sed -i 's/^level = .*/level = "debug"/; s/^ping_seconds = /#ping_seconds = /' "$data/wardroom.toml"
sed -i 's/^#ping_seconds = 0/#ping_seconds = 45/' "$data/wardroom.toml"
cp -p "$data/tls/server.crt" "$place/server.crt"
echo nonsense >"$data/tls/server.crt"
refused 1 'server\.crt' house reload
[ "$(ask localhost)" = 200 ] || fail "a reload that failed took the server down"
mv "$place/server.crt" "$data/tls/server.crt"

# ---- metrics go to who has the token, and to nobody by their address: behind a proxy everybody is on this machine ----
scrape() { curl -sS -o "$place/scraped" -w '%{http_code}' --cacert "$data/tls/ca.crt" "$@" "https://localhost:$port/metrics"; }
[ "$(scrape)" = 401 ] && grep -q 'keys/metrics-token' "$place/scraped" || fail "without the token: $(cat "$place/scraped")"
[ "$(scrape -H "Authorization: Bearer $(head -c 32 /dev/zero | base64 -w 0 | tr -d =)")" = 401 ] || fail "any token will do"
[ "$(scrape -H "Authorization: Bearer $(house metrics --token)")" = 200 ] || fail "the token isn't taken: $(cat "$place/scraped")"
grep -q '^wardroom_build_info{version=' "$place/scraped" || fail "these are no metrics: $(cat "$place/scraped")"
[ "$(stat -c %a "$data/keys/metrics-token")" = 600 ] || fail "others can read the token"

[ "$(curl -sS -o "$place/ready.json" -w '%{http_code}' --cacert "$data/tls/ca.crt" "https://localhost:$port/readyz")" = 200 ] && grep -q '"ready"' "$place/ready.json" || fail "a sound server isn't ready: $(cat "$place/ready.json")"

# ---- each command stands in its manual page ----
# in_manual PROGRAM: reads the part of the page that must have them.
in_manual() {
  local command
  sed 's/\\//g' >"$place/page"
  "$1" --help | sed -n '/^Subcommands:/,$ s/^  \([a-z][a-z-]*\)  .*/\1/p' >"$place/commands"
  [ "$(wc -l <"$place/commands")" -gt 10 ] || fail "$1 --help lists: $(cat "$place/commands")"
  while read -r command; do
    grep -Eq "^\.B[IR]?[^a-z].*[^a-z-]$command([^a-z-]|\$)|^\.B[IR]?[^a-z]$command([^a-z-]|\$)" "$place/page" || fail "the manual page of $1 doesn't have $command"
  done <"$place/commands"
}
in_manual "$wardroomctl" <"$here/../../../packaging/man/wardroomctl.1"
sed -n '/^\.SH SYNOPSIS/,/^\.SH DESCRIPTION/p' "$here/../../../packaging/man/wardroomd.8" | in_manual "$wardroomd"

# ---- a diagnosis for somebody elsewhere, without what people named and wrote ----
shows 'without messages' house diagnose --to "$place/diagnosis.tar.gz"
[ "$(stat -c %a "$place/diagnosis.tar.gz")" = 600 ] || fail "others can read the diagnosis"
mkdir "$place/diagnosis"
tar -xzf "$place/diagnosis.tar.gz" -C "$place/diagnosis"
grep -q '^wardroom_commit_seconds_count' "$place/diagnosis/metrics.txt" || fail "the running server's metrics aren't in it"
for word in lena noor general new.example "$data" "$place"; do
  ! grep -rqF -- "$word" "$place/diagnosis" || fail "$word is in the diagnosis: $(grep -rF -- "$word" "$place/diagnosis")"
done
refused 1 'data directory' house diagnose --to "$data/run/diagnosis.tar.gz"

# ---- backups in a folder, kept by count and age; failures are records and a metric ----
metric() { house metrics | sed -n "s/^wardroom_$1 //p"; }
sed -i "/^\[backup\]/,/^\[/s|^#\? *folder = .*|folder = \"$place/backups\"|; s/^#\? *keep = .*/keep = 2/; s/^#\? *days = 30/days = 7/" "$data/wardroom.toml"
refused 1 'backups' house backup
[ "$(metric backup_failed)" = 1 ] || fail "the failure isn't in the metrics"
[ -z "$(metric backup_age_seconds)" ] || fail "there is no backup, and its age is $(metric backup_age_seconds)"
shows 'backup +none yet; the last one' house check
mkdir -m 700 "$place/backups"
for old in 2020-01-01 2020-01-02 2020-01-03; do touch "$place/backups/wardroom-${old}T02-00-00Z.db"; done
touch "$place/backups/mine.db"
shows 'Wrote and checked' house backup
[ "$(find "$place/backups" -name 'wardroom-*' | wc -l)" = 2 ] || fail "left are: $(ls "$place/backups")"
[ -e "$place/backups/mine.db" ] && [ -e "$place/backups/wardroom-2020-01-03T02-00-00Z.db" ] || fail "the wrong ones went"
[ "$(metric backup_failed)" = 0 ] || fail "the failure is still in the metrics"
[ -n "$(metric backup_age_seconds)" ] || fail "the age of the backup isn't in the metrics"
awk -v left="$(metric certificate_remaining_seconds)" 'BEGIN { days = left / 86400; exit !(days > 88 && days <= 90) }' || fail "certificate_remaining_seconds is $(metric certificate_remaining_seconds)"
shows 'wardroom-20[0-9-]+T[0-9-]+Z\.db' house backup --list
shows 'newest was checked 0 hours ago$' house check
newest=$(house backup --list | sed -n '1s/.* KiB *//p')
shows 'checked and removed' "$wardroomd" restore --rehearse --from "$newest" --data "$place/scratch"
[ ! -e "$place/scratch" ] || fail "the rehearsal left $(ls "$place/scratch")"

# ---- encrypted for somebody whose key isn't here ----
recipient=$("$wardroomd" backup-key --to "$place/backup.key" 2>/dev/null)
refused 1 'there already' "$wardroomd" backup-key --to "$place/backup.key"
sed -i "s|^#\? *recipient = .*|recipient = \"$recipient\"|" "$data/wardroom.toml"
shows 'checked and encrypted' house backup
newest=$(house backup --list | sed -n 's/.* KiB *//p' | grep '\.db\.encrypted$')
! grep -q 'PRIVATE KEY' "$newest" || fail "keys can be read in $newest"
refused 1 'is encrypted' "$wardroomd" restore --rehearse --from "$newest" --data "$place/scratch"
shows 'checked and removed' "$wardroomd" restore --rehearse --from "$newest" --key "$place/backup.key" --data "$place/scratch"
shows 'byte for byte what was opened and checked' house backup --verify "$newest"
echo x >>"$newest"
refused 1 'changed or cut off' house backup --verify "$newest"
truncate -s -2 "$newest" # "x" and the line feed
ctl audit query --type server.backup_verified --json | grep -q "$(sha256sum "$newest" | cut -d ' ' -f 1)" || fail "no record has its digest"

ctl audit query --type 'server.*' --json >"$place/records"
grep -q '"server.backup_created".*"failure"' "$place/records" || fail "no record of the failure: $(cat "$place/records")"
stop_server

# ---- a certificate that nothing renews is said before it is over, and afterwards ----
# certify DAYS: what an authority elsewhere would have made.
certify() {
  openssl req -new -key "$data/tls/server.key" -subj /CN=localhost -out "$place/csr" 2>/dev/null
  printf 'subjectAltName=DNS:localhost,DNS:new.example,IP:127.0.0.1,IP:::1\nextendedKeyUsage=serverAuth\n' >"$place/ext"
  openssl x509 -req -in "$place/csr" -days "$1" -CA "$data/tls/ca.crt" -CAkey "$place/ca.key" -set_serial "0x$(openssl rand -hex 15)" \
    -extfile "$place/ext" -out "$place/leaf" 2>/dev/null
  cat "$place/leaf" "$data/tls/ca.crt" >"$data/tls/server.crt"
}
mv "$data/keys/ca.key" "$place/ca.key"
certify 60
shows 'certificate +59 days left' house check
certify 10
status=0
house check >"$place/out" 2>"$place/err" || status=$?
[ "$status" = 1 ] && grep -q 'server.crt holds until .*9 more days.*keys/ca.key' "$place/err" || fail "check ends with $status: $(cat "$place/err")"
grep -q 'audit log .*each as it was written' "$place/out" || fail "check stops at the certificate: $(cat "$place/out")"
start_server
await "the log says so" grep -q 'warning certificate.renewal_failed days_left=9' "$place/server.log"
await "it is a record" sh -c "'$wardroomctl' audit query --type server.certificate_failed | grep -q ca.key"
awk -v left="$(metric certificate_remaining_seconds)" 'BEGIN { days = left / 86400; exit !(days > 9 && days <= 10) }' || fail "certificate_remaining_seconds is $(metric certificate_remaining_seconds)"
certify 60
status=0
house check >"$place/out" 2>"$place/err" || status=$?
[ "$status" = 1 ] && grep -q 'server.crt holds other certificates than those that are served.*systemctl reload wardroomd' "$place/err" || fail "check of what isn't taken up ends with $status: $(cat "$place/err")"
grep -q 'What is served holds until .*9 more days' "$place/err" || fail "what is served isn't looked at: $(cat "$place/err")"
shows 'Reloaded' house reload
await "the metric follows" sh -c "'$wardroomd' metrics --data '$data' | awk '/^wardroom_certificate_remaining_seconds / { good = \$2 > 50 * 86400 } END { exit !good }'"
shows 'certificate +59 days left' house check
stop_server
mv "$place/ca.key" "$data/keys/ca.key"

# ---- what nobody could read isn't said to be done ----
unwritten() {
  local status=0
  "$@" >/dev/full 2>"$place/err" || status=$?
  [ "$status" = 1 ] || fail "$* >/dev/full ended with $status: $(cat "$place/err")"
  grep -q "can't be written" "$place/err" || fail "$* >/dev/full said: $(cat "$place/err")"
}
unwritten "$wardroomd" init --data "$place/unseen" --host localhost --port 0
[ -s "$place/unseen/run/setup-code" ] || fail "the set-up code isn't where the error says"
house check >"$place/out" 2>&1 || fail "the office isn't sound: $(cat "$place/out")"
for one in check fingerprint link "hosts list" "authority show" "config check"; do
  # shellcheck disable=SC2086
  unwritten "$wardroomd" $one --data "$data"
done
unwritten "$wardroomd" --help
unwritten "$wardroomctl" --help

# ---- the journal gets priorities; debug says more; what can't be copied is said at the start ----
sed -i "s|^#\? *syslog = .*|syslog = \"localhost:1\"|; s|^#\? *syslog_ca = .*|syslog_ca = \"$place/nowhere.pem\"|" "$data/wardroom.toml"
: >"$place/journal"
: >"$place/ready"
JOURNAL_STREAM=$(stat -c %d:%i "$place/journal") "$wardroomd" run --data "$data" >"$place/ready" 2>>"$place/journal" &
server=$!
await "the server is ready" grep -q '^ready port=' "$place/ready"
await "the missing file is named" grep -q '^<4>server.finding .*syslog_ca names .*nowhere.pem' "$place/journal"
port=$(cat "$data/run/port")
ask localhost >/dev/null
await "debug says more" grep -q '^<7>' "$place/journal"
stop_server
grep -q '^<6>server.stopped' "$place/journal" || fail "the journal has: $(cat "$place/journal")"
! grep -qv '^<[3467]>' "$place/journal" || fail "lines without a priority: $(grep -v '^<' "$place/journal")"

# ---- what a person must fix first isn't tried again ----
status=0
echo 'port = 0' >>"$data/wardroom.toml"
"$wardroomd" run --data "$data" 2>"$place/err" || status=$?
[ "$status" = 78 ] || fail "a mistake in wardroom.toml ends with $status: $(cat "$place/err")"
status=0
"$wardroomd" run --data "$place/nowhere" 2>"$place/err" || status=$?
[ "$status" = 78 ] || fail "a directory that isn't there ends with $status"
