#pragma once

#include <optional>
#include <string>

#include "ctl/commands/context.hpp"

// One's own account: password, second factor, sessions.
namespace wardroom::ctl {

struct SecretArguments {
  bool password_stdin = false;
  bool code_stdin = false;
  std::string code;
};

Result<void> account_show(const Context& context);
// Standard input: the current password, then the new one.
Result<void> account_password(const Context& context, const SecretArguments& arguments);
Result<void> account_totp_begin(const Context& context, const SecretArguments& arguments);
Result<void> account_totp_confirm(const Context& context, const SecretArguments& arguments);
Result<void> account_totp_remove(const Context& context, const SecretArguments& arguments);
Result<void> account_sessions(const Context& context);

struct RevokeArguments {
  std::optional<std::int64_t> session;
  bool others = false;
};
Result<void> account_revoke(const Context& context, const RevokeArguments& arguments);

struct RemoveTotpArguments {
  std::string name;
  std::string reason;
};
// An administrator's: of somebody else.
Result<void> user_remove_totp(const Context& context, const RemoveTotpArguments& arguments);

}  // namespace wardroom::ctl
