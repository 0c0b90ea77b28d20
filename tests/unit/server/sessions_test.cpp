#include <catch2/catch.hpp>

#include "server/store/devices.hpp"
#include "tests/unit/server/sign_in.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

std::shared_ptr<TestPeer> sign_in(Office& office, const std::string& device, const std::string& ip) {
  auto peer = office.connect(ip);
  const auto response = office.call(
      *peer, "session.open",
      {{"user", "ada"},
       {"password", kPassword},
       {"device", {{"name", device}, {"client", "test 2"}, {"key", device + " key, long enough"}}}});
  REQUIRE(response.contains("result"));
  return peer;
}

boost::json::object find(const boost::json::object& response, const std::string& device) {
  for (const auto& session : response.at("result").at("sessions").as_array())
    if (session.at("device").as_string() == device) return session.as_object();
  FAIL("there is no session of " << device);
  return {};
}

}  // namespace

TEST_CASE(
    "a person sees where they are signed in, with device, program, address and whether it is connected") {
  Office office;
  const auto ada = office.add_person("ada");
  office.set_password(ada.id, kPassword);
  office.add_person("bob");
  auto desk = sign_in(office, "desk", "192.0.2.1");
  auto laptop = sign_in(office, "laptop", "192.0.2.2");
  office.disconnect(laptop);
  const auto listed = office.call(*desk, "session.list", {});
  REQUIRE(listed.contains("result"));
  CHECK(listed.at("result").at("sessions").as_array().size() == 3);  // and the one that add_person made
  const auto here = find(listed, "desk");
  CHECK(here.at("current") == true);
  CHECK(here.at("connected") == true);
  CHECK(here.at("client") == "test 2");
  CHECK(here.at("ip") == "192.0.2.1");
  const auto there = find(listed, "laptop");
  CHECK(there.at("current") == false);
  CHECK(there.at("connected") == false);
}

// The log's check counts such rows as over, so they must be.
TEST_CASE("no session of an account that is marked as removed holds, not even one that isn't shut") {
  Office office;
  const auto ada = office.add_person("ada");
  office.set_password(ada.id, kPassword);
  auto desk = sign_in(office, "desk", "192.0.2.1");
  REQUIRE(office.call(*desk, "room.create", {{"name", "ops"}, {"kind", "public"}}).contains("result"));
  REQUIRE(office.open_database()->run("UPDATE users SET removed = 1 WHERE id = ?", ada.id));
  CHECK(office.call(*desk, "room.create", {{"name", "board"}, {"kind", "public"}}).contains("error"));
}

TEST_CASE("a session that is revoked ends at once, and its device is a stranger again") {
  Office office;
  const auto ada = office.add_person("ada");
  office.set_password(ada.id, kPassword);
  auto desk = sign_in(office, "desk", "192.0.2.1");
  auto laptop = sign_in(office, "laptop", "192.0.2.2");
  const auto key = sha256(as_bytes("laptop key, long enough"));
  CHECK(store::is_known_device(*office.open_database(), ada.id, key));
  const auto id = find(office.call(*desk, "session.list", {}), "laptop").at("id");
  REQUIRE(office.call(*desk, "session.revoke", {{"session", id}}).at("result").at("ended") == 1);
  office.run_ready();
  CHECK(laptop->closed == protocol::CloseCode::revoked);
  CHECK_FALSE(desk->closed);
  CHECK_FALSE(store::is_known_device(*office.open_database(), ada.id, key));
  CHECK(office.call(*desk, "session.revoke", {{"session", id}}).at("error").at("data").at("code") ==
        "not_found");
}

TEST_CASE("all other sessions end together, and nobody else's ever does") {
  Office office;
  const auto ada = office.add_person("ada");
  office.set_password(ada.id, kPassword);
  const auto bob = office.add_person("bob");
  auto bobs = office.connect();
  REQUIRE(office.call(*bobs, "session.resume", {{"token", bob.token}}).contains("result"));
  const auto bobs_id =
      office.call(*bobs, "session.list", {}).at("result").at("sessions").as_array()[0].at("id").as_int64();
  auto desk = sign_in(office, "desk", "192.0.2.1");
  auto laptop = sign_in(office, "laptop", "192.0.2.2");
  CHECK(office.call(*desk, "session.revoke", {{"session", bobs_id}}).contains("error"));
  CHECK(office.call(*desk, "session.revoke", {}).at("result").at("ended") == 2);
  office.run_ready();
  CHECK(laptop->closed == protocol::CloseCode::revoked);
  CHECK_FALSE(desk->closed);
  CHECK_FALSE(bobs->closed);
}

