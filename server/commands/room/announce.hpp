#pragma once

#include "server/commands/context.hpp"
#include "server/store/users.hpp"

// Changes of membership and of people, with what becomes known of them: events, subscriptions and audit
// records.
namespace wardroom::commands {

// What a newcomer sees of a room: what it shows to newcomers, or what comes after.
enum class SeenFrom { as_the_room_shows, now };

// Brings the person into the room; nothing happens when they are in already. `by`: who did it, when not they
// themselves.
void admit_member(WriteContext& context, const protocol::Room& room, const protocol::User& user,
                  protocol::RoomRole role, std::optional<UserId> by,
                  SeenFrom seen_from = SeenFrom::as_the_room_shows);
void remove_member(WriteContext& context, const protocol::Room& room, const protocol::User& user,
                   std::optional<UserId> by);

// Changes display name and e-mail, and tells the person's rooms.
void rename_user(WriteContext& context, const store::UserRow& row, std::string_view display_name,
                 std::string_view email);
// Tells one room what a member is now: name, roles, mute.
void tell_member_changed(WriteContext& context, RoomId room, const protocol::User& user);
// Tells every room of the person that something about them changed.
void tell_rooms_of(WriteContext& context, const protocol::User& user);

}  // namespace wardroom::commands
