#!/usr/bin/env bash
# A moderator's tools from a shell: rooms and their states, mutes, bans, kicks, reports; each can be undone.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
make_server
set_up_lena
join() {
  local link
  link=$(ctl invite --expires 24h ${2:+--role "$2"} 2>/dev/null)
  shows "as $1" ctl --profile "$1" login "$link" --user "$1" --display-name "$1" --password-stdin <<<"$password"
}
join bob
join mia
join mo moderator
bob() { ctl --profile bob "$@"; }
mia() { ctl --profile mia "$@"; }
mo() { ctl --profile mo "$@"; }

shows 'general is made' mia room create general --topic Everything
shows 'You are in #general' bob room join '#General'
shows 'bob +bob +member +member' mia room members general
refused 1 'moderators' bob room topic general mine
shows 'new topic' mia room topic general 'Freeze on Thursday'
shows 'is now #lobby' mia room rename general lobby
shows 'is now #general' mia room rename lobby general
shows 'bob is moderator of #general' mia room role general bob moderator
shows 'bob is member of #general' mo room role general bob member
refused 1 'last moderator' mia room leave general

# States of the room.
shows 'is locked' mia room lock general --reason 'fire drill'
refused 1 'locked' bob say general hello
shows 'is unlocked' mo room unlock general --reason 'over'
shows 'once in 30 s' mia room slow general 30s --reason 'too fast'
shows 'as fast as ever' mia room slow general off --reason 'fine'
refused 2 'duration' mia room slow general soon --reason 'fine'
shows 'can only be read' mia room archive general --reason 'quiet week'
refused 1 'archived' bob say general hello
shows 'is open again' mia room reopen general --reason 'back'

# Moderation actions against people.
shows 'bob is muted in #general until 2' mo mod mute bob --room general --for 2h --reason 'insults'
refused 1 'muted' bob say general hello
shows 'mute +bob +#general +2.* mo +2.* insults' mia mod sanctions --room general
refused 1 'moderator of the office' mia mod unmute bob --room general
shows "isn't muted in #general" mo mod unmute bob --room general --reason 'apologised'
shows 'bob is muted in every room until it is lifted' mo mod mute bob --reason 'advertising'
refused 1 'muted' bob say general hello
shows 'mute +bob +every room +lifted' mo mod sanctions
shows "isn't muted in every room" mo mod unmute bob
refused 1 'moderators' bob mod kick mia --room general --reason no
refused 1 'rank' mia mod mute mo --room general --reason no
refused 1 'nobody called' mo mod kick nobody --room general --reason no
shows 'no longer in #general' mia mod kick bob --room general --reason 'off topic'
shows 'You are in #general' bob room join general
shows 'banned from #general until 2' mia mod ban bob --room general --for 7d --reason 'sells things'
refused 1 'banned' bob room join general
refused 1 'banned' mia room add general bob
shows 'may come into #general again' mia mod unban bob --room general
shows 'You are in #general' bob room join general

# A report with its evidence, from a room that its reader isn't in.
shows 'board is made' mia room create board --private
shows 'bob is in #board' mia room add board bob
mia say board 'before it'
seq=$(bob --json say board 'you fools' | sed -n 's/.*"seq":\([0-9]*\).*/\1/p')
refused 1 'There is no room called board' mo room members board
shows 'Report 1 waits' mia mod report board "$seq" --reason 'insult'
shows '> 2.* <bob> you fools' mo mod reports
shows '<mia> before it' mo mod reports
shows 'private room' mo mod reports
shows '"evidence_hash":"[0-9a-f]{64}"' mo --json mod reports
refused 1 'Only moderators' bob mod reports
refused 2 'resolution' mo mod resolve 1 shrugged --reason no
shows 'Report 1 is resolved' mo mod resolve 1 warned --reason 'had a word'
shows 'Report 1 is open again' mo mod reopen 1 --reason 'again'
shows 'Report 1 is resolved' mo mod resolve 1 kicked --reason 'out'
shows 'Resolved as kicked by mo: out' mo mod reports --all
room=$(mia --json rooms | python3 -c 'import json, sys; print(next(r["id"] for r in json.load(sys.stdin)["rooms"] if r["name"] == "board"))')
shows "bob is no longer in room $room" mo mod kick bob --room "$room" --reason 'report 1'
shows 'You left #general' bob room leave general
shows 'mia is no longer in #general' mo room remove general mia

shows 'moderation.banned +success +mia +bob +sells things' ctl audit query --type 'moderation.*'
shows 'moderation.reports_read +success +mo' ctl audit query --type moderation.reports_read
stop_server
