#include <catch2/catch.hpp>

#include "server/commands/session/expire.hpp"
#include "tests/unit/server/sign_in.hpp"

// Somebody moves the machine's clock: what was stored is neither lost nor over because of it.
using namespace wardroom;
using namespace wardroom::testing;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::hours kYear{24 * 365};

struct Place {
  Place() {
    admin = sign_in("ada", protocol::Role::admin);
    bob = sign_in("bob", protocol::Role::member);
    tom = sign_in("tom", protocol::Role::member);
    const auto made = ask(*admin.peer, "room.create", {{"name", "office"}, {"kind", "public"}});
    room = made.at("room").at("id").as_int64();
    for (const auto* person : {&bob, &tom}) ask(*person->peer, "room.join", {{"room", room}});
    for (int i = 0; i < 20; ++i) REQUIRE(post(*admin.peer).contains("result"));
    ask(*admin.peer, "admin.retention_set", {{"kind", "public"}, {"days", 365}, {"reason", "rule"}});
    ask(*admin.peer, "admin.invite_create", {{"expires_in_s", 3600}});
    ask(*admin.peer, "moderation.mute", {{"user", bob.id.value}, {"seconds", 3600}, {"reason", "loud"}});
  }

  struct Person {
    UserId id;
    std::shared_ptr<TestPeer> peer;
  };
  Person sign_in(const std::string& name, protocol::Role role) {
    const auto person = office.add_person(name, role);
    Person made{person.id, office.connect()};
    ask(*made.peer, "session.resume", {{"token", person.token}});
    return made;
  }
  boost::json::object ask(TestPeer& peer, const std::string& method, const boost::json::object& params) {
    auto answer = office.call(peer, method, params);
    INFO(method << " " << boost::json::serialize(answer));
    REQUIRE(answer.contains("result"));
    return answer.at("result").as_object();
  }
  boost::json::object post(TestPeer& peer) {
    char id[40];
    std::snprintf(id, sizeof id, "0199f0a0-0000-7000-8000-%012d", ++posts);
    return office.call(peer, "message.post", {{"room", room}, {"client_id", id}, {"text", "hello"}});
  }
  // All that the housekeeper does.
  void keep_house() {
    office.tick();
    commands::submit_expiry(office.services(), office.batch());
    office.apply_retention();
    office.settle();
  }
  std::int64_t count(sqlite::Sql sql) { return office.open_database()->find<std::int64_t>(sql).value_or(-1); }
  void check_nothing_lost() {
    keep_house();
    CHECK(count("SELECT count(*) FROM messages") >= 20);
    CHECK(count("SELECT count(*) FROM sessions WHERE revoked_at IS NOT NULL") == 0);
    CHECK(count("SELECT count(*) FROM sanctions WHERE lifted_at IS NOT NULL") == 0);
    CHECK(post(*bob.peer).at("error").at("data").at("code") == "muted");
    CHECK(ask(*admin.peer, "admin.invite_list", {}).at("invites").as_array().size() == 1);
  }

  Office office;
  Person admin, bob, tom;
  std::int64_t room = 0;
  int posts = 0;
};

}  // namespace

TEST_CASE(
    "clocks: from -10 to +10 years, nothing stored is lost or over by a jump, and all ends in its own time") {
  for (const auto by : {-10 * kYear, -kYear, -2h, 2h, 24h * 61, 3 * kYear, 10 * kYear}) {
    INFO(by.count() << " h");
    Place place;
    place.office.clock.advance(30min);
    place.office.clock.move_wall(by);
    place.check_nothing_lost();
    // What is made meanwhile lasts as long as it should.
    place.ask(*place.admin.peer, "moderation.mute",
              {{"user", place.tom.id.value}, {"seconds", 3600}, {"reason", "loud"}});
    place.office.clock.advance(20min);
    place.check_nothing_lost();
    CHECK(place.post(*place.tom.peer).contains("error"));
    // Back: as if nothing had been, and the mute of an hour ends after its hour.
    place.office.clock.move_wall(-by);
    place.check_nothing_lost();
    place.office.clock.advance(11min);
    place.keep_house();
    CHECK(place.post(*place.bob.peer).contains("result"));
    CHECK(place.post(*place.tom.peer).contains("error"));
    CHECK(place.ask(*place.admin.peer, "admin.invite_list", {}).at("invites").as_array().empty());
    place.office.clock.advance(40min);
    place.keep_house();
    CHECK(place.post(*place.tom.peer).contains("result"));
  }
}

