#include <thread>

#include <catch2/catch.hpp>

#include "common/base/uuid.hpp"
#include "tests/harness/office.hpp"

// Moderation actions against a person take effect at one position of the room: whatever the person sends at
// the same moment stands before it, or not at all.
using namespace wardroom;
using namespace wardroom::testing;
using boost::json::object;

namespace {

constexpr int kRounds = 150;
constexpr int kPosts = 12;

// A room of Alice's with Bob in it; nobody is held up by rates, the clock stands still.
struct RaceGround {
  RaceGround() {
    office.settings.request_rate = office.settings.message_rate = {1e9, 1e9};
    office.restart();
    alice = enter("alice");
    bob = enter("bob");
    room = office.call(*alice.peer, "room.create", {{"name", "ops"}, {"kind", "public"}})
               .at("result")
               .at("room")
               .at("id")
               .as_int64();
    join();
  }

  struct Person {
    UserId id;
    std::shared_ptr<TestPeer> peer;
  };
  Person enter(const std::string& name) {
    const auto account = office.add_person(name);
    auto peer = office.connect();
    REQUIRE(office.call(*peer, "session.resume", {{"token", account.token}}).contains("result"));
    return {account.id, peer};
  }
  void join() { REQUIRE(office.call(*bob.peer, "room.join", {{"room", room}}).contains("result")); }

  object against_bob() const { return {{"room", room}, {"user", bob.id.value}, {"reason", "a race"}}; }

  // Bob posts on a thread of his own while Alice acts; both answers and events are all in afterwards.
  void race(const std::string& method, const object& params) {
    alice.peer->events.clear();
    bob.peer->events.clear();
    std::thread poster([this] {
      for (int i = 0; i < kPosts; ++i) send(*bob.peer, i, "message.post", post());
    });
    send(*alice.peer, 1, method, params);
    poster.join();
    office.wait_until([&] { return bob.peer->results.size() == kPosts && alice.peer->results.size() == 1; });
    CHECK(alice.peer->results.front().contains("result"));
    alice.peer->results.clear();
    bob.peer->results.clear();
  }
  object post() const {
    return {{"room", room}, {"client_id", to_string(make_uuid7(office.clock.now()))}, {"text", "me!"}};
  }
  void send(TestPeer& peer, std::int64_t id, const std::string& method, const object& params) {
    office.send_text(peer, protocol::compose_request(id, method, boost::json::serialize(params)));
  }

  // How many of Bob's messages Alice saw after the first event of this method.
  std::int64_t posted_after(const std::string& method) const {
    std::int64_t posted = 0;
    bool is_after = false;
    for (const auto& event : alice.peer->events) {
      if (std::string(event.at("method").as_string()) == method) is_after = true;
      if (is_after && event.at("method") == "message.posted") ++posted;
    }
    CHECK(is_after);
    return posted;
  }

  Office office;
  Person alice, bob;
  std::int64_t room = 0;
};

}  // namespace

TEST_CASE("whoever is kicked or banned posts nothing afterwards, however fast they are") {
  RaceGround ground;
  for (int round = 0; round < kRounds; ++round) {
    const bool is_ban = round % 2 == 1;
    ground.race(is_ban ? "moderation.ban" : "moderation.kick", ground.against_bob());
    REQUIRE(ground.posted_after("member.left") == 0);
    // Bob's last event of the room is that he left it; what was done to him is told to him alone.
    REQUIRE(ground.bob.peer->events.size() >= 2);
    const auto& events = ground.bob.peer->events;
    REQUIRE(events[events.size() - 2].at("method") == "member.left");
    REQUIRE(events.back().at("method") == "moderation.applied");
    if (is_ban)
      REQUIRE(ground.office.call(*ground.alice.peer, "moderation.unban", ground.against_bob())
                  .contains("result"));
    ground.join();
  }
}

TEST_CASE("whoever is muted posts nothing afterwards, however fast they are") {
  RaceGround ground;
  for (int round = 0; round < kRounds; ++round) {
    ground.race("moderation.mute", ground.against_bob());
    REQUIRE(ground.posted_after("member.changed") == 0);
    REQUIRE(
        ground.office.call(*ground.alice.peer, "moderation.unmute", ground.against_bob()).contains("result"));
  }
}

TEST_CASE("in a room that is locked or archived nobody posts afterwards, however fast they are") {
  RaceGround ground;
  const auto switched = [&](bool on) {
    return object{{"room", ground.room}, {"on", on}, {"reason", "a race"}};
  };
  for (int round = 0; round < kRounds; ++round) {
    const bool is_lock = round % 2 == 1;
    const std::string method = is_lock ? "room.lock" : "room.archive";
    ground.race(method, switched(true));
    REQUIRE(ground.posted_after(is_lock ? "room.updated" : "room.archived") == 0);
    REQUIRE(ground.office.call(*ground.alice.peer, method, switched(false)).contains("result"));
  }
}
