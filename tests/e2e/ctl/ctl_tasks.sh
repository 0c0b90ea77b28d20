#!/usr/bin/env bash
# "Sixteen tasks" of docs/operations.md: each shell line as it stands there, against the real server. What isn't here is stood in for:
# packages (nothing), systemd (the server is started by hand), the machine's own paths (a scratch directory), March (today), and typed passwords.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"
document=$here/../../../docs/operations.md
cd "$place"
mkdir -m 700 backups root

apt() { :; }
scp() { cp "$(ls -t "$place"/backups/*.db | head -n 1)" "$place/NAME"; }
wardroomctl() {
  case $1 in
    setup | login) "$wardroomctl" "$@" --password-stdin <<<"$password" ;;
    *) "$wardroomctl" "$@" ;;
  esac
}
wardroomd() {
  case $1 in
    init)
      "$wardroomd" "$@" --port 0
      sed -i "/^\[backup\]/,/^\[/s#^\#\? *folder = .*#folder = \"$place/backups\"#" "$data/wardroom.toml"
      ;;
    *) "$wardroomd" "$@" ;;
  esac
}
systemctl() {
  case "$*" in
    'enable --now wardroomd' | 'start wardroomd')
      start_server
      sed -i "s/^#\? *port = .*/port = $port/" "$data/wardroom.toml"
      ;;
    'stop wardroomd') stop_server ;;
    'status wardroomd') kill -0 "$server" ;;
    'start wardroom-backup') "$wardroomd" backup --data "$data" ;;
    'list-timers wardroom-backup.timer') : ;;
    *) fail "the walk doesn't know: systemctl $*" ;;
  esac
}

# shellcheck source=../../../packaging/text-blocks.sh
. "$here/../../../packaging/text-blocks.sh"
blocks_of "$document" >blocks
lines_of() { sed -n "s/^sixteen_tasks__$1_[^\t]*\t//p" blocks; } # lines_of N: the code of "### N. …"
ran=0
task() { # task N: its lines; what they print is in $place/out
  local line
  lines_of "$1" >"$place/lines"
  [ -s "$place/lines" ] || fail "there is no task $1 with code in the document"
  : >"$place/out"
  while IFS= read -r line <&4; do
    line=${line//\/var\/lib\/wardroom/$data}
    line=${line//\/var\/backups\/wardroom/$place\/backups}
    line=${line//\/var\/tmp\//$place\/}
    line=${line//\/root\//$place\/root\/}
    line=${line//2026-03-01/$(date -u +%F)} # this office's March is today
    line=${line//2026-04-01/$(date -u -d tomorrow +%F)}
    eval "$line" >>"$place/out" 2>"$place/err" || fail "task $1: $line: $(cat "$place/err" "$place/out")"
    ran=$((ran + 1))
  done 4<"$place/lines"
}
says() { grep -qE -- "$1" "$place/out" || fail "it printed: $(cat "$place/out")"; }
# The link's host is known by the document alone.
join() { wardroomctl --profile "$2" login "${1/chat.harbour.example/localhost}" --user "$2" --password-stdin <<<"$password" >/dev/null; }

task 1
says 'as lena \(admin\)'
{
  echo 'name,display name,e-mail,role,rooms'
  echo 'mateo,Mateo Ruiz,mateo@harbour.example,moderator,office'
  echo 'aiko,Aiko Tanaka,aiko@harbour.example,,office'
  echo 'kim,Kim Osei,,,office'
  for ((i = 4; i <= 200; i++)); do echo "person$i,Person $i,,,office"; done
} >people.csv
task 2
says '200 accounts and 200 memberships made'
[ -s invites.html ] || fail "there is no sheet"
import=$(grep -o 'Import [0-9]*' out | grep -o '[0-9]*')
task 3
says '^wardroom://chat\.harbour\.example:'
ctl user import-sheet "$import" --sheet invites.csv >/dev/null
link_of() { grep -E "^\W?$1\b" invites.csv | grep -o 'wardroom://[^",;]*'; }
join "$(link_of mateo)" mateo
join "$(link_of kim)" kim
task 4
reset=$(grep -o 'wardroom://.*' out)
join "$reset" aiko
task 5
says 'Wrote and checked'
task 7
says 'by the server, on '
task 8
ctl rooms >/dev/null
shows 'chat3\.harbour\.example' "$wardroomd" hosts list --data "$data"

# What is deleted, reported and taken as evidence.
ctl --profile kim say office 'you are useless' >/dev/null
ctl --profile aiko say office 'said in anger' >/dev/null
seq=$(ctl --profile aiko --json call message.history "{\"room\":$(ctl --json rooms | python3 -c 'import json,sys; print(next(r["id"] for r in json.load(sys.stdin)["rooms"] if r["name"] == "office"))'),\"limit\":1}" |
  python3 -c 'import json,sys; print(json.load(sys.stdin)["messages"][0]["seq"])')
ctl --profile aiko mod report office "$((seq - 1))" --reason "insults me" >/dev/null
ctl message delete office "$seq" --reason "said in anger" >/dev/null
task 12
says 'lena'
task 13
says 'Written and verified'
task 14
says 'people online'
task 15
says '^wardroom_acknowledgement_seconds'
[ -s root/diagnosis.tar.gz ] || fail "there is no diagnosis"
task 16
says 'you are useless'
shows 'kim' ctl mod sanctions
task 11
says 'mateo left 1 room'
task 9
says 'Wrote and checked'

# Another machine: nothing is left of the first but the backup.
systemctl stop wardroomd
mv "$data" "$place/first-machine"
task 6
says '^wardroom://chat2\.harbour\.example:'
ctl audit accept-head --reason "restored" >/dev/null 2>&1 || true
shows 'aiko' ctl user list
# The lines alone: going to an older program and back is tests/unit/backup's.
mkdir "$data/upgrade"
"$wardroomd" backup --data "$data" --to "$place/way-back.db" >/dev/null
mv "$place/way-back.db" "$data/upgrade/wardroom-schema-N.db"
task 10
says 'Restored and checked'
stop_server
for ((i = 1; i <= 16; i++)); do [ -n "$(lines_of "$i")" ] || fail "task $i has no lines"; done
[ -z "$(lines_of 17)" ] || fail "there is a task that this walk doesn't run"
echo "$ran lines"
