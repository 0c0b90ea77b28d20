#!/bin/sh
# Signs in and posts one message with curl; python3 only writes and reads JSON. The password comes on standard input.
#   ./post.sh https://localhost:7443 ca.crt lena general "hello from curl" < password
set -eu
[ $# -eq 5 ] || { sed -n '2,3p' "$0" >&2; exit 2; }
server=$1 ca=$2 user=$3 room=$4 text=$5

# A JSON string from any text.
quote() { printf '%s' "$1" | python3 -c 'import json, sys; print(json.dumps(sys.stdin.read()))'; }
# pick EXPRESSION: a part of the JSON on standard input.
pick() { python3 -c "import json, os, sys; r = json.load(sys.stdin); print($1)"; }
# call METHOD: parameters on standard input, so that no secret stands in a process list.
call() {
  curl --silent --show-error --fail-with-body --cacert "$ca" --header "Content-Type: application/json" \
    ${token:+--header} ${token:+"Authorization: Bearer $token"} --data @- "$server/api/v1/$1"
}

token=''
IFS= read -r password
token=$(printf '{"user":%s,"password":%s,"device":{"name":"a script","client":"post.sh"}}' "$(quote "$user")" \
  "$(quote "$password")" | call session.open | pick 'r["token"]')

id=$(echo '{}' | call room.list | ROOM=$room pick 'next(x["id"] for x in r["rooms"] if x["name"] == os.environ["ROOM"])')

# A UUIDv7: the same one again would return the first answer instead of posting twice.
time=$(printf '%012x' "$(date +%s%3N)")
random=$(od -An -N 8 -tx1 /dev/urandom | tr -d ' \n')
client_id=$(printf '%s%s' "$time" "$random" | sed -E 's/^(.{8})(.{4})(.{3})(.{3})(.{10}).*/\1-\2-7\3-8\4-\500/')

printf '{"room":%s,"client_id":"%s","text":%s}' "$id" "$client_id" "$(quote "$text")" | call message.post
echo
echo '{}' | call session.close >/dev/null
