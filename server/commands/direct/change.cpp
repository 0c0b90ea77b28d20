#include "server/commands/direct/change.hpp"

#include "protocol/codec.hpp"
#include "protocol/events.hpp"
#include "server/store/rooms.hpp"

namespace wardroom::commands {
namespace {

audit::Details describe(protocol::DirectState state, std::string_view what) {
  audit::Details details{{"state", protocol::enum_name(state)}};
  if (!what.empty()) details.add("act", what);
  return details;
}

}  // namespace

void change_direct(WriteContext& context, const protocol::Room& room, const store::DirectRow& next,
                   std::string_view what) {
  store::update_direct(context.db(), room.id, next);
  const Seq seq = store::take_seq(context.db(), room.id);
  audit::Record record = context.call.record(audit::Type::room_direct_changed);
  record.target = {"room", room.id.value, {}};
  record.room = room.id;
  record.before = describe(room.direct.value_or(protocol::DirectState::open), {});
  record.after = describe(next.state, what);
  context.append(record);
  context.tell_room(room.id, protocol::DirectChanged{room.id, seq, context.now(), context.caller().user,
                                                     next.state, next.requested_by});
}

}  // namespace wardroom::commands
