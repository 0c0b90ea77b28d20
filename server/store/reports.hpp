#pragma once

#include <optional>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/sqlite/connection.hpp"
#include "protocol/methods/moderation.hpp"

// The table `reports`. The evidence is JSON text that is written once; only erasing a text of it
// touches it again.
namespace wardroom::store {

struct NewReport {
  RoomId room;
  Seq seq;
  UserId author;
  UserId reporter;
  std::string_view reason;
  std::string_view evidence;
  std::array<std::byte, 16> evidence_salt;
  Digest evidence_hash;  // of the salt and the evidence
};
ReportId insert_report(sqlite::Connection& db, const NewReport& report, TimePoint now);
// The one that this person made of this message before.
std::optional<ReportId> find_report(sqlite::Connection& db, RoomId room, Seq seq, UserId reporter);

// What deciding over a report needs to know of it.
struct ReportRow {
  RoomId room;
  Seq seq;
  UserId author;
  UserId reporter;
  bool open = true;
};
std::optional<ReportRow> find_report(sqlite::Connection& db, ReportId id);

void resolve_report(sqlite::Connection& db, ReportId id, protocol::Resolution resolution, UserId by,
                    std::string_view reason, TimePoint now);
void reopen_report(sqlite::Connection& db, ReportId id);

// Which reports somebody may see.
struct ReportScope {
  UserId reader;
  bool whole_office = false;  // otherwise those of the rooms that the reader moderates
  bool own_messages = false;  // reports of the reader's own messages, too
};
// Newest first, from before `before`; `open`: only those that wait, or only those that don't. At most
// `limit`, and no more than fit into `kMaxReportPageBytes`; `more` tells that there are others.
struct ReportPage {
  std::vector<protocol::Report> reports;
  bool more = false;
};
inline constexpr std::size_t kMaxReportPageBytes = 512 * 1024;
ReportPage load_reports(sqlite::Connection& db, const ReportScope& scope, std::optional<bool> open,
                        std::optional<ReportId> before, std::int64_t limit);
std::int64_t count_open_reports(sqlite::Connection& db, const ReportScope& scope);

// Whose accounts are open and have this role in the office; the people who moderate this room.
std::vector<UserId> load_people_of_role(sqlite::Connection& db, protocol::Role role);
std::vector<UserId> load_room_moderators(sqlite::Connection& db, RoomId room);

}  // namespace wardroom::store
