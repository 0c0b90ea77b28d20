#include <catch2/catch.hpp>

#include "tests/harness/office.hpp"

using namespace wardroom;
using namespace wardroom::testing;
using boost::json::object;
using protocol::Role;

namespace {

// An administrator and two people, each on a connection of their own.
struct Announcing {
  Office office;
  struct Seat {
    Office::Person person;
    std::shared_ptr<TestPeer> peer;
  };
  Seat root = sit("root", Role::admin);
  Seat tom = sit("tom", Role::member);
  Seat guest = sit("gus", Role::guest);

  Seat sit(const std::string& name, Role role) {
    const auto person = office.add_person(name, role);
    auto peer = office.connect();
    REQUIRE(office.call(*peer, "session.resume", {{"token", person.token}}).contains("result"));
    return {person, peer};
  }
  object ask(const Seat& who, const std::string& method, const object& params = {}) {
    const auto answer = office.call(*who.peer, method, params);
    INFO(answer);
    REQUIRE(answer.contains("result"));
    return answer.at("result").as_object();
  }
  std::string refusal(const Seat& who, const std::string& method, const object& params = {}) {
    const auto answer = office.call(*who.peer, method, params);
    if (!answer.contains("error")) return "";
    return std::string(answer.at("error").at("data").at("code").as_string());
  }
  std::int64_t announce(object params) {
    return ask(root, "admin.announce", params).at("announcement").at("id").as_int64();
  }
  static const object* event(const Seat& who, const char* method) {
    for (auto it = who.peer->events.rbegin(); it != who.peer->events.rend(); ++it)
      if (it->at("method") == method) return &it->at("params").as_object();
    return nullptr;
  }
};

}  // namespace

TEST_CASE("an announcement reaches everybody who is there, and whoever comes later") {
  Announcing a;
  a.announce({{"text", "Fire drill at three"}});
  for (const auto* seat : {&a.root, &a.tom, &a.guest}) {
    const auto* heard = Announcing::event(*seat, "announcement.changed");
    REQUIRE(heard);
    CHECK(heard->at("announcement").at("text") == "Fire drill at three");
    CHECK(heard->at("announcement").at("must_acknowledge") == false);
  }
  const auto late = a.sit("lena", Role::member);
  CHECK(a.ask(late, "announcement.get").at("announcement").at("text") == "Fire drill at three");
}

TEST_CASE("one announcement stands at a time, until its end or until it is ended") {
  Announcing a;
  const auto first = a.announce({{"text", "one"}, {"must_acknowledge", true}});
  a.announce({{"text", "two"}, {"ends_in_s", 120}});
  CHECK(a.ask(a.tom, "announcement.get").at("announcement").at("text") == "two");
  CHECK(a.refusal(a.tom, "announcement.acknowledge", {{"announcement", first}}) == "announcement_over");
  a.office.clock.advance(std::chrono::seconds{121});
  CHECK_FALSE(a.ask(a.tom, "announcement.get").contains("announcement"));
  CHECK(a.refusal(a.root, "admin.announce_end") == "no_announcement");
  a.announce({{"text", "three"}});
  a.ask(a.root, "admin.announce_end");
  CHECK_FALSE(a.ask(a.tom, "announcement.get").contains("announcement"));
  CHECK_FALSE(Announcing::event(a.tom, "announcement.changed")->contains("announcement"));
  CHECK(a.ask(a.root, "admin.announce_status").at("stands") == false);
}

TEST_CASE("who acknowledged is known by name, once each, on all of their devices, and so is who hasn't") {
  Announcing a;
  a.office.set_password(a.tom.person.id, "violet harbour 93");
  const auto id = a.announce({{"text", "Read the new rules"}, {"must_acknowledge", true}});
  a.ask(a.tom, "announcement.acknowledge", {{"announcement", id}});
  CHECK(Announcing::event(a.tom, "announcement.acknowledged")->at("announcement") == id);
  a.ask(a.tom, "announcement.acknowledge", {{"announcement", id}});
  CHECK(a.ask(a.tom, "announcement.get").at("acknowledged") == true);
  CHECK(a.ask(a.guest, "announcement.get").at("acknowledged") == false);
  const auto status = a.ask(a.root, "admin.announce_status");
  CHECK(status.at("acknowledged") == 1);
  CHECK(status.at("people") == 3);
  CHECK(status.at("by").at("name") == "root");
  const auto did = a.ask(a.root, "admin.announce_status", {{"missing", false}}).at("entries").as_array();
  REQUIRE(did.size() == 1);
  CHECK(did[0].at("user").at("name") == "tom");
  CHECK(did[0].as_object().contains("at"));
  const auto missing = a.ask(a.root, "admin.announce_status", {{"missing", true}, {"limit", 1}});
  CHECK(missing.at("entries").as_array().size() == 1);
  CHECK(missing.at("entries").at(0).at("user").at("name") == "gus");
  CHECK(missing.at("more") == true);
}

TEST_CASE("what was acknowledged outlasts the next announcement in the log, and doesn't count for it") {
  Announcing a;
  const auto id = a.announce({{"text", "one"}, {"must_acknowledge", true}});
  a.ask(a.tom, "announcement.acknowledge", {{"announcement", id}});
  a.announce({{"text", "two"}, {"must_acknowledge", true}});
  CHECK(a.ask(a.tom, "announcement.get").at("acknowledged") == false);
  CHECK(a.ask(a.root, "admin.announce_status").at("acknowledged") == 0);
  a.office.settle();
  CHECK(a.office.open_database()->find<std::int64_t>(
            "SELECT count(*) FROM audit_records WHERE type = 'announcement.acknowledged'") == 1);
}

TEST_CASE("an announcement says something, in one line, for a minute to sixty days") {
  Announcing a;
  const auto field = [&](const object& params) {
    return std::string(
        a.office.call(*a.root.peer, "admin.announce", params).at("error").at("data").at("field").as_string());
  };
  CHECK(field({{"text", ""}}) == "params.text");
  CHECK(field({{"text", std::string(1001, 'x')}}) == "params.text");
  CHECK(field({{"text", "x"}, {"ends_in_s", 59}}) == "params.ends_in_s");
  CHECK(field({{"text", "x"}, {"ends_in_s", 60 * 24 * 3600 + 1}}) == "params.ends_in_s");
  CHECK(a.refusal(a.tom, "admin.announce", {{"text", "x"}}) == "role");
}
