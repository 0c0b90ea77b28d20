#!/usr/bin/env bash
# Files go up and down from a shell: by wardroomctl, and by curl, which knows nothing of us but tus 1.0. Either side is killed at
# each tenth of an upload, and it goes on at the byte that was confirmed.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
if ! command -v curl >/dev/null; then
  echo "needs curl"
  exit 77
fi
make_server
stop_server
sed -i 's/^#\? *free_mib = .*/free_mib = 64/' "$data/wardroom.toml"
start_server
set_up_lena
join() {
  shows "as $1" ctl --profile "$1" login "$(ctl invite --expires 24h 2>/dev/null)" --user "$1" --display-name "$1" --password-stdin <<<"$password"
}
join bob
join mia
ctl call room.create '{"name":"general","kind":"private"}' >/dev/null
bob=$(ctl call user.list '{"query":"bob"}' | sed -n 's/.*"id":\([0-9]*\),"name":"bob".*/\1/p')
ctl call room.add_member "{\"room\":1,\"user\":$bob}" >/dev/null

# ---- wardroomctl
head -c 3000000 /dev/urandom >"$place/photo.bin"
printf 'the plan' >"$place/plan.txt"
ctl file send general "$place/photo.bin" "$place/plan.txt" --text 'both of them'
shows 'plan.txt' ctl file list general
id=$(ctl --profile bob file list general | awk '$NF == "photo.bin" { print $(NF - 1) }')
ctl --profile bob file get "$id" --to "$place/got.bin" >/dev/null
cmp "$place/photo.bin" "$place/got.bin" || fail "what came isn't what was sent"
refused 1 'no such file' ctl --profile mia file get "$id" --to "$place/none.bin"
[ ! -e "$place/none.bin" ] || fail "a refused download leaves a file"
shows 'both of them' ctl export transcript general --with-files "$place/taken"
grep -q '\[photo.bin, 3000000 bytes, SHA-256 ' "$place/out" || fail "the transcript doesn't name the file"
cmp "$place/photo.bin" "$place"/taken/*-photo.bin || fail "the transcript's file isn't the one that was sent"
ctl say general 'with a word' --file "$place/plan.txt"
[ "$(find "$data/files" -path "$data/files/uploads" -prune -o -type f -print | wc -l)" = 2 ] || fail "the same bytes are stored twice"
by_name() { ctl search photo has:file 2>/dev/null | grep -q '\[photo.bin\]'; }
await "the message is found by the name of its file" by_name
[ -z "$(ctl --profile mia search photo 2>/dev/null)" ] || fail "mia finds the name of a file that she may not read"
unposted=$(ctl file send general "$place/got.bin" --unposted)
refused 1 'no such file' ctl --profile bob file get "$unposted" --to "$place/none.bin"
ctl file delete "$unposted"
refused 1 'message carries' ctl file delete "$id"
refused 1 'no such file' ctl --profile bob file delete "$id"

# ---- curl, and an end at each tenth
token=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["profiles"]["default"]["token"])' "$XDG_CONFIG_HOME/wardroom/ctl.json")
ask() { curl -sS --cacert "$data/tls/ca.crt" -H "Authorization: Bearer $token" -H 'Tus-Resumable: 1.0.0' "$@"; }
uploads() { echo "https://localhost:$port/api/v1/uploads"; }
# In curl's own words: line ends of HTTP are two bytes.
line() { tr -d '\r' | sed -n "s/^$1: //Ip"; }
size=8000000
head -c "$size" /dev/urandom >"$place/big.bin"
metadata="room $(printf 1 | base64),filename $(printf '../../b\nig.bin' | base64)"
where=$(ask -D - -o /dev/null -X POST -H "Upload-Length: $size" -H "Upload-Metadata: $metadata" "$(uploads)" | line Location)
[ -n "$where" ] || fail "no upload was made"
where=https://localhost:$port$where
part=$data/files/uploads/${where##*/}
offset() { ask -I "$where" | line Upload-Offset; }
came() { [ "$(stat -c %s "$part" 2>/dev/null || echo 0)" -ge "$1" ]; }
confirmed=$(offset)
[ "$confirmed" = 0 ] || fail "a new upload is at $confirmed"
for tenth in 1 2 3 4 5 6 7 8 9; do
  tail -c "+$((confirmed + 1))" "$place/big.bin" >"$place/rest.bin"
  ask -o /dev/null -X PATCH --limit-rate 1M -H "Upload-Offset: $confirmed" -H 'Content-Type: application/offset+octet-stream' \
    --data-binary "@$place/rest.bin" "$where" 2>/dev/null &
  sender=$!
  await "tenth $tenth has come" came $((size / 10 * tenth))
  if [ $((tenth % 2)) = 0 ]; then
    kill_server
    start_server
  fi
  kill -KILL "$sender" 2>/dev/null || true
  wait "$sender" 2>/dev/null || true
  now=$(offset)
  [ "$now" -ge $((size / 10 * tenth)) ] && [ "$now" -lt "$size" ] || fail "after tenth $tenth the upload is at $now"
  cmp -n "$now" "$place/big.bin" "$part" || fail "what came until tenth $tenth isn't what was sent"
  confirmed=$now
done
tail -c "+$((confirmed + 1))" "$place/big.bin" >"$place/rest.bin"
status=$(ask -o /dev/null -w '%{http_code}' -X PATCH -H "Upload-Offset: $confirmed" -H 'Content-Type: application/offset+octet-stream' \
  --data-binary "@$place/rest.bin" "$where")
[ "$status" = 204 ] || fail "the rest was answered with $status"
big=${where##*/}
ctl call message.post "{\"room\":1,\"client_id\":\"01990000-0000-7000-9000-000000000001\",\"text\":\"\",\"files\":[\"$big\"]}" >/dev/null
shows 'big\.bin' ctl file list general
ask -D "$place/head" -o "$place/down.bin" "https://localhost:$port/api/v1/files/$big"
cmp "$place/big.bin" "$place/down.bin" || fail "what came down isn't what went up"
for header in 'ETag: "' 'Content-Disposition: attachment; filename="big.bin"' 'X-Content-Type-Options: nosniff' 'Content-Security-Policy: sandbox'; do
  grep -qiF "$header" "$place/head" || fail "a download lacks $header"
done
ask -r 1000-1999 -o "$place/part.bin" "https://localhost:$port/api/v1/files/$big"
cmp <(tail -c +1001 "$place/big.bin" | head -c 1000) "$place/part.bin" || fail "a range isn't the range"

# ---- backup, restore and the check
shows 'files +3 contents' "$wardroomd" check --data "$data"
shows 'Wrote and checked' "$wardroomd" backup --data "$data" --to "$place/office.backup"
stop_server
shows 'Restored and checked' "$wardroomd" restore --from "$place/office.backup" --data "$place/again" --reason 'a rehearsal'
diff -r -x uploads "$data/files" "$place/again/files" >/dev/null || fail "the restored files aren't those of the office"
content=$(find "$data/files" -type f -size +3000k -path '*/??/*' | head -1)
printf X | dd of="$content" bs=1 seek=1000 conv=notrunc 2>/dev/null
if "$wardroomd" check --data "$data" >/dev/null 2>"$place/err"; then fail "a flipped byte isn't found"; fi
grep -q "aren't those that were sent" "$place/err" || fail "the check said: $(cat "$place/err")"
