#pragma once

#include <optional>
#include <vector>

#include "common/sqlite/connection.hpp"
#include "protocol/methods/moderation.hpp"

// The table `sanctions`: mutes and bans. `room` nothing: the mute in every room.
namespace wardroom::store {

// The one that holds at `now`.
std::optional<protocol::Mute> find_sanction(sqlite::Connection& db, protocol::SanctionKind kind,
                                            std::optional<RoomId> room, UserId user, TimePoint now);
// The same with everything that is known of it.
std::optional<protocol::Sanction> load_sanction(sqlite::Connection& db, protocol::SanctionKind kind,
                                                std::optional<RoomId> room, UserId user, TimePoint now);
// Whether a mute holds, in every room or in this one.
bool is_muted(sqlite::Connection& db, std::optional<RoomId> room, UserId user, TimePoint now);
// The latest end of the mutes in every room and in this one that weren't lifted, whether it has come or not;
// the end of all time for one without. Nothing: there is none. Somebody is muted as long as it is to come.
std::optional<TimePoint> find_mute_end(sqlite::Connection& db, RoomId room, UserId user);

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
// False when there is none that holds or whose end nobody was told of yet.
bool lift_sanction(sqlite::Connection& db, protocol::SanctionKind kind, std::optional<RoomId> room,
                   UserId user, TimePoint now);
// Those that hold, newest first, at most 1,000; of one room, or all.
std::vector<protocol::Sanction> load_sanctions(sqlite::Connection& db, std::optional<RoomId> room,
                                               TimePoint now);

// Closes those whose end has come, the earliest first, at most `limit`, and returns them.
std::vector<protocol::Sanction> end_sanctions(sqlite::Connection& db, TimePoint now, std::int64_t limit);
// When the next one ends by itself.
std::optional<TimePoint> find_next_end(sqlite::Connection& db);

}  // namespace wardroom::store
