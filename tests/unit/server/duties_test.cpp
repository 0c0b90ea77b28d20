#include <algorithm>

#include <catch2/catch.hpp>

#include "server/store/users.hpp"
#include "tests/unit/server/sign_in.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

void must_change(Office& office, UserId user) {
  const auto db = office.open_database();
  const auto row = store::find_user(*db, user);
  store::update_password(*db, user, row->password, true);
}

std::vector<std::string> events_of(Office& office, TestPeer& peer) {
  office.run_ready();
  std::vector<std::string> names;
  for (const auto& event : peer.events) names.emplace_back(event.at("method").as_string());
  peer.events.clear();
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("who must change their password can do nothing else, at either door, method by method") {
  Office office;
  const auto ada = office.add_person("ada", protocol::Role::admin);
  must_change(office, ada.id);
  auto peer = office.connect();
  const auto resumed = office.call(*peer, "session.resume", {{"token", ada.token}});
  REQUIRE(resumed.contains("result"));
  CHECK(resumed.at("result").at("must_change_password") == true);
  for (const auto& command : commands::command_table()) {
    const std::string method(command.method);
    if (method.starts_with("account.") || method.starts_with("session.") ||
        command.door == commands::Door::open)
      continue;
    INFO(method);
    CHECK(reason_of(office.call(*peer, method, {})) == "must_change_password");
    if (command.door == commands::Door::signed_in)
      CHECK(office.post(method, "{}", ada.token).at("code") == "must_change_password");
  }
  CHECK(office.call(*peer, "account.get", {}).contains("result"));
  CHECK(office.call(*peer, "session.list", {}).contains("result"));
}

TEST_CASE("a role that needs a second factor is held to it from the moment it is given") {
  Office office;
  office.settings.second_factor_roles = {protocol::Role::moderator};
  office.restart();
  const auto root = office.add_person("root", protocol::Role::admin);
  const auto ada = office.add_person("ada");
  auto peer = office.connect();
  REQUIRE(office.call(*peer, "session.resume", {{"token", ada.token}}).contains("result"));
  REQUIRE(office.call(*peer, "room.create", {{"name", "ops"}, {"kind", "public"}}).contains("result"));
  events_of(office, *peer);
  const auto role = [&](const std::string& to) {
    return office.post("admin.user_update",
                       R"({"user":)" + std::to_string(ada.id.value) + R"(,"role":")" + to + "\"}",
                       root.token);
  };
  REQUIRE(role("moderator").at("status") == 200);
  office.run_ready();
  REQUIRE_FALSE(peer->events.empty());
  CHECK(peer->events.front().at("method") == "account.changed");
  CHECK(peer->events.front().at("params").at("must_enrol_second_factor") == true);
  CHECK(reason_of(office.call(*peer, "room.list", {})) == "must_enrol_second_factor");
  REQUIRE(role("member").at("status") == 200);
  CHECK(office.call(*peer, "room.list", {}).contains("result"));
}

TEST_CASE("a connection with a duty hears of no room, and of all of them once it is done") {
  Office office;
  const auto ada = office.add_person("ada");
  const auto bob = office.add_person("bob");
  office.set_password(ada.id, kPassword);
  must_change(office, ada.id);
  REQUIRE(office.post("room.create", R"({"name":"ops","kind":"public"})", bob.token).at("status") == 200);
  const auto post = [&](const std::string& id) {
    return office.post(
        "message.post",
        R"({"room":1,"client_id":"0199aaaa-0000-7000-8000-00000000000)" + id + R"(","text":"@ada"})",
        bob.token);
  };
  auto peer = office.connect();
  REQUIRE(office
              .call(*peer, "session.open",
                    {{"user", "ada"}, {"password", kPassword}, {"device", {{"name", "PC"}, {"client", "t"}}}})
              .contains("result"));
  REQUIRE(
      office.post("room.add_member", R"({"room":1,"user":)" + std::to_string(ada.id.value) + "}", bob.token)
          .at("status") == 200);
  REQUIRE(post("1").at("status") == 200);
  CHECK(events_of(office, *peer) == Names{});
  REQUIRE(office
              .call(*peer, "account.change_password",
                    {{"current_password", kPassword}, {"new_password", "battery staple 9"}})
              .contains("result"));
  CHECK(events_of(office, *peer) == Names{"account.changed"});
  REQUIRE(post("2").at("status") == 200);
  const auto heard = events_of(office, *peer);
  CHECK(std::count(heard.begin(), heard.end(), "message.posted") == 1);
}

TEST_CASE("a forced new password is another one") {
  Office office;
  const auto ada = office.add_person("ada");
  office.set_password(ada.id, kPassword);
  auto peer = office.connect();
  REQUIRE(office.call(*peer, "session.resume", {{"token", ada.token}}).contains("result"));
  CHECK(reason_of(office.call(*peer, "account.change_password",
                              {{"current_password", kPassword}, {"new_password", kPassword}})) ==
        "weak_password");
}

TEST_CASE("the duty of a change on its way through the writer is asked again") {
  Office office;
  const auto root = office.add_person("root", protocol::Role::admin);
  const auto ada = office.add_person("ada");
  auto peer = office.connect();
  REQUIRE(office.call(*peer, "session.resume", {{"token", ada.token}}).contains("result"));
  // Behind the connection's back: the gate at the door doesn't know of it yet.
  must_change(office, ada.id);
  CHECK(reason_of(office.call(*peer, "room.create", {{"name", "ops"}, {"kind", "public"}})) ==
        "must_change_password");
}
