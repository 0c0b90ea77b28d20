#!/bin/bash
# Files, docs/performance.md: a large file up and down over TLS, one stream and many at once, against nginx of Debian with the
# same bytes, certificate and cipher; what deliveries cost while people send and fetch; memory of 200 uploads at once.
# SIZE_MB=2048, ROUNDS=3 and STREAMS=100 unless told otherwise. Needs curl and nginx-light, whose figures are left out where it is
# missing, and free disk of five times SIZE_MB. What curl takes isn't counted, but shares the cores.
set -euo pipefail
bin=$(realpath "${1:-build/release/bin}")
cd "$(dirname "$0")"
. ./test_server.sh
size_mb=${SIZE_MB:-2048}
rounds=${ROUNDS:-3}
streams=${STREAMS:-100}
cipher=TLS_AES_128_GCM_SHA256
web_port=$((port + 1))
nginx=$(PATH=$PATH:/usr/sbin command -v nginx || true)
web=''

for option in size_mib person_mib office_mib; do set_option $option 1000000; done
set_option free_mib 64
set_option open_uploads 1000
restart_server
token=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["admin_token"])' "$work/people.json")
# No line of curl's on the screen, and no proxy between.
pace=()
fetch() { curl -sS "${pace[@]}" --noproxy '*' --cacert "$work/data/tls/ca.crt" --tlsv1.3 --tls13-ciphers $cipher "$@"; }
ask() { fetch -H "Authorization: Bearer $token" -H 'Tus-Resumable: 1.0.0' "$@"; }
site="https://localhost:$port/api/v1"
room=$(ask -H 'Content-Type: application/json' -d '{"name":"transfers","kind":"public"}' "$site/room.create" |
  sed -n 's/.*"room":{"id":\([0-9]*\).*/\1/p')
[ -n "$room" ] || { echo "the room for the files couldn't be made" >&2; exit 1; }

# begin_upload BYTES: the path of a new upload.
begin_upload() {
  ask -o /dev/null -D - -X POST -H "Upload-Length: $1" \
    -H "Upload-Metadata: room $(printf %s "$room" | base64),filename $(printf bench.bin | base64)" "$site/uploads" |
    tr -d '\r' | sed -n 's/^[Ll]ocation: //p'
}
# send FILE BYTES: up to Wardroom; prints the file's id.
send() {
  local path
  path=$(begin_upload "$2")
  ask -o /dev/null -f -X PATCH -H 'Upload-Offset: 0' -H 'Content-Type: application/offset+octet-stream' -T "$1" \
    "https://localhost:$port$path"
  echo "${path##*/}"
}
get() { ask -f -o /dev/null "$site/files/$1"; }
send_web() { fetch -f -o /dev/null -T "$1" "https://localhost:$web_port/$2"; }
get_web() { fetch -f -o /dev/null "https://localhost:$web_port/$1"; }

start_web() {
  mkdir -p "$work/web" "$work/body"
  cat >"$work/nginx.conf" <<TEXT
daemon off;
pid $work/nginx.pid;
error_log $work/nginx.log;
worker_processes auto;
$([ "$(id -u)" != 0 ] || echo 'user root;')
events {}
http {
  access_log off;
  client_body_temp_path $work/body;
  client_max_body_size 0;
  sendfile on;
  server {
    listen 127.0.0.1:$web_port ssl;
    ssl_certificate $work/data/tls/server.crt;
    ssl_certificate_key $work/data/tls/server.key;
    ssl_protocols TLSv1.3;
    ssl_conf_command Ciphersuites $cipher;
    root $work/web;
    location / { dav_methods PUT; }
  }
}
TEXT
  "$nginx" -c "$work/nginx.conf" -e "$work/nginx.log" &
  web=$!
  until fetch -o /dev/null "https://localhost:$web_port/"; do
    kill -0 "$web" 2>/dev/null || { cat "$work/nginx.log" >&2; exit 1; }
    sleep 0.1
  done 2>/dev/null
}
stop_web() {
  [ -z "$web" ] || kill -QUIT "$web" 2>/dev/null || true
  web=''
}
trap 'stop_web; end' EXIT