TEST_CASE("a token that only makes calls is noted as used, not at each of them") {
  Office office;
  const auto ada = office.add_person("ada");
  const auto last_used = [&] {
    const auto listed = office.post("session.list", "{}", ada.token);
    return listed.at("sessions").as_array()[0].at("last_used_at").as_int64();
  };
  const auto at_first = last_used();
  office.clock.advance(std::chrono::minutes{4});
  last_used();
  CHECK(last_used() == at_first);
  office.clock.advance(std::chrono::minutes{2});
  last_used();
  office.wait_until([&] { return last_used() > at_first; });
}

namespace {

// Somebody whose connection resumes, with a reader that looks before something happens and is heard after it.
struct LateReader {
  LateReader() {
    const auto ada = office.add_person("ada", protocol::Role::admin);
    bob = office.add_person("bob");
    admin = office.connect();
    REQUIRE(office.call(*admin, "session.resume", {{"token", ada.token}}).contains("result"));
    room = call("room.create", {{"name", "den"}, {"kind", "private"}}).at("room").at("id").as_int64();
    peer = office.connect();
  }
  boost::json::object call(const std::string& method, const boost::json::object& params) {
    auto response = office.call(*admin, method, params);
    INFO(method << " " << boost::json::serialize(response));
    REQUIRE(response.contains("result"));
    return response.at("result").as_object();
  }
  // Bob's session.resume, with what the administrator does while the answer is on its way.
  boost::json::object resume(const std::function<void()>& meanwhile) {
    office.settle();
    office.send_text(
        *peer, protocol::compose_request(7, "session.resume",
                                         boost::json::serialize(boost::json::object{
                                             {"token", bob.token}, {"rooms", {{std::to_string(room), 0}}}})));
    const auto heard_late = office.hold_next_work();
    meanwhile();
    office.settle();
    heard_late();
    const auto next = office.hold_next_work();
    heard_meanwhile = hears_room();
    next();
    office.wait_until([&] { return !peer->results.empty() || peer->closed; });
    if (peer->results.empty()) return {};
    auto response = peer->results.front();
    peer->results.pop_front();
    return response;
  }
  bool hears_room() {
    peer->events.clear();
    const auto id = "0199f0a0-0000-7000-8000-00000000000" + std::to_string(++posts);
    call("message.post", {{"room", room}, {"client_id", id}, {"text", "hello"}});
    office.settle();
    return std::any_of(peer->events.begin(), peer->events.end(),
                       [](const auto& event) { return event.at("method") == "message.posted"; });
  }

  Office office;
  Office::Person bob;
  std::shared_ptr<TestPeer> admin, peer;
  std::int64_t room = 0;
  int posts = 0;
  bool heard_meanwhile = false;  // a message that was posted between the reader's answer and the resumption's
};

}  // namespace

TEST_CASE("late reader: who is taken out of a room while a resumption reads doesn't hear it") {
  LateReader t;
  t.call("room.add_member", {{"room", t.room}, {"user", t.bob.id.value}});
  const auto answer = t.resume([&] {
    t.call("room.remove_member", {{"room", t.room}, {"user", t.bob.id.value}});
  });
  CHECK(answer.at("result").at("rooms").as_array().empty());
  CHECK_FALSE(t.heard_meanwhile);
  CHECK_FALSE(t.hears_room());
}

TEST_CASE("late reader: who comes into a room while a resumption reads hears it") {
  LateReader t;
  const auto answer = t.resume([&] {
    t.call("room.add_member", {{"room", t.room}, {"user", t.bob.id.value}});
  });
  CHECK(answer.at("result").at("rooms").as_array().size() == 1);
  CHECK(t.hears_room());
}

TEST_CASE("late reader: a session that ends while a resumption reads is over") {
  LateReader t;
  SECTION("disabled") {
    CHECK(reason_of(t.resume([&] {
            t.call("admin.user_disable", {{"user", t.bob.id.value}, {"reason", "left"}});
          })) == "unauthenticated");
  }
  SECTION("a role that is another by now") {
    const auto answer = t.resume([&] {
      t.call("admin.user_update", {{"user", t.bob.id.value}, {"role", "guest"}});
    });
    CHECK(answer.at("result").at("user").at("role") == "guest");
    CHECK(t.peer->caller()->role == protocol::Role::guest);
  }
}
