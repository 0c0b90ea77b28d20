#pragma once

#include <initializer_list>

#include "common/base/result.hpp"
#include "protocol/types.hpp"

// Who may do what. One table by global role, one function a question about a room; every command asks here.
namespace wardroom::domain {

enum class Right {
  use_directory,  // see people outside one's own rooms
  browse_rooms,   // see and join public rooms
  create_rooms,
  manage_rooms,  // any room's name and topic
  manage_people,
  import_messages,
  read_audit,
};

bool has_right(protocol::Role role, Right right);
// `forbidden` with a sentence for the person.
Result<void> authorize(protocol::Role role, Right right);

// `membership` is nothing when the person isn't in the room.
Result<void> authorize_post(const protocol::Room& room, std::optional<protocol::RoomRole> membership);
Result<void> authorize_join(const protocol::Room& room, protocol::Role role);
Result<void> authorize_room_update(const protocol::Room& room, protocol::Role role,
                                   std::optional<protocol::RoomRole> membership);
Result<void> authorize_add_member(const protocol::Room& room, protocol::Role role,
                                  std::optional<protocol::RoomRole> membership);

}  // namespace wardroom::domain
