#include "tests/unit/privacy/ground.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

constexpr const char* kListings = "SELECT count(*) FROM audit_records WHERE type = 'access.listed'";
constexpr const char* kDenials = "SELECT count(*) FROM audit_records WHERE type = 'access.denied'";

}  // namespace

TEST_CASE("who looks through accounts, sessions, invites, or mutes and bans leaves a record") {
  PrivacyGround ground;
  for (const auto& [method, params] : std::initializer_list<std::pair<const char*, object>>{
           {"admin.user_list", {{"query", "bo"}, {"limit", 5}}},
           {"admin.session_list", {{"user", ground.ids["bob"]}}},
           {"admin.invite_list", {}},
           {"admin.hold_list", {}},
           {"admin.user_import_list", {}},
           {"admin.erase_texts", because({{"user", ground.ids["bob"]}, {"dry_run", true}})},
           {"moderation.sanctions", {{"room", ground.room}}}}) {
    INFO(method);
    ground.ask(*ground.ada, method, params);
    const auto record = boost::json::parse(ground.newest_line("access.listed"));
    CHECK(record.at("actor").at("name") == "ada");
    CHECK(record.at("target").at("name") == method);
  }
  CHECK(boost::json::parse(ground.newest_line("access.listed")).at("room") == ground.room);
  CHECK(ground.count(
            "SELECT count(*) FROM audit_records WHERE instr(line, '\"filter\":{\"query\":\"bo\"}')") == 1);
}

TEST_CASE("the same list again within the hour is the same reading") {
  PrivacyGround ground;
  ground.ask(*ground.ada, "admin.user_list", {});
  for (int i = 0; i < 20; ++i) ground.ask(*ground.ada, "admin.user_list", {{"limit", 1}, {"after", "bob"}});
  CHECK(ground.count(kListings) == 1);
  ground.ask(*ground.ada, "admin.user_list", {{"role", "admin"}});
  CHECK(ground.count(kListings) == 2);
  ground.ask(*ground.ada, "admin.session_list", {});
  CHECK(ground.count(kListings) == 3);
  ground.office.clock.advance(std::chrono::minutes{61});
  ground.ask(*ground.ada, "admin.user_list", {});
  CHECK(ground.count(kListings) == 4);
}

TEST_CASE("when its record can't be written, no list is shown") {
  PrivacyGround ground;
  REQUIRE(ground.office.open_database()->run_script(
      "CREATE TRIGGER broken BEFORE INSERT ON audit_records WHEN new.type = 'access.listed'"
      " BEGIN SELECT RAISE (ABORT, 'broken'); END"));
  CHECK(ground.refused(*ground.ada, "admin.session_list", {}) == "database");
}

TEST_CASE("a denial keeps actor and method, however many there are") {
  PrivacyGround ground;
  for (int i = 0; i < 40; ++i) {
    ground.refused(*ground.bob, "admin.user_list", {});
    ground.refused(*ground.carol, "admin.session_list", {});
    ground.office.clock.advance(std::chrono::seconds{1});
  }
  ground.office.settle();
  CHECK(ground.count(kDenials) == 2);
  ground.office.clock.advance(std::chrono::minutes{1});
  ground.refused(*ground.bob, "admin.user_list", {});
  ground.refused(*ground.carol, "admin.session_list", {});
  ground.office.settle();
  CHECK(ground.count(kDenials) == 6);
  for (const char* who : {"bob", "carol"}) {
    INFO(who);
    const auto further = ground.office.open_database()->find<std::string>(
        "SELECT line FROM audit_records WHERE type = 'access.denied' AND instr(line, ?) AND"
        " instr(line, '\"further\":39') LIMIT 1",
        "\"name\":\"" + std::string(who) + "\"");
    REQUIRE(further);
    CHECK(boost::json::parse(*further).at("target").at("type") == "method");
  }
  CHECK(ground.count("SELECT count(*) FROM audit_records WHERE type = 'auth.login.throttled'") == 0);
}

