#pragma once

#include <string>

#include "ctl/commands/context.hpp"

// Backups on the server, made and tried from afar. An error is a sentence for the person.
namespace wardroom::ctl {

struct BackupArguments {
  std::string name;      // of verify and rehearse; empty: the newest
  bool no_wait = false;  // for its end
};
Result<void> backup_list(const Context& context, const BackupArguments& arguments);
Result<void> backup_run(const Context& context, const BackupArguments& arguments);
Result<void> backup_verify(const Context& context, const BackupArguments& arguments);
Result<void> backup_rehearse(const Context& context, const BackupArguments& arguments);

}  // namespace wardroom::ctl
