#include <ostream>

#include "ctl/commands/find_people.hpp"
#include "ctl/commands/find_rooms.hpp"
#include "ctl/commands/retention.hpp"
#include "ctl/commands/table.hpp"

namespace wardroom::ctl {
namespace {

std::string subject_of(const protocol::Hold& hold) {
  if (hold.user) return hold.user->name;
  if (hold.room_name && !hold.room_name->empty()) return "#" + *hold.room_name;
  return "room " + std::to_string(hold.room ? hold.room->value : 0);
}

}  // namespace

Result<void> hold_place(const Context& context, const HoldArguments& arguments) {
  if (arguments.user.empty() == arguments.room.empty())
    return usage_error("Say on what: --user NAME or --room ROOM.");
  auto client = connect(context);
  if (!client) return client.error();
  protocol::AdminHoldPlace::Params params{{}, {}, arguments.name, arguments.reason};
  if (!arguments.user.empty()) {
    // Also somebody who has left: that is when most holds are placed.
    const auto account = find_account(**client, arguments.user);
    if (!account) return account.error();
    params.user = account->id;
  } else {
    const auto room = find_any_room(**client, arguments.room);
    if (!room) return room.error();
    params.room = room->id;
  }
  const auto placed = (*client)->call<protocol::AdminHoldPlace>(params);
  if (!placed) return placed.error();
  if (context.json)
    context.out << protocol::encode(*placed) << "\n";
  else
    context.out << "Hold " << placed->hold.id.value << " is on " << subject_of(placed->hold)
                << ": nothing of it is removed until the hold is lifted.\n";
  return ok();
}

Result<void> hold_lift(const Context& context, const HoldArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto lifted = (*client)->call<protocol::AdminHoldLift>({HoldId{arguments.hold}, arguments.reason});
  if (!lifted) return lifted.error();
  if (context.json)
    context.out << protocol::encode(*lifted) << "\n";
  else
    context.out << "Hold " << arguments.hold << " is lifted.\n";
  return ok();
}

Result<void> hold_list(const Context& context, const HoldArguments&) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto held = (*client)->call<protocol::AdminHoldList>();
  if (!held) return held.error();
  if (context.json) {
    context.out << protocol::encode(*held) << "\n";
    return ok();
  }
  Table table({"ID", "NAME", "ON", "SINCE", "BY", "REASON"});
  for (const auto& hold : held->holds)
    table.add({std::to_string(hold.id.value), hold.name, subject_of(hold), local_minute(hold.at),
               hold.by.name, hold.reason});
  table.print(context.out);
  return ok();
}

}  // namespace wardroom::ctl