# Processor seconds of a process and its children that live.
processor() {
  local pid
  for pid in "$1" $(cat /proc/"$1"/task/*/children); do cat "/proc/$pid/stat"; done |
    awk -v ticks="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); n += $12 + $13 } END { printf "%.2f\n", n / ticks }'
}
# at_once COUNT COMMAND…: so many times at once, each with its number as the last word. Fails if one does.
at_once() {
  local count=$1 i pid pids=() failed=0
  shift
  for ((i = 0; i < count; i++)); do
    "$@" "$i" &
    pids+=("$!")
  done
  for pid in "${pids[@]}"; do wait "$pid" || failed=1; done
  return $failed
}
# cost PID MEGABYTES COMMAND…: processor seconds a GB of that process while the command runs.
cost() {
  local pid=$1 megabytes=$2 before after
  shift 2
  before=$(processor "$pid")
  "$@" >/dev/null
  after=$(processor "$pid")
  awk -v a="$before" -v b="$after" -v mb="$megabytes" 'BEGIN { printf "%.3f\n", (b - a) / mb * 1024 }'
}
# middle FILE: its median, and the lowest and the highest.
middle() { sort -n "$1" | awk '{ v[NR] = $1 } END { printf "%.3f (%.3f-%.3f)", v[int((NR + 1) / 2)], v[1], v[NR] }'; }
# One after the other, so that both have the machine as it is in these minutes.
compare() { # TITLE MEGABYTES MINE THEIRS
  local i
  : >"$work/mine"
  : >"$work/theirs"
  for ((i = 0; i < rounds; i++)); do
    cost "$server" "$2" "$3" >>"$work/mine"
    [ -z "$nginx" ] || cost "$web" "$2" "$4" >>"$work/theirs"
  done
  printf '%-44s %-26s' "$1" "$(middle "$work/mine")"
  if [ -n "$nginx" ]; then
    printf ' %-26s %s\n' "$(middle "$work/theirs")" \
      "$(paste <(sort -n "$work/mine") <(sort -n "$work/theirs") | awk -v n="$rounds" 'NR == int((n + 1) / 2) { printf "%.2f", $1 / $2 }')"
  else
    echo
  fi
}

part_mb=$((size_mb / streams > 0 ? size_mb / streams : 1))
head -c $((size_mb << 20)) /dev/urandom >"$work/whole.bin"
head -c $((part_mb << 20)) "$work/whole.bin" >"$work/part.bin"
one_up() { send "$work/whole.bin" $((size_mb << 20)) >"$work/id"; }
one_down() { get "$(cat "$work/id")"; }
part_up() { send "$work/part.bin" $((part_mb << 20)) >"$work/id.$1"; }
part_down() { get "$(cat "$work/id.$1")"; }
web_part_up() { send_web "$work/part.bin" "part.$1"; }
web_part_down() { get_web "part.$1"; }
many_up() { at_once "$streams" part_up; }
many_down() { at_once "$streams" part_down; }
web_one_up() { send_web "$work/whole.bin" whole; }
web_one_down() { get_web whole; }
web_many_up() { at_once "$streams" web_part_up; }
web_many_down() { at_once "$streams" web_part_down; }

[ -z "$nginx" ] || start_web
printf '\n-- %s MiB over TLS 1.3 (%s): server processor s per GB, median of %s (lowest-highest)\n' "$size_mb" $cipher "$rounds"
[ -n "$nginx" ] || echo "nginx is missing: apt-get install nginx-light"
printf '%-44s %-26s %-26s %s\n' '' Wardroom nginx ratio
compare "one stream up" "$size_mb" one_up web_one_up
compare "one stream down" "$size_mb" one_down web_one_down
compare "$streams streams up" $((part_mb * streams)) many_up web_many_up
compare "$streams streams down" $((part_mb * streams)) many_down web_many_down
stop_web

# What was written before would be written out meanwhile.
deliver() { sync; load --connections 500 --users 100 --rate 40 --seconds "$1"; }
restart_server
printf '\n-- 20,000 deliveries/s in a room of 500, nobody sends or fetches files\n'
deliver 20
go_on() { # sends or fetches until it is ended
  while :; do "$@" >/dev/null 2>&1 || true; done
}
# deliver_beside_transfers TITLE: while 10 send and 10 fetch files
deliver_beside_transfers() {
  local i transfers=()
  restart_server
  printf '\n-- the same while 10 send and 10 fetch files%s\n' "$1"
  one_up
  for ((i = 0; i < 10; i++)); do
    go_on part_up "loop$i" &
    transfers+=("$!")
    go_on one_down &
    transfers+=("$!")
  done
  deliver 20
  kill "${transfers[@]}" 2>/dev/null || true
  wait "${transfers[@]}" 2>/dev/null || true
}
# A gigabit of the office's network for all of them; and what loopback gives, where curl takes the server's cores.
pace=(--limit-rate 6M)
deliver_beside_transfers ', 6 MB/s each'
pace=()
deliver_beside_transfers ', as fast as they go'

restart_server
printf '\n-- memory of 200 uploads at once\n'
resident() { awk '/^VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$server/status"; }
before=$(resident)
uploads=()
for ((i = 0; i < 200; i++)); do
  path=$(begin_upload $((part_mb << 20)))
  ask -o /dev/null -X PATCH --limit-rate 64k -H 'Upload-Offset: 0' -H 'Content-Type: application/offset+octet-stream' \
    -T "$work/part.bin" "https://localhost:$port$path" &
  uploads+=("$!")
done
most=0
for ((i = 0; i < 40; i++)); do
  sleep 0.25
  most=$(printf '%s\n%s\n' "$most" "$(resident)" | sort -n | tail -n 1)
done
kill "${uploads[@]}" 2>/dev/null || true
wait "${uploads[@]}" 2>/dev/null || true
printf 'server RSS MiB before, and the most while they came  %s %s\n' "$before" "$most"