TEST_CASE("a refusal for rank, or for a place in the room, is a denial; one for the state of things isn't") {
  PrivacyGround ground;
  const auto newest = [&] {
    ground.office.settle();
    const auto line = ground.newest_line("access.denied");
    if (line.empty()) return std::string();
    const auto record = boost::json::parse(line);
    return std::string(record.at("actor").at("name").as_string()) + " " +
           std::string(record.at("target").at("name").as_string()) + " " +
           std::string(record.at("reason").as_string());
  };
  const auto board =
      ground.ask(*ground.bob, "room.create", {{"name", "board"}, {"kind", "private"}}).at("room").at("id");
  const auto seq = ground.post(*ground.bob, board.as_int64(), "between us");
  ground.refused(*ground.mo, "moderation.mute", because({{"user", ground.ids["ada"]}}));
  CHECK(newest() == "mo moderation.mute outranked");
  ground.refused(*ground.mo, "room.add_member", {{"room", board}, {"user", ground.ids["mo"]}});
  CHECK(newest() == "mo room.add_member not_a_member");
  ground.refused(*ground.mo, "message.versions", {{"room", board}, {"seq", seq}});
  CHECK(newest() == "mo message.versions unknown_room");
  ground.refused(*ground.carol, "message.history", {{"room", board}});
  CHECK(newest() == "carol message.history unknown_room");
  ground.refused(*ground.carol, "moderation.sanctions", {{"room", ground.room}});
  CHECK(newest() == "carol moderation.sanctions not_a_moderator");
  ground.refused(*ground.ada, "admin.user_disable", because({{"user", ground.ids["ada"]}}));
  CHECK(newest() == "ada admin.user_disable last_admin");
  // Handlers that answer by themselves, on whichever thread.
  ground.refused(*ground.carol, "moderation.reports", {});
  CHECK(newest() == "carol moderation.reports not_a_moderator");
  const auto hold =
      ground.ask(*ground.ada, "admin.hold_place", because({{"user", ground.ids["bob"]}, {"name", "Case 7"}}));
  ground.refused(*ground.ada, "admin.erase_texts", because({{"user", ground.ids["bob"]}}));
  CHECK(newest() == "ada admin.erase_texts on_hold");
  ground.ask(*ground.ada, "admin.hold_lift", because({{"hold", hold.at("hold").at("id")}}));
  ground.ask(*ground.bob, "room.add_member", {{"room", board}, {"user", ground.ids["carol"]}});
  ground.ask(*ground.ada, "admin.user_offboard",
             because({{"user", ground.ids["bob"]}, {"successor", ground.ids["ada"]}}));
  ground.refused(*ground.ada, "room.update", {{"room", board}, {"kind", "public"}, {"open_history", true}});
  CHECK(newest() == "ada room.update not_shown");
  const auto denials = ground.count(kDenials);
  ground.ask(*ground.ada, "room.lock", because({{"room", ground.room}, {"on", true}}));
  ground.refused(
      *ground.carol, "message.post",
      {{"room", ground.room}, {"client_id", "01990000-0000-7000-8000-000000000001"}, {"text", "hm"}});
  ground.office.settle();
  CHECK(ground.count(kDenials) == denials);
}

TEST_CASE("a NUL in what is searched for is named, and no error of the server") {
  PrivacyGround ground;
  const auto response = ground.office.call(*ground.ada, "audit.query", {{"text", std::string("bob\0by", 6)}});
  CHECK(response.at("error").at("data").at("code") == "params");
  CHECK(response.at("error").at("data").at("field") == "params.text");
}

TEST_CASE("a record has no sign in it that moves or hides others, and is found by them all the same") {
  PrivacyGround ground;
  const std::string typed = "bob\u202egnp\u2028\u0085x";
  ground.ask(*ground.ada, "audit.query", {{"text", typed}});
  const auto line = ground.newest_line("audit.queried");
  CHECK(line.find("bob\\u202egnp\\u2028\\u0085x") != std::string::npos);
  // The search stands in the log once, however often it is made.
  ground.ask(*ground.ada, "audit.query", {{"text", typed}});
  CHECK(ground.count("SELECT count(*) FROM audit_records WHERE type = 'audit.queried'") == 1);
  const auto found = ground.ask(*ground.ada, "audit.query", {{"text", typed}, {"type", "audit.queried"}});
  CHECK(found.at("records").as_array().size() == 1);
  ground.check_sound();
}
