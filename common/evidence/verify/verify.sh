#!/bin/sh
# Checks a Wardroom evidence bundle with openssl (3.0 or later), sha256sum, xxd, base64, awk and nothing else.
#
#   sh verify.sh [--head FILE] [--key KEY] [DIRECTORY]
#
# DIRECTORY is the unpacked bundle; this script's own directory when it is left out. --head FILE is a signed head that
# was kept elsewhere, --key KEY the log's key as it was noted down. Exit status: 0 when everything holds, 1 when
# something doesn't, 2 when it couldn't be checked. README.txt says what each step means.
set -u
LC_ALL=C
export LC_ALL

head_file=
key_given=
directory=
while [ $# -gt 0 ]; do
  case $1 in
    --head) head_file=${2:?}; shift 2 ;;
    --key) key_given=${2:?}; shift 2 ;;
    -*) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2 ;;
    *) directory=$1; shift ;;
  esac
done
[ -n "$directory" ] || directory=$(dirname "$0")
for tool in openssl sha256sum xxd base64 awk split; do
  command -v "$tool" >/dev/null || { echo "verify.sh: $tool is missing." >&2; exit 2; }
done
for file in checkpoint key key.pem records.txt edges.txt groups.txt messages.txt; do
  [ -f "$directory/$file" ] || { echo "verify.sh: $directory has no $file." >&2; exit 2; }
done
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM

findings=0
found() {
  findings=$((findings + 1))
  [ $findings -gt 100 ] || echo "- $*"
}
found_all() { # a file of sentences
  while IFS= read -r sentence; do found "$sentence"; done <"$1"
}

# sha256_of_files DIR: "name hash" for each file in it, in the order of their names.
sha256_of_files() {
  (cd "$1" && find . -type f -print0 | sort -z | xargs -0 -r sha256sum) | sed 's/^\([0-9a-f]*\)  \.\//\1 /' |
    awk '{ print $2, $1 }'
}

# ---- 1. The head: who signed it, and what it says.

# split_note FILE NAME: the signed text into $work/NAME.text, its signature lines into $work/NAME.signatures.
split_note() {
  awk -v text="$work/$2.text" -v signatures="$work/$2.signatures" '
    { line[NR] = $0 } $0 == "" { blank = NR }
    END {
      printf "" > text; printf "" > signatures
      for (i = 1; i < blank; i++) print line[i] > text
      for (i = blank + 1; i <= NR; i++) print line[i] > signatures
    }' "$1"
}

key=$(head -n 1 "$directory/key")
name=${key%%+*}
rest=${key#*+}
key_id=${rest%%+*}
key_base64=${rest#*+}
printf '%s' "$key_base64" | base64 -d 2>/dev/null | xxd -p -c 100 >"$work/typed"
typed=$(cat "$work/typed")
[ ${#typed} = 66 ] && [ "${typed#01}" != "$typed" ] || { echo "verify.sh: the file key holds no Ed25519 key." >&2; exit 2; }
{ printf '%s\n' "$name"; printf '%s' "$typed" | xxd -r -p; } >"$work/named"
[ "$(sha256sum <"$work/named" | cut -c 1-8)" = "$key_id" ] || found "The ID of the key doesn't belong to it."
der=302a300506032b6570032100${typed#01}
[ "$(sed '/^-/d' "$directory/key.pem" | base64 -d 2>/dev/null | xxd -p -c 100)" = "$der" ] ||
  found "key.pem isn't the key that the file key names."
[ -z "$key_given" ] || [ "$key_given" = "$key" ] || found "The key isn't the one that you gave."

# check_signature NAME: whether the key signed $work/NAME.text.
check_signature() {
  found_signature=no
  while IFS= read -r line; do
    case $line in "— $name "*) ;; *) continue ;; esac
    printf '%s' "${line##* }" | base64 -d >"$work/signed" 2>/dev/null || { found_signature=wrong; return; }
    signature=$(xxd -p -c 200 "$work/signed")
    case $signature in "$key_id"*) ;; *) continue ;; esac
    printf '%s' "${signature#"$key_id"}" | xxd -r -p >"$work/signature"
    if openssl pkeyutl -verify -pubin -inkey "$directory/key.pem" -rawin -in "$work/$1.text" \
      -sigfile "$work/signature" >/dev/null 2>&1; then
      found_signature=yes
    else
      found_signature=wrong
      return
    fi
  done <"$work/$1.signatures"
}

split_note "$directory/checkpoint" head
check_signature head
[ $found_signature = yes ] || found "The head isn't signed by the key $key_id."
[ "$(sed -n 1p "$work/head.text")" = "$name" ] || found "The head is of another log."
size=$(sed -n 2p "$work/head.text")
root=$(sed -n 3p "$work/head.text" | base64 -d 2>/dev/null | xxd -p -c 100)
case $size in '' | *[!0-9]* | 0) echo "verify.sh: the head names no size." >&2; exit 2 ;; esac

