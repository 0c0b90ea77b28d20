#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "server/store/users.hpp"
#include "tests/unit/server/sign_in.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

constexpr const char* kDeviceKey = "a-device-key-of-128-bits-or-more";

boost::json::object open_from(Office& office, const std::string& user, const std::string& password,
                              const std::string& ip, const std::string& device_key = {},
                              bool trusted = false) {
  boost::json::object device{{"name", "PC"}, {"client", "test 1"}};
  if (!device_key.empty()) device["key"] = device_key;
  auto peer = office.connect(ip);
  peer->source.trusted = trusted;
  return office.call(*peer, "session.open", {{"user", user}, {"password", password}, {"device", device}});
}

std::string answer_of(boost::json::object response) {
  if (response.contains("result")) return "in";
  auto& error = response["error"].as_object();
  error["data"].as_object().erase("request");
  return boost::json::serialize(error);
}

std::string address(int i) {
  return "198.51.100." + std::to_string(i);
}

}  // namespace

TEST_CASE("a name that was guessed at is held up, whether there is such a person or not") {
  Office office;
  const auto ada = office.add_person("ada");
  const auto off = office.add_person("off");
  for (const auto& person : {ada, off}) office.set_password(person.id, kPassword);
  store::update_disabled(*office.open_database(), off.id, true);
  std::set<std::string> answers;
  for (const std::string user : {"ada", "off", "nobody"}) {
    for (int i = 0; i < 6; ++i)
      answers.insert(answer_of(open_from(office, user, "wrong horse 77", address(i))));
    // The right password, from somewhere else: held up all the same, and nothing tells.
    answers.insert(answer_of(open_from(office, user, kPassword, address(7))));
  }
  CHECK(answers.size() == 1);
  office.clock.advance(std::chrono::seconds{15});
  CHECK(answer_of(open_from(office, "ada", kPassword, address(7))) == "in");
}

TEST_CASE("nobody locks a colleague out of a device where they signed in before") {
  Office office;
  const auto ada = office.add_person("ada");
  office.set_password(ada.id, kPassword);
  REQUIRE(answer_of(open_from(office, "ada", kPassword, "192.0.2.7", kDeviceKey)) == "in");
  for (int i = 0; i < 100; ++i) open_from(office, "ada", "wrong horse 77", address(i % 50));
  CHECK(answer_of(open_from(office, "ada", kPassword, "192.0.2.7")) != "in");
  CHECK(answer_of(open_from(office, "ada", kPassword, "192.0.2.7", kDeviceKey)) == "in");
  // A key that somebody made up, or that is another person's, is worth nothing.
  CHECK(answer_of(open_from(office, "ada", kPassword, "192.0.2.7", "another-device-key-of-128-bits")) !=
        "in");
}

TEST_CASE("a known device is held up for its own wrong attempts") {
  Office office;
  const auto ada = office.add_person("ada");
  office.set_password(ada.id, kPassword);
  REQUIRE(answer_of(open_from(office, "ada", kPassword, "192.0.2.7", kDeviceKey)) == "in");
  for (int i = 0; i < 6; ++i) open_from(office, "ada", "wrong horse 77", "192.0.2.7", kDeviceKey);
  CHECK(answer_of(open_from(office, "ada", kPassword, "192.0.2.7", kDeviceKey)) != "in");
  CHECK(answer_of(open_from(office, "ada", kPassword, "192.0.2.8")) == "in");
}

TEST_CASE("an address that guesses at many names is told when to come back, for every name alike") {
  Office office;
  const auto ada = office.add_person("ada");
  office.set_password(ada.id, kPassword);
  REQUIRE(answer_of(open_from(office, "ada", kPassword, "203.0.113.1", kDeviceKey)) == "in");
  for (int i = 0; i < 21; ++i) open_from(office, "name" + std::to_string(i), "wrong horse 77", "203.0.113.1");
  const auto known = open_from(office, "ada", kPassword, "203.0.113.1");
  const auto unknown = open_from(office, "nobody", kPassword, "203.0.113.1");
  CHECK(known.at("error").at("data").at("code") == "rate_limited");
  CHECK(known.at("error").at("data").at("retry_after_ms").as_int64() > 0);
  CHECK(answer_of(known) == answer_of(unknown));
  CHECK(answer_of(open_from(office, "ada", kPassword, "203.0.113.2")) == "in");
  CHECK(answer_of(open_from(office, "ada", kPassword, "203.0.113.1", kDeviceKey)) == "in");
  office.clock.advance(std::chrono::seconds{5});
  CHECK(answer_of(open_from(office, "ada", kPassword, "203.0.113.1")) == "in");
}

TEST_CASE("a range that the office trusts has no limit by address") {
  Office office;
  const auto ada = office.add_person("ada");
  office.set_password(ada.id, kPassword);
  for (int i = 0; i < 40; ++i)
    open_from(office, "name" + std::to_string(i), "wrong horse 77", "203.0.113.1", {}, true);
  CHECK(answer_of(open_from(office, "ada", kPassword, "203.0.113.1", {}, true)) == "in");
}

TEST_CASE("made-up invites count as wrong attempts of their address") {
  Office office;
  const auto accept = [&] {
    return office.post(
        "account.accept_invite",
        R"({"token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","user":"xena","password":"battery staple 9",)"
        R"("device":{"name":"PC","client":"t"}})",
        "");
  };
  for (int i = 0; i < 21; ++i) CHECK(accept().at("code") == "invite_invalid");
  CHECK(accept().at("status") == 429);
}

TEST_CASE("a device's key has a length that can't be guessed") {
  Office office;
  CHECK(answer_of(open_from(office, "ada", kPassword, "192.0.2.7", "short")).find("params.device.key") !=
        std::string::npos);
}
