# Makes client/views/emoji_list.hpp's table of Unicode's emoji-test.txt (UTS #51), bytes as they stand there.
# Use: awk -f cmake/emoji-table.awk emoji-test.txt; exit status 1 when the file isn't one.

# Names are Unicode's, and may hold nothing that ends a string.
function quoted(text) {
  gsub(/["\\]/, "", text)
  return "\"" text "\""
}

BEGIN {
  split("light medium-light medium medium-dark dark", words, " ")
  for (i in words) tone_of[words[i]] = i
}

/^# group: / {
  group = substr($0, 10)
  if (group != "Component") groups[++group_count] = group
  next
}

/^# subgroup: / {
  subgroup = substr($0, 13)
  gsub(/-/, " ", subgroup)
  next
}

/; fully-qualified/ && group != "Component" {
  rest = substr($0, index($0, "# ") + 2)
  emoji = substr(rest, 1, index(rest, " ") - 1)
  sub(/^[^ ]+ E[0-9.]+ /, "", rest)
  name = rest
  tones = gsub(/ skin tone/, " skin tone", rest)
  if (tones == 0) {
    ++count
    text[count] = emoji
    name_of[count] = name
    group_of[count] = group_count - 1
    subgroup_of[count] = subgroup
    by_name[name] = count
    next
  }
  # "waving hand: light skin tone", "person: light skin tone, beard". Two tones in one emoji aren't offered.
  if (tones > 1) next
  match(name, /[a-z-]+ skin tone/)
  word = substr(name, RSTART, RLENGTH - 10)
  before = substr(name, 1, RSTART - 1)
  after = substr(name, RSTART + RLENGTH)
  sub(/^, /, "", after)
  if (after == "") sub(/(: |, )$/, "", before)
  toned[before after, tone_of[word]] = emoji
}

END {
  if (count < 1000 || group_count < 9) exit 1
  print "#include \"client/views/emoji_list.hpp\"\n"
  print "namespace wardroom::client::views {\nnamespace {\n"
  print "constexpr std::string_view kEmojiGroups[] = {"
  for (i = 1; i <= group_count; i++) print "    " quoted(groups[i]) ","
  print "};\n\nconstexpr Emoji kEmojiList[] = {"
  for (i = 1; i <= count; i++) {
    line = "    {" quoted(text[i]) ", " quoted(name_of[i]) ", " group_of[i] ", " quoted(subgroup_of[i]) ", {"
    if ((name_of[i], 1) in toned)
      for (t = 1; t <= 5; t++) line = line (t > 1 ? ", " : "") quoted(toned[name_of[i], t])
    print line "}},"
  }
  print "};\n\n}  // namespace\n"
  print "std::span<const std::string_view> emoji_groups() { return kEmojiGroups; }"
  print "std::span<const Emoji> emoji_list() { return kEmojiList; }\n"
  print "}  // namespace wardroom::client::views"
}
