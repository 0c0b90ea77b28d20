#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/evidence/log_check.hpp"
#include "ctl/commands/context.hpp"

// `wardroomctl audit …` beside the queries.
namespace wardroom::ctl {

struct AuditVerifyArguments {
  std::filesystem::path bundle;              // an evidence bundle
  std::filesystem::path data;                // a server's data directory; empty: the server of the profile
  std::vector<std::filesystem::path> heads;  // files with signed heads that were kept
  std::string key;                           // that must have signed the log's heads
  bool log_only = false;                     // of a data directory: not its tables
};
Result<void> audit_verify(const Context& context, const AuditVerifyArguments& arguments);

// The newest signed head, to be kept somewhere else.
Result<void> audit_head(const Context& context);

struct AuditRotateKeyArguments {
  std::string reason;
};
Result<void> audit_rotate_key(const Context& context, const AuditRotateKeyArguments& arguments);

// Signed notes from files.
Result<std::vector<std::string>> read_heads(const std::vector<std::filesystem::path>& files);

// Prints what a check found; an error when something doesn't hold. `what` is what was checked.
Result<void> print_report(const Context& context, const evidence::LogReport& report, const std::string& what);

}  // namespace wardroom::ctl
