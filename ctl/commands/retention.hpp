#pragma once

#include <optional>
#include <string>

#include "ctl/commands/context.hpp"

// How long things are kept: rules, holds, pruning of the log, erasure. An error is a sentence for the person.
namespace wardroom::ctl {

struct HoldArguments {
  std::string name;
  std::string user;  // one of the two
  std::string room;
  std::string reason;
  std::int64_t hold = 0;
};
Result<void> hold_place(const Context& context, const HoldArguments& arguments);
Result<void> hold_lift(const Context& context, const HoldArguments& arguments);
Result<void> hold_list(const Context& context, const HoldArguments& arguments);

struct RetentionArguments {
  std::string room;  // one of the two
  std::string kind;
  std::optional<std::int64_t> days;
  bool keep = false;     // for good
  bool inherit = false;  // as the room's kind says
  std::string reason;
};
Result<void> retention_show(const Context& context, const RetentionArguments& arguments);
Result<void> retention_set(const Context& context, const RetentionArguments& arguments);
Result<void> retention_preview(const Context& context, const RetentionArguments& arguments);

struct PruneArguments {
  std::string before;  // YYYY-MM-DD, UTC
  std::string reason;
  bool dry_run = false;
};
Result<void> audit_prune(const Context& context, const PruneArguments& arguments);

struct EraseArguments {
  std::string user;
  std::string reason;
  bool dry_run = false;
};
Result<void> user_erase(const Context& context, const EraseArguments& arguments);

struct ReadPrivateArguments {
  std::string room;
  std::string reason;
  std::optional<std::int64_t> before;
  std::optional<std::int64_t> after;
  std::optional<std::int64_t> around;
  std::int64_t limit = 50;
  bool numbers = false;
};
Result<void> room_read_private(const Context& context, const ReadPrivateArguments& arguments);

}  // namespace wardroom::ctl
