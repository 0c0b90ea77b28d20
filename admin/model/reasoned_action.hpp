#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "common/base/clock.hpp"
#include "common/base/strong.hpp"

// What an administrator or moderator does to somebody or something, and has to give a reason for. Each opens
// the one dialog that says what will happen and asks why.
namespace wardroom::admin {

struct DisablePerson {
  UserId person;
};
struct ResetPassword {
  UserId person;
};
struct RemoveSecondFactor {
  UserId person;
};
struct EndSession {
  SessionId session;
};
struct EndAllSessions {
  UserId person;
};

// What is done to all people that are selected together.
enum class BulkAct { lock, sign_out, change_role, ask_password };
struct ActOnSelected {
  BulkAct act = BulkAct::lock;
};

// Of the message of a report, and of its author in its room.
struct DeleteMessage {
  ReportId report;
};
struct MutePerson {
  ReportId report;
};
struct KickPerson {
  ReportId report;
};
struct BanPerson {
  ReportId report;
};
struct ResolveReport {
  ReportId report;
};
struct ReopenReport {
  ReportId report;
};
struct LiftSanction {
  bool is_ban = false;         // otherwise a mute
  std::optional<RoomId> room;  // nothing: a mute in every room
  UserId person;
  std::string person_name;
};

struct LockRoom {
  RoomId room;
  bool on = true;
};
struct ArchiveRoom {
  RoomId room;
  bool on = true;
};
struct SlowRoom {
  RoomId room;
};

struct UndoImport {
  ImportId import;
};

struct LiftHold {
  HoldId hold;
  std::string name;
  std::string covers;  // "Jonas Berg", "# release-7"
};
struct PruneAudit {
  TimePoint before;
  std::int64_t records = 0;  // as they were counted
};

using ReasonedAction =
    std::variant<DisablePerson, ResetPassword, RemoveSecondFactor, EndSession, EndAllSessions, ActOnSelected,
                 DeleteMessage, MutePerson, KickPerson, BanPerson, ResolveReport, ReopenReport, LiftSanction,
                 LockRoom, ArchiveRoom, SlowRoom, UndoImport, LiftHold, PruneAudit>;

}  // namespace wardroom::admin
