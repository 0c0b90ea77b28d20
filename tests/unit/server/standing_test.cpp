#include <catch2/catch.hpp>

#include "protocol/json_rpc.hpp"
#include "server/store/users.hpp"
#include "tests/harness/office.hpp"

// A connection's standing, from its first sign-in to its end, and what follows from it.
using namespace wardroom;
using namespace wardroom::testing;

namespace {

void send(Office& office, TestPeer& peer, int id, const std::string& method,
          const boost::json::object& params) {
  office.send_text(peer, protocol::compose_request(id, method, boost::json::serialize(params)));
}

std::shared_ptr<TestPeer> resumed(Office& office, const Office::Person& who) {
  auto peer = office.connect();
  REQUIRE(office.call(*peer, "session.resume", {{"token", who.token}}).contains("result"));
  return peer;
}

std::int64_t make_room(Office& office, TestPeer& peer, const std::string& name) {
  return office.call(peer, "room.create", {{"name", name}, {"kind", "private"}})
      .at("result")
      .at("room")
      .at("id")
      .as_int64();
}

std::int64_t count_presence(TestPeer& peer) {
  std::int64_t count = 0;
  for (const auto& event : peer.events) count += event.at("method") == "presence.changed" ? 1 : 0;
  peer.events.clear();
  return count;
}

}  // namespace

TEST_CASE("of sign-ins at once on one connection one is taken, and its end is the connection's") {
  Office office;
  const auto ada = office.add_person("ada");
  office.set_password(ada.id, "correct horse 77");
  const boost::json::object open{
      {"user", "ada"}, {"password", "correct horse 77"}, {"device", {{"name", "PC"}, {"client", "test 1"}}}};
  for (int round = 0; round < 2; ++round) {
    auto peer = office.connect();
    for (int id = 1; id <= 3; ++id) send(office, *peer, id, "session.open", open);
    send(office, *peer, 4, "session.resume", {{"token", ada.token}});
    office.wait_until([&] { return peer->results.size() == 4; });
    std::string token;
    int refused = 0;
    for (const auto& answer : peer->results) {
      if (answer.contains("result"))
        token = std::string(answer.at("result").at("token").as_string());
      else
        refused += answer.at("error").at("data").at("code") == "sign_in_under_way" ? 1 : 0;
    }
    CHECK(refused == 3);
    REQUIRE_FALSE(token.empty());
    CHECK(office.services().presence.online() == 1);
    // Ended from elsewhere; the close frame is never answered, and more sign-ins follow on the connection.
    REQUIRE(office.post("session.close", "{}", token).at("status") == 200);
    office.run_ready();
    CHECK(peer->closed == protocol::CloseCode::signed_out);
    CHECK(office.services().presence.online() == 0);
    send(office, *peer, 5, "session.open", open);
    send(office, *peer, 6, "session.resume", {{"token", ada.token}});
    office.settle();
    office.disconnect(peer);
    office.settle();
    CHECK(office.services().presence.online() == 0);
  }
  // What is told to the person now reaches nobody who is gone.
  REQUIRE(office.post("account.set_profile", R"({"display_name":"Ada L"})", ada.token).at("status") == 200);
  auto desk = resumed(office, ada);
  CHECK(office.services().presence.online() == 1);
}

TEST_CASE("a refused sign-in makes room for the next one on its connection") {
  Office office;
  const auto ada = office.add_person("ada");
  auto peer = office.connect();
  CHECK(office.call(*peer, "session.resume", {{"token", "nonsense"}}).contains("error"));
  CHECK(office.call(*peer, "session.resume", {{"no_token", 1}}).contains("error"));
  CHECK(office.call(*peer, "session.resume", {{"token", ada.token}}).contains("result"));
}

TEST_CASE("who asks once about somebody's presence follows nobody more, and nobody less") {
  Office office;
  const auto ada = office.add_person("ada");
  const auto mia = office.add_person("mia");
  const auto tom = office.add_person("tom");
  auto adas = resumed(office, ada);
  auto mias = resumed(office, mia);
  auto toms = resumed(office, tom);
  const auto set = [&](const std::string& text) {
    office.call(*adas, "presence.set", {{"state", "busy"}, {"text", text}});
    office.tick();
  };
  REQUIRE(office.call(*mias, "presence.watch", {{"users", {ada.id.value}}}).contains("result"));
  for (auto* peer : {mias.get(), toms.get()})
    REQUIRE(
        office.call(*peer, "presence.watch", {{"users", {tom.id.value}}, {"once", true}}).contains("result"));
  REQUIRE(
      office.call(*toms, "presence.watch", {{"users", {ada.id.value}}, {"once", true}}).contains("result"));
  set("one");
  CHECK(count_presence(*mias) == 1);
  CHECK(count_presence(*toms) == 0);
}

