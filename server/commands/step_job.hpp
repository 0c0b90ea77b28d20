#pragma once

#include "server/commands/change_job.hpp"

namespace wardroom::commands {

// One step of what is too large for a single transaction: each step is a change of its own with its own
// record. The next one is submitted when this one is durable, so that other people's changes have their turn
// between.
struct Step {
  std::shared_ptr<const Call> call;  // without a caller: the server's own
  std::string_view method;
  std::optional<domain::Right> right;
  std::function<Result<void>(WriteContext&)> work;  // writer thread, in the transaction
  std::function<void(const Result<void>&)> then;    // after it; on any thread when it was refused
  bool is_vital = false;                            // goes on while the disk is full
};
void submit_step(Services& services, GroupBatch& batch, Step step);

}  // namespace wardroom::commands
