#!/usr/bin/env bash
# Uploads and downloads on bad days, over real TLS by curl: offsets, checksums and lengths that are wrong, connections that break
# under a checksum, a disk that is nearly full, names, and contents that are damaged on the server's disk.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
if ! command -v curl >/dev/null; then
  echo "needs curl"
  exit 77
fi
make_server
stop_server
set_files() { sed -i "/^\[files\]/,/^\[/s|^#\? *$1 = .*|$1 = $2|" "$data/wardroom.toml"; }
set_files free_mib 64
start_server
set_up_lena
ctl call room.create '{"name":"general","kind":"private"}' >/dev/null
token=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["profiles"]["default"]["token"])' "$XDG_CONFIG_HOME/wardroom/ctl.json")
site=https://localhost:$port/api/v1
ask() { curl -sS --cacert "$data/tls/ca.crt" -H "Authorization: Bearer $token" -H 'Tus-Resumable: 1.0.0' "$@"; }
line() { tr -d '\r' | sed -n "s/^$1: //Ip"; }
# begin_upload BYTES NAME: its address.
begin_upload() {
  local path
  path=$(ask -D - -o /dev/null -X POST -H "Upload-Length: $1" \
    -H "Upload-Metadata: room $(printf 1 | base64),filename $(printf %b "$2" | base64 -w 0)" "$site/uploads" | line Location)
  [ -n "$path" ] || fail "no upload was made for $2"
  echo "https://localhost:$port$path"
}
offset() { ask -I "$1" | line Upload-Offset; }
# patch ADDRESS OFFSET FILE OPTION…: its status; what the server said is in $place/said.
patch() {
  local address=$1 from=$2 file=$3
  shift 3
  ask -o "$place/said" -w '%{http_code}' -X PATCH -H "Upload-Offset: $from" -H 'Content-Type: application/offset+octet-stream' \
    --data-binary "@$file" "$@" "$address"
}
# wants STATUS CODE GOT
wants() {
  [ "$3" = "$1" ] || fail "answered with $3 instead of $1: $(cat "$place/said")"
  [ -z "$2" ] || grep -q "\"code\":\"$2\"" "$place/said" || fail "it isn't called $2: $(cat "$place/said")"
}
stands_at() { [ "$(offset "$1")" = "$2" ] || fail "the upload is at $(offset "$1") instead of $2"; }

head -c 4000000 /dev/urandom >"$place/whole"
head -c 400000 "$place/whole" >"$place/first"
tail -c +400001 "$place/whole" >"$place/rest"
# What is refused is small enough to be on its way as a whole before the answer comes.
head -c 30000 "$place/rest" >"$place/little"
sum() { openssl dgst -sha1 -binary "$1" | base64; }

# ---- offsets, lengths, checksums
where=$(begin_upload 4000000 plan.bin)
wants 409 offset_wrong "$(patch "$where" 1 "$place/little")"
wants 204 '' "$(patch "$where" 0 "$place/first")"
wants 409 offset_wrong "$(patch "$where" 0 "$place/little")"
wants 409 offset_wrong "$(patch "$where" 399999 "$place/little")"
wants 413 length_exceeded "$(patch "$where" 8000000 "$place/little")"
stands_at "$where" 400000
small=$(begin_upload 10000 small.bin)
wants 413 length_exceeded "$(patch "$small" 0 "$place/little")"
stands_at "$small" 0
wants 460 checksum_wrong "$(patch "$where" 400000 "$place/rest" -H "Upload-Checksum: sha1 $(sum "$place/first")")"
stands_at "$where" 400000
wants 400 params "$(patch "$where" 400000 "$place/little" -H 'Upload-Checksum: sha1 nonsense')"
wants 400 params "$(patch "$where" -1 "$place/little")"

