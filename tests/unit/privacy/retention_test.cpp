#include "tests/unit/privacy/ground.hpp"

using namespace wardroom;
using namespace wardroom::testing;
using std::chrono::days;

namespace {

void set_days(PrivacyGround& ground, std::int64_t room, std::int64_t count) {
  ground.ask(*ground.ada, "admin.retention_set", because({{"room", room}, {"days", count}}));
}

std::vector<std::string> texts(PrivacyGround& ground, std::int64_t room) {
  std::vector<std::string> found;
  const auto page = ground.ask(*ground.carol, "message.history", {{"room", room}});
  for (const auto& message : page.at("messages").as_array())
    found.emplace_back(message.at("text").as_string());
  return found;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("retention removes what is older than the room's rule, tells the room, and leaves a record") {
  PrivacyGround ground;
  const auto old = ground.post(*ground.bob, ground.room, "old");
  ground.ask(*ground.bob, "message.edit", {{"room", ground.room}, {"seq", old}, {"text", "old, edited"}});
  ground.ask(*ground.carol, "message.react",
             {{"room", ground.room}, {"seq", old}, {"emoji", "👍"}, {"on", true}});
  const auto before = ground.my_room(*ground.carol, ground.room).at("seq").as_int64();
  ground.office.clock.advance(days{31});
  ground.post(*ground.bob, ground.room, "new");
  set_days(ground, ground.room, 30);
  ground.carol->events.clear();
  ground.office.apply_retention();

  CHECK(texts(ground, ground.room) == Texts{"new"});
  CHECK(ground.count("SELECT count(*) FROM message_versions") == 0);
  CHECK(ground.count("SELECT count(*) FROM reactions") == 0);
  REQUIRE_FALSE(ground.carol->events.empty());
  const auto event = ground.carol->events.front();
  CHECK(event.at("method") == "room.trimmed");
  const auto limit = to_unix_ms(ground.office.clock.now() - days{30});
  CHECK(event.at("params").at("before") == limit);
  const auto line = boost::json::parse(ground.newest_line("room.retention_applied"));
  CHECK(line.at("room") == ground.room);
  CHECK(line.at("after").at("messages") == 1);
  CHECK(line.at("after").at("states") == 2);
  CHECK(line.at("after").at("reactions") == 1);
  CHECK(ground.count(
            "SELECT count(*) FROM reaction_states WHERE coalesce(seq, number, user_id, at, added, emoji,"
            " salt) IS NOT NULL") == 0);
  // Who was away learns it by the numbers, too.
  const auto changes =
      ground.ask(*ground.carol, "message.changes", {{"room", ground.room}, {"since", before}});
  CHECK(changes.at("trimmed") == limit);
  CHECK(changes.at("seq") == event.at("params").at("seq"));
  ground.check_sound();

  ground.carol->events.clear();
  ground.office.apply_retention();
  CHECK(ground.carol->events.empty());
}

TEST_CASE("a room's own rule wins over that of its kind, also the rule to keep for good") {
  PrivacyGround ground;
  const auto kept = ground.make_room("kept");
  const auto inheriting = ground.make_room("inheriting");
  for (const auto room : {ground.room, kept, inheriting}) ground.post(*ground.bob, room, "old");
  ground.office.clock.advance(days{20});
  for (const auto room : {ground.room, kept, inheriting}) ground.post(*ground.bob, room, "new");
  ground.ask(*ground.ada, "admin.retention_set", because({{"kind", "public"}, {"days", 10}}));
  set_days(ground, ground.room, 30);
  ground.ask(*ground.ada, "admin.retention_set", because({{"room", kept}}));
  set_days(ground, inheriting, 40);
  ground.ask(*ground.ada, "admin.retention_set", because({{"room", inheriting}, {"inherit", true}}));
  ground.office.apply_retention();
  CHECK(texts(ground, ground.room) == Texts{"old", "new"});
  CHECK(texts(ground, kept) == Texts{"old", "new"});
  CHECK(texts(ground, inheriting) == Texts{"new"});
  const auto rules = ground.ask(*ground.ada, "admin.retention_get", {}).at("rules").as_array();
  REQUIRE(rules.size() == 3);
  CHECK(rules[0].at("kind") == "public");
  CHECK(rules[1].at("room_name") == "kept");
  CHECK_FALSE(rules[1].as_object().contains("days"));
  const auto line = boost::json::parse(ground.newest_line("room.retention_changed"));
  CHECK(line.at("before").at("days") == 40);
  CHECK(line.at("after").at("rule") == "none");
}

TEST_CASE("holds on a person and on a room override the rules, and the preview counts what they keep") {
  PrivacyGround ground;
  const auto held_room = ground.make_room("held");
  ground.post(*ground.bob, ground.room, "bob, old");
  ground.post(*ground.carol, ground.room, "carol, old");
  ground.post(*ground.carol, held_room, "carol, on hold");
  ground.office.clock.advance(days{20});
  ground.post(*ground.bob, ground.room, "new");
  ground.ask(*ground.ada, "admin.hold_place", because({{"user", ground.ids["bob"]}, {"name", "Case 1"}}));
  ground.ask(*ground.ada, "admin.hold_place", because({{"room", held_room}, {"name", "Case 2"}}));
  const auto proposed =
      ground.ask(*ground.ada, "admin.retention_preview", {{"kind", "public"}, {"days", 10}});
  CHECK(proposed.at("messages") == 1);
  CHECK(proposed.at("held") == 2);
  CHECK(ground.ask(*ground.ada, "admin.retention_preview", {}).at("rooms").as_array().empty());
  ground.ask(*ground.ada, "admin.retention_set", because({{"kind", "public"}, {"days", 10}}));
  CHECK(ground.ask(*ground.ada, "admin.retention_preview", {}) == proposed);
  ground.office.apply_retention();
  CHECK(texts(ground, ground.room) == Texts{"bob, old", "new"});
  CHECK(texts(ground, held_room) == Texts{"carol, on hold"});
  ground.check_sound();
}

TEST_CASE("unread stays the number of messages that are there and weren't read") {
  PrivacyGround ground;
  auto dave = ground.enter("dave");
  ground.ask(*dave, "room.join", {{"room", ground.room}});
  ground.post(*ground.bob, ground.room, "1, gone");
  const auto held = ground.post(*ground.carol, ground.room, "2, held");
  ground.post(*ground.bob, ground.room, "3, gone");
  ground.office.clock.advance(days{20});
  ground.post(*ground.bob, ground.room, "4");
  const auto last = ground.post(*ground.bob, ground.room, "5");
  CHECK(ground.unread(*dave, ground.room) == 5);
  ground.ask(*ground.ada, "admin.hold_place", because({{"user", ground.ids["carol"]}, {"name", "Case"}}));
  set_days(ground, ground.room, 10);
  dave->events.clear();
  ground.office.apply_retention();
  CHECK(ground.unread(*dave, ground.room) == 3);
  CHECK(std::any_of(dave->events.begin(), dave->events.end(),
                    [](const object& event) { return event.at("method") == "marker.moved"; }));
  ground.ask(*dave, "marker.set", {{"room", ground.room}, {"seq", held}});
  CHECK(ground.unread(*dave, ground.room) == 2);
  ground.ask(*dave, "marker.set", {{"room", ground.room}, {"seq", last}});
  CHECK(ground.unread(*dave, ground.room) == 0);
  ground.post(*ground.bob, ground.room, "6");
  CHECK(ground.unread(*dave, ground.room) == 1);
  ground.check_sound();
}

TEST_CASE("more than fits into one step is removed in several, each with its record, and told once") {
  PrivacyGround ground;
  for (int i = 0; i < 520; ++i) ground.post(*ground.bob, ground.room, "line " + std::to_string(i));
  ground.office.clock.advance(days{20});
  ground.post(*ground.bob, ground.room, "new");
  set_days(ground, ground.room, 10);
  ground.carol->events.clear();
  ground.office.apply_retention();
  CHECK(texts(ground, ground.room) == Texts{"new"});
  CHECK(ground.count("SELECT count(*) FROM audit_records WHERE type = 'room.retention_applied'") == 2);
  CHECK(std::count_if(ground.carol->events.begin(), ground.carol->events.end(),
                      [](const object& event) { return event.at("method") == "room.trimmed"; }) == 1);
  ground.check_sound();
}

TEST_CASE("the newest message of the office stays: numbers of messages are never given twice") {
  PrivacyGround ground;
  ground.post(*ground.bob, ground.room, "old");
  ground.post(*ground.bob, ground.room, "newest");
  ground.office.clock.advance(days{20});
  set_days(ground, ground.room, 10);
  ground.office.apply_retention();
  CHECK(texts(ground, ground.room) == Texts{"newest"});
  ground.post(*ground.bob, ground.room, "newer");
  ground.office.apply_retention();
  CHECK(texts(ground, ground.room) == Texts{"newer"});
  ground.check_sound();
}

TEST_CASE("reports keep their evidence when the message is removed") {
  PrivacyGround ground;
  const auto seq = ground.post(*ground.bob, ground.room, "you fools");
  ground.ask(*ground.carol, "moderation.report", because({{"room", ground.room}, {"seq", seq}}));
  ground.office.clock.advance(days{20});
  ground.post(*ground.bob, ground.room, "new");
  set_days(ground, ground.room, 10);
  ground.office.apply_retention();
  const auto report = ground.ask(*ground.mo, "moderation.reports", {}).at("reports").at(0).as_object();
  CHECK(report.at("evidence").at("message").at("text") == "you fools");
}

TEST_CASE("a thread goes with its root, and its later replies stay as messages that nobody adds to") {
  PrivacyGround ground;
  const auto root = ground.post(*ground.bob, ground.room, "root");
  const auto reply = [&](const std::string& text) {
    return ground
        .ask(*ground.carol, "message.post",
             {{"room", ground.room},
              {"client_id", to_string(make_uuid7(ground.office.clock.now()))},
              {"text", text},
              {"thread", root}})
        .at("seq")
        .as_int64();
  };
  const auto early = reply("early");
  ground.ask(*ground.bob, "saved.set", {{"room", ground.room}, {"seq", root}, {"on", true}});
  ground.ask(*ground.bob, "saved.set", {{"room", ground.room}, {"seq", early}, {"on", true}});
  ground.ask(*ground.bob, "draft.set", {{"room", ground.room}, {"text", "an old draft"}});
  ground.office.clock.advance(days{31});
  reply("late");
  ground.ask(*ground.carol, "draft.set", {{"room", ground.room}, {"text", "a new draft"}});
  set_days(ground, ground.room, 30);
  ground.office.apply_retention();

  CHECK(texts(ground, ground.room) == Texts{"late"});
  CHECK(ground.count("SELECT count(*) FROM thread_followers") == 0);
  CHECK(ground.count("SELECT count(*) FROM saved") == 0);
  CHECK(ground.count("SELECT count(*) FROM drafts") == 1);
  CHECK(ground.count("SELECT count(*) FROM drafts WHERE text = 'a new draft'") == 1);
  const object thread{{"room", ground.room}, {"root", root}};
  const auto left = ground.ask(*ground.carol, "message.thread", thread);
  CHECK_FALSE(left.contains("root"));
  CHECK(left.at("messages").as_array().size() == 1);
  CHECK(ground.refused(*ground.carol, "message.post",
                       {{"room", ground.room},
                        {"client_id", to_string(make_uuid7(ground.office.clock.now()))},
                        {"text", "more"},
                        {"thread", root}}) == "params");
  CHECK(ground.ask(*ground.bob, "thread.list", {}).at("threads").as_array().empty());
  ground.check_sound();
}

TEST_CASE("a root that a hold keeps counts the replies that are left") {
  PrivacyGround ground;
  const auto root = ground.post(*ground.bob, ground.room, "root");
  const auto reply = [&](const std::string& text) {
    ground.ask(*ground.carol, "message.post",
               {{"room", ground.room},
                {"client_id", to_string(make_uuid7(ground.office.clock.now()))},
                {"text", text},
                {"thread", root}});
  };
  reply("early");
  reply("early, too");
  ground.ask(*ground.bob, "draft.set", {{"room", ground.room}, {"text", "kept by the hold"}});
  ground.ask(*ground.ada, "admin.hold_place", because({{"user", ground.ids["bob"]}, {"name", "case 7"}}));
  ground.office.clock.advance(days{31});
  reply("late");
  set_days(ground, ground.room, 30);
  ground.office.apply_retention();
  CHECK(texts(ground, ground.room) == Texts{"root", "late"});
  CHECK(ground.count("SELECT replies FROM messages WHERE text = 'root'") == 1);
  CHECK(ground.count("SELECT unread FROM thread_followers WHERE user_id = (SELECT author_id FROM messages"
                     " WHERE text = 'root')") == 1);
  CHECK(ground.count("SELECT count(*) FROM drafts") == 1);
  ground.check_sound();
}
