#include "ctl/commands/find_room.hpp"

#include <algorithm>
#include <charconv>

namespace wardroom::ctl {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, [lower](char x, char y) { return lower(x) == lower(y); });
}

std::vector<std::string> split_names(std::string_view others) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at <= others.size();) {
    const auto end = std::min(others.find('+', at), others.size());
    names.emplace_back(others.substr(at, end - at));
    at = end + 1;
  }
  return names;
}

Result<protocol::MyRoom> open_direct(link::BlockingClient& client, std::string_view others) {
  const auto mine = client.call<protocol::RoomList>();
  if (!mine) return mine.error();
  if (const auto* room = find_direct(mine->rooms, others)) return *room;
  protocol::DirectOpen::Params params;
  for (const auto& name : split_names(others)) {
    const auto person = find_person(client, name);
    if (!person) return person.error();
    params.users.push_back(person->id);
  }
  auto room = client.call<protocol::DirectOpen>(params);
  if (!room) return room.error();
  return room->room;
}

}  // namespace

const protocol::MyRoom* find_direct(const std::vector<protocol::MyRoom>& mine, std::string_view others) {
  const auto names = split_names(others);
  for (const auto& room : mine) {
    if (!room.users || room.users->size() != names.size() + 1) continue;
    const auto is_in = [&](const std::string& name) {
      return std::ranges::any_of(*room.users, [&](const auto& user) { return same_name(user.name, name); });
    };
    if (std::ranges::all_of(names, is_in)) return &room;
  }
  return nullptr;
}

Result<protocol::User> find_person(link::BlockingClient& client, const std::string& name) {
  const auto people = client.call<protocol::UserList>({name, std::nullopt, std::nullopt});
  if (!people) return people.error();
  for (const auto& person : people->users)
    if (same_name(person.name, name)) return person;
  return not_found("There is nobody called @" + name + ".");
}

Result<protocol::MyRoom> find_room(link::BlockingClient& client, const std::string& typed) {
  if (typed.starts_with('@')) return open_direct(client, std::string_view(typed).substr(1));
  const auto name = typed.starts_with('#') ? typed.substr(1) : typed;
  const auto mine = client.call<protocol::RoomList>();
  if (!mine) return mine.error();
  for (const auto& room : mine->rooms)
    if (same_name(room.name, name)) return room;
  std::int64_t id = 0;
  if (const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
      error == std::errc{} && end == name.data() + name.size())
    for (const auto& room : mine->rooms)
      if (room.id == RoomId{id}) return room;
  const auto public_rooms = client.call<protocol::RoomBrowse>({name, std::nullopt, std::nullopt});
  if (public_rooms)
    for (const auto& room : public_rooms->rooms)
      if (same_name(room.name, name))
        return not_found("You aren't in #" + room.name + ". Join it with: wardroomctl room join " +
                         room.name);
  return not_found("You are in no room called " + name + ". Your rooms: wardroomctl rooms");
}

}  // namespace wardroom::ctl
