#include "ctl/commands/find_room.hpp"

#include <algorithm>
#include <charconv>

namespace wardroom::ctl {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, [lower](char x, char y) { return lower(x) == lower(y); });
}

Result<protocol::MyRoom> open_direct(link::BlockingClient& client, const std::string& name) {
  const auto people = client.call<protocol::UserList>({name, std::nullopt, std::nullopt});
  if (!people) return people.error();
  for (const auto& person : people->users) {
    if (!same_name(person.name, name)) continue;
    auto room = client.call<protocol::DirectOpen>({{person.id}});
    if (!room) return room.error();
    return room->room;
  }
  return not_found("There is nobody called @" + name + ".");
}

}  // namespace

Result<protocol::MyRoom> find_room(link::BlockingClient& client, const std::string& typed) {
  if (typed.starts_with('@')) return open_direct(client, typed.substr(1));
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
        return not_found("You aren't in #" + name + ". Join it with: wardroomctl call room.join '{\"room\":" +
                         std::to_string(room.id.value) + "}'");
  return not_found("You are in no room called " + name + ". Your rooms: wardroomctl rooms");
}

}  // namespace wardroom::ctl
