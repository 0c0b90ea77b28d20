#pragma once

#include <optional>
#include <vector>

#include "common/sqlite/connection.hpp"
#include "protocol/methods/moderation.hpp"

// The table `sanctions`: mutes and bans.
namespace wardroom::store {

// The one that holds at `now`; `room` nothing: the mute in every room.
std::optional<protocol::Mute> find_sanction(sqlite::Connection& db, protocol::SanctionKind kind,
                                            std::optional<RoomId> room, UserId user, TimePoint now);
// Whether a mute holds, in every room or in this one.
bool is_muted(sqlite::Connection& db, std::optional<RoomId> room, UserId user, TimePoint now);

struct NewSanction {
  protocol::SanctionKind kind = protocol::SanctionKind::mute;
  std::optional<RoomId> room;
  UserId user;
  UserId by;
  std::string_view reason;
  std::optional<TimePoint> until;
};
// Replaces one of the same kind that holds.
void insert_sanction(sqlite::Connection& db, const NewSanction& sanction, TimePoint now);
// False when none held.
bool lift_sanction(sqlite::Connection& db, protocol::SanctionKind kind, std::optional<RoomId> room,
                   UserId user, TimePoint now);
// Those that hold, newest first; of one room, or all.
std::vector<protocol::Sanction> load_sanctions(sqlite::Connection& db, std::optional<RoomId> room,
                                               TimePoint now);

}  // namespace wardroom::store