# ---- 2. The records: their hashes, one after the other without a gap.

awk -v bad="$work/bad" '
  BEGIN { printf "" > bad }
  NR > 1 && $1 != last + 1 { print "Record " last + 1 " is missing: record " $1 " stands in its place." > bad; exit }
  length($2) != 64 || $2 ~ /[^0-9a-f]/ { print "Record " $1 " has no hash." > bad; exit }
  { last = $1; print $1, $2 }' "$directory/records.txt" >"$work/leaves"
gap=$(cat "$work/bad")
found_all "$work/bad"
first=$(head -n 1 "$work/leaves" | cut -d ' ' -f 1)
last=$(tail -n 1 "$work/leaves" | cut -d ' ' -f 1)
[ -n "$first" ] || { echo "verify.sh: records.txt has no records." >&2; exit 2; }

# The hash of each record whose bytes are given: SHA-256 of a zero byte and the line.
mkdir "$work/lines"
shown=0 hidden=0 pruned=0
while IFS= read -r line; do
  idx=${line%% *}
  body=${line#* }
  body=${body#* }
  case $body in
    -) hidden=$((hidden + 1)) ;;
    pruned) pruned=$((pruned + 1)) ;;
    *)
      printf '\000%s' "$body" >"$work/lines/$idx"
      shown=$((shown + 1))
      ;;
  esac
done <"$directory/records.txt"
sha256_of_files "$work/lines" >"$work/line-hashes"
rm -rf "$work/lines"
awk 'NR == FNR { leaf[$1] = $2; next }
  leaf[$1] != $2 { print "Record " $1 " isn'"'"'t what was written: its hash differs." }' \
  "$work/leaves" "$work/line-hashes" >"$work/bad"
found_all "$work/bad"
awk '{
    body = $0; sub(/^[^ ]* [^ ]* /, "", body)
    if (body == "-" || body == "pruned") next
    if (index(body, "{\"v\":1,\"idx\":" $1 ",") != 1) print "Record " $1 " says that it is another one."
  }' "$directory/records.txt" >"$work/bad"
found_all "$work/bad"

# ---- 3. The trees: that of the log, and one for each group of messages, level by level.

# Nodes are lines "tree level index hash"; of tree "log" the records and the given edges, of tree N the leaf hashes
# of group N. Widths are lines "tree width".
awk '{ print "log", 0, $1, $2 }' "$work/leaves" >"$work/nodes"
awk 'NF == 3 { print "log", $1, $2, $3 }' "$directory/edges.txt" >"$work/edges"
awk '{ for (i = 2; i <= NF; i++) print $1, 0, count[$1]++, $i }' "$directory/groups.txt" >"$work/group-leaves"
cat "$work/group-leaves" >>"$work/nodes"
{
  echo "log $size"
  awk '{ count[$1]++ } END { for (tree in count) print tree, count[tree] }' "$work/group-leaves"
} >"$work/widths"

