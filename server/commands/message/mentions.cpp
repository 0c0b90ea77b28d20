#include "server/commands/message/mentions.hpp"

#include <algorithm>

#include "protocol/events.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

constexpr std::size_t kMaxMentions = 50;
constexpr std::size_t kMaxNames = 6;  // tried for one mention
constexpr std::size_t kMaxNameBytes = 32;
constexpr std::string_view kPunctuation = ".-_";

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_name_char(char c) {
  return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') ||
         kPunctuation.find(c) != std::string_view::npos;
}

std::string_view without_end(std::string_view word) {
  const auto last = word.find_last_not_of(kPunctuation);
  return word.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

Called names_of(std::string_view word) {
  Called names;
  const auto add = [&names](std::string_view name) {
    if (!name.empty() && name.size() <= kMaxNameBytes && names.size() < kMaxNames) names.emplace_back(name);
  };
  std::string_view rest = without_end(word);
  add(rest);
  if (rest.size() < word.size()) add(word);
  for (auto cut = rest.find_last_of(kPunctuation); cut != std::string_view::npos;
       cut = rest.find_last_of(kPunctuation)) {
    rest = without_end(rest.substr(0, cut));
    add(rest);
  }
  return names;
}

bool names_everybody(const std::vector<Called>& mentions) {
  return std::ranges::any_of(mentions, [](const Called& called) { return called.front() == "room"; });
}

std::optional<UserId> find_called(sqlite::Connection& db, const Called& called) {
  for (const auto& name : called)
    if (const auto row = store::find_user(db, name)) return row->account.id;
  return std::nullopt;
}

// Whom the text calls, in order of their ids.
std::vector<UserId> find_people(WriteContext& context, RoomId room, UserId author, std::string_view text) {
  std::vector<UserId> people;
  const auto mentions = find_mentions(text);
  if (names_everybody(mentions)) {
    for (const auto& member : store::load_members(context.db(), room, context.trusted()))
      people.push_back(member.user.id);
  } else {
    for (const auto& called : mentions)
      if (const auto user = find_called(context.db(), called)) people.push_back(*user);
  }
  std::erase(people, author);
  std::ranges::sort(people);
  people.erase(std::ranges::unique(people).begin(), people.end());
  return people;
}

void count(WriteContext& context, const TextChange& change, UserId user, std::int64_t more) {
  if (const auto mentions = store::count_mention(context.db(), change.room, user, change.message, more))
    context.tell_user(user, protocol::MentionCounted{change.room, *mentions});
}

}  // namespace

std::vector<Called> find_mentions(std::string_view text) {
  std::vector<Called> mentions;
  for (std::size_t at = text.find('@'); at != std::string_view::npos && mentions.size() < kMaxMentions;
       at = text.find('@', at + 1)) {
    if (at > 0 && ((is_name_char(text[at - 1]) && text[at - 1] != '_') || text[at - 1] == '@')) continue;
    std::size_t end = at + 1;
    while (end < text.size() && is_name_char(text[end])) ++end;
    std::string word(text.substr(at + 1, end - at - 1));
    std::ranges::transform(word, word.begin(), lower);
    auto names = names_of(word);
    if (!names.empty() && std::ranges::find(mentions, names) == mentions.end())
      mentions.push_back(std::move(names));
  }
  return mentions;
}

void follow_mentions(WriteContext& context, const TextChange& change) {
  const auto before = find_people(context, change.room, change.author, change.before);
  const auto after = find_people(context, change.room, change.author, change.after);
  for (const UserId user : after)
    if (!std::ranges::binary_search(before, user)) count(context, change, user, 1);
  for (const UserId user : before)
    if (!std::ranges::binary_search(after, user)) count(context, change, user, -1);
}

std::int64_t recount_mentions(WriteContext& context, RoomId room, UserId user, Seq marker) {
  std::int64_t mentions = 0;
  for (const auto& message : store::load_unread_calls(context.db(), room, marker)) {
    const auto people = find_people(context, room, message.author, message.text);
    mentions += std::ranges::binary_search(people, user) ? 1 : 0;
  }
  store::update_mentions(context.db(), room, user, mentions);
  return mentions;
}

}  // namespace wardroom::commands
