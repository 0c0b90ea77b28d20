#include <ostream>

#include "common/qr/qr_code.hpp"
#include "ctl/commands/account.hpp"
#include "ctl/commands/client.hpp"

namespace wardroom::ctl {
namespace {

constexpr std::size_t kQuiet = 4;  // light modules around a QR code

// Two rows of modules in one line of half blocks, black on white whatever the terminal's colours are.
void print_qr(std::ostream& out, const qr::QrCode& code) {
  const std::size_t side = code.size() + 2 * kQuiet;
  // Above and left of the code the subtraction wraps to a number far outside of it, which is light.
  const auto dark = [&](std::size_t row, std::size_t column) {
    return code.is_dark(row - kQuiet, column - kQuiet);
  };
  for (std::size_t row = 0; row < side; row += 2) {
    out << "\x1b[38;5;16;48;5;231m";
    for (std::size_t column = 0; column < side; ++column) {
      const bool upper = dark(row, column);
      const bool lower = dark(row + 1, column);
      out << (upper ? (lower ? "█" : "▀") : (lower ? "▄" : " "));
    }
    out << "\x1b[0m\n";
  }
}

}  // namespace

Result<void> account_totp_begin(const Context& context, const SecretArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto password = read_secret(context, arguments.password_stdin, "Password");
  if (!password) return password.error();
  const auto begun = (*client)->call<protocol::AccountTotpBegin>({*password});
  if (!begun) return begun.error();
  if (context.json) {
    context.out << protocol::encode(*begun) << "\n";
    return ok();
  }
  if (const auto code = qr::encode_qr(begun->uri.reveal())) print_qr(context.out, *code);
  context.out
      << "Scan this with an authenticator app, or type this key into it:\n  " << begun->secret.reveal()
      << "\n  " << begun->uri.reveal()
      << "\nThen turn the second factor on with the app's code: wardroomctl account totp-confirm CODE\n";
  return ok();
}

Result<void> account_totp_confirm(const Context& context, const SecretArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  Secret code(arguments.code);
  if (code.empty()) {
    auto typed = read_secret(context, arguments.code_stdin, "Code");
    if (!typed) return typed.error();
    code = std::move(*typed);
  }
  const auto confirmed = (*client)->call<protocol::AccountTotpConfirm>({std::move(code)});
  if (!confirmed) return confirmed.error();
  if (context.json) {
    context.out << protocol::encode(*confirmed) << "\n";
    return ok();
  }
  context.out
      << "The second factor is on. Keep these codes on paper; each opens once, should the app be lost:\n";
  for (const auto& recovery : confirmed->recovery_codes) context.out << "  " << recovery.reveal() << "\n";
  return ok();
}

Result<void> account_totp_remove(const Context& context, const SecretArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto password = read_secret(context, arguments.password_stdin, "Password");
  if (!password) return password.error();
  const auto code = read_secret(context, arguments.password_stdin || arguments.code_stdin, "Code");
  if (!code) return code.error();
  if (const auto removed = (*client)->call<protocol::AccountTotpRemove>({*password, *code}); !removed)
    return removed.error();
  if (!context.json) context.out << "The second factor is off.\n";
  return ok();
}

}  // namespace wardroom::ctl
