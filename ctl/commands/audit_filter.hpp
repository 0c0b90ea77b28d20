#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ctl/commands/client.hpp"

// Which records `wardroomctl audit` reads.
namespace wardroom::ctl {

struct AuditFilterArguments {
  std::string since;  // YYYY-MM-DD, UTC
  std::string until;
  std::string actor;
  std::string target;
  std::vector<std::string> types;
  std::string severity;
  std::string room;
  std::string outcome;
  std::string address;
  std::string text;
};

// As the server takes it. The room is looked up here, the other names by the server.
Result<protocol::AuditQuery::Params> make_audit_query(link::BlockingClient& client,
                                                      const AuditFilterArguments& arguments);

// Every record that fits, page by page, in the direction that `params` begins with, until `take` returns
// false. Waits where the server asks for patience.
Result<void> read_audit_records(link::BlockingClient& client, protocol::AuditQuery::Params params,
                                const std::function<bool(const protocol::AuditRecord&)>& take);

}  // namespace wardroom::ctl
