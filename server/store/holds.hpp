#pragma once

#include <optional>
#include <vector>

#include "common/sqlite/connection.hpp"
#include "protocol/methods/retention.hpp"

// The table `holds`: what retention, erasure and pruning leave alone. "Stands": isn't lifted.
namespace wardroom::store {

struct NewHold {
  std::string_view name;
  std::optional<UserId> user;  // one of the two
  std::optional<RoomId> room;
  std::string_view reason;
  UserId by;
};
HoldId insert_hold(sqlite::Connection& db, const NewHold& hold, TimePoint now);

// With a hold that was lifted, too.
struct HoldRow {
  protocol::Hold hold;
  bool stands = true;
};
std::optional<HoldRow> find_hold(sqlite::Connection& db, HoldId id);
void lift_hold(sqlite::Connection& db, HoldId id, TimePoint now);

// Those that stand, newest first.
std::vector<protocol::Hold> load_holds(sqlite::Connection& db);

// The name of one that stands.
std::optional<std::string> find_hold_on(sqlite::Connection& db, UserId user);
std::optional<std::string> find_hold_on(sqlite::Connection& db, RoomId room);

}  // namespace wardroom::store