TEST_CASE("clocks: a wait never exceeds its own length, whatever stamped the message before") {
  Place place;
  place.ask(*place.admin.peer, "room.slow_mode", {{"room", place.room}, {"seconds", 10}, {"reason", "busy"}});
  place.office.clock.move_wall(5h);
  REQUIRE(place.post(*place.tom.peer).contains("result"));
  CHECK(place.post(*place.tom.peer).at("error").at("data").at("retry_after_ms").as_int64() <= 10'000);
  place.office.clock.move_wall(-5h);
  place.office.clock.advance(10s);
  CHECK(place.post(*place.tom.peer).contains("result"));
}

TEST_CASE("clocks: what a person confirms counts, and then the rules apply") {
  Place place;
  place.office.clock.move_wall(3 * kYear);
  place.check_nothing_lost();
  place.office.believed->confirm();
  place.keep_house();
  // The newest message of the office stays.
  CHECK(place.count("SELECT count(*) FROM messages") == 1);
}

TEST_CASE("clocks: a ban lasts its own time, whenever it was made") {
  Place place;
  place.office.clock.move_wall(kYear);
  place.ask(*place.admin.peer, "moderation.ban",
            {{"room", place.room}, {"user", place.tom.id.value}, {"seconds", 3600}, {"reason", "loud"}});
  place.office.clock.move_wall(-3 * kYear);
  place.keep_house();
  CHECK(place.office.call(*place.tom.peer, "room.join", {{"room", place.room}}).contains("error"));
  place.office.clock.move_wall(2 * kYear);
  place.office.clock.advance(61min);
  place.keep_house();
  CHECK(place.office.call(*place.tom.peer, "room.join", {{"room", place.room}}).contains("result"));
}

TEST_CASE("clocks: an export that was begun in a doubted future is over after a day") {
  Place place;
  place.office.clock.move_wall(3 * kYear);
  place.office.tick();  // signs a head
  const auto id = place.ask(*place.admin.peer, "audit.export", {{"reason", "case 7"}}).at("id");
  place.ask(*place.admin.peer, "audit.export_page", {{"id", id}});
  place.office.clock.move_wall(-3 * kYear);
  place.ask(*place.admin.peer, "audit.export_page", {{"id", id}});
  place.office.clock.advance(25h);
  CHECK(reason_of(place.office.call(*place.admin.peer, "audit.export_page", {{"id", id}})) == "export_over");
}

TEST_CASE("clocks: a device isn't remembered from a doubted future, in which it would never be forgotten") {
  Place place;
  place.office.set_password(place.bob.id, kPassword);
  place.office.clock.move_wall(3 * kYear);
  place.ask(*place.office.connect(), "session.open",
            {{"user", "bob"},
             {"password", kPassword},
             {"device", {{"name", "PC"}, {"client", "test 1"}, {"key", "a key that is long enough"}}}});
  CHECK(place.count("SELECT count(*) FROM devices") == 1);
  const auto soon = to_unix_ms(place.office.believed->trusted() + 24h);
  CHECK(place.office.open_database()->find<std::int64_t>("SELECT max(last_at) FROM devices").value_or(soon) <
        soon);
}

TEST_CASE("clocks: whoever was declined waits a week, wherever the machine's clock was moved") {
  Office office;
  office.settings.direct_policy = commands::DirectPolicy::request;
  office.restart();
  const auto ada = office.add_person("ada");
  const auto bob = office.add_person("bob");
  auto asks = office.connect();
  auto asked = office.connect();
  REQUIRE(office.call(*asks, "session.resume", {{"token", ada.token}}).contains("result"));
  REQUIRE(office.call(*asked, "session.resume", {{"token", bob.token}}).contains("result"));
  const auto open = [&] {
    return office.call(*asks, "direct.open", {{"users", boost::json::array{bob.id.value}}});
  };
  const auto room = open().at("result").at("room").at("id");
  office.clock.move_wall(kYear);
  REQUIRE(office.call(*asked, "direct.decline", {{"room", room}}).contains("result"));
  const auto refusal = reason_of(open());
  CHECK(refusal == "declined_recently");
  office.clock.move_wall(-3 * kYear);
  CHECK(reason_of(open()) == refusal);
  office.clock.move_wall(2 * kYear);
  office.clock.advance(24h * 6);
  CHECK(reason_of(open()) == refusal);
  office.clock.advance(24h * 2);
  CHECK(open().contains("result"));
}
