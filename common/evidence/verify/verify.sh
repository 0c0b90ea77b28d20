#!/bin/sh
# Checks a Wardroom evidence bundle with openssl (3.0 or later), sha256sum, xxd, base64, awk, sed, sort, paste, head,
# cut, xargs, mktemp, tar, tr, wc and nothing else; perl, when it is there with Digest::SHA, does the hashing faster, and
# so does split.
#
#   sh verify.sh [--head FILE] [--key KEY] [DIRECTORY]
#
# DIRECTORY is the unpacked bundle; this script's own directory when it is left out. --head FILE is a signed head that
# was kept elsewhere, --key KEY the log's key as it was noted down. Exit status: 0 when everything holds and is proven;
# 1 when something doesn't hold, or isn't proven, with the list; 2 when it couldn't be checked. README.txt says what
# each step means.
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
    -*) sed -n '2,12s/^# \{0,1\}//p' "$0"; exit 2 ;;
    *) directory=$1; shift ;;
  esac
done
[ -n "$directory" ] || directory=$(dirname "$0")
for tool in openssl sha256sum xxd base64 awk sed sort paste head cut xargs mktemp tar tr wc; do
  command -v "$tool" >/dev/null || { echo "verify.sh: $tool is missing." >&2; exit 2; }
done
for file in checkpoint key key.pem case.txt records.txt edges.txt groups.txt messages.txt; do
  [ -f "$directory/$file" ] || { echo "verify.sh: $directory has no $file." >&2; exit 2; }
done
# Many small files: in memory where that is offered.
if [ -d /dev/shm ] && [ -w /dev/shm ] && [ -z "${TMPDIR:-}" ]; then
  work=$(mktemp -d /dev/shm/verify.XXXXXX) || exit 2
else
  work=$(mktemp -d) || exit 2
fi
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM

findings=0
found() {
  findings=$((findings + 1))
  [ $findings -gt 100 ] || echo "- $*"
}
found_all() { # a file of sentences
  [ -s "$1" ] || return 0
  while IFS= read -r sentence; do found "$sentence"; done <"$1"
}
unusable() {
  echo "verify.sh: $*" >&2
  exit 2
}
: >"$work/doubts" # what isn't proven although nothing contradicts it, a sentence a line

# ---- Hashing: many pieces with one program.

if command -v perl >/dev/null && perl -MDigest::SHA=sha256_hex -e 1 2>/dev/null; then has_perl=yes; else has_perl=no; fi
if command -v split >/dev/null; then has_split=yes; else has_split=no; fi

# sha256_of_files DIR: the hash of each file in it, in the order of their names.
sha256_of_files() {
  (cd "$1" && echo * | xargs sha256sum) | cut -c 1-64
}

# An archive of one file for each piece (tar, POSIX.1-1988), so that one program writes them all. Each byte of it is
# written by put(), as the two uses below say: a byte as hexadecimal digits, or as it is with \001 for the zero byte.
tar_entries='
  function fill(one, n,    s) { for (s = one; length(s) < n * length(one); s = s s) {} return substr(s, 1, n * length(one)) }
  function sum(digits,    i, n) { for (i = 1; i <= length(digits); i++) n += 48 + substr(digits, i, 1); return n }
  function octal(n, width) { return sprintf("%0" width "o", n) }
  function head(number, bytes,    name, size) { # 0644, nobody, no time; the check sum counts itself as eight blanks
    name = sprintf("%08d", number); size = octal(bytes, 11)
    return put(name) many_92 put("0000644") zero put("0000000") zero put("0000000") zero put(size) zero \
      put("00000000000") zero put(octal(sum(name) + sum(size) + fixed, 6)) zero blank put("0") many_100 magic zero put("00") many_247
  }
  function tail(bytes) { return substr(block, 1, (512 - bytes % 512) % 512 * length(zero)) }
  BEGIN {
    many_92 = fill(zero, 92); many_100 = fill(zero, 100); many_247 = fill(zero, 247); block = fill(zero, 512)
    fixed = sum("0000644") + sum("0000000") * 2 + sum("00000000000") + 8 * 32 + sum("000") + 559 # that of the magic word
  }'

# sha256_of_hex: lines "name... hex" in, the same with the hash of those bytes out.
sha256_of_hex() {
  if [ $has_perl = yes ]; then
    perl -MDigest::SHA=sha256_hex -ne 'print "$1 ", sha256_hex(pack "H*", $2), "\n" if /^(.*) (.*)$/'
    return
  fi
  mkdir "$work/pieces"
  # Pieces of one length need no archive where a stream of them can be cut up.
  bytes=$(awk -v names="$work/names" -v hex="$work/hex" '
    BEGIN { printf "" > names; printf "" > hex }
    { n = length($NF); print $NF > hex; sub(/ [^ ]*$/, ""); print > names }
    NR > 1 && n != before { differ = 1 }
    { before = n }
    END { print (differ ? 0 : before / 2) }')
  case $has_split$bytes in
    no* | yes0 | *.*)
      awk -v zero=00 -v blank=20 -v magic=7573746172 '
        function put(text,    i, out) { for (i = 1; i <= length(text); i++) out = out "3" substr(text, i, 1); return out }'"$tar_entries"'
        { n = length($0) / 2; print head(NR, n) $0 tail(n) }
        END { print block block }' "$work/hex" | xxd -r -p | (cd "$work/pieces" && tar xof -)
      ;;
    *) xxd -r -p "$work/hex" | (cd "$work/pieces" && split -b "$bytes" -a 5 - p) ;;
  esac
  [ ! -s "$work/hex" ] || sha256_of_files "$work/pieces" | paste -d ' ' "$work/names" -
  rm -rf "$work/pieces"
}

