#include <charconv>
#include <fstream>
#include <sstream>

#include <toml++/toml.h>

#include "common/link/read_pin.hpp"
#include "ctl/commands/client.hpp"
#include "ctl/commands/commands.hpp"
#include "ctl/commands/new_password.hpp"
#include "protocol/limits.hpp"

namespace wardroom::ctl {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find_first_of("\r\n"));
}

// run/port holds the port of a server that runs, also where the configuration leaves it open.
Result<std::uint16_t> find_port(const fs::path& data) {
  if (const auto text = read_file(data / "run" / "port")) {
    std::uint16_t port = 0;
    std::from_chars(text->data(), text->data() + text->size(), port);
    if (port != 0) return port;
  }
  const auto text = read_file(data / "wardroom.toml");
  if (!text)
    return not_found("There is no Wardroom data directory at " + data.string() +
                     " that you may read. Run this as the server's user, or name the right one with --data.");
  try {
    const auto config = toml::parse(*text);
    const auto port = config["server"]["port"].value_or(static_cast<std::int64_t>(protocol::kDefaultPort));
    if (port > 0 && port <= 65535) return static_cast<std::uint16_t>(port);
  } catch (const toml::parse_error& error) {
    std::ostringstream place;
    place << error.source().begin.line;
    return make_error(ErrorCode::params, (data / "wardroom.toml").string() + ", line " + place.str() + ": " +
                                             std::string(error.description()));
  }
  return unavailable("The server isn't running. Start it with: wardroomd run --data " + data.string());
}

}  // namespace

Result<void> setup(const Context& context, const SetupArguments& arguments) {
  const auto port = find_port(arguments.data);
  if (!port) return port.error();
  const auto certificate = read_file(arguments.data / "tls" / "ca.crt");
  if (!certificate)
    return not_found("There is no readable CA certificate at " + (arguments.data / "tls/ca.crt").string() +
                     ".");
  const auto pin = link::read_pin(*certificate);
  if (!pin) return pin.error();
  auto code = arguments.code;
  if (code.empty()) {
    const auto kept = read_file(arguments.data / "run" / "setup-code");
    if (!kept)
      return not_found("There is no set-up code in " + arguments.data.string() +
                       ": either there is an administrator already, or the server has to be started once "
                       "with wardroomd run.");
    code = first_line(*kept);
  }
  auto password = read_new_password(context, arguments.password_stdin, "Password");
  if (!password) return password.error();
  // A set-up code works from the same machine only, so over the loopback, for which every server certificate
  // is good.
  const protocol::Introduction introduction{"localhost", *port, *pin};
  link::BlockingClient client(introduction);
  const auto signed_in = client.accept_invite(
      {Secret(code), arguments.user, std::nullopt, std::move(*password), {}, this_device(context)});
  if (!signed_in && signed_in.error().reason == "invite_invalid")
    return make_error(ErrorCode::forbidden,
                      "This set-up code was used before, or is not this server's. If there is an "
                      "administrator, ask them for "
                      "an invite; if not, start the server again: it makes a new code.",
                      "invite_invalid");
  if (!signed_in) return signed_in.error();
  return keep_session(context, client.introduction(), *signed_in);
}

}  // namespace wardroom::ctl
