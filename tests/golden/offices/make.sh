#!/usr/bin/env bash
# A small office as the programs of BIN make and write it, so that later programs are tried on what an earlier one really wrote:
#   tests/golden/offices/make.sh BIN DIR
# DIR is named after its schema. Its passwords are "correct horse battery"; its keys guard nothing else.
set -euo pipefail
bin=$(realpath "${1:?name the folder with the programs}") office=$(realpath -m "${2:?name the new folder}")
set -- "$bin/wardroomd" "$bin/wardroomctl"
# shellcheck source=../../e2e/ctl/harness.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../e2e/ctl/harness.sh"
cd "$place"
make_server
set_up_lena
join() { # join NAME [ROLE]
  local link
  link=$(ctl invite --expires 24h ${2:+--role "$2"} 2>/dev/null)
  ctl --profile "$1" login "$link" --user "$1" --display-name "${1^}" --password-stdin <<<"$password"
}
say() { # say ROOM TEXT [PROFILE]: its number is then in `said`
  said=$(ctl --profile "${3:-default}" --json say "$1" "$2" | sed -n 's/.*"seq":\([0-9]*\).*/\1/p')
}
for name in kim jan noor; do join "$name"; done
join ada auditor
ctl user role kim moderator

ctl room create office
ctl room create board --private
ctl room topic office "Lunch at noon"
for name in kim jan noor; do ctl --profile "$name" room join office; done
ctl room add board kim
for n in 1 2 3 4 5 6 7 8; do say office "Line $n of an older program: grüße, 東京 ❤️" ; done
say board "Only for the board"
say @kim "Between two"
say office "Written by Jan" jan
ctl --profile jan message edit office "$said" "Written by Jan, and changed"
say office "Taken back" noor
ctl --profile noor message delete office "$said"
say office "To be liked, pinned and reported"
ctl message react office "$said" 👍
ctl --profile kim message react office "$said" 👍
ctl message pin office "$said"
ctl --profile noor mod report office "$said" --reason "A look, please"
ctl --profile kim mod mute jan --for 24h --reason "For the test" --room office
ctl hold place "A case" --room office --reason "For the test"
ctl retention set --room board --days 3650 --reason "For the test"
ctl announce say "The printer is back"
ctl user reset-password noor --reason "Forgotten" >/dev/null
ctl user offboard noor --reason "Left"
"$wardroomd" backup --data "$data" --to "$place/backup.db" >/dev/null
ctl audit verify >/dev/null
stop_server
rm -rf "$data/run" "$data/reserve" "$data/search.db"*
mkdir -p "$(dirname "$office")"
cp -a "$data" "$office"
echo "$fingerprint" >"$office/fingerprint"
