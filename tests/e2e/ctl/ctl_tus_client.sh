#!/usr/bin/env bash
# tus-js-client, which nobody here wrote, uploads, breaks off and resumes against the real server. Skipped where it isn't
# there: it comes from npm, in the folder that WARDROOM_TUS_CLIENT names (npm install --prefix DIR tus-js-client@4.3.1 makes
# DIR/node_modules/tus-js-client), and the tests need no network.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
client=${WARDROOM_TUS_CLIENT:-$here/../../../web/node_modules/tus-js-client}
if ! command -v node >/dev/null || [ ! -f "$client/package.json" ]; then
  echo "needs node and tus-js-client (WARDROOM_TUS_CLIENT)"
  exit 77
fi
make_server
stop_server
sed -i 's/^#\? *free_mib = .*/free_mib = 64/' "$data/wardroom.toml"
start_server
set_up_lena
ctl call room.create '{"name":"general","kind":"private"}' >/dev/null
token=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["profiles"]["default"]["token"])' "$XDG_CONFIG_HOME/wardroom/ctl.json")
head -c 3000000 /dev/urandom >"$place/photo.bin"
id=$(NODE_EXTRA_CA_CERTS="$data/tls/ca.crt" node "$here/tus_client.mjs" "$client" "https://localhost:$port/api/v1/uploads" "$token" 1 \
  "$place/photo.bin" 9 2>"$place/client.log") || fail "the client said: $(cat "$place/client.log")"
[ "$(grep -c 'broken off' "$place/client.log")" = 9 ] || fail "it was broken off otherwise: $(cat "$place/client.log")"
ctl call message.post "{\"room\":1,\"client_id\":\"01990000-0000-7000-9000-000000000002\",\"text\":\"\",\"files\":[\"$id\"]}" >/dev/null
shows 'photo\.bin' ctl file list general
ctl file get "$id" --to "$place/got.bin" >/dev/null
cmp "$place/photo.bin" "$place/got.bin" || fail "what came isn't what tus-js-client sent"
