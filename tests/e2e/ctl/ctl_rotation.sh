#!/usr/bin/env bash
# The office's authority gets another key. Who is signed in follows, who was away comes in later, invites of the time between
# hold; another server isn't let in by a forged word; and a server that is killed on the way goes on where it was.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
make_ca=$here/../../../certs/make-ca.sh
house() { "$wardroomd" "$@" --data "$data"; }
field() { house authority show | sed -n "s/^$1 *//p"; }
pins() { python3 -c "import json,sys; p=json.load(open(sys.argv[1]))['profiles'][sys.argv[2]]; print(p['ca'], p.get('next_ca') or '-')" "$XDG_CONFIG_HOME/wardroom/ctl.json" "$1"; }
records() { ctl audit query --type 'server.*' | grep -o 'server\.authority_[a-z]*' | sort | tr '\n' ' '; }

comes_in() { shows "\"name\": *\"$1" ctl --profile "$2" call account.get '{}'; } # comes_in NAME PROFILE

make_server
set_up_lena
ctl call room.create '{"name":"general","kind":"public"}' >/dev/null
join() { # join NAME
  local invite
  invite=$(ctl invite 2>/dev/null)
  shows "as $1" ctl --profile "$1" login "$invite" --user "$1" --password-stdin <<<"$password"
}
join away
join late
old=$(pins away)
[ "$(field rotation)" = none ] || fail "a rotation: $(field rotation)"
refused 1 "isn't being rotated" house authority finish
refused 1 "isn't being rotated" house authority retire
refused 1 "isn't being rotated" house authority cancel

# ---- announced: nothing but the next key is new ----
ctl tail general >"$place/tail.log" 2>"$place/tail-err.log" &
ctl say general before
await "the tail began" grep -q before "$place/tail.log"
shows 'The next authority is announced' house authority rotate
shows 'The next authority is announced' house authority rotate # said twice, done once
next=$(field next)
[ "$(house fingerprint)" = "$fingerprint" ] || fail "the fingerprint changed too early"
shows "rotation +begun; next authority $next" ctl certificate show
shows 'wardroom_authority_rotation' house metrics
[ "$(pins default)" != "$old" ] || fail "lena's profile didn't learn the next key: $(pins default)"
[ "$(pins away)" = "$old" ] || fail "who is away learned something"
invite=$(ctl invite 2>/dev/null)
[[ $invite == *'&next='* ]] || fail "the invite is for the old key alone: $invite"
[[ $(house link) == *'&next='* ]] || fail "the link is for the old key alone"
shows '; the next one is announced' house check

# ---- and taken back ----
shows 'Taken back' house authority cancel
[ "$(field rotation)" = none ] || fail "still: $(field rotation)"
comes_in lena default
[ "$(pins default)" = "$old" ] || fail "lena still waits for the key that was taken back: $(pins default)"
[[ $(ctl invite 2>/dev/null) != *'&next='* ]] || fail "invites still name it"

# ---- announced again, a kill, and finished ----
house authority rotate >/dev/null
next=$(field next)
kill_server
start_server
[ "$(field next)" = "$next" ] || fail "the next authority is another one after a crash"
comes_in lena default
invite=$(ctl invite 2>/dev/null)
cp "$data/tls/server.crt" "$place/served.crt"
shows "the old one's key is gone" house authority finish
[ "$(field rotation | cut -d: -f1)" = finished ] || fail "not finished: $(field rotation)"
[ ! -e "$data/keys/next-ca.key" ] || fail "there is still a next key"
refused 1 "can't be taken" house authority cancel
[ "$(house fingerprint)" = "$fingerprint" ] || fail "the fingerprint changed too early"
comes_in lena default
comes_in away away # away since before it began
[ "$(pins away | cut -d' ' -f1)" = "$(echo "$old" | cut -d' ' -f1)" ] || fail "away forgot the key that is still shown"
[ "$(pins away)" != "$old" ] || fail "away learned nothing"
shows 'as between' ctl --profile between login "$invite" --user between --password-stdin <<<"$password"
shows 'as typed' ctl --profile typed login "$(ctl invite 2>/dev/null)" --user typed --password-stdin <<<"$password"
shows 'as typed' ctl --profile fingerprint login "localhost:$port" --fingerprint "$fingerprint" --user typed --password-stdin <<<"$password"
ctl certificate renew >/dev/null
comes_in lena default
kill_server

