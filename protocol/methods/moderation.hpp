#pragma once

#include "protocol/methods/session.hpp"

// A moderator's tools. Each act has a reason, is told to whom it concerns, and can be undone.
namespace wardroom::protocol {

enum class SanctionKind { mute, ban };

// A mute or ban that holds.
struct Sanction {
  SanctionKind kind = SanctionKind::mute;
  std::optional<RoomId> room;  // none: a mute in every room
  User user;
  User by;
  std::string reason;
  TimePoint at;
  std::optional<TimePoint> until;
};
BOOST_DESCRIBE_ENUM(SanctionKind, mute, ban)
BOOST_DESCRIBE_STRUCT(Sanction, (), (kind, room, user, by, reason, at, until))

struct SanctionResult {
  Sanction sanction;
};
BOOST_DESCRIBE_STRUCT(SanctionResult, (), (sanction))

struct ModerationMute {
  static constexpr std::string_view kName = "moderation.mute";
  static constexpr std::string_view kSummary =
      "Keeps a person from writing, in one room or, for moderators of the office, in all of them. Muting "
      "again replaces end and reason.";
  struct Params {
    std::optional<RoomId> room;
    UserId user;
    std::optional<std::int64_t> seconds;  // how long; until it is lifted when left out
    std::string reason;
  };
  using Result = SanctionResult;
  static constexpr std::string_view kErrors[] = {"not_a_moderator", "outranked", "direct_room"};
};
BOOST_DESCRIBE_STRUCT(ModerationMute::Params, (), (room, user, seconds, reason))

struct ModerationUnmute {
  static constexpr std::string_view kName = "moderation.unmute";
  static constexpr std::string_view kSummary = "Lets a muted person write again.";
  struct Params {
    std::optional<RoomId> room;
    UserId user;
    std::optional<std::string> reason;
  };
  using Result = Empty;
  static constexpr std::string_view kErrors[] = {"not_a_moderator", "outranked"};
};
BOOST_DESCRIBE_STRUCT(ModerationUnmute::Params, (), (room, user, reason))

struct ModerationKick {
  static constexpr std::string_view kName = "moderation.kick";
  static constexpr std::string_view kSummary =
      "Takes a person out of a room. They can rejoin where they could join before.";
  struct Params {
    RoomId room;
    UserId user;
    std::string reason;
  };
  using Result = Empty;
  static constexpr std::string_view kErrors[] = {"not_a_moderator", "outranked", "direct_room"};
};
BOOST_DESCRIBE_STRUCT(ModerationKick::Params, (), (room, user, reason))

struct ModerationBan {
  static constexpr std::string_view kName = "moderation.ban";
  static constexpr std::string_view kSummary =
      "Takes a person out of a room and keeps them out. Banning again replaces end and reason.";
  struct Params {
    RoomId room;
    UserId user;
    std::optional<std::int64_t> seconds;  // how long; until it is lifted when left out
    std::string reason;
  };
  using Result = SanctionResult;
  static constexpr std::string_view kErrors[] = {"not_a_moderator", "outranked", "direct_room"};
};
BOOST_DESCRIBE_STRUCT(ModerationBan::Params, (), (room, user, seconds, reason))

struct ModerationUnban {
  static constexpr std::string_view kName = "moderation.unban";
  static constexpr std::string_view kSummary = "Lets a banned person come in again.";
  struct Params {
    RoomId room;
    UserId user;
    std::optional<std::string> reason;
  };
  using Result = Empty;
  static constexpr std::string_view kErrors[] = {"not_a_moderator", "outranked"};
};
BOOST_DESCRIBE_STRUCT(ModerationUnban::Params, (), (room, user, reason))

struct ModerationSanctions {
  static constexpr std::string_view kName = "moderation.sanctions";
  static constexpr std::string_view kSummary =
      "Mutes and bans that hold: of one room for its moderators, of all rooms for those of the office.";
  struct Params {
    std::optional<RoomId> room;
  };
  struct Result {
    std::vector<Sanction> sanctions;
  };
  static constexpr std::string_view kErrors[] = {"not_a_moderator"};
};
BOOST_DESCRIBE_STRUCT(ModerationSanctions::Params, (), (room))
BOOST_DESCRIBE_STRUCT(ModerationSanctions::Result, (), (sanctions))

// What a reported message was at the moment of the report; later edits and deletions don't change it.
struct Evidence {
  Message message;
  std::vector<MessageVersion> versions;
  std::vector<Message> before;  // up to five messages before it
  RoomKind room_kind = RoomKind::public_;
  std::string room_name;
  std::vector<User> users;  // the authors, as they were called
};
BOOST_DESCRIBE_STRUCT(Evidence, (), (message, versions, before, room_kind, room_name, users))

enum class Resolution { dismissed, warned, deleted, muted, kicked, banned, other };
BOOST_DESCRIBE_ENUM(Resolution, dismissed, warned, deleted, muted, kicked, banned, other)

struct Report {
  ReportId id;
  RoomId room;
  Seq seq;
  User reporter;
  std::string reason;
  TimePoint at;
  Evidence evidence;
  std::string evidence_hash;                 // hexadecimal, as the audit log has it: docs/audit-format.md
  std::optional<std::string> evidence_salt;  // hexadecimal; the hash is of it and the evidence's bytes
  bool open = true;
  std::optional<Resolution> resolution;
  std::optional<User> resolved_by;
  std::optional<TimePoint> resolved_at;
  std::optional<std::string> resolution_reason;
  // Texts in the evidence were erased: it no longer gives its hash.
  std::optional<bool> erased = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(Report, (),
                      (id, room, seq, reporter, reason, at, evidence, evidence_hash, evidence_salt, open,
                       resolution, resolved_by, resolved_at, resolution_reason, erased))

struct ModerationReport {
  static constexpr std::string_view kName = "moderation.report";
  static constexpr std::string_view kSummary =
      "Shows a message to the moderators, as it is now. The same person reports a message once.";
  struct Params {
    RoomId room;
    Seq seq;
    std::string reason;
  };
  struct Result {
    ReportId report;
  };
  static constexpr std::string_view kErrors[] = {"deleted"};
};
BOOST_DESCRIBE_STRUCT(ModerationReport::Params, (), (room, seq, reason))
BOOST_DESCRIBE_STRUCT(ModerationReport::Result, (), (report))

struct ModerationReports {
  static constexpr std::string_view kName = "moderation.reports";
  static constexpr std::string_view kSummary =
      "The queue of reports, newest first: all of them for moderators of the office, those of their rooms "
      "for "
      "rooms' moderators.";
  struct Params {
    std::optional<bool> open;  // only open or only resolved ones
    std::optional<ReportId> before;
    std::optional<std::int64_t> limit;  // 1 to 50, 20 when left out
  };
  struct Result {
    std::vector<Report> reports;
    bool more = false;
    std::int64_t open = 0;  // reports that wait, whatever the filter
  };
};
BOOST_DESCRIBE_STRUCT(ModerationReports::Params, (), (open, before, limit))
BOOST_DESCRIBE_STRUCT(ModerationReports::Result, (), (reports, more, open))

struct ModerationResolve {
  static constexpr std::string_view kName = "moderation.resolve";
  static constexpr std::string_view kSummary =
      "Closes a report with what was done and why; without a resolution it opens it again. Who reported is "
      "told.";
  struct Params {
    ReportId report;
    std::optional<Resolution> resolution;
    std::string reason;
  };
  using Result = Empty;
  static constexpr std::string_view kErrors[] = {"already_resolved", "not_resolved"};
};
BOOST_DESCRIBE_STRUCT(ModerationResolve::Params, (), (report, resolution, reason))

}  // namespace wardroom::protocol
