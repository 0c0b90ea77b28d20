#include "server/commands/message/target.hpp"

#include "server/store/users.hpp"

namespace wardroom::commands {

namespace {

Result<Target> find_in(WriteContext& context, Entry entry, Seq seq, domain::RoomAct act) {
  const bool is_shown = seq > entry.standing.shown_after || act == domain::RoomAct::delete_any;
  auto message = store::find_message(context.db(), entry.room.id, seq);
  if (!message || !is_shown) return not_found("There is no such message in the room.");
  const bool is_own = message->author == context.caller().user;
  return Target{std::move(entry), std::move(*message), is_own};
}

}  // namespace

Result<Target> find_target(WriteContext& context, RoomId room, Seq seq, domain::RoomAct act) {
  auto entry = enter_room(context, room, act);
  if (!entry) return entry.error();
  return find_in(context, std::move(*entry), seq, act);
}

Result<Target> find_own_or_any(WriteContext& context, RoomId room, Seq seq, domain::RoomAct own,
                               domain::RoomAct any) {
  if (auto target = find_target(context, room, seq, any)) return target;
  auto target = find_target(context, room, seq, own);
  if (target && !target->is_own)
    return forbidden("not_author", target->entry.room.kind == protocol::RoomKind::direct
                                       ? "Only its author may do this."
                                       : "Only its author and the room's moderators may do this.");
  return target;
}

Result<void> authorize_against_author(WriteContext& context, const Target& target) {
  const auto author = store::find_user(context.db(), target.message.author);
  if (!author) return ok();
  const auto standing = find_standing(context.db(), &target.entry.room, target.message.author,
                                      author->account.role, context.trusted());
  return domain::authorize_against(&target.entry.room, target.entry.standing, standing, target.is_own);
}

protocol::MessageChanged changed(WriteContext& context, const Target& target, Seq seq) {
  const bool is_shown = domain::may_name(target.entry.room, target.entry.standing);
  return {is_shown ? seq : target.message.seq, context.now()};
}

protocol::MessageChanged unchanged(WriteContext& context, const Target& target) {
  return changed(context, target, target.entry.room.seq);
}

audit::Record message_record(WriteContext& context, audit::Type type, const Target& target) {
  const auto author = store::find_user(context.db(), target.message.author);
  audit::Record record = context.call.record(type);
  record.target = {"message", target.message.seq.value, author ? author->account.name : std::string()};
  record.room = target.entry.room.id;
  record.before = {{"author", target.message.author}, {"version", target.message.version}};
  return record;
}

}  // namespace wardroom::commands
