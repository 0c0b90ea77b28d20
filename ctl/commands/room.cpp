#include "ctl/commands/room.hpp"

#include <ostream>

#include "ctl/commands/client.hpp"
#include "ctl/commands/find_people.hpp"
#include "ctl/commands/find_rooms.hpp"
#include "ctl/commands/table.hpp"

namespace wardroom::ctl {
namespace {

struct RoomPlace {
  Client client;
  AnyRoom room;
};

Result<RoomPlace> find_place(const Context& context, const std::string& room) {
  auto client = connect(context);
  if (!client) return client.error();
  auto found = find_any_room(**client, room);
  if (!found) return found.error();
  return RoomPlace{std::move(*client), std::move(*found)};
}

// Makes the change; says to a person what was done, to a program what the server answered.
template <class M>
Result<void> change(const Context& context, RoomPlace& place, const typename M::Params& params,
                    const std::string& done) {
  const auto changed = place.client->template call<M>(params);
  if (!changed) return changed.error();
  if (context.json)
    context.out << protocol::encode(*changed) << "\n";
  else
    context.out << done << "\n";
  return ok();
}

// The same for a change of one of the room's people.
template <class M, class MakeParams>
Result<void> change_member(const Context& context, const RoomArguments& arguments, MakeParams make_params,
                           const std::string& done) {
  auto place = find_place(context, arguments.room);
  if (!place) return place.error();
  const auto person = find_person(*place->client, arguments.user);
  if (!person) return person.error();
  return change<M>(context, *place, make_params(place->room.id, person->id),
                   person->name + " " + done + " " + place->room.name + ".");
}

template <class M>
Result<void> switch_room(const Context& context, const RoomArguments& arguments, bool on,
                         const std::string& done) {
  auto place = find_place(context, arguments.room);
  if (!place) return place.error();
  return change<M>(context, *place, {place->room.id, on, arguments.reason},
                   place->room.name + " " + done + ".");
}

}  // namespace

Result<void> room_create(const Context& context, const RoomArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto name = arguments.room.starts_with('#') ? arguments.room.substr(1) : arguments.room;
  RoomPlace place{std::move(*client), {}};
  return change<protocol::RoomCreate>(
      context, place,
      {name, arguments.is_private ? protocol::RoomKind::private_ : protocol::RoomKind::public_,
       arguments.text.empty() ? std::nullopt : std::optional(arguments.text)},
      "#" + name + " is made; you moderate it.");
}

Result<void> room_join(const Context& context, const RoomArguments& arguments) {
  auto place = find_place(context, arguments.room);
  if (!place) return place.error();
  return change<protocol::RoomJoin>(context, *place, {place->room.id},
                                    "You are in " + place->room.name + ".");
}

Result<void> room_leave(const Context& context, const RoomArguments& arguments) {
  auto place = find_place(context, arguments.room);
  if (!place) return place.error();
  return change<protocol::RoomLeave>(context, *place, {place->room.id}, "You left " + place->room.name + ".");
}

Result<void> room_members(const Context& context, const RoomArguments& arguments) {
  auto place = find_place(context, arguments.room);
  if (!place) return place.error();
  const auto members = place->client->call<protocol::RoomMembers>({place->room.id});
  if (!members) return members.error();
  if (context.json) {
    context.out << protocol::encode(*members) << "\n";
    return ok();
  }
  Table table({"NAME", "DISPLAY NAME", "IN THE ROOM", "IN THE OFFICE", "SINCE", ""});
  for (const auto& member : members->members)
    table.add({member.user.name, member.user.display_name, std::string(protocol::enum_name(member.role)),
               std::string(protocol::enum_name(member.user.role)), local_minute(member.joined_at),
               member.muted.value_or(false) ? "muted" : ""});
  table.print(context.out);
  return ok();
}

Result<void> room_add(const Context& context, const RoomArguments& arguments) {
  return change_member<protocol::RoomAddMember>(
      context, arguments,
      [](RoomId room, UserId user) {
        return protocol::RoomAddMember::Params{room, user};
      },
      "is in");
}

Result<void> room_remove(const Context& context, const RoomArguments& arguments) {
  return change_member<protocol::RoomRemoveMember>(
      context, arguments,
      [](RoomId room, UserId user) {
        return protocol::RoomRemoveMember::Params{room, user};
      },
      "is no longer in");
}

Result<void> room_role(const Context& context, const RoomArguments& arguments) {
  const auto role =
      protocol::parse_enum<protocol::RoomRole>(arguments.role).value_or(protocol::RoomRole::member);
  return change_member<protocol::RoomSetRole>(
      context, arguments,
      [role](RoomId room, UserId user) {
        return protocol::RoomSetRole::Params{room, user, role};
      },
      "is " + arguments.role + " of");
}

Result<void> room_topic(const Context& context, const RoomArguments& arguments) {
  auto place = find_place(context, arguments.room);
  if (!place) return place.error();
  return change<protocol::RoomUpdate>(context, *place, {place->room.id, {}, arguments.text},
                                      place->room.name + " has a new topic.");
}

Result<void> room_rename(const Context& context, const RoomArguments& arguments) {
  auto place = find_place(context, arguments.room);
  if (!place) return place.error();
  const auto name = arguments.text.starts_with('#') ? arguments.text.substr(1) : arguments.text;
  return change<protocol::RoomUpdate>(context, *place, {place->room.id, name, {}},
                                      place->room.name + " is now #" + name + ".");
}

Result<void> room_lock(const Context& context, const RoomArguments& arguments) {
  return switch_room<protocol::RoomLock>(context, arguments, true,
                                         "is locked: only its moderators write there");
}

Result<void> room_unlock(const Context& context, const RoomArguments& arguments) {
  return switch_room<protocol::RoomLock>(context, arguments, false, "is unlocked");
}

Result<void> room_archive(const Context& context, const RoomArguments& arguments) {
  return switch_room<protocol::RoomArchive>(context, arguments, true, "is archived: it can only be read");
}

Result<void> room_reopen(const Context& context, const RoomArguments& arguments) {
  return switch_room<protocol::RoomArchive>(context, arguments, false, "is open again");
}

Result<void> room_slow(const Context& context, const RoomArguments& arguments) {
  auto place = find_place(context, arguments.room);
  if (!place) return place.error();
  const auto seconds = arguments.pause.count();
  return change<protocol::RoomSlowMode>(
      context, *place, {place->room.id, seconds, arguments.reason},
      seconds == 0
          ? place->room.name + " is as fast as ever."
          : "In " + place->room.name + " everybody writes once in " + std::to_string(seconds) + " s.");
}

}  // namespace wardroom::ctl
