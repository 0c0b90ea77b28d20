#!/usr/bin/env bash
# The examples of the documents do what they say, against the real server.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
# Debian's python3-websockets belongs to Debian's python3, which need not be the first one.
python=''
for candidate in python3 /usr/bin/python3; do
  if "$candidate" -c 'import websockets' 2>/dev/null; then python=$candidate; fi
done
if [ -z "$python" ] || ! command -v curl >/dev/null; then
  echo "needs curl and python3-websockets"
  exit 77
fi
examples=$here/../../../docs/examples
make_server
set_up_lena
ctl call room.create '{"name":"general","kind":"public"}' >/dev/null
sh "$examples/post.sh" "https://localhost:$port" "$data/tls/ca.crt" lena general "hello from 'curl' \"quoted\"" <<<"$password" >/dev/null
"$python" "$examples/talk.py" --once "wss://localhost:$port" "$data/tls/ca.crt" lena general 'hello from Python' <<<"$password" >/dev/null
shows "<lena> hello from 'curl' \"quoted\"" ctl export transcript general
shows '<lena> hello from Python' ctl export transcript general
stop_server
