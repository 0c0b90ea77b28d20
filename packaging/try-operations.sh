#!/usr/bin/env bash
# Runs docs/operations.md: each of its blocks, in its order, in a machine with systemd where the packages are installed, and holds
# what it prints against what the text shows.
#   packaging/try-operations.sh build/packages [MIRROR]
#   packaging/try-operations.sh --list        how each block would be run; nothing is
# WARDROOM_GO_ON=yes: after a block that failed, too, to see what else does; it fails at the end.
# WARDROOM_FROM=BLOCK: begins with that one, such as sixteen_tasks__1_install_1, which makes an office of its own; it fails at the end, too.
# Without a `$` the lines are root's on the server and `wardroomctl` an administrator's, as the text says; with one all are
# the administrator's. What a block needs, what a person types and what stands for NAME is in operations-steps.sh.
set -euo pipefail
sources=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
document=$sources/docs/operations.md
# shellcheck source=text-blocks.sh
. "$sources/packaging/text-blocks.sh"

declare -A left_out=()  # block: why it can't be run here
filled_in=() ran=0 files=0 compared=0
# shellcheck source=operations-steps.sh
. "$sources/packaging/operations-steps.sh"

mapfile -t blocks < <(blocks_of "$document" | cut -f1 | uniq)
[ ${#blocks[@]} -gt 0 ] || { echo "There is no block in $document." >&2; exit 1; }
has() { declare -F "$1" >/dev/null; }
lines_of() { blocks_of "$document" | sed -n "s/^$1\t//p"; }

# What the text no longer has would be looked for nowhere.
known=" ${blocks[*]} " stale=()
for name in "${!left_out[@]}" $(declare -F | sed -n 's/^declare -f \(before\|after\|file\)_//p'); do
  [[ $known == *" $name "* ]] || stale+=("$name")
done
[ ${#stale[@]} = 0 ] || { echo "operations-steps.sh has steps for what isn't in the text: ${stale[*]}" >&2; exit 1; }
if [ "${1:-}" = --list ]; then
  for name in "${blocks[@]}"; do
    if [ -n "${left_out[$name]:-}" ]; then
      how="left out: ${left_out[$name]}"
    elif has "file_$name"; then
      how='put into its file'
    elif lines_of "$name" | grep -q '^\$ '; then
      how='run line by line, compared where output is shown'
    else
      how='run'
    fi
    printf '%-62s %s\n' "$name" "$how"
  done
  exit
fi

packages=$(realpath "${1:?name the folder with the packages}")
mirror=${2:-http://deb.debian.org/debian}
# shellcheck source=machine.sh
. "$sources/packaging/machine.sh"
failed=() block=''
fail() {
  echo "FAILED: $*" >&2
  failed+=("${block:-the machine}")
  [ -n "$block" ] && [ -n "${WARDROOM_GO_ON:-}" ] || exit 1
}
home=/home/lena script=/var/tmp/block.sh
says() { grep -qE -- "$1" "$work/said" || fail "$block printed nothing like: $1"; }
fill() { # fill WORD WITH: what the text can't know
  replaced+=("$1" "$2")
  filled_in+=("$block: $1")
}
answer() { answers+=("$1" "$2"); } # answer PROMPT TEXT: what a person types, when they are asked for it
as() { # as ACCOUNT COMMAND…: at home
  local account=$1
  shift
  # shellcheck disable=SC2016 # the inner shell expands it
  here runuser -u "$account" -- env HOME="/home/$account" sh -c 'cd && exec "$@"' sh "$@"
}
ctl() { as lena wardroomctl "$@"; }

await_local() { # await_local COMMAND…: within a minute, on this side
  local i
  for ((i = 0; i < 120; i++)); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.5
  done
  fail "$block: never happened: $*: $(tail -n 5 "$work/raw")"
}

prompted() { tail -c "+$(($1 + 1))" "$work/raw" | grep -qF -- "$2"; }

# run_at_terminal ACCOUNT: the script, with what it printed in $work/said.
run_at_terminal() {
  local keys i prompt seen=0 status=0
  rm -f "$work/keys"
  mkfifo "$work/keys"
  : >"$work/raw"
  local run=(bash "$script")
  [ "$1" = root ] || run=(runuser -u "$1" -- env "HOME=/home/$1" bash "$script")
  here env TERM=dumb SYSTEMD_PAGER=cat SYSTEMD_EDITOR=/usr/local/bin/edit timeout --foreground 300 script -qfec "${run[*]}" /dev/null <"$work/keys" >"$work/raw" 2>&1 &
  exec {keys}>"$work/keys"
  for ((i = 0; i < ${#answers[@]}; i += 2)); do
    prompt=${answers[i]}
    [ -n "$prompt" ] || continue  # nothing is asked: it wants a terminal
    # Each prompt is looked for behind the one before.
    await_local prompted "$seen" "$prompt"
    seen=$(stat -c %s "$work/raw")
    printf '%s\n' "${answers[i + 1]}" >&"$keys"
  done
  wait $! || status=$?
  exec {keys}>&-
  tr -d '\r' <"$work/raw" >"$work/said"
  for ((i = 0; i < ${#answers[@]}; i += 2)); do
    [ -n "${answers[i]}" ] || continue
    grep -vF -- "${answers[i]}" "$work/said" >"$work/rest" || true
    mv "$work/rest" "$work/said"
  done
  return $status
}

# pattern_of LINE: a regular expression; what differs each time stands for its like.
pattern_of() {
  sed -E 's/[][\.*^$+?(){}|]/\\&/g
    s/…/.*/g
    s/[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2}/g
    s/[0-9]{2}:[0-9]{2}$/[0-9]{2}:[0-9]{2}/; s/[0-9]{2}:[0-9]{2}\\\.$/[0-9]{2}:[0-9]{2}\\./
    s/([0-9A-Z]{4}-){4}[0-9A-Z]{4}/([0-9A-Z]{4}-){4}[0-9A-Z]{4}/' <<<"$1"
}

# compare COMMAND: $work/shown, from the text, with $work/said.
compare() {
  local line i=0 said
  mapfile -t said < <(sed 's/ *$//' "$work/said")
  while IFS= read -r line; do
    [[ ${said[i]:-} =~ ^$(pattern_of "$line")$ ]] || fail "$block: $1: the text shows \"$line\", it printed \"${said[i]:-}\""
    i=$((i + 1))
  done <"$work/shown"
  [ "$i" -ge "${#said[@]}" ] || fail "$block: $1: it printed more than the text shows: ${said[i]}"
  compared=$((compared + 1))
}

# Its commands one after the other, each with what the text shows behind it.
run_session() {
  local line command='' status
  printf '$ \n' >>"$work/lines"
  while IFS= read -r line <&5; do
    if [[ $line != '$ '* ]]; then
      printf '%s\n' "$line" >>"$work/shown"
      continue
    fi
    if [ -n "$command" ]; then
      printf 'cd\n%s\n' "$command" >"$root$script"
      has "each_$block" && "each_$block" "$command"
      status=0
      run_at_terminal lena || status=$?
      # What the text shows to fail has to.
      if grep -q '^wardroom[a-z]*: ' "$work/shown"; then
        [ "$status" != 0 ] || fail "$block: $command succeeded"
      elif [ "$status" != 0 ]; then
        fail "$block: $command: $(cat "$work/said")"
      fi
      cat "$work/said" >>"$work/all"
      [ ! -s "$work/shown" ] || compare "$command"
      answers=()
    fi
    command=${line#'$ '}
    : >"$work/shown"
  done 5<"$work/lines"
  mv "$work/all" "$work/said"
}

run_script() {
  local account=root
  if ! grep -qvE '^wardroomctl ' "$work/lines" && ! grep -q '^wardroomctl setup' "$work/lines"; then account=lena; fi
  {
    echo 'set -e; trap '\''echo "the line was: $BASH_COMMAND" >&2'\'' ERR; cd'
    # shellcheck disable=SC2016 # the machine's shell expands it
    [ $account = lena ] || echo 'wardroomctl() {
      if [ "$1" = setup ]; then command wardroomctl "$@"; else
        runuser -u lena -- env HOME='$home' sh -c '\''cd && exec "$@"'\'' sh wardroomctl "$@"; fi
    }'
    cat "$work/lines"
  } >"$root$script"
  if [ ${#answers[@]} -gt 0 ]; then
    run_at_terminal $account
  elif [ $account = root ]; then
    here timeout 600 bash "$script" >"$work/said" 2>&1 </dev/null
  else
    as $account timeout 600 bash "$script" >"$work/said" 2>&1 </dev/null
  fi || fail "$block: $(cat "$work/said")"
}

run_block() {
  local i
  block=$1 replaced=() answers=()
  if [ -n "${left_out[$block]:-}" ]; then return; fi
  echo "-- $block"
  lines_of "$block" >"$work/lines"
  : >"$work/shown"
  : >"$work/all"
  if has "file_$block"; then
    "file_$block"
    files=$((files + 1))
    return
  fi
  if has "before_$block"; then "before_$block"; fi
  for ((i = 0; i < ${#replaced[@]}; i += 2)); do
    grep -qF -- "${replaced[i]}" "$work/lines" || fail "$block has no ${replaced[i]} to fill in"
    python3 -c 'import sys; text = sys.stdin.read(); print(text.replace(sys.argv[1], sys.argv[2]), end="")' \
      "${replaced[@]:i:2}" <"$work/lines" >"$work/filled"
    mv "$work/filled" "$work/lines"
  done
  if grep -q '^\$ ' "$work/lines"; then run_session; else run_script; fi
  ran=$((ran + 1))
  if has "after_$block"; then "after_$block"; fi
}

step "A minimal Debian 12, with what the text takes for granted"
prepare_machine
step "Boot"
boot
prepare_office
step "The text"
begun=${WARDROOM_FROM:-${blocks[0]}}
for name in "${blocks[@]}"; do
  [ "$name" != "$begun" ] || begun=''
  [ -z "$begun" ] || continue
  if [ -n "${WARDROOM_GO_ON:-}" ]; then run_block "$name" || true; else run_block "$name"; fi
done

printf '\n%d blocks: %d ran, %d were put into files, %d were left out. %d outputs were compared with the text.\n' \
  ${#blocks[@]} $ran $files ${#left_out[@]} $compared
for name in "${!left_out[@]}"; do echo "left out   $name: ${left_out[$name]}"; done
printf 'filled in  %s\n' "${filled_in[@]}"
[ ${#failed[@]} = 0 ] || { printf 'FAILED     %s\n' "${failed[@]}"; exit 1; }
[ $((ran + files + ${#left_out[@]})) = ${#blocks[@]} ] || fail "not every block was run"
