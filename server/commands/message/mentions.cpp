#include "server/commands/message/mentions.hpp"

#include <algorithm>

#include "common/text/mentions.hpp"
#include "protocol/events.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

using text::Called;
using text::find_mentions;
using text::names_everybody;

std::optional<UserId> find_called(sqlite::Connection& db, const Called& called) {
  for (const auto& name : called)
    if (const auto row = store::find_user(db, name)) return row->account.id;
  return std::nullopt;
}

void add_named(sqlite::Connection& db, const std::vector<Called>& mentions, std::vector<UserId>& people) {
  for (const auto& called : mentions)
    if (const auto user = find_called(db, called)) people.push_back(*user);
}

// Each once, without the author.
void settle(std::vector<UserId>& people, UserId author) {
  std::erase(people, author);
  std::ranges::sort(people);
  people.erase(std::unique(people.begin(), people.end()), people.end());
}

// Whom the text calls, in order of their ids.
std::vector<UserId> find_people(WriteContext& context, RoomId room, UserId author, std::string_view text) {
  std::vector<UserId> people;
  const auto mentions = find_mentions(text);
  if (names_everybody(mentions)) {
    for (const auto& member : store::load_members(context.db(), room, context.trusted()))
      people.push_back(member.user.id);
  } else {
    add_named(context.db(), mentions, people);
  }
  settle(people, author);
  return people;
}

void count(WriteContext& context, const TextChange& change, UserId user, std::int64_t more) {
  if (const auto mentions = store::count_mention(context.db(), change.room, user, change.message, more))
    context.tell_user(user, protocol::MentionCounted{change.room, *mentions});
}

}  // namespace

void follow_mentions(WriteContext& context, const TextChange& change) {
  const auto before = find_people(context, change.room, change.author, change.before);
  const auto after = find_people(context, change.room, change.author, change.after);
  for (const UserId user : after)
    if (!std::ranges::binary_search(before, user)) count(context, change, user, 1);
  for (const UserId user : before)
    if (!std::ranges::binary_search(after, user)) count(context, change, user, -1);
}

std::vector<UserId> find_named(WriteContext& context, UserId author, std::string_view text) {
  std::vector<UserId> people;
  add_named(context.db(), find_mentions(text), people);
  settle(people, author);
  return people;
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
