#pragma once

#include <optional>
#include <span>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/sqlite/connection.hpp"
#include "protocol/methods/retention.hpp"

// The table `retention_rules`, and what the rules remove. Messages that a hold covers stay, and so does the
// newest message of the office: messages.id must only ever grow (audit_groups.last_message).
namespace wardroom::store {

// Of a room or of a kind of rooms: one of the two.
struct RuleScope {
  std::optional<RoomId> room;
  std::optional<protocol::RoomKind> kind;
};
struct RuleRow {
  std::optional<std::int64_t> days;  // none: for good
};
std::optional<RuleRow> find_rule(sqlite::Connection& db, const RuleScope& scope);
void store_rule(sqlite::Connection& db, const RuleScope& scope, std::optional<std::int64_t> days, UserId by,
                TimePoint now);
void delete_rule(sqlite::Connection& db, const RuleScope& scope);
// Kinds first, then rooms by name.
std::vector<protocol::RetentionRule> load_rules(sqlite::Connection& db);

// A room and how many days its messages are kept; rooms whose messages stay for good aren't there.
struct RuledRoom {
  RoomId id;
  std::string name;
  protocol::RoomKind kind = protocol::RoomKind::public_;
  std::int64_t days = 0;
};
// `proposed`: as if this were set; with `inherit`, as if the room had no rule of its own.
struct ProposedRule {
  RuleScope scope;
  std::optional<std::int64_t> days;
  bool inherit = false;
};
std::vector<RuledRoom> load_ruled_rooms(sqlite::Connection& db,
                                        const std::optional<ProposedRule>& proposed = std::nullopt);

struct DueCount {
  std::int64_t due = 0;
  std::int64_t held = 0;
  std::int64_t total = 0;
};
// Reads every message of the room: for a reader thread.
DueCount count_due(sqlite::Connection& db, RoomId room, TimePoint before);
// The messages posted before `before` that no hold covers, ascending, from after `after`, at most `limit`.
std::vector<Seq> load_due(sqlite::Connection& db, RoomId room, TimePoint before, Seq after,
                          std::int64_t limit);

struct Removed {
  std::int64_t messages = 0;
  Seq last;
  std::vector<Digest> commitments;  // of all their states, in order
  std::int64_t reactions = 0;       // states of their reactions
  std::vector<Digest> contents;     // of their files, which perhaps nobody needs any more
};
// Removes those of `messages` that are still due, with versions, files, reactions and pins. Reports keep
// theirs.
Removed remove_due(sqlite::Connection& db, RoomId room, TimePoint before, std::span<const Seq> messages);

// Ends a round of removals of messages up to `last`: numbers what is left below without gaps, so that unread
// stays a subtraction, takes the room's next number for the event, and returns it with the markers that
// moved.
struct Trimmed {
  Seq seq;
  struct MovedMarker {
    UserId user;
    protocol::Marker marker;
    std::int64_t mentions = 0;
  };
  std::vector<MovedMarker> markers;
};
Trimmed settle_trim(sqlite::Connection& db, RoomId room, TimePoint before, Seq last);

// The time before which messages were removed by an event after `since`.
std::optional<TimePoint> find_trim(sqlite::Connection& db, RoomId room, Seq since);

}  // namespace wardroom::store
