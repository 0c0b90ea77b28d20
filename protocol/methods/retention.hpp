#pragma once

#include "protocol/methods/session.hpp"

// How long things are kept, and what overrides it. Everything here is recorded with its reason.
namespace wardroom::protocol {

// Keeps everything that a person wrote or did, or everything in a room, from retention, erasure and pruning.
struct Hold {
  HoldId id;
  std::string name;  // of the case, for those who look after it
  std::optional<User> user;
  std::optional<RoomId> room;
  std::optional<std::string> room_name;  // of public rooms, and of private ones that the reader is in
  std::string reason;
  TimePoint at;
  User by;
};
BOOST_DESCRIBE_STRUCT(Hold, (), (id, name, user, room, room_name, reason, at, by))

struct AdminHoldPlace {
  static constexpr std::string_view kName = "admin.hold_place";
  static constexpr std::string_view kSummary =
      "Places a legal hold on a person or a room: retention, erasure and pruning leave alone what it covers.";
  struct Params {
    std::optional<UserId> user;  // one of the two
    std::optional<RoomId> room;
    std::string name;  // of the case
    std::string reason;
  };
  struct Result {
    Hold hold;
  };
};
BOOST_DESCRIBE_STRUCT(AdminHoldPlace::Params, (), (user, room, name, reason))
BOOST_DESCRIBE_STRUCT(AdminHoldPlace::Result, (), (hold))

struct AdminHoldLift {
  static constexpr std::string_view kName = "admin.hold_lift";
  static constexpr std::string_view kSummary = "Lifts a legal hold.";
  struct Params {
    HoldId hold;
    std::string reason;
  };
  using Result = Empty;
  static constexpr std::string_view kErrors[] = {"hold_lifted"};
};
BOOST_DESCRIBE_STRUCT(AdminHoldLift::Params, (), (hold, reason))

struct AdminHoldList {
  static constexpr std::string_view kName = "admin.hold_list";
  static constexpr std::string_view kSummary = "The legal holds that stand, the newest first.";
  using Params = Empty;
  struct Result {
    std::vector<Hold> holds;
  };
};
BOOST_DESCRIBE_STRUCT(AdminHoldList::Result, (), (holds))

// How long the messages of a room, or of all rooms of a kind, are kept. A room's own rule wins.
struct RetentionRule {
  std::optional<RoomId> room;  // one of the two
  std::optional<RoomKind> kind;
  std::optional<std::string> room_name;  // of public rooms, and of private ones that the reader is in
  std::optional<std::int64_t> days;      // none: for good, in spite of the kind's rule
  TimePoint at;                          // when it was set
  std::optional<User> by;
};
BOOST_DESCRIBE_STRUCT(RetentionRule, (), (room, kind, room_name, days, at, by))

struct AdminRetentionGet {
  static constexpr std::string_view kName = "admin.retention_get";
  static constexpr std::string_view kSummary =
      "The retention rules: those of kinds of rooms first, then those of single rooms. Without a rule "
      "messages are kept for good.";
  using Params = Empty;
  struct Result {
    std::vector<RetentionRule> rules;
  };
};
BOOST_DESCRIBE_STRUCT(AdminRetentionGet::Result, (), (rules))

struct AdminRetentionSet {
  static constexpr std::string_view kName = "admin.retention_set";
  static constexpr std::string_view kSummary =
      "Sets how many days messages are kept, in one room or in all rooms of a kind. Older ones are removed "
      "within the hour.";
  struct Params {
    std::optional<RoomId> room;  // one of the two
    std::optional<RoomKind> kind;
    std::optional<std::int64_t> days;  // 1 to 36500; none: for good
    std::optional<bool> inherit;       // takes a room's own rule away: that of its kind holds
    std::string reason;
  };
  using Result = AdminRetentionGet::Result;
};
BOOST_DESCRIBE_STRUCT(AdminRetentionSet::Params, (), (room, kind, days, inherit, reason))

struct AdminRetentionPreview {
  static constexpr std::string_view kName = "admin.retention_preview";
  static constexpr std::string_view kSummary =
      "What the retention rules would remove now, room by room, and what holds keep; with a proposed rule, "
      "as if it were set.";
  struct Params {
    std::optional<RoomId> room;  // as in admin.retention_set; neither: the rules as they are
    std::optional<RoomKind> kind;
    std::optional<std::int64_t> days;
    std::optional<bool> inherit;
  };
  struct Entry {  // rooms in which something would be removed or is kept by a hold
    RoomId room;
    std::string name;  // of public rooms, and of private ones that the reader is in; else empty
    RoomKind kind = RoomKind::public_;
    std::int64_t days = 0;
    std::int64_t messages = 0;  // would be removed
    std::int64_t held = 0;      // old enough, but kept by a hold
    std::int64_t total = 0;     // messages in the room
    TimePoint before;           // what was posted earlier would be removed
  };
  struct Result {
    std::vector<Entry> rooms;
    std::int64_t messages = 0;
    std::int64_t held = 0;
  };
};
BOOST_DESCRIBE_STRUCT(AdminRetentionPreview::Params, (), (room, kind, days, inherit))
BOOST_DESCRIBE_STRUCT(AdminRetentionPreview::Entry, (),
                      (room, name, kind, days, messages, held, total, before))
BOOST_DESCRIBE_STRUCT(AdminRetentionPreview::Result, (), (rooms, messages, held))

struct AdminAuditPrune {
  static constexpr std::string_view kName = "admin.audit_prune";
  static constexpr std::string_view kSummary =
      "Forgets the bodies of old audit records. Their hashes stay, so every proof holds; records of keys, "
      "pruning, retention, erasure and restored backups stay whole, and so does what a hold covers.";
  struct Params {
    TimePoint before;  // at least 90 days ago
    std::string reason;
    std::optional<bool> dry_run;  // only counts
  };
  struct Result {
    std::int64_t records = 0;  // pruned, or to be pruned in a dry run
    std::int64_t kept = 0;     // as old, but of a type that stays, or on hold
    std::int64_t held = 0;     // of these, on hold
    bool files_clean = false;  // whether the old bytes are gone from the database's files too
  };
  static constexpr std::string_view kErrors[] = {"too_young"};
};
BOOST_DESCRIBE_STRUCT(AdminAuditPrune::Params, (), (before, reason, dry_run))
BOOST_DESCRIBE_STRUCT(AdminAuditPrune::Result, (), (records, kept, held, files_clean))

}  // namespace wardroom::protocol
