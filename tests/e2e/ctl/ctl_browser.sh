#!/usr/bin/env bash
# What a browser gets from a real server, asked with curl: the page and its files, how the office gets known, and a session
# whose token is in a cookie alone; and what somebody else's page gets.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
command -v curl >/dev/null || { echo "needs curl"; exit 77; }
house() { "$wardroomd" "$@" --data "$data"; }

make_server
mkdir -p "$place/page/assets"
printf '<!doctype html><title>one</title>' >"$place/page/index.html"
printf 'script' >"$place/page/assets/app-3MBVXXJD.js"
printf 'script' | gzip -n >"$place/page/assets/app-3MBVXXJD.js.gz"
set_up_lena
cookies=$place/cookies

# get PATH [CURL'S ARGUMENTS…]: status; the head is in $place/head, the body in $place/body.
get() {
  local path=$1
  shift
  curl -sS --path-as-is --cacert "$data/tls/ca.crt" -D "$place/head" -o "$place/body" -w '%{http_code}' "$@" "https://localhost:$port$path"
}
# answers STATUS PATH [CURL'S ARGUMENTS…]
answers() {
  local wanted=$1 got
  shift
  got=$(get "$@")
  [ "$got" = "$wanted" ] || fail "$* was answered with $got instead of $wanted: $(cat "$place/body")"
}
head_has() { grep -qiE -- "$1" "$place/head" || fail "the head has no $1: $(cat "$place/head")"; }
body_has() { grep -qE -- "$1" "$place/body" || fail "the body has no $1: $(cat "$place/body")"; }

# ---- without the page all else is there, and / says what is missing ----
answers 404 /
body_has 'wardroom-web'
answers 200 /healthz
answers 404 /nothing
body_has '"code":"not_found"'

# ---- the page, taken up without a restart, and told when it can't be ----
sed -i "/^\[web\]/,/^\[/s|^#\? *folder = .*|folder = \"$place/page\"|" "$data/wardroom.toml"
sed -i 's/^#\? *free_mib = .*/free_mib = 64/' "$data/wardroom.toml"
house reload >"$place/out"
answers 200 /
body_has '<title>one</title>'
head_has "^content-security-policy: .*frame-ancestors 'none'"
head_has '^cache-control: no-cache'
tag=$(sed -n 's/^[Ee][Tt]ag: \(.*\)\r$/\1/p' "$place/head")
answers 304 / -H "If-None-Match: $tag"
answers 200 /join
body_has '<title>one</title>'
answers 200 / -I
answers 200 /assets/app-3MBVXXJD.js -H 'Accept-Encoding: gzip'
head_has '^content-encoding: gzip'
head_has '^cache-control: .*immutable'
[ "$(gunzip -c "$place/body")" = script ] || fail "the packed script is another one"
for path in /../data/wardroom.toml /assets/../../data/wardroom.toml /%2e%2e/data/wardroom.toml //etc/passwd /wardroom.toml; do
  answers 404 "$path"
done
# What a cache could be poisoned with changes nothing.
answers 200 / -H 'X-Forwarded-Host: evil.example' -H 'X-Forwarded-Proto: http' -H 'X-Original-URL: /trust'
! grep -q 'evil.example' "$place/head" "$place/body" || fail "a header of the request is in the answer"
answers 400 / -H 'Host: evil.example'
printf '<!doctype html><title>two</title>' >"$place/page/index.html"
house reload >"$place/out"
answers 200 /
body_has '<title>two</title>'
rm "$place/page/index.html"
shows 'no index.html' house reload
answers 200 /
body_has '<title>two</title>'
refused 1 "on the server's machine only" ctl settings set "web.folder=$data"

# ---- trust: what the page shows is what the file is ----
answers 200 /ca.crt
head_has '^content-type: application/x-x509-ca-cert'
cp "$place/body" "$place/ca.der"
sha256=$(openssl x509 -in "$data/tls/ca.crt" -noout -fingerprint -sha256 | sed 's/.*=//')
[ "$(openssl x509 -inform DER -in "$place/ca.der" -noout -fingerprint -sha256 | sed 's/.*=//')" = "$sha256" ] || fail "/ca.crt is another certificate"
answers 200 /trust
body_has "$sha256"
body_has "$fingerprint"
! grep -qi '^strict-transport-security' "$place/head" || fail "HSTS where the office signs for itself"

