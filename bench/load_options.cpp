#include "bench/load_options.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>

namespace wardroom::bench {
namespace {

bool parse_address(const std::string& text, LoadOptions& options) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return false;
  options.host = text.substr(0, colon);
  if (options.host.starts_with('[') && options.host.ends_with(']'))
    options.host = options.host.substr(1, options.host.size() - 2);
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, options.port);
  return error == std::errc{} && stop == end && options.port != 0;
}

constexpr const char* kFooter = R"(
Without a mode the other options choose one: --replay replays, --rate sends at a fixed rate, several
--rooms keep one message outstanding in each, and one room sends as fast as it goes.

  wardroom-load --connect localhost:7443 --ca DATA/tls/ca.crt --state load.json --user admin
      --password-file pw --connections 500 --seconds 10 --server-pid PID

The server needs limits for a load test in its wardroom.toml. Exit status 1: a message was lost, doubled,
out of order or refused.)";

}  // namespace

std::variant<LoadOptions, Refused> parse_command_line(int argc, char** argv) {
  LoadOptions options;
  CLI::App app("Puts load on a Wardroom server and checks all that it delivers.", "wardroom-load");
  app.footer(kFooter);
  std::string address;
  std::string password_file;
  bool idle = false;
  bool sign_in = false;
  bool storm = false;
  bool passwords = false;
  bool guesses = false;
  bool refusals = false;
  app.add_option("--connect", address, "HOST:PORT of the server")->required();
  app.add_option("--ca", options.ca_file, "the office's CA certificate, PEM")->required();
  app.add_option("--state", options.state_file, "file that keeps the tokens of the people made for the test");
  app.add_option("--token", options.admin_token, "an administrator's token");
  app.add_option("--user", options.admin_user, "an administrator's name");
  app.add_option("--password-file", password_file, "file with the administrator's password");
  app.add_option("--setup-code", options.setup_code,
                 "makes the first administrator with --user and the password");
  app.add_option("--connections", options.connections, "how many connections")->check(CLI::Range(1, 100'000));
  app.add_option("--rooms", options.rooms, "how many rooms they share")->check(CLI::Range(1, 10'000));
  app.add_option("--users", options.users, "how many people they belong to");
  app.add_option("--senders", options.senders, "how many of them send, in one room");
  app.add_option("--outstanding", options.outstanding, "messages that a sender doesn't wait for");
  app.add_option("--stalled", options.stalled, "how many of them stop reading; the server must close these");
  app.add_option("--connecting", options.connecting, "handshakes at the same time");
  app.add_option("--rate", options.rate, "messages a second, all rooms together");
  app.add_option("--size", options.bytes, "bytes of a message's text")->check(CLI::Range(40, 16'384));
  app.add_option("--seconds", options.seconds, "how long to measure");
  app.add_option("--warm-up", options.warm_up, "seconds before that");
  app.add_option("--server-pid", options.server_pid, "process whose CPU and memory are reported");
  app.add_option("--replay", options.replay, "IRC logs to send");
  app.add_flag("--idle", idle, "connect, sign in, and stay");
  app.add_flag("--sign-in", sign_in, "connect, sign in, close, and again");
  app.add_flag("--storm", storm, "connect and sign in all at once");
  app.add_flag("--passwords", passwords, "all --users sign in at once with their passwords");
  app.add_flag("--guesses", guesses, "10,000 wrong passwords from 50 addresses, and a known device");
  app.add_flag("--refusals", refusals, "how long a refusal takes, by kind of name");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return Refused{app.exit(error)};
  }
  if (!parse_address(address, options)) {
    std::cerr << "wardroom-load: --connect needs HOST:PORT.\n";
    return Refused{2};
  }
  if (!password_file.empty()) {
    std::ifstream file(password_file);
    if (!std::getline(file, options.admin_password)) {
      std::cerr << "wardroom-load: can't read " << password_file << ".\n";
      return Refused{2};
    }
  }
  options.mode = !options.replay.empty() ? Mode::replay
                 : passwords             ? Mode::passwords
                 : guesses               ? Mode::guesses
                 : refusals              ? Mode::refusals
                 : idle                  ? Mode::idle
                 : sign_in               ? Mode::sign_in
                 : storm                 ? Mode::storm
                 : options.rate > 0      ? Mode::fixed_rate
                 : options.rooms > 1     ? Mode::many_rooms
                                         : Mode::one_room;
  if (options.mode == Mode::replay && app.count("--connections") == 0) options.connections = 10;
  if (storm) options.connecting = options.connections;
  // A room without anybody would have nobody to follow it.
  if (options.users == 0) options.users = std::min<std::size_t>(options.connections, 100);
  options.users = std::max(options.users, options.rooms);
  return options;
}

}  // namespace wardroom::bench
