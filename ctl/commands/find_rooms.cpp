#include "ctl/commands/find_rooms.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "common/text/nearest.hpp"
#include "common/text/unicode.hpp"
#include "ctl/commands/find_people.hpp"
#include "ctl/commands/pages.hpp"

namespace wardroom::ctl {
namespace {

using protocol::MyRoom;
using protocol::RoomBrowse;

constexpr std::string_view kIdMark = "id:";

bool same_name(std::string_view a, std::string_view b) {
  return text::casefolded(a) == text::casefolded(b);
}

std::optional<RoomId> parse_id(std::string_view text) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc{} || end != text.data() + text.size() || id <= 0) return std::nullopt;
  return RoomId{id};
}

struct Typed {
  std::string name;  // empty: it is an id
  std::optional<RoomId> id;
};

Result<Typed> read_typed(const std::string& typed) {
  if (typed.starts_with(kIdMark)) {
    const auto id = parse_id(std::string_view(typed).substr(kIdMark.size()));
    if (!id) return usage_error("A room's id is a number: id:12.");
    return Typed{{}, id};
  }
  const bool is_name = typed.starts_with('#');
  Typed read{is_name ? typed.substr(1) : typed, is_name ? std::nullopt : parse_id(typed)};
  if (read.name.empty()) return usage_error("Name a room, for example #general.");
  return read;
}

std::string shown(const MyRoom& room) {
  return room.name.empty() ? "a direct room" : "#" + room.name;
}

// Of the person's own; null when none fits, an error when two do.
Result<const MyRoom*> find_mine(const std::vector<MyRoom>& mine, const Typed& typed) {
  const MyRoom* by_name = nullptr;
  const MyRoom* by_id = nullptr;
  for (const auto& room : mine) {
    if (!typed.name.empty() && !room.name.empty() && same_name(room.name, typed.name)) by_name = &room;
    if (typed.id && room.id == *typed.id) by_id = &room;
  }
  if (by_name && by_id && by_name != by_id)
    return make_error(ErrorCode::conflict,
                      typed.name + " is the name of #" + by_name->name + " and the id of " + shown(*by_id) +
                          ". Write #" + typed.name + " or id:" + typed.name + ".",
                      "ambiguous");
  return by_name ? by_name : by_id;
}

// A public room of exactly this name. Guests may not browse: to them there is none.
std::optional<RoomBrowse::Entry> find_public(link::BlockingClient& client, const std::string& name) {
  std::optional<RoomBrowse::Entry> found;
  (void)for_each_named<RoomBrowse>(client, {.query = name}, &RoomBrowse::Result::rooms,
                                   [&](const auto& room) {
                                     if (same_name(room.name, name)) found = room;
                                     return !found;
                                   });
  return found;
}

std::string suggest(link::BlockingClient& client, const std::vector<MyRoom>& mine, const std::string& name) {
  text::Nearest nearest(name);
  for (const auto& room : mine)
    if (!room.name.empty()) nearest.add(room.name);
  (void)for_each_named<RoomBrowse>(client, {}, &RoomBrowse::Result::rooms, [&](const auto& room) {
    if (!room.joined) nearest.add(room.name);
    return true;
  });
  const auto meant = text::did_you_mean(nearest.names(), "#");
  return meant.empty() ? meant : " " + meant;
}

std::vector<std::string_view> split_names(std::string_view others) {
  std::vector<std::string_view> names;
  for (std::size_t at = 0; at <= others.size();) {
    const auto end = std::min(others.find('+', at), others.size());
    names.push_back(others.substr(at, end - at));
    at = end + 1;
  }
  return names;
}

// The people of a direct room, folded, with the caller: typed with the others or not, and each once.
Result<std::set<std::string>> read_people(std::string_view others, const std::string& caller) {
  std::set<std::string> people{text::casefolded(caller)};
  for (std::string_view name : split_names(others)) {
    if (name.starts_with('@')) name.remove_prefix(1);
    if (name.empty()) return usage_error("Name a person, for example @lena, or @lena+tom for both.");
    people.insert(text::casefolded(name));
  }
  if (people.size() == 1)
    return usage_error("@" + caller + " is you, and a conversation needs somebody else.");
  return people;
}

std::set<std::string> people_of(const MyRoom& room) {
  std::set<std::string> people;
  if (room.users)
    for (const auto& user : *room.users) people.insert(text::casefolded(user.name));
  return people;
}

Result<MyRoom> open_direct(link::BlockingClient& client, std::string_view others) {
  auto found = find_direct(client, others);
  if (!found) return found.error();
  if (*found) return *std::move(*found);
  protocol::DirectOpen::Params params;
  for (const auto name : split_names(others)) {
    const auto person = find_person(client, std::string(name));
    if (!person) return person.error();
    params.users.push_back(person->id);
  }
  auto room = client.call<protocol::DirectOpen>(params);
  if (!room) return room.error();
  return room->room;
}

}  // namespace

Result<std::optional<MyRoom>> find_direct(link::BlockingClient& client, std::string_view others) {
  const auto caller = client.call<protocol::AccountGet>();
  if (!caller) return caller.error();
  const auto people = read_people(others, caller->user.name);
  if (!people) return people.error();
  auto mine = client.call<protocol::RoomList>();
  if (!mine) return mine.error();
  for (auto& room : mine->rooms)
    if (people_of(room) == *people) return std::optional(std::move(room));
  return std::optional<MyRoom>();
}

Result<MyRoom> find_room(link::BlockingClient& client, const std::string& typed) {
  if (typed.starts_with('@')) return open_direct(client, std::string_view(typed).substr(1));
  const auto read = read_typed(typed);
  if (!read) return read.error();
  const auto mine = client.call<protocol::RoomList>();
  if (!mine) return mine.error();
  const auto found = find_mine(mine->rooms, *read);
  if (!found) return found.error();
  if (*found) return **found;
  if (read->name.empty()) return not_found("You are in no room with this id. Your rooms: wardroomctl rooms");
  if (const auto room = find_public(client, read->name))
    return not_found("You aren't in #" + room->name + ". Join it with: wardroomctl room join " + room->name);
  return not_found("You are in no room called " + read->name + "." +
                   suggest(client, mine->rooms, read->name) + " Your rooms: wardroomctl rooms");
}

Result<AnyRoom> find_any_room(link::BlockingClient& client, const std::string& typed) {
  const auto read = read_typed(typed);
  if (!read) return read.error();
  auto mine = client.call<protocol::RoomList>();
  if (!mine) return mine.error();
  std::erase_if(mine->rooms, [](const MyRoom& room) { return room.name.empty(); });
  const auto found = find_mine(mine->rooms, *read);
  if (!found) return found.error();
  if (*found) return AnyRoom{(*found)->id, shown(**found)};
  if (!read->name.empty())
    if (const auto room = find_public(client, read->name)) return AnyRoom{room->id, "#" + room->name};
  if (read->id) return AnyRoom{*read->id, "room " + std::to_string(read->id->value)};
  return not_found("There is no room called " + read->name + " that you may know of." +
                   suggest(client, mine->rooms, read->name) +
                   " A private room that you aren't in is named by its id.");
}

}  // namespace wardroom::ctl