TEST_CASE("a person's presence isn't heard any longer than there is a right to it") {
  Office office;
  const auto root = office.add_person("root", protocol::Role::admin);
  const auto ada = office.add_person("ada");
  const auto gus = office.add_person("gus", protocol::Role::guest);
  const auto mia = office.add_person("mia");
  auto admin = resumed(office, root);
  auto adas = resumed(office, ada);
  auto guests = resumed(office, gus);
  auto mias = resumed(office, mia);
  const auto room = make_room(office, *adas, "one");
  const auto add = [&](UserId user) {
    return office.call(*adas, "room.add_member", {{"room", room}, {"user", user.value}}).contains("result");
  };
  const auto set = [&](const std::string& text) {
    office.call(*adas, "presence.set", {{"state", "busy"}, {"text", text}});
    office.tick();
  };
  REQUIRE(add(gus.id));
  for (auto* peer : {guests.get(), mias.get()})
    REQUIRE(office.call(*peer, "presence.watch", {{"users", {ada.id.value}}}).contains("result"));
  set("one");
  CHECK(count_presence(*guests) == 1);
  CHECK(count_presence(*mias) == 1);

  SECTION("after the guest left the last shared room") {
    REQUIRE(office.call(*guests, "room.leave", {{"room", room}}).contains("result"));
    set("two");
    CHECK(count_presence(*guests) == 0);
    CHECK(count_presence(*mias) == 1);
  }
  SECTION("after the other one left it") {
    REQUIRE(office.call(*admin, "room.join", {{"room", room}}).contains("error"));
    REQUIRE(
        office.call(*adas, "room.add_member", {{"room", room}, {"user", root.id.value}}).contains("result"));
    REQUIRE(
        office.call(*adas, "room.set_role", {{"room", room}, {"user", root.id.value}, {"role", "moderator"}})
            .contains("result"));
    REQUIRE(office.call(*adas, "room.leave", {{"room", room}}).contains("result"));
    set("two");
    CHECK(count_presence(*guests) == 0);
  }
  SECTION("not while another room is shared") {
    const auto other = make_room(office, *adas, "two");
    REQUIRE(
        office.call(*adas, "room.add_member", {{"room", other}, {"user", gus.id.value}}).contains("result"));
    REQUIRE(office.call(*guests, "room.leave", {{"room", room}}).contains("result"));
    set("two");
    CHECK(count_presence(*guests) == 1);
  }
  SECTION("after a demotion to guest") {
    REQUIRE(office.call(*admin, "admin.user_update", {{"user", mia.id.value}, {"role", "guest"}})
                .contains("result"));
    set("two");
    CHECK(count_presence(*mias) == 0);
    CHECK(count_presence(*guests) == 1);
  }
}

TEST_CASE("a notification asks for no answer and gets none") {
  Office office;
  const auto ada = office.add_person("ada");
  auto peer = resumed(office, ada);
  office.send_text(*peer, R"({"jsonrpc":"2.0","method":"room.list","params":{}})");
  office.settle();
  CHECK(peer->results.empty());
  CHECK(office.call(*peer, "room.list", {}).contains("result"));
  // What only looks like one is told what it lacks.
  office.send_text(*peer, R"({"jsonrpc":"2.0","id":null,"method":"room.list"})");
  CHECK(peer->results.size() == 1);
}

TEST_CASE("each refusal over HTTP is charged to its connection before it is given") {
  Office office;
  office.settings.request_rate = {20, 60};
  office.restart();
  office.add_person("ada");
  const std::string unknown(43, 'A');
  const auto [body, token] = GENERATE_COPY(std::pair<std::string, std::string>{"not JSON", ""},
                                           std::pair<std::string, std::string>{"[]", ""},
                                           std::pair<std::string, std::string>{"{}", "no token"},
                                           std::pair<std::string, std::string>{"{}", unknown});
  auto peer = office.connect();
  for (int i = 0; i < 61; ++i) office.call_http(*peer, "room.list", body, token);
  REQUIRE(peer->answers.size() == 61);
  CHECK(peer->answers[59].status != 429);
  CHECK(peer->answers[60].status == 429);
}

TEST_CASE("a message of which nothing would be seen is empty") {
  Office office;
  const auto ada = office.add_person("ada");
  auto peer = resumed(office, ada);
  const auto room = make_room(office, *peer, "one");
  int number = 0;
  for (const char* text : {"\u200B", "\uFEFF", "\u3164", " \u200B\n\u2060 ", "\u00A0", "\u2800"}) {
    INFO(text);
    const auto answer =
        office.call(*peer, "message.post",
                    {{"room", room},
                     {"client_id", "01900000-0000-7000-8000-00000000000" + std::to_string(number++)},
                     {"text", text}});
    REQUIRE(answer.contains("error"));
    CHECK(answer.at("error").at("data").at("code") == "params");
  }
}