# sha256_of_records: for each record whose bytes are given, its index and the hash of a zero byte and the line.
sha256_of_records() {
  if [ $has_perl = yes ]; then
    perl -MDigest::SHA=sha256_hex -ne 'chomp; my ($idx, $leaf, $body) = split / /, $_, 3;
      print "$idx ", sha256_hex("\0$body"), "\n" unless $body eq "-" || $body eq "pruned"' "$directory/records.txt"
    return
  fi
  mkdir "$work/lines"
  # JSON has no byte 1: a line that holds one gets another hash by the blank in its place.
  tr '\001' ' ' <"$directory/records.txt" | awk -v zero="$(printf '\001')" -v blank=' ' -v magic=ustar -v given="$work/given" '
    function put(text) { return text }'"$tar_entries"'
    BEGIN { printf "" > given }
    {
      body = $0; sub(/^[^ ]* [^ ]* /, "", body)
      if (body == "-" || body == "pruned") next
      n = length(body) + 1
      printf "%s%s%s%s", head(++number, n), zero, body, tail(n)
      print $1 > given
    }
    END { printf "%s%s", block, block }' | tr '\001' '\000' | (cd "$work/lines" && tar xof -)
  if [ -s "$work/given" ]; then sha256_of_files "$work/lines" | paste -d ' ' "$work/given" -; fi
  rm -rf "$work/lines"
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

# use_key KEY [TYPE]: its name, ID and typed bytes into key_name, key_id and key_hex; fails when it isn't a key of the
# type, 01 for a log's and 04 for a witness's.
use_key() {
  key_name=${1%%+*}
  rest=${1#*+}
  key_id=${rest%%+*}
  key_hex=$(printf '%s' "${rest#*+}" | base64 -d 2>/dev/null | xxd -p -c 100)
  case $key_hex in "${2:-01}"*) ;; *) return 1 ;; esac
  [ ${#key_hex} = 66 ] && [ -n "$key_name" ] || return 1
  { printf '%s\n' "$key_name"; printf '%s' "$key_hex" | xxd -r -p; } >"$work/named"
  [ "$(sha256sum <"$work/named" | cut -c 1-8)" = "$key_id" ] || return 1
  der=302a300506032b6570032100${key_hex#??}
  { echo '-----BEGIN PUBLIC KEY-----'; printf '%s' "$der" | xxd -r -p | base64; echo '-----END PUBLIC KEY-----'; } >"$work/key.pem"
}

# is_signed NAME: whether the key of use_key signed $work/NAME.text.
is_signed() {
  signed=1
  while IFS= read -r line; do
    case $line in "— $key_name "*) ;; *) continue ;; esac
    printf '%s' "${line##* }" | base64 -d >"$work/signed" 2>/dev/null || return 1
    signature=$(xxd -p -c 200 "$work/signed")
    case $signature in "$key_id"*) ;; *) continue ;; esac
    printf '%s' "${signature#"$key_id"}" | xxd -r -p >"$work/signature"
    openssl pkeyutl -verify -pubin -inkey "$work/key.pem" -rawin -in "$work/$1.text" \
      -sigfile "$work/signature" >/dev/null 2>&1 || return 1
    signed=0
  done <"$work/$1.signatures"
  return $signed
}

