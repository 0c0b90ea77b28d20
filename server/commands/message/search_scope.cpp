#include "server/commands/message/search_scope.hpp"

#include <algorithm>

#include "common/text/nearest.hpp"
#include "common/text/unicode.hpp"
#include "server/domain/names.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

using domain::SearchTerm;
using protocol::SearchMiss;
using Why = SearchMiss::Why;

SearchMiss miss_of(Why why, std::string sentence, std::vector<std::string> names, std::string_view mark) {
  if (const auto meant = text::did_you_mean(names, mark); !meant.empty()) sentence += " " + meant;
  return {why, std::move(sentence), std::move(names)};
}

// People whom the caller may know of.
std::vector<User> load_known_people(ReadContext& context) {
  const auto& caller = context.caller();
  const bool all = domain::has_right(caller.role, domain::Right::use_directory);
  return store::load_known_people(context.db, all ? std::nullopt : std::optional(caller.user));
}

// By the name, or by the display name where it is one person's alone.
std::optional<UserId> find_person(ReadContext& context, const std::string& typed, SearchMiss& miss) {
  const auto& caller = context.caller();
  if (typed == "me") return caller.user;
  const std::string wanted = text::casefolded(typed);
  text::Nearest nearest(typed);
  std::vector<UserId> shown_so;
  for (const auto& user : load_known_people(context)) {
    if (user.name == typed || text::casefolded(user.name) == wanted) return user.id;
    if (text::casefolded(user.display_name) == wanted) shown_so.push_back(user.id);
    nearest.add(user.name);
  }
  if (shown_so.size() == 1) return shown_so.front();
  miss = shown_so.empty()
             ? miss_of(Why::unknown_person, "There is nobody called " + typed + ".", nearest.names(), "from:")
             : miss_of(Why::unknown_person,
                       "Several people are called " + typed + ". Write the name with which one signs in.", {},
                       {});
  return std::nullopt;
}

std::vector<RoomId> find_rooms(ReadContext& context, const std::string& typed, SearchMiss& miss) {
  const UserId me = context.caller().user;
  const auto mine = store::load_my_rooms(context.db, me, context.trusted());
  std::vector<RoomId> found;
  text::Nearest nearest(typed);
  if (typed.starts_with('@')) {
    const std::string wanted = text::casefolded(std::string_view(typed).substr(1));
    for (const auto& room : mine)
      if (room.users && std::ranges::any_of(*room.users, [&](const User& user) {
            return text::casefolded(user.name) == wanted && (user.id != me || room.users->size() == 1);
          }))
        found.push_back(room.id);
    if (found.empty())
      miss = miss_of(Why::unknown_room, "You have no direct messages with " + typed + ".", {}, {});
    return found;
  }
  const std::string key = domain::room_name_key(typed);
  for (const auto& room : mine) {
    if (room.name.empty()) continue;
    if (domain::room_name_key(room.name) == key) return {room.id};
    nearest.add(room.name);
  }
  const auto other = store::find_room_by_name(context.db, key);
  const auto room = other ? store::find_room(context.db, *other) : std::nullopt;
  const bool is_open = room && room->kind == RoomKind::public_ &&
                       domain::has_right(context.caller().role, domain::Right::browse_rooms);
  miss =
      is_open
          ? miss_of(Why::not_in_room,
                    "You aren't in #" + room->name + ". Join it to find what was written there.", {}, {})
          : miss_of(Why::unknown_room, "You are in no room called #" + typed + ".", nearest.names(), "in:");
  return {};
}

}  // namespace

NamesOrMiss find_search_names(ReadContext& context, const domain::SearchQuery& query) {
  NamesOrMiss found;
  SearchMiss miss;
  for (const auto& choice : query.choices)
    for (const auto& term : choice) {
      if (term.kind == SearchTerm::Kind::from && !found.names.people.contains(term.value)) {
        const auto person = find_person(context, term.value, miss);
        if (!person) return {{}, std::move(miss)};
        found.names.people[term.value] = *person;
      }
      if (term.kind == SearchTerm::Kind::in && !found.names.rooms.contains(term.value)) {
        auto rooms = find_rooms(context, term.value, miss);
        if (rooms.empty()) return {{}, std::move(miss)};
        found.names.rooms[term.value] = std::move(rooms);
      }
    }
  return found;
}

SearchScope::SearchScope(ReadContext& context) : context_(context) {
  for (const RoomId room : store::load_room_ids(context.db, context.caller().user)) rooms_.insert(room);
  for (const RoomId room : store::load_direct_room_ids(context.db, context.caller().user))
    direct_.insert(room);
}

SearchScope::SearchScope(ReadContext& context, Closed) : context_(context), closed_(true) {
  for (const auto& room : store::load_closed_rooms(context.db, context.caller().user)) {
    rooms_.insert(room.id);
    if (room.is_direct) direct_.insert(room.id);
  }
}

SearchScope SearchScope::of_closed_rooms(ReadContext& context) {
  return SearchScope(context, Closed{});
}

Result<void> SearchScope::narrow_to(RoomId room) {
  if (closed_ && !rooms_.contains(room))
    return not_found("There is no private or direct room with this number that you aren't in.");
  if (closed_) {
    rooms_ = {room};
    return ok();
  }
  const auto entry = enter_room(context_, room, domain::RoomAct::read);
  if (!entry) return entry.error();
  rooms_ = {room};
  return ok();
}

bool SearchScope::shows(RoomId room, Seq seq) {
  if (!rooms_.contains(room)) return false;
  if (closed_) return true;
  auto known = shown_after_.find(room);
  if (known == shown_after_.end()) {
    const auto entry = enter_room(context_, room, domain::RoomAct::read);
    known =
        shown_after_.emplace(room, entry ? std::optional(entry->standing.shown_after) : std::nullopt).first;
  }
  return known->second && seq > *known->second;
}

}  // namespace wardroom::commands
