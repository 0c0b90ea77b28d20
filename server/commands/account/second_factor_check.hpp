#pragma once

#include <functional>

#include "server/commands/context.hpp"

namespace wardroom::commands {

// Who shows a second factor, for the audit record: on the way in nobody is signed in yet.
struct FactorHolder {
  UserId user;
  std::string name;
  protocol::Role role = protocol::Role::member;
};

// Checks the second factor that the person has, within the transaction that it lets through, and spends the
// code: six digits of the app, each step once, or a recovery code. Success also when the person has none.
// `second_factor_required` without a code, `wrong_second_factor` otherwise; the latter leaves its record when
// the caller hands it on through WriteContext::refusal.
Result<void> pass_second_factor(WriteContext& context, const FactorHolder& holder,
                                const std::optional<Secret>& code);

// A code of the app for a secret that may only have been begun: spends its step. Records and errors as above.
Result<void> pass_app_code(WriteContext& context, const FactorHolder& holder, const Bytes& sealed_secret,
                           const Secret& code);

// Runs `check` unless the person's codes were guessed at too often: `rate_limited`. For doors that have no
// throttle of their own.
Result<void> limit_code_guesses(WriteContext& context, UserId user,
                                const std::function<Result<void>()>& check);

// What a handler returns for a code that didn't pass: a wrong one is recorded, everything else leaves no
// trace.
template <class T>
Result<T> refuse_code(WriteContext& context, const Error& error) {
  if (error.reason != "wrong_second_factor") return error;
  context.refusal = error;
  return T{};
}

}  // namespace wardroom::commands
