#!/usr/bin/env bash
# What was said is found from a shell within a moment, by those who may read it; the index is checked and rebuilt.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
make_server
set_up_lena
shows 'as bob' ctl --profile bob login "$(ctl invite --expires 24h 2>/dev/null)" --user bob --display-name Bob --password-stdin <<<"$password"
ctl call room.create '{"name":"general","kind":"public"}' >/dev/null
ctl call room.create '{"name":"board","kind":"private"}' >/dev/null
ctl --profile bob call room.join '{"room":1}' >/dev/null
ctl say general 'The Straße is closed, see part XK4711B'
ctl say board 'The strasse is sold'
found_by() { ctl --profile "$1" search strasse 2>/dev/null | grep -q "$2"; }
await "the message is found" found_by default closed
await "a colleague finds it" found_by bob closed
await "what is said in a private room is found, too" found_by default sold
[ "$(ctl --profile bob search strasse | wc -l)" = 1 ] || fail "bob finds what he may not read"
shows '#general [0-9]+ <lena> The Straße' ctl search '"the strasse"' from:me --room general
shows 'XK4711B' ctl search '*k4711*'
shows '"marks":\[\{"begin":4' ctl --json search straße
ctl search nowhere 2>"$place/err" >"$place/out"
grep -q 'No message' "$place/err" && [ ! -s "$place/out" ] || fail "finding nothing isn't explained"
refused 1 'has:link' ctl search has:nothing
# A search with every sign of a full-text engine is text.
ctl search 'NEAR(a b) {x} : "' '* OR' >/dev/null 2>&1
seq=$(ctl --json search closed | sed -n 's/.*"message":{"seq":\([0-9]*\).*/\1/p')
ctl message delete general "$seq"
gone() { ! ctl search closed 2>/dev/null | grep -q closed; }
await "a deleted message isn't found" gone
shows 'search index +1 messages' "$wardroomd" check --data "$data"
shows 'rebuilds' "$wardroomd" reindex --data "$data"
finds_board() { ctl search sold 2>/dev/null | grep -q sold; }
await "it is found after the index was rebuilt" finds_board
stop_server
shows 'Rebuilt the search index' "$wardroomd" reindex --data "$data"
python3 -c 'import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute("UPDATE docs SET text = 1"); db.commit()' "$data/search.db"
if "$wardroomd" check --data "$data" >/dev/null 2>"$place/err"; then fail "a wrong index isn't found"; fi
grep -q 'wardroomd reindex' "$place/err" || fail "the check said: $(cat "$place/err")"
shows 'Rebuilt the search index' "$wardroomd" reindex --data "$data"
rm "$data"/search.db*
shows 'search index +none yet' "$wardroomd" check --data "$data"
start_server
await "a missing index is rebuilt" finds_board
stop_server
