#include <catch2/catch.hpp>

#include "tests/harness/office.hpp"

using namespace wardroom;
using namespace wardroom::testing;

TEST_CASE("who moderates a private room from outside learns what they did, not its name, topic or traffic") {
  Office office;
  const auto ada = office.add_person("ada");
  const auto mod = office.add_person("mod", protocol::Role::moderator);
  auto adas = office.connect();
  auto mods = office.connect();
  REQUIRE(office.call(*adas, "session.resume", {{"token", ada.token}}).contains("result"));
  REQUIRE(office.call(*mods, "session.resume", {{"token", mod.token}}).contains("result"));
  const auto kind = GENERATE(as<std::string>{}, "private", "public");
  const bool is_private = kind == "private";
  const auto id =
      office.call(*adas, "room.create", {{"name", "layoffs"}, {"kind", kind}, {"topic", "who goes in May"}})
          .at("result")
          .at("room")
          .at("id")
          .as_int64();
  const std::vector<std::pair<std::string, boost::json::object>> acts{
      {"room.lock", {{"room", id}, {"on", true}, {"reason", "calm down"}}},
      {"room.slow_mode", {{"room", id}, {"seconds", 10}, {"reason", "calm down"}}},
      {"room.archive", {{"room", id}, {"on", true}, {"reason", "over"}}},
      {"room.update", {{"room", id}}},
      {"room.lock", {{"room", id}, {"on", true}, {"reason", "nothing changes"}}}};
  for (const auto& [method, params] : acts) {
    INFO(method);
    const auto answer = office.call(*mods, method, params);
    REQUIRE(answer.contains("result"));
    const std::string text = boost::json::serialize(answer);
    CHECK((text.find("layoffs") == std::string::npos) == is_private);
    CHECK((text.find("who goes in May") == std::string::npos) == is_private);
    const auto& room = answer.at("result").at("room").as_object();
    CHECK(room.at("id") == id);
    CHECK((room.at("seq") == 0) == is_private);
  }
}
