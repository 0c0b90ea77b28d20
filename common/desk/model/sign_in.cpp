#include "common/desk/model/sign_in.hpp"

#include "common/language/tr.hpp"

namespace wardroom::desk {
namespace {

SignInField field_of(const Error& error) {
  if (error.reason == "name_taken") return SignInField::name;
  if (error.reason == "weak_password") return SignInField::password;
  if (error.field == "params.user") return SignInField::name;
  if (error.field == "params.display_name") return SignInField::display_name;
  if (error.field == "params.password") return SignInField::password;
  return SignInField::none;
}

}  // namespace

void start(SignInForm& form, std::string progress) {
  form.busy = true;
  form.progress = std::move(progress);
  form.error.clear();
  form.error_field = SignInField::none;
}

void refuse(SignInForm& form, SignInField field, std::string why) {
  stop_waiting(form);
  form.error = std::move(why);
  form.error_field = field;
}

void stop_waiting(SignInForm& form) {
  form.busy = false;
  form.progress.clear();
}

std::optional<WantedServer> wanted_by(SignInForm& form, const UseInviteLink& action) {
  const auto link = protocol::parse_invite_link(action.link);
  if (link) return WantedServer{protocol::introduction_of(*link), {}, link->token};
  refuse(form, SignInField::link, link.error().message);
  return std::nullopt;
}

std::optional<WantedServer> wanted_by(SignInForm& form, const UseAddress& action,
                                      std::string_view who_tells) {
  const auto address = protocol::parse_server_address(action.address);
  if (!address)
    refuse(form, SignInField::address, tr("That isn't an address. Type it like office.example:7443."));
  else if (action.fingerprint.empty())
    refuse(form, SignInField::fingerprint, tr("Type the fingerprint that {0}.", std::string(who_tells)));
  else if (const auto typed = protocol::fingerprint_letters(action.fingerprint);
           typed != protocol::kFingerprintLetters)
    refuse(form, SignInField::fingerprint,
           tr("A fingerprint has {0} letters and digits; this has {1}.",
              std::to_string(protocol::kFingerprintLetters), std::to_string(typed)));
  else
    return WantedServer{{address->host, address->port, {}}, action.fingerprint, {}};
  return std::nullopt;
}

FetchPin look_at(SignInForm& form, const WantedServer& wanted) {
  start(form, tr("Connecting to {0}…", wanted.server.host));
  return {wanted.server.host, wanted.server.port};
}

std::optional<bool> take_key(SignInForm& form, std::optional<WantedServer>& wanted, const PinFetched& event) {
  const bool asked =
      form.busy && wanted && wanted->server.host == event.host && wanted->server.port == event.port;
  if (!asked) return std::nullopt;
  if (!event.pin) {
    refuse(form, SignInField::none, event.pin.error().message);
    return std::nullopt;
  }
  // A link may have been made while the office's authority was being replaced: by either key it is right.
  const bool right = wanted->by_link()
                         ? wanted->server.ca_pin == *event.pin || wanted->server.next_pin == *event.pin
                         : protocol::matches_fingerprint(*event.pin, wanted->fingerprint);
  if (!right) return false;
  if (!wanted->by_link()) wanted->server.ca_pin = *event.pin;
  form.server = to_string(wanted->server);
  stop_waiting(form);
  return true;
}

std::optional<OpenSession> open_session(SignInForm& form, const protocol::Introduction& server,
                                        const SignIn& action) {
  // Another person may have no second factor: the server says so.
  if (form.name != action.name) form.needs_code = false;
  form.name = action.name;
  if (action.name.empty())
    refuse(form, SignInField::name, tr("Type your name."));
  else if (action.password.empty())
    refuse(form, SignInField::password, tr("Type your password."));
  else if (form.needs_code && action.code.empty())
    refuse(form, SignInField::code, tr("Type the code that your authenticator app shows."));
  else {
    start(form, tr("Signing in…"));
    return OpenSession{server, action.name, action.password,
                       action.code.empty() ? std::nullopt : std::optional(action.code)};
  }
  return std::nullopt;
}

void fail_sign_in(SignInForm& form, const Error& error) {
  const bool wrong_code = error.reason == "wrong_second_factor";
  if (!wrong_code && error.reason != "second_factor_required")
    return refuse(form, field_of(error), error.message);
  // The first time it isn't an error, but the next question.
  refuse(form, SignInField::code, wrong_code || form.needs_code ? error.message : "");
  form.needs_code = true;
}

}  // namespace wardroom::desk
