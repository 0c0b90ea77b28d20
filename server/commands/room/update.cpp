#include "protocol/limits.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/room/entry.hpp"
#include "server/domain/names.hpp"
#include "server/store/rooms.hpp"

namespace wardroom::commands {
namespace {

void append_change(WriteContext& context, audit::Type type, const Room& room, std::string_view field,
                   std::string_view before, std::string_view after) {
  audit::Record record = context.call.record(type);
  record.target = {"room", room.id.value, room.name};
  record.room = room.id;
  record.before = {{field, before}};
  record.after = {{field, after}};
  context.append(record);
}

void append_kind(WriteContext& context, const Room& room, RoomKind kind, bool open_history) {
  audit::Record record = context.call.record(audit::Type::room_kind_changed);
  record.target = {"room", room.id.value, room.name};
  record.room = room.id;
  record.before = {{"kind", enum_name(room.kind)}};
  record.after = {{"kind", enum_name(kind)}};
  if (kind == RoomKind::public_)
    record.after.add("open_history", open_history).add("history_from", open_history ? Seq{} : room.seq);
  context.append(record);
}

// What a private room's people wrote among themselves stays with them, unless the one who opens it says
// otherwise.
void change_kind(WriteContext& context, const Room& room, RoomKind kind, bool open_history) {
  store::update_kind(context.db(), room.id, kind);
  if (kind == RoomKind::public_) {
    if (open_history)
      store::open_history(context.db(), room.id);
    else
      store::close_history(context.db(), room.id);
  }
  append_kind(context, room, kind, open_history);
}

// The kind that is asked for. Opening a private room to everybody is for moderators who are in it.
Result<RoomKind> check_kind(const Entry& entry, const RoomUpdate::Params& params) {
  const Room& room = entry.room;
  const RoomKind kind = params.kind.value_or(room.kind);
  // A direct room has no moderators, so nobody comes here with one; nothing becomes one either.
  if (kind == RoomKind::direct) return params_error("params.kind", "params.kind must be public or private.");
  const bool opens = room.kind == RoomKind::private_ && kind == RoomKind::public_;
  if (params.open_history.value_or(false) && !opens)
    return params_error("params.open_history",
                        "params.open_history goes with params.kind public, on a private room.");
  // Nobody opens what they aren't shown themselves.
  if (params.open_history.value_or(false) && entry.standing.shown_after.value > 0)
    return make_error(
        ErrorCode::forbidden,
        "You aren't shown all that was written here, so you can't open it to others. Somebody who is "
        "can, or leave open_history out.",
        "not_shown");
  if (opens)
    if (auto allowed = domain::authorize(domain::RoomAct::make_public, room, entry.standing); !allowed)
      return allowed.error();
  return kind;
}

}  // namespace

Result<RoomResult> update_room(WriteContext& context, const RoomUpdate::Params& params) {
  const auto& caller = context.caller();
  const auto entry = enter_room(context, params.room, domain::RoomAct::update);
  if (!entry) return entry.error();
  const Room* room = &entry->room;
  const auto asked = check_kind(*entry, params);
  if (!asked) return asked.error();
  const RoomKind kind = *asked;
  auto name =
      params.name ? domain::check_room_name("params.name", *params.name) : Result<std::string>(room->name);
  if (!name) return name.error();
  auto topic = params.topic ? domain::check_line("params.topic", *params.topic, kMaxTopicBytes)
                            : Result<std::string>(room->topic);
  if (!topic) return topic.error();
  if (*name != room->name || *topic != room->topic || kind != room->kind) {
    if (!store::update_room(context.db(), room->id, *name, domain::room_name_key(*name), *topic))
      return conflict("name_taken", "There is a room of this name already. Choose another name.");
    const bool open_history = params.open_history.value_or(false);
    if (kind != room->kind) change_kind(context, *room, kind, open_history);
    if (*name != room->name)
      append_change(context, audit::Type::room_renamed, *room, "name", room->name, *name);
    if (*topic != room->topic)
      append_change(context, audit::Type::room_topic_changed, *room, "topic", room->topic, *topic);
    const Seq seq = store::take_seq(context.db(), room->id);
    RoomUpdated event{room->id, seq,    context.now(), caller.user,
                      *name,    *topic, room->locked,  room->slow_mode_s};
    if (kind != room->kind) {
      event.kind = kind;
      if (kind == RoomKind::public_) event.open_history = open_history;
    }
    context.tell_room(room->id, event);
  }
  return show_room(context, room->id);
}

}  // namespace wardroom::commands
