#!/usr/bin/env bash
# Messages change from a shell, and whoever tails the room sees it; conversations are asked for, accepted, ended.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
make_server
stop_server
sed -i 's/^#\? *direct_policy = .*/direct_policy = "request"/' "$data/wardroom.toml"
start_server
set_up_lena
join() {
  local link
  link=$(ctl invite --expires 24h 2>/dev/null)
  shows "as $1" ctl --profile "$1" login "$link" --user "$1" --display-name "$1" --password-stdin <<<"$password"
}
join bob
join mia
ctl call room.create '{"name":"general","kind":"public"}' >/dev/null
ctl --profile bob call room.join '{"room":1}' >/dev/null
number() { sed -n 's/.*"seq":\([0-9]*\).*/\1/p'; }
first=$(ctl --profile bob --json say general helo | number)
second=$(ctl --profile bob --json say general 'rude words' | number)

ctl tail general --numbers >"$place/tail.log" 2>"$place/tail-err.log" &
tail=$!
await "the tail shows numbers" grep -q "$second <bob> rude words" "$place/tail.log"
ctl --profile bob message edit general "$first" hello everybody
printf 'hello\nall' | ctl --profile bob message edit general "$first"
ctl message react general "$first" 👍
ctl message react general "$first" 👍 --off
ctl message pin general "$first"
refused 1 'Say why' ctl message delete general "$second"
ctl message delete general "$second" --reason insults
await "the tail shows the deletion" grep -q "\* lena deleted $second: insults" "$place/tail.log"
for line in "\* bob edited $first: hello everybody" "\* lena reacted 👍 on $first" "\* lena took back 👍 on $first" "\* lena pinned $first"; do
  grep -q "$line" "$place/tail.log" || fail "the tail doesn't show: $line"
done
kill "$tail"
wait "$tail" 2>/dev/null || true

shows "$first <bob> hello" ctl message pins general

reply=$(ctl --profile bob --json say general --thread "$first" 'more of it' | number)
shows "$first <bob> hello" ctl message thread general "$first"
shows "$reply <bob> more of it" ctl message thread general "$first"
refused 1 "thread of message $first" ctl say general --thread "$reply" 'deeper'
ctl say general --thread "$first" 'and mine'
shows "general $first <bob> hello" ctl --profile bob message threads
shows '2 replies, 1 unread' ctl --profile bob message threads
ctl message save general "$reply"
shows "general $reply <bob> more of it" ctl message saved
ctl message save general "$reply" --off
[ -z "$(ctl message saved)" ] || fail "what was let go of is still there"
shows '^3 +.* edited +bob +hello' ctl --profile bob message versions general "$first"
shows 'deleted +lena +insults' ctl message versions general "$second"
refused 1 'moderators' ctl --profile bob message pin general "$first"
refused 1 'Only its author edits' ctl message edit general "$first" mine
# Who was away hears of what changed meanwhile.
ctl --json tail general --since "$second" >"$place/later.log" 2>>"$place/tail-err.log" &
later=$!
await "a tail that begins later shows the tombstone" grep -q "\"seq\":$second,.*\"deleted\":true" "$place/later.log"
kill "$later"
wait "$later" 2>/dev/null || true
ctl message restore general "$second" --reason 'a quotation'
shows 'message.restored +success +lena +bob' ctl audit query --type 'message.*'
shows '<bob> rude words' ctl export transcript general

# Nobody writes before the other has said yes.
shows 'asked for' ctl direct open bob
refused 1 'accepted' ctl say @bob hello
shows 'asked for' ctl direct open bob mia
shows 'you may chat' ctl --profile bob direct accept lena
ctl say @bob hello
ctl --profile bob say @lena hello yourself
shows 'is ended' ctl --profile mia direct decline lena bob
refused 1 'declined' ctl direct open mia bob
shows 'is ended' ctl --profile bob direct end lena
refused 1 'ended' ctl say @bob 'still there?'
refused 1 'no conversation with mia' ctl direct end mia
shows 'room.direct_changed +success +bob' ctl audit query --type room.direct_changed
stop_server
