#include "server/commands/handlers.hpp"
#include "server/commands/moderation/reason.hpp"
#include "server/commands/room/entry.hpp"
#include "server/store/rooms.hpp"

namespace wardroom::commands {
namespace {

constexpr std::int64_t kMaxSlowModeSeconds = 3600;

void append_state(WriteContext& context, audit::Type type, const Room& room, std::string_view reason,
                  std::string_view field, const audit::JsonValue& before, const audit::JsonValue& after) {
  audit::Record record = context.call.record(type);
  record.reason = reason;
  record.target = {"room", room.id.value, room.name};
  record.room = room.id;
  record.before = {{field, before}};
  record.after = {{field, after}};
  context.append(record);
}

void tell_updated(WriteContext& context, const Room& room, bool locked, std::int64_t slow_mode_s) {
  const Seq seq = store::take_seq(context.db(), room.id);
  context.tell_room(room.id, RoomUpdated{room.id, seq, context.now(), context.caller().user, room.name,
                                         room.topic, locked, slow_mode_s});
}

}  // namespace

Result<RoomResult> lock_room(WriteContext& context, const RoomLock::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto entry = enter_room(context, params.room, domain::RoomAct::lock);
  if (!entry) return entry.error();
  const Room& room = entry->room;
  if (room.locked != params.on) {
    store::update_locked(context.db(), room.id, params.on);
    append_state(context, params.on ? audit::Type::room_locked : audit::Type::room_unlocked, room, *reason,
                 "locked", room.locked, params.on);
    tell_updated(context, room, params.on, room.slow_mode_s);
  }
  return show_room(context, room.id);
}

Result<RoomResult> set_slow_mode(WriteContext& context, const RoomSlowMode::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  if (params.seconds < 0 || params.seconds > kMaxSlowModeSeconds)
    return params_error("params.seconds", "params.seconds must be from 0 to 3,600; 0 ends slow mode.");
  const auto entry = enter_room(context, params.room, domain::RoomAct::slow_mode);
  if (!entry) return entry.error();
  const Room& room = entry->room;
  if (room.slow_mode_s != params.seconds) {
    store::update_slow_mode(context.db(), room.id, params.seconds);
    append_state(context, audit::Type::room_slow_mode, room, *reason, "slow_mode_s", room.slow_mode_s,
                 params.seconds);
    tell_updated(context, room, room.locked, params.seconds);
  }
  return show_room(context, room.id);
}

Result<RoomResult> archive_room(WriteContext& context, const RoomArchive::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto entry = enter_room(context, params.room, domain::RoomAct::archive);
  if (!entry) return entry.error();
  const Room& room = entry->room;
  if (room.archived != params.on) {
    store::update_archived(context.db(), room.id, params.on);
    append_state(context, audit::Type::room_archived, room, *reason, "archived", room.archived, params.on);
    const Seq seq = store::take_seq(context.db(), room.id);
    context.tell_room(room.id, RoomArchived{room.id, seq, context.now(), context.caller().user, params.on});
  }
  return show_room(context, room.id);
}

}  // namespace wardroom::commands