# ---- a stop between the steps of a finish: what is half-way is completed ----
mv "$data/keys/ca.key" "$data/keys/next-ca.key" && cp "$place/served.crt" "$data/tls/server.crt"
start_server
! cmp -s "$place/served.crt" "$data/tls/server.crt" || fail "the start left the certificate of the old authority"
[ -e "$data/keys/ca.key" ] && [ ! -e "$data/keys/next-ca.key" ] || fail "the start left the key where it was"
comes_in lena default

# ---- a forger: the office's old certificate, a name like the next one's, and a word that the old authority never gave ----
"$make_ca" new "$place/forger" "Walk" localhost >/dev/null 2>&1
"$make_ca" rotate "$place/forger" localhost >/dev/null 2>&1
"$make_ca" finish "$place/forger" localhost >/dev/null 2>&1
sed -n '/BEGIN/,/END/p' "$place/forger/server.crt" | sed '/-----END/q' >"$place/forged.crt"
cat "$place/forger/new-with-old.crt" "$data/tls/new-with-old.crt" "$data/tls/ca.crt" >"$place/forged-chain.crt"
stop_server
openssl s_server -accept "$port" -tls1_3 -cert "$place/forged.crt" -key "$place/forger/server.key" -cert_chain "$place/forged-chain.crt" -quiet >"$place/forger.log" 2>&1 &
forger=$!
await "the forger listens" sh -c "openssl s_client -connect localhost:$port </dev/null 2>/dev/null | grep -q CERTIFICATE"
refused 1 "isn't right|another key" ctl --profile late call account.get {}
refused 1 "isn't right|another key" ctl call account.get {}
kill "$forger" && wait "$forger" 2>/dev/null || true
[ "$(pins late)" = "$old" ] || fail "the forger taught a key"
start_server

# ---- the end: by the new key alone ----
# A reload that fails afterwards keeps nothing of it from being done.
cp "$data/wardroom.toml" "$place/wardroom.toml"
echo 'not an option' >>"$data/wardroom.toml"
shows 'This step is done and served' house authority retire
grep -q 'no longer shown' "$place/out" || fail "retire said: $(cat "$place/out")"
cp "$place/wardroom.toml" "$data/wardroom.toml"
house reload >/dev/null
[ "$(field rotation)" = none ] || fail "not ended: $(field rotation)"
[ "$(house fingerprint)" = "$next" ] || fail "the fingerprint is $(house fingerprint), not $next"
for profile in default away between typed; do
  comes_in '' $profile
  [ "$(pins $profile)" = "$(pins default)" ] || fail "$profile keeps $(pins $profile)"
done
refused 1 'another key' ctl --profile late call account.get {}
shows 'as late' ctl --profile late login "$(ctl invite 2>/dev/null)" --user late --password-stdin <<<"$password"
[ "$(records)" = 'server.authority_announced server.authority_announced server.authority_cancelled server.authority_retired server.authority_switched ' ] ||
  fail "the records are: $(records)"

# ---- with the key elsewhere ----
mkdir -m 700 "$place/ca"
mv "$data/keys/ca.key" "$place/ca/"
cp "$data/tls/ca.crt" "$data/tls/server.key" "$place/ca/"
refused 1 'make-ca.sh rotate' house authority rotate
"$make_ca" rotate "$place/ca" localhost >"$place/make-ca.log" 2>&1 || fail "make-ca.sh: $(cat "$place/make-ca.log")"
cp "$place/ca/new-with-old.crt" "$data/tls/"
house reload >/dev/null
[[ $(field rotation) == begun* ]] || fail "not begun: $(field rotation)"
comes_in lena default
refused 1 'make-ca.sh finish' house authority finish
"$make_ca" finish "$place/ca" localhost >"$place/make-ca.log" 2>&1 || fail "make-ca.sh: $(cat "$place/make-ca.log")"
cp "$place/ca/ca.crt" "$place/ca/server.crt" "$data/tls/"
house reload >/dev/null
[[ $(field rotation) == finished* ]] || fail "not finished: $(field rotation)"
comes_in lena default
comes_in away away
"$make_ca" renew "$place/ca" localhost >/dev/null 2>&1
shows 'by hand' ctl certificate replace "$place/ca/server.crt"
comes_in between between
house authority retire >/dev/null
comes_in lena default
comes_in away away

stop_server
"$wardroomd" check --data "$data" >"$place/out" 2>&1 || fail "check: $(cat "$place/out")"
refused 1 'Start it first' house authority rotate
