#include <catch2/catch.hpp>

#include "tests/unit/server/sign_in.hpp"

using namespace wardroom;
using namespace wardroom::testing;

TEST_CASE("public rooms are found by their name and their topic, whatever the case of any letter") {
  Office office;
  const auto ada = office.add_person("ada");
  const auto make = [&](const std::string& name, const std::string& topic) {
    const auto made = office.post("room.create", R"({"name":")" + name + R"(","kind":"public"})", ada.token);
    REQUIRE(made.at("status") == 200);
    const auto room = std::to_string(made.at("room").at("id").as_int64());
    REQUIRE(office.post("room.update", R"({"room":)" + room + R"(,"topic":")" + topic + R"("})", ada.token)
                .at("status") == 200);
  };
  make("ops", "Überblick über den Betrieb");
  make("straße", "roads");
  make("zoo", "ANIMALS");
  const auto found = [&](const std::string& fields) {
    const auto answer = office.post("room.browse", "{" + fields + "}", ada.token);
    REQUIRE(answer.at("status") == 200);
    std::string names;
    for (const auto& room : answer.at("rooms").as_array()) {
      names += std::string(room.at("name").as_string()) + " ";
      CHECK(room.at("members") == 1);
      CHECK(room.at("joined") == true);
    }
    return names + (answer.at("more").as_bool() ? "and more" : "");
  };
  CHECK(found("") == "ops straße zoo ");
  CHECK(found(R"("query":"überblick")") == "ops ");
  CHECK(found(R"("query":"ÜBER DEN")") == "ops ");
  CHECK(found(R"("query":"STRASSE")") == "straße ");
  CHECK(found(R"("query":"animals")") == "zoo ");
  CHECK(found(R"("query":"uberblick uber")") == "ops ");
  CHECK(found(R"("query":"nothing")") == "");
  CHECK(found(R"("query":"o","limit":1)") == "ops and more");
  CHECK(found(R"("query":"o","limit":1,"after":"ops")") == "straße and more");
}