# ---- a connection that breaks under a checksum, and a server that is killed there: nothing of the piece counts
part=$data/files/uploads/${where##*/}
grown() { [ "$(stat -c %s "$part")" -gt 400000 ]; }
for how in client server; do
  ask -o /dev/null -X PATCH --limit-rate 300k -H 'Upload-Offset: 400000' -H 'Content-Type: application/offset+octet-stream' \
    -H "Upload-Checksum: sha1 $(sum "$place/rest")" --data-binary "@$place/rest" "$where" 2>/dev/null &
  sender=$!
  await "some of the piece has come" grown
  if [ "$how" = server ]; then
    kill_server
    start_server
  fi
  kill -KILL "$sender" 2>/dev/null || true
  wait "$sender" 2>/dev/null || true
  stands_at "$where" 400000
done
wants 204 '' "$(patch "$where" 400000 "$place/rest" -H "Upload-Checksum: sha1 $(sum "$place/rest")")"
# The answer was lost, and the same comes again.
wants 409 offset_wrong "$(patch "$where" 400000 "$place/little")"
stands_at "$where" 4000000
ask -o "$place/down" "$site/files/${where##*/}"
cmp "$place/whole" "$place/down" || fail "what came down isn't what went up"

# ---- a disk that is nearly full: the upload waits, messages don't
where=$(begin_upload 4000000 full.bin)
wants 204 '' "$(patch "$where" 0 "$place/first")"
set_files free_mib 1000000000
"$wardroomd" reload --data "$data" >/dev/null
wants 507 disk_full "$(patch "$where" 400000 "$place/little")"
grep -q 'files\.free_mib' "$place/said" || fail "the refusal doesn't name its option: $(cat "$place/said")"
ctl say general 'still here'
refused 1 'files\.free_mib' ctl file send general "$place/first"
set_files free_mib 64
"$wardroomd" reload --data "$data" >/dev/null
stands_at "$where" 400000
wants 204 '' "$(patch "$where" 400000 "$place/rest")"

# ---- names: one header line, and never a path
for name in '../../x' 'CON' "$(printf 'n%.0s' $(seq 300)).txt" 'a\r\nSet-Cookie: evil=1' 'exe.\xe2\x80\xaegnp.txt' '\xff\xfe'; do
  where=$(begin_upload 400000 "$name")
  wants 204 '' "$(patch "$where" 0 "$place/first")"
  ask -D "$place/head" -o "$place/down" "$site/files/${where##*/}"
  cmp "$place/first" "$place/down" || fail "the file called $name isn't what was sent"
  [ "$(grep -c '' "$place/head")" = "${lines:-$(grep -c '' "$place/head")}" ] || fail "a name makes a header line: $(cat "$place/head")"
  lines=$(grep -c '' "$place/head")
  grep -qi '^set-cookie' "$place/head" && fail "a name sets a cookie"
  grep -qi '^content-disposition: attachment; filename="' "$place/head" || fail "no name in $(cat "$place/head")"
done
[ ! -e "$data/x" ] && [ ! -e "$place/x" ] || fail "a name was a path"

# ---- contents that are damaged: said, never handed out, and found by the check
ctl file send general "$place/whole"
id=$(ctl file list general | awk '$NF == "whole" { print $(NF - 1) }')
content=$(sha256sum <"$place/whole" | cut -c 1-64)
content=$data/files/${content:0:2}/${content:2}
cp "$content" "$place/kept"
truncate -s 3999999 "$content"
[ "$(ask -o "$place/said" -w '%{http_code}' "$site/files/$id")" = 500 ] || fail "a shortened file is handed out"
grep -q 'damaged' "$place/said" || fail "it isn't said that it is damaged: $(cat "$place/said")"
if "$wardroomd" check --data "$data" >/dev/null 2>"$place/err"; then fail "a shortened file isn't found"; fi
rm "$content"
[ "$(ask -o "$place/said" -w '%{http_code}' "$site/files/$id")" = 404 ] || fail "a missing file is handed out"
if "$wardroomd" check --data "$data" >/dev/null 2>"$place/err"; then fail "a missing file isn't found"; fi
# Another byte: whoever fetches it by wardroomctl hears it, and keeps nothing.
cp "$place/kept" "$content"
printf '\001\002\003\004' | dd of="$content" bs=1 seek=500 conv=notrunc 2>/dev/null
refused 1 "isn't the file that was sent" ctl file get "$id" --to "$place/none"
[ ! -e "$place/none" ] || fail "a damaged file was kept"
cp "$place/kept" "$content"
ctl file get "$id" --to "$place/got" >/dev/null
cmp "$place/whole" "$place/got" || fail "the file that was put back isn't the one that was sent"
