#include <ostream>

#include "ctl/commands/client.hpp"
#include "ctl/commands/commands.hpp"
#include "ctl/commands/profiles.hpp"
#include "ctl/commands/table.hpp"

namespace wardroom::ctl {
namespace {

// Direct rooms have no name but their people.
std::string name_of(const protocol::MyRoom& room, const std::string& self) {
  if (!room.users) return "#" + room.name;
  std::string names;
  for (const auto& user : *room.users)
    if (user.name != self) names += (names.empty() ? "@" : ", @") + user.name;
  return names;
}

}  // namespace

Result<void> rooms(const Context& context) {
  const auto profile = load_profile(context.profiles_file, context.profile);
  if (!profile) return profile.error();
  auto client = connect(context);
  if (!client) return client.error();
  const auto mine = (*client)->call<protocol::RoomList>();
  if (!mine) return mine.error();
  if (context.json) {
    context.out << protocol::encode(*mine) << "\n";
    return ok();
  }
  Table table({"ID", "ROOM", "KIND", "UNREAD", "MENTIONS", "LAST MESSAGE", "TOPIC"});
  for (const auto& room : mine->rooms)
    table.add({std::to_string(room.id.value), name_of(room, profile->user),
               std::string(protocol::enum_name(room.kind)), std::to_string(room.count - room.marker.count),
               std::to_string(room.mentions), room.last_at ? local_minute(*room.last_at) : "-", room.topic});
  table.print(context.out);
  return ok();
}

}  // namespace wardroom::ctl