# climb: from level 0 to the roots. A pair of neighbours has a parent, SHA-256(0x01 || left || right); the last node
# of a level, when it has no neighbour, moves up as it is. What is missing or too much is said in $work/bad.
climb() {
  level=0
  printf '' >"$work/roots"
  printf '' >"$work/bad"
  while [ -s "$work/nodes" ]; do
    { cat "$work/nodes"; awk -v level=$level '$2 == level' "$work/edges"; } | sort -k 1,1 -k 3,3n >"$work/level"
    awk -v level=$level -v roots="$work/roots" -v bad="$work/bad" -v pairs="$work/pairs" -v single="$work/single" '
      function width_at(tree, level,    w) {
        for (w = width[tree]; level > 0; level--) w = int((w + 1) / 2)
        return w
      }
      function complain(tree, what) { if (!(tree in told)) print tree " " what >> bad; told[tree] = 1 }
      BEGIN { printf "" > pairs; printf "" > single }
      NR == FNR { width[$1] = $2; next }
      {
        tree = $1; i = $3; w = width_at(tree, level)
        if (i >= w) { complain(tree, "a node outside the tree"); next }
        if (w == 1) {
          if (tree in done) complain(tree, "a node twice")
          done[tree] = 1; print tree, $4 >> roots; next
        }
        if (waiting) {
          if (tree == left_tree && i == left + 1) { print tree, level + 1, int(i / 2), left_hash $4 > pairs; waiting = 0; next }
          complain(left_tree, "a node without its right neighbour"); waiting = 0
        }
        if (i % 2) { complain(tree, "a node without its left neighbour, or twice"); next }
        if (i == w - 1) { print tree, level + 1, i / 2, $4 > single; next }
        waiting = 1; left_tree = tree; left = i; left_hash = $4
      }
      END { if (waiting) complain(left_tree, "a node without its right neighbour") }' "$work/widths" "$work/level"
    if [ -s "$work/pairs" ]; then
      mkdir "$work/blocks"
      awk '{ print "01" $4 }' "$work/pairs" | xxd -r -p | (cd "$work/blocks" && split -a 5 -b 65 - n)
      sha256_of_files "$work/blocks" | awk '{ print $2 }' >"$work/hashes"
      rm -rf "$work/blocks"
      paste -d ' ' "$work/pairs" "$work/hashes" | awk '{ print $1, $2, $3, $5 }' >"$work/nodes"
    else
      printf '' >"$work/nodes"
    fi
    cat "$work/single" >>"$work/nodes"
    level=$((level + 1))
    [ $level -le 64 ] || break
  done
}

climb
sed 's/^log /The records don'"'"'t lead to the head: /; s/^\([0-9][0-9]*\) /The hashes of messages of record \1: /; s/$/./' \
  "$work/bad" >"$work/sentences"
found_all "$work/sentences"
log_root=$(awk '$1 == "log" { print $2 }' "$work/roots")
if [ -z "$gap" ] && [ "$log_root" != "$root" ]; then
  found "The records don't give the root that the head signed: some were changed, removed, added or moved."
fi

