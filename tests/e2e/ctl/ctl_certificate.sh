#!/usr/bin/env bash
# The certificate is shown, renewed and replaced with many clients connected, and none of them is disconnected; something is
# announced to everybody and acknowledged.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
make_ca=$here/../../../certs/make-ca.sh
# WALK_CONNECTIONS=1000 is the same with a thousand: about a minute, most of it sign-ins.
count=${WALK_CONNECTIONS:-100}
json() { python3 -c "import json, sys; print(json.load(sys.stdin)$1)"; }

make_server
set_up_lena
shows "$fingerprint" ctl certificate show
shows 'by the server, on ' ctl certificate show
serial=$(ctl --json certificate show | json '["chain"][0]["serial"]')

# Connections that stay, whatever happens to the certificate.
mkfifo "$place/look"
python3 "$here/steady_connections.py" "$port" "$data/tls/ca.crt" lena "$count" <"$place/look" >"$place/steady" 2>"$place/steady.log" &
exec 3>"$place/look"
echo "$password" >&3
await "$count clients are connected" grep -q ready "$place/steady"
all_alive() { # all_alive SERIAL
  local looks
  looks=$(grep -c '^alive' "$place/steady" || true)
  echo look >&3
  looked() { [ "$(grep -c '^alive' "$place/steady")" -gt "$looks" ]; }
  await "every connection was asked" looked
  [ "$(tail -n 1 "$place/steady")" = "alive $count serial $1" ] || fail "wanted $count and $1: $(tail -n 1 "$place/steady")"
}
all_alive "$serial"

shows 'by the server, on ' ctl certificate renew
renewed=$(ctl --json certificate show | json '["chain"][0]["serial"]')
[ "$renewed" != "$serial" ] || fail "the certificate is the same"
all_alive "$renewed"
shows "$renewed" ctl --json audit query --type server.certificate_renewed
shows 'lena' ctl audit query --type server.certificate_renewed

# The authority's key leaves the server; the next certificate is made where it is.
mkdir -m 700 "$place/ca"
mv "$data/keys/ca.key" "$place/ca/ca.key"
cp "$data/tls/ca.crt" "$place/ca/ca.crt"
cp "$data/tls/server.key" "$place/ca/server.key"
shows 'by hand' ctl certificate show
refused 1 "keys/ca.key isn't on this machine" ctl certificate renew
refused 1 'make-ca.sh names' ctl certificate add-name new.example
all_alive "$renewed"
"$make_ca" renew "$place/ca" localhost >"$place/make-ca.log" 2>&1 || fail "make-ca.sh: $(cat "$place/make-ca.log")"
shows 'by hand' ctl certificate replace "$place/ca/server.crt"
replaced=$(ctl --json certificate show | json '["chain"][0]["serial"]')
[ "$replaced" != "$renewed" ] || fail "the certificate wasn't replaced"
all_alive "$replaced"
refused 1 'no certificate in PEM form' ctl certificate replace "$place/ca/server.key"
"$make_ca" new "$place/other" Other localhost >"$place/make-ca.log" 2>&1 || fail "make-ca.sh: $(cat "$place/make-ca.log")"
refused 1 "isn't for the server's key" ctl certificate replace "$place/other/server.crt"
all_alive "$replaced"
shows 'server.certificate_replaced' ctl audit query --type server.certificate_replaced
exec 3>&-

# Everybody is told, and one of them says that they have read it.
refused 1 'No announcement stands' ctl announce end
shows 'Announced to everybody' ctl announce say --must-acknowledge --for 2d The office is closed on Friday
id=$(ctl call announcement.get '{}' | json '["announcement"]["id"]')
shows '0 of 1 people acknowledged it' ctl announce show --missing
ctl call announcement.acknowledge "{\"announcement\":$id}" >/dev/null
shows '1 of 1 people acknowledged it' ctl announce show
shows 'lena' ctl announce show
shows 'announcement.acknowledged' ctl audit query --type 'announcement.*'
shows "off everybody's screen" ctl announce end
shows 'no longer stands' ctl announce show
shows 'There is no backup that was checked' ctl stats
shows '^people online +1' ctl stats
ctl audit verify --data "$data" >"$place/out" 2>&1 || fail "the log: $(cat "$place/out")"
stop_server
