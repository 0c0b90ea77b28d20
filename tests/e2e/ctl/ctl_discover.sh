#!/usr/bin/env bash
# A server is found on the network only where it is asked to answer, under its name as it is now; a thousand made-up answers make
# nobody trust, and no question costs the server more than one smaller answer. On the loopback, whose broadcast address is 127.255.255.255.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
json() { python3 -c "import json, sys; print(json.load(sys.stdin)$1)"; }
house() { "$wardroomd" "$@" --data "$data"; }
look() { ctl "$@" discover --to 127.255.255.255 --port "$udp"; }
found() { look --json | json "$1"; }

udp=$(python3 -c 'import socket; s = socket.socket(type=socket.SOCK_DGRAM); s.bind(("", 0)); print(s.getsockname()[1])')
"$wardroomd" init --data "$data" --host localhost --port 0 --name "Walk" --announce >"$place/init.log"
fingerprint=$(sed -n 's/^CA fingerprint: *//p' "$place/init.log")
words=$(sed -n 's/^As words: *//p' "$place/init.log")
[ "$(wc -w <<<"$words")" = 8 ] || fail "the words are: $words"
[ "$(house fingerprint --words)" = "$words" ] || fail "fingerprint --words prints others"
[ "$(house fingerprint)" = "$fingerprint" ] || fail "fingerprint prints $(house fingerprint)"
grep -q '^announce = "on"' "$data/wardroom.toml" || fail "init --announce didn't write it"
sed -i "s/^#\? *udp_port = .*/udp_port = $udp/" "$data/wardroom.toml"
start_server
sed -i "s/^#\? *port = .*/port = $port/" "$data/wardroom.toml"
set_up_lena

# ---- found, with everything that a person compares, and nothing that a program could trust ----
shows "^Walk +localhost:$port +$words +127\.0\.0\.1" look
grep -q 'Anybody on the network can answer' "$place/err" || fail "it doesn't say what an answer is worth"
[ "$(look --json | grep -c "$fingerprint")" = 0 ] || fail "the whole fingerprint is in the answer"
[ "$(found "['servers'][0]['words']")" = "$words" ] || fail "the words are others in JSON"
[ "$(found "['more']")" = False ] || fail "there are more"
refused 2 'takes an IPv4 address' ctl discover --to localhost

# ---- changed while it runs: another name, then off, then on ----
ctl settings set 'server.name=Harbour & Sons' >/dev/null
[ "$(found "['servers'][0]['name']")" = 'Harbour & Sons' ] || fail "the name is the one of before"
ctl settings set discovery.announce=off >/dev/null
[ "$(found "['servers']")" = '[]' ] || fail "it answers although it is off"
look 2>"$place/err" >"$place/out"
grep -q 'No server answered' "$place/err" || fail "nobody says that there is none"
sed -i 's/^announce = .*/announce = "on"/' "$data/wardroom.toml"
house reload >/dev/null
[ "$(found "['servers'][0]['port']")" = "$port" ] || fail "a reload doesn't take it up"

# ---- another program has the port: the server goes on, and the reload says why it isn't found ----
python3 - "$place/taken" <<'PY' &
import socket, sys, time
s = socket.socket(type=socket.SOCK_DGRAM)
s.bind(("", 0))
open(sys.argv[1], "w").write(str(s.getsockname()[1]))
time.sleep(120)
PY
taker=$!
await "a port is taken" test -s "$place/taken"
sed -i "s/^udp_port = .*/udp_port = $(cat "$place/taken")/" "$data/wardroom.toml"
shows "isn't announced to the network: UDP port $(cat "$place/taken") is in use" house reload
ctl rooms >/dev/null || fail "the server is gone"
kill "$taker"
wait "$taker" 2>/dev/null || true
sed -i "s/^udp_port = .*/udp_port = $udp/" "$data/wardroom.toml"
house reload >/dev/null

# ---- questions that cost more than they may, and a liar beside the server ----
python3 - "$udp" <<'PY'
import os, socket, sys, time
port = int(sys.argv[1])
s = socket.socket(type=socket.SOCK_DGRAM)
s.settimeout(0.5)
def ask(nonce, sequence=1, size=512, marks=b""):
    head = b"WRDQ\x01" + nonce + sequence.to_bytes(4, "big") + bytes([len(marks) // 8]) + marks
    s.sendto(head.ljust(512, b"\0")[:size], ("127.0.0.1", port))
def answers():
    got = []
    try:
        while True: got.append(s.recv(2048))
    except socket.timeout:
        return got
nonce = os.urandom(16)
ask(nonce); ask(nonce)
first = answers()
assert len(first) == 1 and len(first[0]) < 512 and first[0][5:21] == nonce, first
ask(nonce, 2, 511); s.sendto(b"x" * 600, ("127.0.0.1", port))
assert answers() == [], "something else than a question was answered"
for i in range(1000): ask(os.urandom(16))
count = len(answers())
assert 1 <= count <= 60, f"{count} answers to a thousand questions from one address"
PY

# Two listeners share the port, so a question by broadcast reaches both: the liar answers each a thousand times.
python3 - "$udp" "$place/lying" <<'PY' &
import socket, sys
s = socket.socket(type=socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("", int(sys.argv[1])))
open(sys.argv[2], "w").write("yes")
while True:
    question, asker = s.recvfrom(2048)
    for i in range(1000):
        name, host = b"Harbour & Sons", b"liar%d.example" % i
        s.sendto(b"WRDA\x01" + question[5:25] + b"\x1d\x13" + bytes(8) + bytes([len(name)]) + name + bytes([len(host)]) + host, asker)
PY
liar=$!
await "somebody lies" test -s "$place/lying"
look --json >"$place/found.json"
python3 - "$place/found.json" "$port" <<'PY'
import json, sys
found = json.load(open(sys.argv[1]))
liars = [s for s in found["servers"] if s["host"].startswith("liar")]
assert found["more"] and 1 <= len(liars) <= 4, found
PY
kill "$liar"
wait "$liar" 2>/dev/null || true
# Whoever is chosen from the list has to show the key that the person was given, in all its letters.
refused 1 'fingerprint' ctl --profile again login "localhost:$port" --fingerprint AAAA-AAAA-AAAA-AAAA-AAAA-AAAA --user lena --password-stdin <<<"$password"
refused 1 'fingerprint' ctl --profile again login "localhost:$port" --fingerprint "$words" --user lena --password-stdin <<<"$password"
shows 'as lena' ctl --profile again login "localhost:$port" --fingerprint "$fingerprint" --user lena --password-stdin <<<"$password"
stop_server
[ "$(found "['servers']")" = '[]' ] || fail "a server that is stopped answers"
