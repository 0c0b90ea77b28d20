#include "protocol/limits.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/room/entry.hpp"
#include "server/domain/names.hpp"
#include "server/store/rooms.hpp"

namespace wardroom::commands {

Result<RoomResult> create_room(WriteContext& context, const RoomCreate::Params& params) {
  if (params.kind == RoomKind::direct)
    return params_error("params.kind", "Direct rooms are made with direct.open. Choose public or private.");
  auto name = domain::check_room_name("params.name", params.name);
  if (!name) return name.error();
  auto topic = domain::check_line("params.topic", params.topic.value_or(""), kMaxTopicBytes);
  if (!topic) return topic.error();
  const UserId creator = context.caller().user;
  const auto id = store::insert_room(
      context.db(), {*name, domain::room_name_key(*name), std::nullopt, params.kind, *topic, creator},
      context.now());
  if (!id) return conflict("name_taken", "There is a room of this name already. Choose another name.");
  store::insert_member(context.db(), *id, creator, RoomRole::moderator, context.now());

  audit::Record record = context.call.record(audit::Type::room_created);
  record.target = {"room", id->value, *name};
  record.room = *id;
  record.after = {{"kind", enum_name(params.kind)}, {"topic", *topic}};
  context.append(record);
  context.out.push_back(realtime::MemberIn{*id, creator});
  if (const auto room = store::find_room(context.db(), *id)) context.tell_user(creator, RoomCreated{*room});
  return show_room(context, *id);
}

}  // namespace wardroom::commands
