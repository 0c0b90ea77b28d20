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
  // Whether it stands in the log under a head that this console has checked.
  enum class Verdict { open, verified, wrong };

  AuditIndex idx;
  std::string line;  // the exact bytes; empty: they were pruned, only the hash is left
  std::string server_leaf;
  std::string leaf;  // computed here from the bytes, hexadecimal
  Verdict verdict = Verdict::open;

  std::string ts;  // RFC 3339, UTC
  std::string type;
  OutcomeMark outcome = OutcomeMark::success;
  std::string reason;
  std::string actor_type, actor_name, actor_role;
  UserId actor;
  std::string device, client, tls, ip;
  std::string target_type, target_name;
  std::int64_t target = 0;
  RoomId room;
  Fields before, after;
  std::string request;
};

// A line that isn't a record of this version still has its number and its bytes; its type says so.
LogRecord read_record(protocol::AuditRecord record);

}  // namespace wardroom::admin
