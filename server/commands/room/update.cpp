#include "protocol/limits.hpp"
#include "server/commands/handlers.hpp"
#include "server/domain/names.hpp"
#include "server/store/rooms.hpp"

namespace wardroom::commands {
namespace {

void append_change(WriteContext& context, audit::Type type, const Room& room, std::string_view field,
                   std::string_view before, std::string_view after) {
  const auto describe = [&](std::string_view value) {
    std::string json = "{\"" + std::string(field) + "\":";
    append_json_string(json, value);
    return json + "}";
  };
  audit::Record record = context.call.record(type);
  record.target = {"room", room.id.value, room.name};
  record.room = room.id;
  record.before = describe(before);
  record.after = describe(after);
  context.append(record);
}

}  // namespace

Result<RoomResult> update_room(WriteContext& context, const RoomUpdate::Params& params) {
  const auto& caller = context.caller();
  const auto room = store::find_room(context.db(), params.room);
  if (!room) return not_found("There is no such room, or you are not in it.");
  const auto member = store::find_member(context.db(), params.room, caller.user);
  if (auto allowed = domain::authorize_room_update(*room, context.call.caller->role,
                                                   member ? std::optional(member->role) : std::nullopt);
      !allowed)
    return allowed.error();
  auto name =
      params.name ? domain::check_room_name("params.name", *params.name) : Result<std::string>(room->name);
  if (!name) return name.error();
  auto topic = params.topic ? domain::check_line("params.topic", *params.topic, kMaxTopicBytes)
                            : Result<std::string>(room->topic);
  if (!topic) return topic.error();

  if (*name != room->name || *topic != room->topic) {
    if (!store::update_room(context.db(), room->id, *name, domain::room_name_key(*name), *topic))
      return conflict("name_taken", "There is a room of this name already. Choose another name.");
    if (*name != room->name)
      append_change(context, audit::Type::room_renamed, *room, "name", room->name, *name);
    if (*topic != room->topic)
      append_change(context, audit::Type::room_topic_changed, *room, "topic", room->topic, *topic);
    const Seq seq = store::take_seq(context.db(), room->id);
    context.tell_room(room->id, RoomUpdated{room->id, seq, context.now(), caller.user, *name, *topic});
  }
  if (const auto mine = store::find_my_room(context.db(), room->id, caller.user)) return RoomResult{*mine};
  // An administrator who isn't in the room sees it as somebody who has read nothing.
  const auto now = store::find_room(context.db(), room->id).value_or(*room);
  MyRoom seen{.id = now.id,
              .name = now.name,
              .kind = now.kind,
              .topic = now.topic,
              .seq = now.seq,
              .count = now.count,
              .created_at = now.created_at,
              .archived = now.archived,
              .last_at = now.last_at};
  return RoomResult{seen};
}

}  // namespace wardroom::commands
