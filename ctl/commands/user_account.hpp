#pragma once

#include <string>

#include "ctl/commands/context.hpp"

// What an administrator does about one person. An error is a sentence for the person who typed.
namespace wardroom::ctl {

struct AccountArguments {
  std::string name;
  std::string reason;
  std::string display_name;
  std::string email;
  std::string successor;
  std::int64_t session = 0;  // 0: all of the person's
  bool off = false;
  bool dry_run = false;
};
Result<void> user_show(const Context& context, const AccountArguments& arguments);
Result<void> user_rename(const Context& context, const AccountArguments& arguments);
Result<void> user_reset_password(const Context& context, const AccountArguments& arguments);
Result<void> user_require_new_password(const Context& context, const AccountArguments& arguments);
Result<void> user_sessions(const Context& context, const AccountArguments& arguments);
Result<void> user_sign_out(const Context& context, const AccountArguments& arguments);
Result<void> user_offboard(const Context& context, const AccountArguments& arguments);

}  // namespace wardroom::ctl
