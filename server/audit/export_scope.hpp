#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/sqlite/connection.hpp"
#include "protocol/methods/audit_export.hpp"

namespace wardroom::audit {

// What an evidence bundle is about. A value; what isn't about it goes out as a hash only.
class ExportScope {
 public:
  ExportScope(sqlite::Connection& db, const protocol::AuditExport::Params& params);

  // Whether a record's exact bytes belong into the bundle. Records of the server and of the log itself always
  // do.
  bool concerns_record(std::string_view line) const;
  // Whether the states of a message do: it was written by the person, stands in the room.
  bool concerns_message(UserId author, RoomId room) const;

  bool is_everything() const { return !user_ && !room_; }
  const std::optional<UserId>& user() const { return user_; }
  const std::optional<RoomId>& room() const { return room_; }

 private:
  std::optional<UserId> user_;
  std::string user_name_;
  std::optional<RoomId> room_;
};

}  // namespace wardroom::audit
