#!/usr/bin/env bash
# What a person meets when something is wrong: one sentence, the right status, nothing lost.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
refused 1 'login INVITE' ctl rooms
refused 1 'no Wardroom data directory' ctl setup --data "$place/nowhere" --user lena --password-stdin <<<"$password"
make_server
refused 1 'weak|[Pp]assword' ctl setup --data "$data" --user lena --password-stdin <<<"password"
refused 1 'invite|code' ctl setup --data "$data" --user lena --code AAAA-BBBB-CCCC-DDDD-EEEE --password-stdin <<<"$password"
set_up_lena

# A limit on the size of files is an error of that write, and not the server's end: signal 25 is ignored.
ignored=$(sed -n 's/^SigIgn:[[:space:]]*//p' "/proc/$server/status")
(((16#${ignored: -8} & 1 << 24) != 0)) || fail "SIGXFSZ ends the server"

refused 2 'COMMAND|subcommand|following' ctl frobnicate
refused 2 'fingerprint' ctl --profile x login "localhost:$port" --user lena --password-stdin <<<"$password"
refused 2 '1 to 65535' ctl --profile x login "localhost:port" --fingerprint A --user lena --password-stdin <<<"$password"
refused 2 'duration' ctl invite --expires tomorrow
refused 2 'JSON object' ctl call room.list '[1'
refused 1 'another fingerprint' ctl --profile x login "localhost:$port" --fingerprint AAAA-BBBB-CCCC-DDDD-EEEE-FFFF \
  --user lena --password-stdin <<<"$password"
refused 1 'name or the password is wrong' ctl --profile x login "localhost:$port" --fingerprint "$fingerprint" \
  --user lena --password-stdin <<<"wrong"
refused 1 'name or the password is wrong' ctl --profile x login "localhost:$port" --fingerprint "$fingerprint" \
  --user nobody --password-stdin <<<"$password"
link=$(ctl invite 2>/dev/null)
refused 1 'another key' ctl --profile x login "${link/ca=????/ca=AAAA}" --user eve --password-stdin <<<"$password"
refused 1 'room called nowhere' ctl say nowhere hello
refused 1 'no method nope' ctl call nope
refused 1 'params.client_id is missing' ctl call message.post '{"room":1}'

# The server dies under a reader, who gets everything once it is back, once.
ctl call room.create '{"name":"general","kind":"public"}' >/dev/null
ctl say general before
ctl tail general >"$place/tail.log" 2>"$place/tail-err.log" &
await "the tail began" grep -q before "$place/tail.log"
kill_server
await "the tail noticed" grep -q 'Trying again' "$place/tail-err.log"
refused 1 'Nothing answers' ctl say general 'nobody hears this'
refused 1 'Nothing answers' ctl tail general
start_server
ctl say general after
await "the tail came back" grep -q after "$place/tail.log"
[ "$(cut -d' ' -f4- "$place/tail.log" | tr '\n' ' ')" = 'before after ' ] || fail "the tail shows: $(cat "$place/tail.log")"

# A profile file that someone broke is said to be so, and left alone.
echo '{"profiles":' >"$XDG_CONFIG_HOME/wardroom/ctl.json"
refused 1 "ctl.json can't be read" ctl rooms
refused 1 "ctl.json can't be read" ctl login "localhost:$port" --fingerprint "$fingerprint" --user lena --password-stdin <<<"$password"
[ "$(cat "$XDG_CONFIG_HOME/wardroom/ctl.json")" = '{"profiles":' ] || fail "the broken file was overwritten"
stop_server
