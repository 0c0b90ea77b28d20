#pragma once

#include "common/evidence/tables/replayed_table.hpp"

namespace wardroom::evidence {

// Rooms, who is in them, and what is pinned there, as the records lead to them.
class RoomsReplay {
 public:
  void take(const Act& act);
  void note_pruned(std::int64_t idx, std::string_view type);
  void compare(sqlite::Connection& db, TablesReport& report);

 private:
  void make_room(const Act& act);
  void take_room(const Act& act);
  void take_kind(const Act& act);
  void take_direct(const Act& act);
  void ask_people(const Act& act, const std::string& requester);
  ReplayedTable::Field shown_to_newcomers(const std::string& room) const;
  void take_member(const Act& act);
  void take_pin(const Act& act);
  // What was pinned and is deleted or removed is no pin any more, and has no record of its own.
  void forget_pins_of_the_deleted(sqlite::Connection& db);

  ReplayedTable rooms_{
      "rooms",
      {"name", "kind", "topic", "locked", "archived", "slow_mode_s", "direct_state", "removed", "created_by",
       "direct_key", "requested_by", "declined", "history_from", "trimmed_before", "created_at"},
      {"room.created", "room.renamed", "room.topic_changed", "room.kind_changed", "room.locked",
       "room.unlocked", "room.archived", "room.slow_mode", "room.direct_changed"},
      {"room.created"}};
  ReplayedTable members_{"members",
                         {"role", "accepted", "shown_after"},
                         {"room.created", "room.member_added", "room.member_removed", "room.role_changed",
                          "room.kind_changed", "room.direct_changed", "user.offboarded"}};
  ReplayedTable pins_{"pins", {"room_id", "seq"}, {"message.pinned", "message.deleted"}};
  std::map<std::string, std::int64_t> removed_;             // messages by room
  std::map<std::string, std::vector<std::string>> people_;  // of direct rooms
  std::string request_;                                     // of the newest record that brought somebody in
  std::vector<std::string> brought_in_;                     // by that request
};

}  // namespace wardroom::evidence
