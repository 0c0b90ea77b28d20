#include "ctl/commands/shown_rooms.hpp"

namespace wardroom::ctl {

Result<void> ShownRooms::load(link::BlockingClient& client) {
  if (!rooms_.empty()) return ok();
  auto mine = client.call<protocol::RoomList>({});
  if (!mine) return mine.error();
  rooms_ = std::move(mine->rooms);
  return ok();
}

std::string ShownRooms::name(RoomId id) const {
  for (const auto& room : rooms_) {
    if (room.id != id) continue;
    if (!room.name.empty()) return "#" + room.name;
    std::string names;
    if (room.users)
      for (const auto& user : *room.users) names += (names.empty() ? "@" : "+") + user.name;
    return names;
  }
  return "room " + std::to_string(id.value);
}

}  // namespace wardroom::ctl
