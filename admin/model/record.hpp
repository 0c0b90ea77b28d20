#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "admin/model/props/audit.hpp"
#include "common/base/bytes.hpp"
#include "protocol/types.hpp"

namespace wardroom::admin {

// One record of the log: what stands in its line, and the line itself.
struct LogRecord {
  using Fields = std::vector<std::pair<std::string, std::string>>;

  AuditIndex idx;
  std::string line;  // the exact bytes
  std::string server_leaf;
  std::string leaf;  // computed here from the bytes, hexadecimal

  std::string ts;  // RFC 3339, UTC
  std::string type;
  OutcomeMark outcome = OutcomeMark::success;
  std::string reason;
  std::string actor_type, actor_name, actor_role;
  UserId actor;
  std::string device, client, tls, ip;
  std::string target_type, target_name;
  RoomId room;
  Fields before, after;
  std::string request;
};

// RFC 6962 section 2.1: SHA-256(0x00 || line).
Digest leaf_hash_of(std::string_view line);

// A line that isn't a record of this version still has its number and its bytes; its type says so.
LogRecord read_record(protocol::AuditRecord record);

}  // namespace wardroom::admin
