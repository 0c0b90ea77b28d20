#pragma once

#include <optional>
#include <string>

#include "common/base/clock.hpp"
#include "common/base/strong.hpp"
#include "protocol/types.hpp"
#include "server/audit/catalogue.hpp"
#include "server/audit/details.hpp"

namespace wardroom::audit {

enum class Outcome { success, failure, denied, error };
std::string_view to_string(Outcome outcome);

// Who or what acted.
struct Actor {
  enum class Kind { user, server, nobody } kind = Kind::server;
  UserId id;
  std::string name;
  std::string role;
};

struct Target {
  std::string type;  // "user", "room", "session", "invite"; empty: none
  std::int64_t id = 0;
  std::string name;
};

// What is to be said of one act. Never in it: a password, a token, a second-factor secret, the text of a
// message.
struct Record {
  Type type;
  Outcome outcome = Outcome::success;
  std::string reason;
  Actor actor;
  SessionId session;
  std::string device;
  std::string ip;
  std::string client;
  std::string tls;  // the version that the connection speaks, such as "1.3"
  Target target;
  RoomId room;
  Details before;
  Details after;
  std::string request;  // id that links the record with a reply and a log line
};

// The record's exact bytes: one JSON object without a line feed, fields in the order of the audit log's
// documentation. Reason and names are cut after 512 bytes; what was before and after is whole, however long.
std::string compose_line(const Record& record, AuditIndex idx, TimePoint at);

}  // namespace wardroom::audit
