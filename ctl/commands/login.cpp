#include <charconv>

#include "common/link/fetch_pin.hpp"
#include "ctl/commands/client.hpp"
#include "ctl/commands/commands.hpp"
#include "ctl/commands/words.hpp"
#include "protocol/invite_link.hpp"

namespace wardroom::ctl {
namespace {

Result<protocol::Introduction> parse_address(const std::string& text) {
  protocol::Introduction introduction{text, protocol::kDefaultPort, {}};
  const auto colon = text.rfind(':');
  const bool is_bare_ipv6 = !text.starts_with('[') && text.find(':') != colon;
  if (colon != std::string::npos && !is_bare_ipv6 && !text.ends_with(']')) {
    introduction.host = text.substr(0, colon);
    const auto [end, error] =
        std::from_chars(text.data() + colon + 1, text.data() + text.size(), introduction.port);
    if (error != std::errc{} || end != text.data() + text.size() || introduction.port == 0)
      return usage_error("The port in " + text + " must be a number from 1 to 65535.");
  }
  if (introduction.host.starts_with('[') && introduction.host.ends_with(']'))
    introduction.host = introduction.host.substr(1, introduction.host.size() - 2);
  if (introduction.host.empty()) return usage_error("Give an invite link, or the server as HOST:PORT.");
  return introduction;
}

// Without a link the person vouches for the server by its fingerprint.
Result<protocol::Introduction> introduce(const LoginArguments& arguments) {
  auto introduction = parse_address(arguments.server);
  if (!introduction) return introduction.error();
  if (arguments.fingerprint.empty())
    return usage_error(
        "Without an invite link, name the server's fingerprint with --fingerprint; your administrator knows "
        "it.");
  const auto pin = link::fetch_pin(introduction->host, introduction->port);
  if (!pin) return pin.error();
  // The true fingerprint isn't shown: it would only be pasted back.
  if (!protocol::matches_fingerprint(*pin, arguments.fingerprint))
    return link::link_error(link::reason::kPinMismatch,
                            "The server at " + protocol::to_string(*introduction) +
                                " has another fingerprint than the one that you gave. Nothing was sent. Ask "
                                "your administrator for it again.");
  introduction->ca_pin = *pin;
  return introduction;
}

// An invite that was used up may be one's own: then name and password open the account that it made.
bool may_be_own(const Error& error) {
  return error.reason == "invite_invalid" || error.reason == "invite_expired" || error.reason == "name_taken";
}

// Runs `attempt` with the code that was given, or asks for one when the server wants it.
template <class Attempt>
auto with_code(const Context& context, std::optional<Secret>& code, Attempt attempt) {
  auto result = attempt();
  if (result || result.error().reason != "second_factor_required" || code) return result;
  auto typed = read_secret(context, false, "Code of your second factor (--code-stdin)");
  if (!typed) return decltype(result)(typed.error());
  code = std::move(*typed);
  return attempt();
}

}  // namespace

Result<void> login(const Context& context, const LoginArguments& arguments) {
  protocol::Introduction introduction;
  Secret token;
  if (arguments.server.find("://") != std::string::npos) {
    const auto invite = protocol::parse_invite_link(arguments.server);
    if (!invite) return invite.error();
    introduction = protocol::introduction_of(*invite);
    token = invite->token;
  } else {
    auto introduced = introduce(arguments);
    if (!introduced) return introduced.error();
    introduction = std::move(*introduced);
  }
  if (token.empty() && arguments.user.empty()) return usage_error("Say who signs in with --user.");
  const auto password = read_password(context, arguments.password_stdin);
  if (!password) return password.error();
  std::optional<Secret> code;
  if (arguments.code_stdin) {
    auto given = read_secret(context, true, "Code of your second factor");
    if (!given) return given.error();
    code = std::move(*given);
  }

  link::BlockingClient client(introduction);
  std::optional<Error> refused;
  if (!token.empty()) {
    const auto accepted = with_code(context, code, [&] {
      return client.accept_invite({token, if_given(arguments.user), if_given(arguments.display_name),
                                   *password, code, this_device(context)});
    });
    if (accepted) return keep_session(context, client.introduction(), *accepted);
    if (!may_be_own(accepted.error()) || arguments.user.empty()) return accepted.error();
    refused = accepted.error();
  }
  const auto opened = with_code(context, code, [&] {
    return client.sign_in({arguments.user, *password, code, this_device(context)});
  });
  if (opened) return keep_session(context, client.introduction(), *opened);
  return refused && opened.error().code == ErrorCode::unauthenticated ? *refused : opened.error();
}

}  // namespace wardroom::ctl
