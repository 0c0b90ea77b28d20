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

}  // namespace

Result<RoomResult> update_room(WriteContext& context, const RoomUpdate::Params& params) {
  const auto& caller = context.caller();
  const auto entry = enter_room(context, params.room, domain::RoomAct::update);
  if (!entry) return entry.error();
  const Room* room = &entry->room;
  auto name =
      params.name ? domain::check_room_name("params.name", *params.name) : Result<std::string>(room->name);
  if (!name) return name.error();
  auto topic = params.topic ? domain::check_line("params.topic", *params.topic, kMaxTopicBytes)
                            : Result<std::string>(room->topic);
  if (!topic) return topic.error();
  const RoomKind kind = params.kind.value_or(room->kind);
  // A direct room has no moderators, so nobody comes here with one; nothing becomes one either.
  if (kind == RoomKind::direct) return params_error("params.kind", "params.kind must be public or private.");

  if (*name != room->name || *topic != room->topic || kind != room->kind) {
    if (!store::update_room(context.db(), room->id, *name, domain::room_name_key(*name), *topic))
      return conflict("name_taken", "There is a room of this name already. Choose another name.");
    if (kind != room->kind) {
      store::update_kind(context.db(), room->id, kind);
      append_change(context, audit::Type::room_kind_changed, *room, "kind", enum_name(room->kind),
                    enum_name(kind));
    }
    if (*name != room->name)
      append_change(context, audit::Type::room_renamed, *room, "name", room->name, *name);
    if (*topic != room->topic)
      append_change(context, audit::Type::room_topic_changed, *room, "topic", room->topic, *topic);
    const Seq seq = store::take_seq(context.db(), room->id);
    RoomUpdated event{room->id, seq,    context.now(), caller.user,
                      *name,    *topic, room->locked,  room->slow_mode_s};
    if (kind != room->kind) event.kind = kind;
    context.tell_room(room->id, event);
  }
  return show_room(context, room->id);
}

}  // namespace wardroom::commands