# ---- a session in a cookie ----
sign_in="{\"user\":\"lena\",\"password\":\"$password\"}"
own="Origin: https://localhost:$port"
session=/api/v1/web/session
answers 403 $session -d "$sign_in"
answers 403 $session -d "$sign_in" -H 'X-Wardroom-Web: 1' -H 'Origin: https://evil.example'
answers 403 $session -d "$sign_in" -H 'X-Wardroom-Web: 1' -H 'Origin: null'
answers 401 $session -d '{"user":"lena","password":"wrong horse 77"}' -H 'X-Wardroom-Web: 1' -H "$own"
answers 200 $session -c "$cookies" -d "$sign_in" -H 'X-Wardroom-Web: 1' -H "$own" -A 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'
! grep -q '"token"' "$place/body" || fail "the token is in the answer"
head_has '^set-cookie: __Host-wardroom=[A-Za-z0-9_-]{43}; Path=/; Max-Age=[0-9]+; Secure; HttpOnly; SameSite=Strict'
shows 'Browser \(Firefox\)' ctl account sessions
call=/api/v1/session.list
answers 403 $call -b "$cookies" -d '{}'
answers 403 $call -b "$cookies" -d '{}' -H 'X-Wardroom-Web: 1' -H "Origin: https://localhost:$((port - 1))"
answers 400 $call -b "$cookies" -d '{}' -H 'X-Wardroom-Web: 1' -H 'Authorization: Bearer x'
answers 200 $call -b "$cookies" -d '{}' -H 'X-Wardroom-Web: 1' -H "$own"
body_has '"current":true'
cookie=$(awk '$6 == "__Host-wardroom" { print $7 }' "$cookies")
upgrade=(-H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='
  -H 'Sec-WebSocket-Protocol: wardroom.v1' -b "$cookies" --http1.1)
answers 403 /api/v1/ws "${upgrade[@]}"
answers 403 /api/v1/ws "${upgrade[@]}" -H 'Origin: https://evil.example'

# ---- files by the cookie: a link downloads, and only a script of the page's own sends ----
ctl call room.create '{"name":"general","kind":"private"}' >/dev/null
printf 'the plan' >"$place/plan.txt"
ctl file send general "$place/plan.txt"
file=/api/v1/files/$(ctl file list general | awk '$NF == "plan.txt" { print $(NF - 1) }')
answers 401 "$file"
answers 200 "$file" -b "$cookies"
body_has '^the plan$'
head_has '^content-security-policy: sandbox'
head_has '^content-disposition: attachment'
answers 200 "$file" -b "$cookies" -H 'Sec-Fetch-Site: same-origin'
answers 403 "$file" -b "$cookies" -H 'Sec-Fetch-Site: same-site'
answers 400 "$file" -b "$cookies" -H 'Authorization: Bearer x'
# A file of somebody's is no script of the page's, whose policy takes scripts from this host.
printf '#!/usr/bin/env node\nalert(1)\n' >"$place/evil.js"
ctl file send general "$place/evil.js"
evil=/api/v1/files/$(ctl file list general | awk '$NF == "evil.js" { print $(NF - 1) }')
answers 200 "$evil" -b "$cookies" -H 'Sec-Fetch-Dest: script' -H 'Sec-Fetch-Site: same-origin'
head_has '^content-type: application/octet-stream'
head_has '^x-content-type-options: nosniff'
tus=(-X POST -b "$cookies" -H "$own" -H 'Tus-Resumable: 1.0.0' -H 'Upload-Length: 3' -H "Upload-Metadata: room $(printf 1 | base64),filename $(printf a.txt | base64)")
answers 403 /api/v1/uploads "${tus[@]}"
answers 201 /api/v1/uploads "${tus[@]}" -H 'X-Wardroom-Web: 1'

# ---- signed out, nothing goes by what the cookie was ----
answers 200 $session -X DELETE -b "$cookies" -c "$cookies" -H 'X-Wardroom-Web: 1' -H "$own"
head_has '^set-cookie: __Host-wardroom=; .*Max-Age=0'
answers 401 $call -d '{}' -H "Cookie: __Host-wardroom=$cookie" -H 'X-Wardroom-Web: 1' -H "$own"

answers 401 "$file" -H "Cookie: __Host-wardroom=$cookie"

# ---- off: no page, no cookie ----
ctl settings set web.enabled=off >/dev/null
answers 404 /
answers 404 /trust
answers 404 $session -d "$sign_in" -H 'X-Wardroom-Web: 1' -H "$own"
stop_server
