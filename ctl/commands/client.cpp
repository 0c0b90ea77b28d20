#include "ctl/commands/client.hpp"

#include <istream>
#include <ostream>

#include "common/base/machine.hpp"
#include "common/link/device_key.hpp"
#include "common/link/private_file.hpp"
#include "common/link/witness_file.hpp"
#include "ctl/commands/new_password.hpp"
#include "ctl/commands/profiles.hpp"
#include "ctl/commands/terminal.hpp"
#include "ctl/commands/witness.hpp"

namespace wardroom::ctl {
namespace {

// A sign-in over a profile that may know the same office by an older key.
Result<void> carry_memory(const Context& context, const protocol::Introduction& now) {
  const auto profile = load_profile(context.profiles_file, context.profile);
  if (!profile) return ok();
  const auto known = introduction_of(*profile);
  if (!known || known->ca_pin == now.ca_pin || !is_followed_by(*known, now)) return ok();
  return link::carry_witness(memory_file(context), known->ca_pin, now.ca_pin);
}

// The office's authority is being replaced, with its own word (decision 0038).
Result<void> keep_keys(const Context& context, const Profile& profile, const protocol::Introduction& before,
                       const protocol::Introduction& now) {
  if (before.ca_pin == now.ca_pin && before.next_pin == now.next_pin) return ok();
  // What was seen of the log first: the profile names the key under which it is looked for.
  if (before.ca_pin != now.ca_pin)
    if (auto carried = link::carry_witness(memory_file(context), before.ca_pin, now.ca_pin); !carried)
      return carried;
  // Somebody may have signed out or in anew meanwhile: that profile stays theirs.
  const auto newest = load_profile(context.profiles_file, context.profile);
  if (!newest) return newest.error().code == ErrorCode::not_found ? ok() : Result<void>(newest.error());
  if (newest->token.reveal() != profile.token.reveal()) return ok();
  return save_profile(context.profiles_file, context.profile, make_profile(now, newest->user, newest->token));
}

}  // namespace

Result<Session> connect_unwatched(const Context& context) {
  const auto profile = load_profile(context.profiles_file, context.profile);
  if (!profile) return profile.error();
  auto introduction = introduction_of(*profile);
  if (!introduction) return introduction.error();
  Session session{nullptr, introduction->ca_pin, protocol::to_string(*introduction)};
  session.client = std::make_unique<link::BlockingClient>(*introduction);
  auto resumed = session.client->resume(profile->token);
  // Also without a session: what the handshake taught holds.
  if (auto kept = keep_keys(context, *profile, *introduction, session.client->introduction()); kept)
    session.ca_pin = session.client->introduction().ca_pin;
  else  // learned again the next time
    context.err << kept.error().message << "\n";
  if (resumed) return session;
  if (resumed.error().code == ErrorCode::unauthenticated)
    return make_error(ErrorCode::unauthenticated,
                      "Your session is over. Sign in again with: wardroomctl login " + profile->host + ":" +
                          std::to_string(profile->port) + " --fingerprint … --user " + profile->user);
  return std::move(resumed).error();
}

Result<Client> connect(const Context& context) {
  auto session = connect_unwatched(context);
  if (!session) return session.error();
  if (auto watched = check_watch(context, *session->client, session->ca_pin); !watched)
    return watched.error();
  return std::move(session->client);
}

protocol::Device this_device(const Context& context) {
  const auto name = host_name();
  protocol::Device device{name.empty() ? "a terminal" : name, "wardroomctl " WARDROOM_VERSION, std::nullopt};
  // Without the key nothing is lost but a quick way in while somebody else guesses.
  const auto directory = context.profiles_file.parent_path();
  if (link::make_private_directory(directory))
    if (auto key = link::load_device_key(directory / "device-key")) device.key = std::move(*key);
  return device;
}

Result<Secret> read_secret(const Context& context, bool from_stdin, const std::string& what) {
  std::string line;
  if (from_stdin) {
    std::getline(context.in, line);
  } else if (is_terminal()) {
    context.err << what << ": " << std::flush;
    line = read_unseen_line(context.in);
    context.err << "\n";
  } else {
    return usage_error("Give it on standard input, line by line: " + what + ". See --help.");
  }
  if (line.ends_with('\r')) line.pop_back();
  if (line.empty()) return usage_error("There is nothing on standard input for: " + what + ".");
  return Secret(std::move(line));
}

Result<Secret> read_new_password(const Context& context, bool from_stdin, const std::string& what) {
  auto first = read_secret(context, from_stdin, what);
  if (!first || from_stdin) return first;
  const auto again = read_secret(context, from_stdin, "The same again");
  if (!again) return again.error();
  if (first->reveal() != again->reveal())
    return usage_error("The second time it was another one. Nothing was done; try again.");
  return first;
}

Result<void> keep_session(const Context& context, const protocol::Introduction& introduction,
                          const protocol::SignedIn& signed_in) {
  const auto& user = signed_in.user;
  // First: the profile names the key under which what was seen of the log is looked for.
  if (auto carried = carry_memory(context, introduction); !carried) return carried;
  if (auto saved = save_profile(context.profiles_file, context.profile,
                                make_profile(introduction, user.name, signed_in.token));
      !saved)
    return saved;
  if (context.json)
    context.out << protocol::encode(user) << "\n";
  else
    context.out << "Signed in at " << protocol::to_string(introduction) << " as " << user.name << " ("
                << protocol::enum_name(user.role) << ").\n";
  if (signed_in.must_change_password)
    context.err << "Choose a new password first: wardroomctl account password\n";
  if (signed_in.must_enrol_second_factor)
    context.err << "Your office asks for a second factor first: wardroomctl account totp-begin\n";
  return ok();
}

}  // namespace wardroom::ctl
