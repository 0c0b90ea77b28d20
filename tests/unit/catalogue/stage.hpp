#pragma once

#include <catch2/catch.hpp>

#include "server/audit/catalogue.hpp"
#include "tests/harness/office.hpp"

namespace wardroom::testing {

using boost::json::object;

// An office with a few people and a room, each person on a connection of their own. Everything is done over
// the wire.
class Stage {
 public:
  Stage();

  struct Player {
    std::string name;
    Office::Person account;
    std::shared_ptr<TestPeer> peer;
  };
  Player join(const std::string& name, protocol::Role role);

  // Calls and demands success; the result.
  object call(const Player& who, const std::string& method, const object& params);
  // The answer, whatever it is.
  object try_call(const Player& who, const std::string& method, const object& params);
  std::int64_t post(const Player& who, const std::string& text);
  std::string uuid();
  std::string totp(const Player& who) const;
  // Turns the second factor on; the recovery codes.
  std::vector<std::string> enrol(const Player& who);

  static constexpr const char* kPassword = "correct horse 77";
  Office office;
  Player root, otto, mia, lena, tom;  // admin, auditor, moderator, two members
  std::int64_t room = 0;              // public; lena is its moderator, tom is in it

 private:
  int uuids_ = 0;
};

// The newest record of a type, or nothing.
std::optional<object> find_record(sqlite::Connection& db, audit::Type type);

}  // namespace wardroom::testing