# Each group's root must be the one in its record, whose bytes are given.
awk '{
    body = $0; sub(/^[^ ]* [^ ]* /, "", body)
    if (body !~ /^{"v":1,"idx":[0-9]*,"id":"[^"]*","ts":"[^"]*","type":"messages\.committed",/) next
    if (!match(body, /"after":{"count":[0-9]+,"root":"[0-9a-f]+"}/)) next
    split(substr(body, RSTART, RLENGTH), part, /[:,"{}]+/)
    print $1, part[4], part[6]
  }' "$directory/records.txt" >"$work/committed"
awk -v committed="$work/committed" -v widths="$work/widths" '
  BEGIN {
    while ((getline line < committed) > 0) { split(line, f, " "); count[f[1]] = f[2]; root[f[1]] = f[3] }
    while ((getline line < widths) > 0) { split(line, f, " "); width[f[1]] = f[2] }
  }
  $1 == "log" { next }
  !($1 in root) { print "The hashes of messages given for record " $1 " belong to no record of the bundle."; next }
  root[$1] != $2 || count[$1] != width[$1] { print "The hashes of messages given for record " $1 " don'"'"'t give its root." }' \
  "$work/roots" >"$work/bad"
found_all "$work/bad"

# ---- 4. The messages: their bytes, in the place of their group.

# As octal escapes, so that the shell writes the bytes without a program for each message.
awk -v bad="$work/bad" '
  function octal(hex,    i, out) {
    for (i = 1; i < length(hex); i += 2) out = out escape[substr(hex, i, 2)]
    return out
  }
  function hex_of(text,    i, out) {
    for (i = 1; i <= length(text); i++) out = out code[substr(text, i, 1)]
    return out
  }
  BEGIN {
    printf "" > bad
    for (i = 0; i < 256; i++) {
      escape[sprintf("%02x", i)] = sprintf("\\%03o", i)
      if (i > 0 && i < 128) code[sprintf("%c", i)] = sprintf("%02x", i)
    }
    title["posted"] = "message"; title["edited"] = "edit"; title["deleted"] = "delete"; title["restored"] = "restore"
  }
  $7 ~ /^erased:/ { next }
  {
    begin = "wardroom " title[$4] " v1\n" $1 "\n" $2 "\n" ($4 == "posted" ? "" : $3 "\n")
    if (!($4 in title) || ($4 == "posted") != ($3 == 1) || $7 ~ /[^0-9a-f]/ || length($7) % 2 ||
        index(substr($7, 33), hex_of(begin)) != 1)
      print "Line " NR " of messages.txt: its bytes aren'"'"'t those of the message that it names." > bad
    else printf "%08d %s\n", NR, octal($7)
  }' "$directory/messages.txt" >"$work/octal"
found_all "$work/bad"
mkdir "$work/preimages"
while IFS=' ' read -r number bytes; do
  # shellcheck disable=SC2059
  printf "$bytes" >"$work/preimages/$number"
done <"$work/octal"
{
  sha256_of_files "$work/preimages" | awk '{ print $1 + 0, $2 }'
  awk '$7 ~ /^erased:/ { print NR, substr($7, 8) }' "$directory/messages.txt"
} | sort -n >"$work/commitments"
rm -rf "$work/preimages" "$work/octal"
# The leaf of a commitment: SHA-256 of a zero byte and it.
mkdir "$work/blocks"
awk '{ print "00" $2 }' "$work/commitments" | xxd -r -p | (cd "$work/blocks" && split -a 5 -b 33 - n)
sha256_of_files "$work/blocks" | awk '{ print $2 }' >"$work/hashes"
rm -rf "$work/blocks"
paste -d ' ' "$work/commitments" "$work/hashes" >"$work/message-leaves"
awk -v leaves="$work/group-leaves" -v messages="$work/message-leaves" -v tally="$work/tally" '
  BEGIN {
    while ((getline line < leaves) > 0) { split(line, f, " "); leaf[f[1] " " f[3]] = f[4]; n++ }
    while ((getline line < messages) > 0) { split(line, f, " "); computed[f[1]] = f[3] }
  }
  $5 == "-" { unproven++; next }
  {
    what = "Message " $2 " of room " $1 ", version " $3
    if (!(($5 " " $6) in leaf)) print what " names a place in the log that the bundle doesn'"'"'t have."
    else if (leaf[$5 " " $6] != computed[NR]) print what " isn'"'"'t what was written: the log holds something else in its place."
    else if (($5 " " $6) in taken) print what " stands in the place of another one."
    else { proven++; if ($7 ~ /^erased:/) erased++ }
    taken[$5 " " $6] = 1
  }
  END { print proven + 0, erased + 0, unproven + 0, n - proven > tally }' "$directory/messages.txt" >"$work/bad"
found_all "$work/bad"
read -r proven erased unproven others <"$work/tally"

# ---- 5. A head that was kept elsewhere.

if [ -n "$head_file" ]; then
  [ -f "$head_file" ] || { echo "verify.sh: there is no file $head_file." >&2; exit 2; }
  split_note "$head_file" saved
  check_signature saved
  [ $found_signature != wrong ] || found "The signature of the head that you gave is wrong."
  saved_size=$(sed -n 2p "$work/saved.text")
  saved_root=$(sed -n 3p "$work/saved.text" | base64 -d 2>/dev/null | xxd -p -c 100)
  case $saved_size in '' | *[!0-9]* | 0) echo "verify.sh: $head_file isn't a head." >&2; exit 2 ;; esac
  root_then=
  if [ "$saved_size" = "$size" ]; then
    root_then=$root
  elif [ "$saved_size" -gt "$first" ] && [ "$saved_size" -le $((last + 1)) ] && [ -z "$gap" ]; then
    # The tree of that size: the same records up to there, and what stands left of them.
    awk -v size="$saved_size" '$1 < size { print "log", 0, $1, $2 }' "$work/leaves" >"$work/nodes"
    awk -v first="$first" '($3 + 1) * 2 ^ $2 <= first' "$work/edges" >"$work/left"
    mv "$work/left" "$work/edges"
    echo "log $saved_size" >"$work/widths"
    climb
    root_then=$(awk '$1 == "log" { print $2 }' "$work/roots")
  fi
  if [ -z "$root_then" ]; then
    found "The head of $saved_size records can't be held against this bundle, which tells of $((first + 1)) to $((last + 1)) and of $size."
  elif [ "$root_then" != "$saved_root" ]; then
    found "The head of $saved_size records is not of this log: among these records something was changed, removed, added or moved."
  else
    echo "The head of $saved_size records that you gave is met."
  fi
fi

# ---- What that means.

if [ $findings -gt 0 ]; then
  echo "This bundle does NOT hold: $findings findings."
  exit 1
fi
echo "All holds."
echo "The head of $size records is signed by the key $key_id of $name."
echo "Records $first to $last are all there: $shown with their bytes, $hidden as a hash only, $pruned pruned."
echo "$proven states of messages are what was committed to the log; of $erased the text was erased."
[ "$unproven" = 0 ] || echo "NOT proven: $unproven states of messages that stand in no group of the log."
echo "Not shown: $others states of other messages in the same groups."
[ -n "$head_file" ] || echo "Compare with a head that was kept on another computer: --head FILE."
exit 0
