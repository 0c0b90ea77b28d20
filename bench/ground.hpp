#pragma once

#include <string>
#include <vector>

#include "bench/http_client.hpp"
#include "bench/load_options.hpp"
#include "common/base/strong.hpp"

namespace wardroom::bench {

// One password for all: these accounts exist on a test server only.
inline constexpr const char* kGroundPassword = "load-test-accounts-only";

// What a test stands on: people with tokens, and rooms that they are in.
struct Ground {
  std::string admin_token;
  struct Person {
    std::string name;
    std::string token;
  };
  std::vector<Person> people;
  std::vector<RoomId> rooms;

  // Person of connection `i`, so that the rooms' members are spread over all connections: connection i
  // belongs to room i % rooms.
  std::size_t person_of(std::size_t connection) const;
  std::size_t room_of(std::size_t connection) const { return connection % rooms.size(); }
};

// Makes what is missing through the public protocol. Making a person costs the server a password hash, so
// people and their tokens are kept in the state file and shared by many connections. Person p is a member of
// room p % rooms.
Result<Ground> prepare_ground(const LoadOptions& options, const Target& target, ClientTls& tls);

}  // namespace wardroom::bench
