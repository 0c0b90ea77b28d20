#include "server/commands/room/announce.hpp"

#include "protocol/events.hpp"
#include "server/store/rooms.hpp"
#include "server/store/sanctions.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

void append_membership(WriteContext& context, audit::Type type, const protocol::Room& room,
                       const protocol::User& user, audit::Details after = {}) {
  audit::Record record = context.call.record(type);
  record.target = {"user", user.id.value, user.name};
  record.room = room.id;
  record.after = std::move(after);
  context.append(record);
}

}  // namespace

void admit_member(WriteContext& context, const protocol::Room& room, const protocol::User& user,
                  protocol::RoomRole role, std::optional<UserId> by, SeenFrom seen_from) {
  if (!store::insert_member(context.db(), room.id, user.id, role, context.now())) return;
  const Seq seq = store::take_seq(context.db(), room.id);
  audit::Details after;
  if (seen_from == SeenFrom::now) {
    store::show_member_after(context.db(), room.id, user.id, seq);
    after.add("shown_after", seq);
  }
  append_membership(context, audit::Type::room_member_added, room, user, std::move(after));
  context.out.push_back(realtime::MemberIn{room.id, user.id});
  if (by) {
    // Who was brought in learns of a room that they didn't ask for.
    auto now_in = store::find_room(context.db(), room.id);
    if (now_in) context.tell_user(user.id, protocol::RoomCreated{*now_in});
  }
  context.tell_room(room.id, protocol::MemberJoined{room.id, seq, context.now(), user, by});
}

void remove_member(WriteContext& context, const protocol::Room& room, const protocol::User& user,
                   std::optional<UserId> by) {
  if (!store::delete_member(context.db(), room.id, user.id)) return;
  const Seq seq = store::take_seq(context.db(), room.id);
  append_membership(context, audit::Type::room_member_removed, room, user);
  context.tell_room(room.id, protocol::MemberLeft{room.id, seq, context.now(), user.id, by});
  context.out.push_back(realtime::MemberOut{room.id, user.id});
  // What a guest may watch ends with the last room shared, whichever of the two leaves it.
  for (auto& [guest, people] : store::load_parted(context.db(), room.id, user.id))
    context.out.push_back(realtime::ApartFrom{guest, std::move(people)});
}

void tell_rooms_of(WriteContext& context, const protocol::User& user) {
  for (const RoomId room : store::load_room_ids(context.db(), user.id))
    tell_member_changed(context, room, user);
}

void tell_member_changed(WriteContext& context, RoomId room, const protocol::User& user) {
  const auto member = store::find_member(context.db(), room, user.id);
  if (!member) return;
  const Seq seq = store::take_seq(context.db(), room);
  context.tell_room(room,
                    protocol::MemberChanged{room, seq, context.now(), user, member->role,
                                            store::is_muted(context.db(), room, user.id, context.trusted())});
}

void rename_user(WriteContext& context, const store::UserRow& row, std::string_view display_name,
                 std::string_view email) {
  store::update_profile(context.db(), row.account.id, display_name, email);
  audit::Record record = context.call.record(audit::Type::user_renamed);
  record.target = {"user", row.account.id.value, row.account.name};
  const auto describe = [](std::string_view name, std::string_view address) {
    return audit::Details{{"display_name", name}, {"email", address}};
  };
  record.before = describe(row.account.display_name, row.account.email);
  record.after = describe(display_name, email);
  context.append(record);
  protocol::User user = row.user();
  user.display_name = std::string(display_name);
  if (user.display_name != row.account.display_name) tell_rooms_of(context, user);
}

}  // namespace wardroom::commands
