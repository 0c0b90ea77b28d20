#pragma once

#include "protocol/methods/session.hpp"

// The material of an evidence bundle (docs/audit-evidence.md): what the log says about a person, a room, a
// time, with the messages and all that is needed to check both against a signed head.
namespace wardroom::protocol {

using ExportId = Strong<struct ExportIdTag>;

// A room as a bundle names it.
struct ExportRoom {
  RoomId id;
  std::string name;  // empty for direct rooms
  RoomKind kind = RoomKind::public_;
};
BOOST_DESCRIBE_STRUCT(ExportRoom, (), (id, name, kind))

struct AuditExport {
  static constexpr std::string_view kName = "audit.export";
  static constexpr std::string_view kSummary =
      "Begins an export for an evidence bundle: fixes the range of records, leaves a record of itself before "
      "anything is read, and signs a head that covers it. audit.export_page brings the rest, for 24 hours.";
  struct Params {
    std::optional<UserId> user;            // what they wrote, and the records about them
    std::optional<std::string> user_name;  // exact account name, instead of the id
    std::optional<RoomId> room;
    std::optional<TimePoint> since;  // of the records' time; the range of records spans it
    std::optional<TimePoint> until;  // not included
    std::string reason;
    // Whether audit.export_file may bring the bytes of what the messages carry; the record says so.
    std::optional<bool> files = {};
  };
  struct Result {
    ExportId id;
    TimePoint at;  // of the export
    User by;
    std::string note;  // the signed head under which everything is proven
    std::int64_t size = 0;
    TimePoint signed_at;
    std::string key;
    std::vector<std::string> rotations;
    AuditIndex first;  // of the records
    AuditIndex last;
    std::vector<TreeNode> edges;  // with the records' hashes they give the head's root
    std::optional<User> user;
    std::optional<ExportRoom> room;
    // Of the export itself, under the head: it says where the chain of what the bundle is about ends.
    std::optional<ProvenRecord> record = {};
  };
  static constexpr std::string_view kErrors[] = {"nothing_in_range", "log_differs"};
};
BOOST_DESCRIBE_STRUCT(AuditExport::Params, (), (user, user_name, room, since, until, reason, files))
BOOST_DESCRIBE_STRUCT(AuditExport::Result, (),
                      (id, at, by, note, size, signed_at, key, rotations, first, last, edges, user, room,
                       record))

struct AuditExportPage {
  static constexpr std::string_view kName = "audit.export_page";
  static constexpr std::string_view kSummary =
      "The next page of an export, to whoever began it: lines of the bundle's files, in order, and the "
      "people "
      "and rooms that they name by number.";
  struct Params {
    ExportId id;
    std::optional<std::string> at;  // `next` of the page before; none: the first page
  };
  struct Result {
    std::vector<std::string> records;   // lines of records.txt
    std::vector<std::string> groups;    // lines of groups.txt
    std::vector<std::string> messages;  // lines of messages.txt
    std::vector<User> users;
    std::vector<ExportRoom> rooms;
    std::int64_t done = 0;                                   // records of the range that were gone through
    std::optional<std::string> next;                         // none: this was the last page
    std::optional<std::vector<std::string>> witnesses = {};  // lines of witnesses.txt
  };
  static constexpr std::string_view kErrors[] = {"export_over"};
};
BOOST_DESCRIBE_STRUCT(AuditExportPage::Params, (), (id, at))
BOOST_DESCRIBE_STRUCT(AuditExportPage::Result, (),
                      (records, groups, messages, users, rooms, done, next, witnesses))

struct AuditExportFile {
  static constexpr std::string_view kName = "audit.export_file";
  static constexpr std::string_view kSummary =
      "A piece of a file that a message of the export carries, to whoever began it with `files`: 96 KiB "
      "from `at` on, or what is left.";
  struct Params {
    ExportId id;
    std::string sha256;   // of the file, as the message has it: 64 hexadecimal digits
    std::int64_t at = 0;  // bytes that came already
  };
  struct Result {
    std::string bytes;      // in base64
    std::int64_t size = 0;  // of the whole file
  };
  static constexpr std::string_view kErrors[] = {"export_over", "export_without_files", "bytes_missing"};
};
BOOST_DESCRIBE_STRUCT(AuditExportFile::Params, (), (id, sha256, at))
BOOST_DESCRIBE_STRUCT(AuditExportFile::Result, (), (bytes, size))

}  // namespace wardroom::protocol
