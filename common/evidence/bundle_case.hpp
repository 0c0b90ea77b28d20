#pragma once

#include <map>
#include <vector>

#include "common/evidence/bundle_files.hpp"
#include "common/evidence/bundle_lines.hpp"
#include "common/evidence/bundle_report.hpp"
#include "protocol/methods/audit_export.hpp"

// What a bundle is about, and its files for people: they follow from the lines, and prove nothing by
// themselves.
namespace wardroom::evidence {

struct BundleCase {
  protocol::AuditExport::Params scope;
  protocol::AuditExport::Result begun;
  std::map<UserId, protocol::User> people;
  std::map<RoomId, protocol::ExportRoom> rooms;
  Stopped stopped;  // asked while the files are made

  std::string subject() const;  // "Anna Berg (anna) in #ops"
  std::string room(RoomId id) const;
};

// What the records in a bundle call people and rooms: unlike people.txt and rooms.txt, it is proven. A value.
class RecordNames {
 public:
  // Out of the records whose bytes are given; the newest that names somebody counts.
  static Result<RecordNames> read(const OpenBundle& bundle);

  // "ada"; nothing when no record names them.
  std::optional<std::string> person(UserId id) const;
  // "#ops"
  std::optional<std::string> room(RoomId id) const;

 private:
  void add(std::string_view line);

  std::map<UserId, std::string> people_;
  std::map<RoomId, std::string> rooms_;
};

// 2026-11-20 17:05:33 UTC
std::string readable_time(TimePoint at);
std::string readable_time(std::string_view rfc3339);

// Who came into a room or left it, and what retention removed, out of the records whose bytes are given.
struct MembershipChange {
  std::int64_t record = 0;
  std::string ts;
  RoomId room;
  std::string person;  // name of the account
  bool came = false;
  std::string by;
};
std::optional<MembershipChange> find_membership_change(const RecordEntry& entry);
bool is_removal_of_messages(const RecordEntry& entry);

// case.txt, people.txt, rooms.txt, members.txt, removed.txt
Result<void> write_case_files(const BundleCase& about, const std::filesystem::path& directory);
// README.txt and index.html, which say what the check found.
Result<void> write_readme(const BundleCase& about, const BundleReport& report,
                          const std::filesystem::path& directory);
Result<void> write_page(const BundleCase& about, const BundleReport& report,
                        const std::filesystem::path& directory);

}  // namespace wardroom::evidence
