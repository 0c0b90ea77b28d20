#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace wardroom::bench {

enum class Mode {
  one_room,    // everybody in one room, senders as fast as it goes
  many_rooms,  // one message outstanding in each room
  fixed_rate,  // so many messages a second over all rooms
  idle,        // connections that do nothing
  sign_in,     // connect, sign in, close, again
  storm,       // everybody connects at once
  replay,      // real conversation from files
  passwords,   // everybody signs in at once with their password
  guesses,     // wrong passwords from many addresses, and a known device
  refusals,    // how long refusals take, and what they say
};

struct LoadOptions {
  Mode mode = Mode::one_room;
  std::string host;
  std::uint16_t port = 0;
  std::filesystem::path ca_file;
  std::filesystem::path state_file;  // keeps the tokens of the people it made
  std::string admin_token;
  std::string admin_user;
  std::string admin_password;
  std::string setup_code;  // makes the first administrator, then signs in as admin_user
  std::size_t connections = 500;
  std::size_t rooms = 1;
  std::size_t users = 0;  // 0: enough for the rooms, at most 200
  std::size_t senders = 10;
  std::size_t outstanding = 8;
  std::size_t stalled = 0;      // connections that stop reading when the measurement begins
  std::size_t connecting = 24;  // handshakes at the same time
  double rate = 0;              // messages a second, all rooms together
  std::size_t bytes = 200;      // of a message's text
  double seconds = 10;
  double warm_up = 1;
  int server_pid = 0;  // 0: unknown; its CPU and memory aren't reported
  std::vector<std::filesystem::path> replay;
};

// The command line asked for help or is wrong; what to say has been said.
struct Refused {
  int exit_status = 0;
};
std::variant<LoadOptions, Refused> parse_command_line(int argc, char** argv);

}  // namespace wardroom::bench
