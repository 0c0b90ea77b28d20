#include "server/commands/message/mentions.hpp"

#include <algorithm>

#include "protocol/events.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

constexpr std::size_t kMaxMentions = 50;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_name_char(char c) {
  return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

void count_one(WriteContext& context, RoomId room, UserId user) {
  if (const auto mentions = store::count_mention(context.db(), room, user))
    context.tell_user(user, protocol::MentionCounted{room, *mentions});
}

bool names_everybody(const std::vector<std::string>& names) {
  return std::find(names.begin(), names.end(), "room") != names.end();
}

}  // namespace

std::vector<std::string> find_mentions(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t at = text.find('@'); at != std::string_view::npos && names.size() < kMaxMentions;
       at = text.find('@', at + 1)) {
    if (at > 0 && (is_name_char(text[at - 1]) || text[at - 1] == '@')) continue;
    std::size_t end = at + 1;
    while (end < text.size() && is_name_char(text[end])) ++end;
    while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
    std::string name(text.substr(at + 1, end - at - 1));
    std::transform(name.begin(), name.end(), name.begin(), lower);
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  }
  return names;
}

void count_mentions(WriteContext& context, RoomId room, std::string_view text, std::string_view before) {
  const auto names = find_mentions(text);
  if (names.empty()) return;
  const auto known = find_mentions(before);
  if (names_everybody(known)) return;
  const UserId author = context.caller().user;
  const auto count_new = [&](const protocol::User& user) {
    if (user.id != author && std::find(known.begin(), known.end(), user.name) == known.end())
      count_one(context, room, user.id);
  };
  if (names_everybody(names)) {
    for (const auto& member : store::load_members(context.db(), room, context.now())) count_new(member.user);
    return;
  }
  for (const auto& name : names)
    if (const auto row = store::find_user(context.db(), name)) count_new(row->user());
}

}  // namespace wardroom::commands
