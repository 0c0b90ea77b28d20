#pragma once

#include "tests/harness/office.hpp"

namespace wardroom::testing {

namespace json = boost::json;

// An office with an administrator who is signed in, and what the tests about people ask of it.
struct PeopleOffice {
  Office office;
  Office::Person root;
  std::shared_ptr<TestPeer> peer;

  PeopleOffice();

  std::shared_ptr<TestPeer> sign_in(const Office::Person& who);
  // The result; fails the test when there is none.
  json::object ok(const std::string& method, const json::object& params);
  // The error's own code; fails the test when it succeeds.
  std::string refusal(const std::string& method, const json::object& params);
  std::int64_t make_room(const std::string& name, const std::string& kind = "public");
  std::int64_t upload(const std::string& csv);
  // How many audit records of this type there are.
  std::int64_t records(const std::string& type);
  // The newest one.
  json::object record(const std::string& type);
};

// A Device as clients send it.
json::object device();

}  // namespace wardroom::testing