# read_head NAME: what $work/NAME.text says into head_name, head_size and head_root; fails when it isn't a head.
read_head() {
  { IFS= read -r head_name; IFS= read -r head_size; IFS= read -r head_root; } <"$work/$1.text"
  head_root=$(printf '%s' "$head_root" | base64 -d 2>/dev/null | xxd -p -c 100)
  case $head_size in '' | *[!0-9]*) return 1 ;; esac
  [ ${#head_root} = 64 ]
}

IFS= read -r key <"$directory/key"
if [ -n "$key_given" ]; then
  [ ! -f "$key_given" ] || key_given=$(head -n 1 "$key_given")
  use_key "$key_given" || unusable "what you gave isn't a log's key, NAME+ID+BASE64."
  # From the key that was given to those to which it handed over.
  known=$key_given
  echo "$known" >"$work/keys"
  number=1
  while [ "$known" != "$key" ] && [ -f "$directory/rotation-$number" ]; do
    split_note "$directory/rotation-$number" rotation
    next=$(sed -n 4p "$work/rotation.text")
    use_key "$known"
    if [ "$(sed -n 1p "$work/rotation.text")" = "$key_name" ] && is_signed rotation &&
      [ "$(sed -n 2p "$work/rotation.text")" = 'wardroom audit key rotation v1' ] && old_name=$key_name &&
      use_key "$next" && [ "$key_name" = "$old_name" ] && is_signed rotation; then
      known=$next
      echo "$known" >>"$work/keys"
    fi
    number=$((number + 1))
  done
  [ "$known" = "$key" ] || found "The key isn't the one that you gave, nor did that one hand over to it."
fi
use_key "$key" || unusable "the file key holds no Ed25519 key with its ID."
echo "$key" >>"$work/keys"
name=$key_name id=$key_id
# To the byte: what openssl made of other lines around it isn't what was compared here.
[ "$(cat "$directory/key.pem" && echo .)" = "$(cat "$work/key.pem" && echo .)" ] || found "key.pem isn't the key that the file key names."

split_note "$directory/checkpoint" head
is_signed head || found "The head isn't signed by the key $id."
if ! read_head head || [ "$head_size" = 0 ]; then unusable "the file checkpoint is no head of a log with records."; fi
[ "$head_name" = "$name" ] || found "The head is of another log."
size=$head_size root=$head_root

# What the bundle is about.
person=$(sed -n 's/^person: \([0-9][0-9]*\) .*/\1/p' "$directory/case.txt" | head -n 1)
room=$(sed -n 's/^room: \([0-9][0-9]*\) .*/\1/p' "$directory/case.txt" | head -n 1)

# ---- 2. The records: their hashes, one after the other without a gap.

awk -v bad="$work/bad" -v tally="$work/tally" '
  BEGIN { printf "" > bad }
  NR > 1 && $1 != last + 1 { print "Record " last + 1 " is missing: record " $1 " stands in its place." > bad; exit }
  length($2) != 64 || $2 ~ /[^0-9a-f]/ { print "Record " $1 " has no hash." > bad; exit }
  NR == 1 { first = $1 }
  { last = $1; print $1, $2 }
  END { print first, last > tally }' "$directory/records.txt" >"$work/leaves"
if [ -s "$work/bad" ]; then gap=yes; else gap=; fi
found_all "$work/bad"
read -r first last <"$work/tally"
[ -n "$first" ] || unusable "records.txt has no records."

sha256_of_records >"$work/line-hashes"
awk 'NR == FNR { leaf[$1] = $2; next }
  leaf[$1] != $2 { print "Record " $1 " isn'"'"'t what was written: its hash differs." }' \
  "$work/leaves" "$work/line-hashes" >"$work/bad"
found_all "$work/bad"

# What the records say that the check needs: their own index, their times, what was pruned, what was committed.
awk -v bad="$work/bad" -v doubts="$work/doubts" -v committed="$work/committed" -v tally="$work/tally" \
  -v clock="$work/clock" -v times="$work/times" \
  -v first="$first" -v last="$last" -v size="$size" '
  function number(name) { # of a member of what the record says is now
    return match(after, "\"" name "\":-?[0-9]+") ? substr(after, RSTART + length(name) + 3, RLENGTH - length(name) - 3) + 0 : -1
  }
  function seconds(ts,    y, m, d) { # since 1970; days as of a year that begins in March
    y = substr(ts, 1, 4) + 0; m = substr(ts, 6, 2) + 0; d = substr(ts, 9, 2) + 0
    if (m < 3) { y--; m += 12 }
    d += 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m - 3) + 2) / 5) - 719469
    return d * 86400 + substr(ts, 12, 2) * 3600 + substr(ts, 15, 2) * 60 + substr(ts, 18, 2)
  }
  BEGIN { printf "" > bad; printf "" > committed; printf "" > clock; printf "" > times }
  {
    body = $0; sub(/^[^ ]* [^ ]* /, "", body)
    if (body == "-") { if (!hidden++) first_hidden = $1; next }
    if (body == "pruned") { pruned[$1] = 1; count++; next }
    shown++
    if (index(body, "{\"v\":1,\"idx\":" $1 ",") != 1) print "Record " $1 " says that it is another one." > bad
    ts = match(body, /"ts":"[^"]*"/) ? substr(body, RSTART + 6, RLENGTH - 7) : ""
    type = match(body, /"type":"[^"]*"/) ? substr(body, RSTART + 8, RLENGTH - 9) : ""
    was_set = type == "server.clock_jump" || type == "server.clock_confirmed"
    if (ts < before && !was_set)
      print "Record " $1 " bears an earlier time than the one before it (" ts " after " before "), and doesn\047t say that the clock was set." >> doubts
    if (was_set) print "The clock was set at record " $1 " (" type "): " ts (before == "" ? "" : " after " before) "." > clock
    before = ts
    now = seconds(ts)
    falls = was_set && now < clock_before
    if (was_set) is_behind = falls
    clock_before = now
    print $1, now, falls + 0, is_behind + 0 > times
    if (type != "messages.committed" && type != "audit.pruned") next
    after = match(body, /"after":[{]/) ? substr(body, RSTART + 9) : ""
    if (type == "audit.pruned") {
      begins[++ranges] = number("first"); ends[ranges] = number("last"); said += number("count")
      if (begins[ranges] < first + 0 || ends[ranges] > last + 0) outside = 1
      next
    }
    hash = match(after, /"root":"[0-9a-f]+"/) ? substr(after, RSTART + 8, RLENGTH - 9) : "-"
    states = "-"
    if (match(after, /"states":\[\[[^"}]*\]\]/)) {
      states = substr(after, RSTART + 11, RLENGTH - 13)
      gsub(/\],\[/, ";", states)
    }
    since = number("since")
    print $1, number("count"), hash, since < 0 ? 0 : since, states, number("v2_since") > committed
  }
  END {
    for (idx in pruned) {
      told = 0
      for (i = 1; i <= ranges; i++) if (begins[i] <= idx + 0 && idx + 0 <= ends[i]) told = 1
      if (!told) { count--; if (untold == "" || idx + 0 < untold) untold = idx + 0 }
    }
    if (untold != "" && last + 1 == size + 0)
      print "Record " untold " is given as pruned, but no record audit.pruned here says so." >> doubts
    if (count > said + 0 || (!outside && count < said + 0))
      print count + 0 " records are given as pruned, but the records audit.pruned tell of " said + 0 "." > bad
    for (idx in pruned) forgotten++
    print shown + 0, hidden + 0, forgotten + 0, first_hidden > tally
  }' "$directory/records.txt"
found_all "$work/bad"
read -r shown hidden pruned first_hidden <"$work/tally"

# ---- 3. The trees: that of the log, and one for each group of messages, level by level.

# Nodes are lines "tree level index hash"; of tree "log" the records and the given edges, of tree N the leaf hashes
# of group N; of tree "export" the record of the export, if it is there, and what leads from it alone to the head.
# Widths are lines "tree width".
exported= exported_hash=
export_file=/dev/null
[ ! -f "$directory/export.txt" ] || export_file=$directory/export.txt
head -n 1 "$export_file" >"$work/exported"
if [ -s "$work/exported" ]; then
  read -r exported exported_leaf _ <"$work/exported"
  exported_hash=$({ printf '\000'; cut -d ' ' -f 3- "$work/exported" | tr -d '\n'; } | sha256sum | cut -c 1-64)
fi
awk -v edges="$work/edges" -v groups="$work/group-leaves" -v widths="$work/widths" -v size="$size" -v hash="$exported_hash" '
  BEGIN { printf "" > edges; printf "" > groups; print "log", size > widths }
  of == "records" { print "log", 0, $1, $2 }
  of == "edges" && NF == 3 { print "log", $1, $2, $3 > edges }
  of == "groups" {
    for (i = 2; i <= NF; i++) { leaf = $1 " 0 " (count[$1]++ + 0) " " $i; print leaf; print leaf > groups }
  }
  of == "export" && FNR == 1 && NF > 0 { print "export", 0, $1, hash; print "export", size > widths }
  of == "export" && FNR > 1 { print "export", $1, $2, $3 > edges }
  END { for (tree in count) print tree, count[tree] > widths }' \
  of=records "$work/leaves" of=edges "$directory/edges.txt" of=groups "$directory/groups.txt" of=export "$export_file" \
  >"$work/nodes"

# climb: from level 0 to the roots. A pair of neighbours has a parent, SHA-256(0x01 || left || right); the last node
# of a level, when it has no neighbour, moves up as it is. What is missing or too much is said in $work/bad.
climb() {
  level=0
  printf '' >"$work/roots"
  printf '' >"$work/bad"
  while [ -s "$work/nodes" ]; do
    sort -k 1,1 -k 3,3n "$work/nodes" "$work/edges" >"$work/level"
    awk -v level=$level -v roots="$work/roots" -v bad="$work/bad" -v pairs="$work/pairs" -v nodes="$work/nodes" '
      function width_at(tree,    w, l) { # a parameter that is counted down would change what was passed in some awks
        w = width[tree] + 0
        for (l = 0; l < level + 0; l++) w = int((w + 1) / 2)
        return w
      }
      function complain(tree, what,    whose) {
        if (tree in told) return
        told[tree] = 1
        whose = "The hashes of messages of record " tree
        if (tree == "log") whose = "The records don\047t lead to the head"
        if (tree == "export") whose = "The record of the export doesn\047t lead to the head"
        print whose ": " what "." >> bad
      }
      BEGIN { printf "" > pairs; printf "" > nodes }
      NR == FNR { width[$1] = $2; next }
      $2 != level { next } # an edge of another one
      {
        tree = $1; i = $3 + 0; w = width_at(tree)
        if (i >= w) { complain(tree, "a node outside the tree"); next }
        if (w == 1) {
          if (tree in done) complain(tree, "a node twice")
          done[tree] = 1; print tree, $4 >> roots; next
        }
        if (waiting) {
          if (tree == left_tree && i == left + 1) { print tree, level + 1, int(i / 2), "01" left_hash $4 > pairs; waiting = 0; next }
          complain(left_tree, "a node without its right neighbour"); waiting = 0
        }
        if (i % 2) { complain(tree, "a node without its left neighbour, or twice"); next }
        if (i == w - 1) { print tree, level + 1, i / 2, $4 > nodes; next }
        waiting = 1; left_tree = tree; left = i; left_hash = $4
      }
      END { if (waiting) complain(left_tree, "a node without its right neighbour") }' "$work/widths" "$work/level"
    [ ! -s "$work/pairs" ] || sha256_of_hex <"$work/pairs" >>"$work/nodes"
    level=$((level + 1))
    [ $level -le 64 ] || break
  done
}

climb
found_all "$work/bad"

# Each group's root must be the one in its record, whose bytes are given.
awk -v committed="$work/committed" -v widths="$work/widths" -v tally="$work/tally" '
  BEGIN {
    log_root = export_root = "-"
    while ((getline line < committed) > 0) { split(line, f, " "); count[f[1]] = f[2]; root[f[1]] = f[3] }
    while ((getline line < widths) > 0) { split(line, f, " "); width[f[1]] = f[2] }
  }
  $1 == "log" { log_root = $2; next }
  $1 == "export" { export_root = $2; next }
  !($1 in root) { print "The hashes of messages given for record " $1 " belong to no record of the bundle."; next }
  root[$1] != $2 || count[$1] != width[$1] { print "The hashes of messages given for record " $1 " don'"'"'t give its root." }
  END { print log_root, export_root > tally }' "$work/roots" >"$work/bad"
read -r log_root export_root <"$work/tally"
if [ -z "$gap" ] && [ "$log_root" != "$root" ]; then
  found "The records don't give the root that the head signed: some were changed, removed, added or moved."
fi
found_all "$work/bad"

# What the record of the export says: of whom or which room it was, up to which record, and where their chain ends.
if [ -f "$directory/export.txt" ]; then
  awk '
    function number(text, name) { # a member
      return match(text, "\"" name "\":-?[0-9]+") ? substr(text, RSTART + length(name) + 3, RLENGTH - length(name) - 3) : "-"
    }
    {
      body = $0; sub(/^[^ ]* [^ ]* /, "", body)
      type = match(body, /"type":"[^" ]+"/) ? substr(body, RSTART + 8, RLENGTH - 9) : "-"
      if (index(body, "{\"v\":1,\"idx\":" $1 ",") != 1) type = "-"
      at = match(body, /"after":[{]/) ? RSTART : length(body)
      after = substr(body, at)
      print type, number(after, "user"), number(substr(body, 1, at), "room"), number(after, "last"), number(after, "chain_end"), \
        (index(after, "\"files\":true") ? "true" : "-")
    }' "$work/exported" >"$work/said"
  read -r exported_type exported_person exported_room exported_last chain_end exported_files <"$work/said"
  if [ -z "$exported" ] || [ "$exported_hash" != "$exported_leaf" ] || [ "$exported_type" != audit.exported ] ||
    [ "$export_root" != "$root" ]; then
    found "The record of the export in export.txt isn't one under the head."
    exported=
  fi
fi

# ---- 4. The messages: their bytes, in the place of their group.

awk -v bad="$work/bad" -v preimages="$work/preimages" '
  function hex_of(text,    i, out) {
    for (i = 1; i <= length(text); i++) out = out code[substr(text, i, 1)]
    return out
  }
  BEGIN {
    printf "" > bad; printf "" > preimages
    for (i = 1; i < 128; i++) code[sprintf("%c", i)] = sprintf("%02x", i)
    title["posted"] = "message"; title["edited"] = "edit"; title["deleted"] = "delete"; title["restored"] = "restore"
    v2 = hex_of("wardroom message v2\n")
    v3 = hex_of("wardroom message v3\n")
  }
  $7 ~ /^erased:/ { print NR, substr($7, 8); next }
  {
    form = $4 != "posted" ? 1 : index(substr($7, 33), v2) == 1 ? 2 : index(substr($7, 33), v3) == 1 ? 3 : 1
    begin = "wardroom " title[$4] " v" form "\n" $1 "\n" $2 "\n" ($4 == "posted" ? "" : $3 "\n")
    if (!($4 in title) || ($4 == "posted") != ($3 == 1) || $7 ~ /[^0-9a-f]/ || length($7) % 2 ||
        index(substr($7, 33), hex_of(begin)) != 1)
      print "Line " NR " of messages.txt: its bytes aren'"'"'t those of the message that it names." > bad
    else print NR, $7 > preimages
  }' "$directory/messages.txt" >"$work/commitments"
found_all "$work/bad"
sha256_of_hex <"$work/preimages" >>"$work/commitments"
# The leaf of a commitment: SHA-256 of a zero byte and it.
sed 's/ / 00/' "$work/commitments" | sha256_of_hex >"$work/message-leaves"
# From one record on, which all that bind messages in name, they have the form v2, which holds more of them than v1.
awk -v tally="$work/tally" '
  $6 >= 0 && since == "" { since = $6 + 0 }
  $6 >= 0 && ($6 + 0 != since || $6 + 0 > $1 + 0) {
    print "Record " $1 " says that messages are bound in their new form since record " $6 ", which isn\047t what the others say."
  }
  $6 < 0 { silent[++n] = $1 + 0 }
  END {
    for (i = 1; i <= n; i++) if (since != "" && silent[i] >= since)
      print "Record " silent[i] " binds messages in as before record " since ", from which on they have a new form."
    print since > tally
  }' "$work/committed" >"$work/bad"
found_all "$work/bad"
read -r v2_since <"$work/tally"
awk -v leaves="$work/group-leaves" -v messages="$work/message-leaves" -v tally="$work/tally" -v room="$room" \
  -v seen="$work/seen" -v v2_since="$v2_since" -v old_title="$(printf 'wardroom message v1\n' | xxd -p)" \
  -v title_2="$(printf 'wardroom message v2\n' | xxd -p)" -v title_3="$(printf 'wardroom message v3\n' | xxd -p)" -v bound="$work/bound" '
  # The eighth line of the bytes in hexadecimal: of each file "SIZE SHA256 NAME", a tab between two. A line of another
  # form is passed over.
  function carried(room, seq, hex,    at, begin, n, line, entry, count, i, size, hash, blank, text) {
    begin = 1
    for (at = 1; at < length(hex) && n < 8; at += 2)
      if (substr(hex, at, 2) == "0a") { if (++n == 8) line = substr(hex, begin, at - begin); begin = at + 2 }
    if (line == "") return
    begin = 1
    for (at = 1; at <= length(line) + 1; at += 2)
      if (at > length(line) || substr(line, at, 2) == "09") { entry[++count] = substr(line, begin, at - begin); begin = at + 2 }
    for (i = 1; i <= count; i++) {
      blank = 0
      for (at = 1; at <= 37 && !blank; at += 2) if (substr(entry[i], at, 2) == "20") blank = at
      size = text_of(substr(entry[i], 1, blank - 1)); hash = text_of(substr(entry[i], blank + 2, 128))
      if (!blank || size !~ /^[0-9]+$/ || length(size) > 18 || length(hash) != 64 || hash ~ /[^0-9a-f]/ ||
          substr(entry[i], blank + 130, 2) != "20" || length(entry[i]) < blank + 133) return
      text = text hash " " size " Message " seq " of room " room ", version 1\n"
    }
    printf "%s", text > bound
  }
  function text_of(hex,    at, out) { # digits and a to f
    for (at = 1; at < length(hex); at += 2) {
      if (!(substr(hex, at, 2) in letter)) return ""
      out = out letter[substr(hex, at, 2)]
    }
    return out
  }
  BEGIN {
    printf "" > seen; printf "" > bound
    for (i = 0; i < 10; i++) letter["3" i] = i
    for (i = 1; i < 7; i++) letter["6" i] = substr("abcdef", i, 1)
    while ((getline line < leaves) > 0) { split(line, f, " "); leaf[f[1] " " f[3]] = f[4]; n++ }
    while ((getline line < messages) > 0) { split(line, f, " "); computed[f[1]] = f[2] }
  }
  $5 == "-" { unproven++; next }
  {
    what = "Message " $2 " of room " $1 ", version " $3
    if (!(($5 " " $6) in leaf)) print what " names a place in the log that the bundle doesn'"'"'t have."
    else if (leaf[$5 " " $6] != computed[NR]) print what " isn'"'"'t what was written: the log holds something else in its place."
    else if (($5 " " $6) in taken) print what " stands in the place of another one."
    else if (v2_since != "" && $5 + 0 >= v2_since + 0 && index(substr($7, 33), old_title) == 1)
      print what " is bound in a form that doesn'"'"'t hold any more since record " v2_since "."
    else {
      proven++
      if ($7 ~ /^erased:/) erased++
      print $5, (room == "" || room == $1) > seen
      if ($4 == "posted" && (index(substr($7, 33), title_2) == 1 || index(substr($7, 33), title_3) == 1))
        carried($1, $2, substr($7, 33))
    }
    taken[$5 " " $6] = 1
  }
  END { print proven + 0, erased + 0, unproven + 0, n - proven > tally }' "$directory/messages.txt" >"$work/bad"
found_all "$work/bad"
read -r proven erased unproven others <"$work/tally"
[ "$unproven" = 0 ] || echo "$unproven states of messages stand in no group of the log." >>"$work/doubts"

# ---- The bytes of what the messages carry, where the bundle takes them along.

here=
for file in "$directory"/file-*; do
  if [ -f "$file" ]; then echo "${file##*/}"; fi
done >"$work/beside"
if [ -f "$directory/carried.txt" ]; then
  # What can be used: hash, size, here or gone.
  awk -v bad="$work/bad" '
    BEGIN { printf "" > bad }
    NF != 3 || $0 != $1 " " $2 " " $3 || length($1) != 64 || $1 ~ /[^0-9a-f]/ || $2 !~ /^[0-9]+$/ || length($2) > 18 ||
      ($3 != "here" && $3 != "gone") || $1 in met { print "Line " NR " of carried.txt can\047t be used, or names a file twice." > bad; next }
    { met[$1] = 1; sub(/^0+/, "", $2); print $1, ($2 == "" ? 0 : $2), $3 }' "$directory/carried.txt" >"$work/carried"
  found_all "$work/bad"
  here=0
  while read -r hash bytes state; do
    file=$directory/file-$hash
    if [ "$state" = gone ]; then
      echo "file-$hash is gone, and that it had to be is the server's word." >>"$work/doubts"
      continue
    fi
    here=$((here + 1))
    if [ ! -f "$file" ]; then
      found "file-$hash isn't in the bundle."
    elif [ "$(sha256sum <"$file" | cut -c 1-64)" != "$hash" ] || [ "$(wc -c <"$file" | tr -d ' ')" != "$bytes" ]; then
      found "file-$hash isn't what was sent: its size or hash differs."
    fi
  done <"$work/carried"
  awk -v carried="$work/carried" -v beside="$work/beside" -v doubts="$work/doubts" '
    BEGIN {
      while ((getline line < carried) > 0) {
        split(line, f, " ")
        said[f[1] " " f[2]] = 1
        if (f[3] == "here") here["file-" f[1]] = 1
      }
      while ((getline line < beside) > 0)
        if (!(line in here)) print line " is in the bundle, and carried.txt doesn\047t say so."
    }
    {
      size = $2; sub(/^0+/, "", size); if (size == "") size = 0
      if (!(($1 " " size) in bound) && !(($1 " " size) in said)) {
        what = $0; sub(/^[^ ]* [^ ]* /, "", what)
        print what " carries a file of " size " bytes, SHA-256 " $1 ", which the bundle neither has nor says to be gone." >> doubts
      }
      bound[$1 " " size] = 1
    }
    END { for (place in said) if (!(place in bound)) { split(place, f, " "); print "carried.txt names file-" f[1] " of " f[2] " bytes, which no message here carries." } }
  ' "$work/bound" >"$work/bad"
  found_all "$work/bad"
else
  awk '{ print $0 " is in the bundle, which doesn\047t say that it takes files along." }' "$work/beside" >"$work/bad"
  found_all "$work/bad"
  if [ -n "$exported" ] && [ "$exported_files" = true ]; then
    echo "Record $exported says that this bundle takes files along, but it has no carried.txt." >>"$work/doubts"
  fi
fi

# ---- 5. Whether anything is missing: records messages.committed count the states that they bind in, and name the
# record before them that binds states of the same room and of the same author.

awk -v seen="$work/seen" -v widths="$work/widths" -v person="$person" -v room="$room" -v first="$first" \
  -v hidden="$first_hidden" -v bad="$work/bad" -v doubts="$work/doubts" -v tally="$work/tally" '
  function states(n) { return n (n == 1 ? " state" : " states") }
  BEGIN {
    printf "" > bad
    while ((getline line < seen) > 0) { split(line, f, " "); shown[f[1]]++; of_subject[f[1]] += f[2] }
    while ((getline line < widths) > 0) { split(line, f, " "); width[f[1]] = f[2] }
    everything = person == "" && room == ""
    if (everything && hidden != "")
      print "Record " hidden " is given as a hash only, in a bundle of everything in the log." > bad
    link = -1; from = -1; since = 0
  }
  {
    missing = (($1 in width) ? width[$1] : $2) - shown[$1]
    if (everything) {
      if (missing > 0) print "Record " $1 " binds in " states($2) ", of which " missing " can'"'"'t be seen here." >> doubts
      next
    }
    if ($4 + 0 > since) since = $4 + 0
    if ($5 == "-") { if (missing > 0) { uncounted++; unseen += missing }; next }
    counted = 0; before = ""
    pairs = split($5, pair, ";")
    for (i = 1; i <= pairs; i++) {
      split(pair[i], c, ",")
      in_room = room == "" || c[1] == room; by_person = person == "" || c[2] == person
      if (in_room && by_person) counted += c[3]
      if (room != "" ? in_room : by_person) before = room != "" ? c[4] : c[5]
    }
    if (of_subject[$1] + 0 > counted)
      print "Record " $1 " counts " states(counted) " of the subject, but the bundle shows " of_subject[$1] "." > bad
    if (of_subject[$1] + 0 < counted)
      print "Record " $1 " counts " states(counted) " of the subject, of which " counted - of_subject[$1] " can'"'"'t be seen here." >> doubts
    if (before == "") next
    if (link < 0 ? before + 0 >= first + 0 : before + 0 != link)
      print "Record " $1 " says that record " before " binds in states of the subject, too; the bundle doesn'"'"'t show it as that." >> doubts
    if (link < 0) from = $4 + 0 > first + 0 ? $4 : first
    link = $1 + 0
  }
  END {
    if (uncounted)
      print uncounted (uncounted == 1 ? " record doesn'"'"'t" : " records don'"'"'t") " say whose states they bind in: that none of the subject'"'"'s is among " unseen " that can'"'"'t be seen here is the server'"'"'s word." >> doubts
    if (hidden != "" && hidden + 0 < since)
      print "The log counts states from record " since " on: that none is missing before it is the server'"'"'s word." >> doubts
    print from, link > tally
  }' "$work/committed"
found_all "$work/bad"
read -r counted_from counted_to <"$work/tally"

# No record speaks of one behind it; that of the export names the last one that counts the subject.
if [ -z "$person$room" ]; then
  :
elif [ -z "$exported" ]; then
  echo "The bundle has no record of its export: that no states of the subject follow the last ones here is the server's word." >>"$work/doubts"
elif [ "$exported_person" != "${person:--}" ] || [ "$exported_room" != "${room:--}" ] || [ "$chain_end" = - ] || [ "$exported_last" = - ]; then
  echo "Record $exported doesn't say of this subject which record is the last that counts its states: that none follow is the server's word." >>"$work/doubts"
elif [ "$last" -gt "$exported_last" ]; then
  echo "Record $exported tells of an export up to record $exported_last, but the bundle goes up to record $last: that nothing is missing behind it isn't proven." >>"$work/doubts"
elif [ "$chain_end" -ge "$first" ] && [ "$counted_to" -lt "$chain_end" ]; then
  echo "Record $exported says that record $chain_end is the last that counts states of the subject; the bundle doesn't show it as that." >>"$work/doubts"
elif [ "$counted_to" -gt "$chain_end" ]; then
  found "Record $exported says that record $chain_end is the last that counts states of the subject; but record $counted_to counts some, too."
elif [ "$counted_to" != -1 ]; then
  counted_to=$last
fi

# ---- 6. A head that was kept elsewhere.

if [ -n "$head_file" ]; then
  [ -f "$head_file" ] || unusable "there is no file $head_file."
  split_note "$head_file" saved
  read_head saved || unusable "$head_file isn't a head."
  saved_size=$head_size saved_root=$head_root
  saved_signed=no
  while IFS= read -r known; do
    if use_key "$known" && is_signed saved && [ "$head_name" = "$key_name" ]; then saved_signed=yes; fi
  done <"$work/keys"
  root_then=
  if [ "$saved_size" = "$size" ]; then
    root_then=$root
  elif [ "$saved_size" -gt "$first" ] && [ "$saved_size" -le $((last + 1)) ] && [ -z "$gap" ]; then
    # The tree of that size: the same records up to there, and what stands left of them.
    awk -v size="$saved_size" '$1 + 0 < size + 0 { print "log", 0, $1, $2 }' "$work/leaves" >"$work/nodes"
    awk -v first="$first" '$1 == "log" && ($3 + 1) * 2 ^ $2 <= first + 0' "$work/edges" >"$work/left"
    mv "$work/left" "$work/edges"
    echo "log $saved_size" >"$work/widths"
    climb
    root_then=$(awk '$1 == "log" { print $2 }' "$work/roots")
  fi
  if [ $saved_signed = no ]; then
    found "The head of $saved_size records isn't met: no key of this log that is known signed it. An older key is given with --key."
  elif [ -z "$root_then" ]; then
    found "The head of $saved_size records can't be held against this bundle, which tells of $((first + 1)) to $((last + 1)) and of $size."
  elif [ "$root_then" != "$saved_root" ]; then
    found "The head of $saved_size records is not of this log: among these records something was changed, removed, added or moved."
  else
    echo "The head of $saved_size records that you gave is met."
  fi
fi

# ---- 7. Devices that vouch for the log: each has cosigned a head (c2sp.org/tlog-cosignature), and a proof shows that
# this one extends it.

# follow_proofs: lines "number size root proof" in $work/claims; the numbers of those that hold into $work/extended
# (RFC 9162 section 2.1.4.2, all of them a step at a time).
follow_proofs() {
  printf '' >"$work/extended"
  awk -v later="$size" -v later_root="$root" -v extended="$work/extended" '
    {
      n = $4 == "-" ? 0 : split($4, node, ","); fn = $2 - 1; sn = later - 1
      if ($2 + 0 == later + 0) { if (n == 0 && $3 == later_root) print $1 > extended; next }
      for (power = 1; power < $2 + 0; power *= 2) {}
      from = 1; first = $3
      if (power != $2 + 0) { if (n == 0) next; first = node[1]; from = 2 }
      if ($2 + 0 > later + 0) next
      while (fn % 2 == 1) { fn = int(fn / 2); sn = int(sn / 2) }
      rest = ""
      for (i = from; i <= n; i++) rest = rest "," node[i]
      print $1, fn, sn, first, first, $3, rest == "" ? "-" : substr(rest, 2)
    }' "$work/claims" >"$work/steps"
  while [ -s "$work/steps" ]; do
    awk -v later_root="$root" -v extended="$work/extended" -v pairs="$work/pairs" '
      BEGIN { printf "" > pairs }
      $7 == "-" { if ($3 == 0 && $4 == $6 && $5 == later_root) print $1 >> extended; next }
      $3 == 0 { next }
      {
        fn = $2; sn = $3; node = substr($7, 1, 64); rest = length($7) > 64 ? substr($7, 66) : "-"
        if (fn % 2 == 1 || fn == sn) {
          print $1, "01" node $4 > pairs; print $1, "01" node $5 > pairs; both = 1
          while (fn % 2 == 0 && fn != 0) { fn = int(fn / 2); sn = int(sn / 2) }
        } else { print $1, "01" $5 node > pairs; both = 0 }
        print $1, int(fn / 2), int(sn / 2), $4, both, $6, rest
      }' "$work/steps" >"$work/level"
    sha256_of_hex <"$work/pairs" >"$work/hashes"
    awk -v hashes="$work/hashes" '
      function next_hash(    line, word) { getline line < hashes; split(line, word, " "); return word[2] }
      {
        first = $5 ? next_hash() : $4
        print $1, $2, $3, first, next_hash(), $6, $7
      }' "$work/level" >"$work/steps"
  done
}

devices=0
vouching=
if [ -f "$directory/witnesses.txt" ]; then
  awk -v bad="$work/bad" '
    function plain(n) { return n ~ /^(0|[1-9][0-9]*)$/ && length(n) < 19 }
    function hex(h, n) { return length(h) == n && h !~ /[^0-9a-f]/ }
    BEGIN { printf "" > bad }
    {
      good = plain($2) && plain($3) && (NF == 4 && $4 == "-" || NF == 8 && plain($4) && $4 + 0 > 0 && hex($5, 64) && plain($6) && hex($7, 128))
      n = good && NF == 8 && $8 != "-" ? split($8, node, ",") : 0
      for (i = 1; i <= n; i++) good = good && hex(node[i], 64)
      if (!good) { print "Line " NR " of witnesses.txt can\047t be used." > bad; next }
      if ($1 in met) { print "The device " substr($1, 1, index($1, "+") - 1) " stands in witnesses.txt twice." > bad; next }
      met[$1] = 1
      print
    }' "$directory/witnesses.txt" >"$work/witnesses"
  found_all "$work/bad"
  # Where the record that made the key known is here, it must name it. Otherwise that is the server's word.
  awk -v bad="$work/bad" '
    BEGIN { printf "" > bad }
    NR == FNR { wanted[$2] = 1; next }
    FILENAME != ARGV[3] {
      if (!($1 in wanted)) next
      body = $0; sub(/^[^ ]* [^ ]* /, "", body)
      if (body == "-" || body == "pruned") next
      said[$1] = body
      next
    }
    ($2 in said) && (index(said[$2], "\"type\":\"audit.witness_added\"") == 0 || index(said[$2], "\"after\":{\"key\":\"" $1 "\"") == 0) {
      print "The device " substr($1, 1, index($1, "+") - 1) " isn\047t the one that record " $2 " makes known." > bad
      $4 = "another"
    }
    { print }' "$work/witnesses" "$directory/records.txt" "$work/witnesses" >"$work/known"
  found_all "$work/bad"
  printf '' >"$work/claims"
  while read -r device _ _ seen_size seen_root seconds signature proof; do
    if ! use_key "$device" 04; then
      found "A line of witnesses.txt can't be used: it has no key of a witness."
      continue
    fi
    devices=$((devices + 1))
    case $seen_size in - | another) continue ;; esac
    {
      printf 'cosignature/v1\ntime %s\n%s\n%s\n' "$seconds" "$name" "$seen_size"
      printf '%s' "$seen_root" | xxd -r -p | base64
    } >"$work/cosigned"
    printf '%s' "$signature" | xxd -r -p >"$work/signature"
    if openssl pkeyutl -verify -pubin -inkey "$work/key.pem" -rawin -in "$work/cosigned" \
      -sigfile "$work/signature" >/dev/null 2>&1; then
      echo "$device $seen_size $seen_root $proof $seconds" >>"$work/claims"
    else
      found "The device $key_name didn't cosign a head of $seen_size records: its signature is wrong."
    fi
  done <"$work/known"
  follow_proofs
  awk -v extended="$work/extended" '
    BEGIN { while ((getline line < extended) > 0) ok[line] = 1 }
    !($1 in ok) { print "The device " substr($1, 1, index($1, "+") - 1) " vouched for a log of " $2 " records, and nothing shows that it is the beginning of this one." }' \
    "$work/claims" >"$work/bad"
  found_all "$work/bad"
  # What it vouched for is no later than its clock then, and what came behind no earlier: by five minutes at most, and
  # as far as the clock was not set back. While it is behind, as its record says, its times say nothing.
  awk -v times="$work/times" '
    BEGIN {
      while ((getline line < times) > 0) { split(line, f, " "); idx[++n] = f[1] + 0; at[n] = f[2] + 0; falls[n] = f[3] + 0; behind[n] = f[4] + 0 }
      for (i = 1; i <= n; i++) latest[i] = i == 1 || falls[i] || at[i] > latest[i - 1] ? at[i] : latest[i - 1]
      for (i = n; i > 0; i--) earliest[i] = i == n || falls[i + 1] || at[i] < earliest[i + 1] ? at[i] : earliest[i + 1]
    }
    {
      low = 0; high = n
      while (low < high) { middle = int((low + high + 1) / 2); if (idx[middle] < $2 + 0) low = middle; else high = middle - 1 }
      what = ""
      if (low > 0 && latest[low] > $5 + 300) what = "one among these bears a later time"
      if (low < n && !falls[low + 1] && !(low > 0 && behind[low] && at[low] < $5 - 300) && earliest[low + 1] < $5 - 300) what = "one behind these bears an earlier time"
      if (what != "")
        print "The device " substr($1, 1, index($1, "+") - 1) " cosigned the first " $2 " records, and " what " than its clock showed then: one of the two clocks was wrong."
    }' "$work/claims" >>"$work/doubts"
  vouching=$(awk '
    { n++; if (least == "" || $2 + 0 < least) least = $2 + 0; if ($2 + 0 > most) most = $2 + 0 }
    END { if (n) print n, least == most ? most : least " to " most }' "$work/claims")
fi

# ---- What that means.

if [ $findings -gt 0 ]; then
  echo "This bundle does NOT hold: $findings findings."
  exit 1
fi
status=0
if [ -s "$work/doubts" ]; then
  echo "Nothing here is wrong, but this isn't proven:"
  head -n 100 "$work/doubts" | sed 's/^/- /'
  status=1
else
  echo "All holds."
fi
echo "The head of $size records is signed by the key $id of $name."
echo "Records $first to $last are all there: $shown with their bytes, $hidden as a hash only, $pruned pruned."
echo "$proven states of messages are what was committed to the log; of $erased the text was erased."
echo "Not shown: $others states of other messages in the same groups."
[ -z "$here" ] || echo "$here files of messages are here, each as it was sent."
[ "$counted_to" = -1 ] || echo "None of the subject's states is missing between records $counted_from and $counted_to."
cat "$work/clock"
[ -z "$vouching" ] || echo "${vouching%% *} of $devices devices vouch for this log: for its first ${vouching#* } records."
[ -n "$head_file" ] || echo "Compare with a head that was kept on another computer: --head FILE."
[ -n "$key_given" ] || echo "The key was taken from the bundle itself; --key compares it with one that you know."
exit $status
