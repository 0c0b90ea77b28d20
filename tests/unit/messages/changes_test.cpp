#include "protocol/limits.hpp"
#include "tests/unit/messages/conversation.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

std::string emoji(int i) {
  return "e" + std::to_string(i);
}

std::int64_t numbers_of(Conversation& c, std::int64_t room) {
  return c.office.open_database()
      ->find<std::int64_t>("SELECT seq FROM rooms WHERE id = ?", room)
      .value_or(-1);
}

}  // namespace

TEST_CASE("a message has 50 different reactions at most, and of those as many as there are people") {
  Conversation c;
  auto ada = c.arrive("ada");
  auto bob = c.arrive("bob");
  const auto room = c.create(ada, "ops");
  c.call(bob, "room.join", {{"room", room}});
  const auto seq = c.post(ada, room, "hello");
  for (int i = 0; i < 50; ++i)
    c.call(ada, "message.react", {{"room", room}, {"seq", seq}, {"emoji", emoji(i)}, {"on", true}});
  CHECK(c.refusal(bob, "message.react", {{"room", room}, {"seq", seq}, {"emoji", "more"}, {"on", true}}) ==
        "too_many_reactions");
  CHECK(c.refusal(bob, "message.react", {{"room", room}, {"seq", seq}, {"emoji", emoji(7)}, {"on", true}})
            .empty());
}

TEST_CASE("a room has 100 pins at most, and one that is taken away makes room") {
  Conversation c;
  auto ada = c.arrive("ada");
  const auto room = c.create(ada, "ops");
  std::int64_t last = 0;
  for (int i = 0; i < 100; ++i) {
    last = c.post(ada, room, "m");
    c.call(ada, "message.pin", {{"room", room}, {"seq", last}, {"on", true}});
  }
  const auto more = c.post(ada, room, "one more");
  CHECK(c.refusal(ada, "message.pin", {{"room", room}, {"seq", more}, {"on", true}}) == "too_many_pins");
  c.call(ada, "message.pin", {{"room", room}, {"seq", last}, {"on", false}});
  CHECK(c.refusal(ada, "message.pin", {{"room", room}, {"seq", more}, {"on", true}}).empty());
}

TEST_CASE("an author changes a message 99 times at most, and can always delete it") {
  Conversation c;
  auto ada = c.arrive("ada");
  const auto room = c.create(ada, "ops");
  const auto seq = c.post(ada, room, "0");
  for (int i = 1; i < 100; ++i)
    c.call(ada, "message.edit", {{"room", room}, {"seq", seq}, {"text", std::to_string(i)}});
  CHECK(c.refusal(ada, "message.edit", {{"room", room}, {"seq", seq}, {"text", "again"}}) ==
        "too_many_edits");
  CHECK(c.refusal(ada, "message.delete", {{"room", room}, {"seq", seq}}).empty());
  CHECK(c.refusal(ada, "message.restore", {{"room", room}, {"seq", seq}}) == "too_many_edits");
}

TEST_CASE("what is asked for again takes no number, writes no record, and answers where the room stands") {
  Conversation c;
  auto ada = c.arrive("ada");
  const auto room = c.create(ada, "ops");
  const auto seq = c.post(ada, room, "hello");
  const std::vector<std::pair<std::string, json::object>> acts{
      {"message.edit", {{"room", room}, {"seq", seq}, {"text", "hallo"}}},
      {"message.react", {{"room", room}, {"seq", seq}, {"emoji", "x"}, {"on", true}}},
      {"message.react", {{"room", room}, {"seq", seq}, {"emoji", "never"}, {"on", false}}},
      {"message.pin", {{"room", room}, {"seq", seq}, {"on", true}}},
      {"message.delete", {{"room", room}, {"seq", seq}, {"reason", "old"}}}};
  for (const auto& [method, params] : acts) {
    INFO(method);
    c.call(ada, method, params);
    const auto before = numbers_of(c, room);
    const auto records = c.office.open_database()->find<std::int64_t>("SELECT count(*) FROM audit_records");
    CHECK(c.call(ada, method, params).at("seq").as_int64() == before);
    CHECK(numbers_of(c, room) == before);
    CHECK(c.office.open_database()->find<std::int64_t>("SELECT count(*) FROM audit_records") == records);
  }
}

TEST_CASE("reactions that can't be told from nothing, or from each other, are refused") {
  Conversation c;
  auto ada = c.arrive("ada");
  const auto room = c.create(ada, "ops");
  const auto seq = c.post(ada, room, "hello");
  const auto refused = [&](const std::string& text) {
    return c.refusal(ada, "message.react", {{"room", room}, {"seq", seq}, {"emoji", text}, {"on", true}}) ==
           "params";
  };
  for (const char* good : {"👍", "👩🏽‍🚒", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️", "ok", "+1"}) {
    INFO(good);
    CHECK_FALSE(refused(good));
  }
  for (const char* bad : {"", " ", "a b", "a\n", "\u200b", "\u200d", "\ufe0f", "\u202e", "\u00a0", "\u3164x",
                          "01234567890123456789012345678901234567890123456789012345678901234"}) {
    INFO(bad);
    CHECK(refused(bad));
  }
}

TEST_CASE("edits and reactions are charged like messages") {
  Conversation c;
  c.office.settings.message_rate = {1, 3};
  c.office.restart();
  auto ada = c.arrive("ada");
  const auto room = c.create(ada, "ops");
  const auto seq = c.post(ada, room, "hello");
  c.call(ada, "message.edit", {{"room", room}, {"seq", seq}, {"text", "one"}});
  c.call(ada, "message.react", {{"room", room}, {"seq", seq}, {"emoji", "a"}, {"on", true}});
  c.call(ada, "message.react", {{"room", room}, {"seq", seq}, {"emoji", "b"}, {"on", true}});
  CHECK(c.refusal(ada, "message.edit", {{"room", room}, {"seq", seq}, {"text", "two"}}) == "rate_limited");
  CHECK(c.refusal(ada, "message.react", {{"room", room}, {"seq", seq}, {"emoji", "c"}, {"on", true}}) ==
        "rate_limited");
  // Taking one's words back never waits.
  CHECK(c.refusal(ada, "message.delete", {{"room", room}, {"seq", seq}}).empty());
}

TEST_CASE("an edit counts a mention for whom it names newly, and for nobody else") {
  Conversation c;
  auto ada = c.arrive("ada");
  auto bob = c.arrive("bob");
  auto carol = c.arrive("carol");
  const auto room = c.create(ada, "ops");
  c.call(bob, "room.join", {{"room", room}});
  c.call(carol, "room.join", {{"room", room}});
  const auto mentions = [&](Conversation::Somebody& who) {
    return c.office.open_database()
        ->find<std::int64_t>("SELECT mentions FROM members WHERE room_id = ? AND user_id = ?", room, who.id())
        .value_or(-1);
  };
  const auto seq = c.post(ada, room, "hello @bob");
  const auto edit = [&](const std::string& text) {
    c.call(ada, "message.edit", {{"room", room}, {"seq", seq}, {"text", text}});
  };
  edit("hello again @bob");
  CHECK((mentions(bob) == 1 && mentions(carol) == 0));
  edit("hello @room");
  CHECK((mentions(bob) == 1 && mentions(carol) == 1));
  edit("hello @room and @carol");
  CHECK((mentions(bob) == 1 && mentions(carol) == 1));
  CHECK(mentions(ada) == 0);
}

TEST_CASE(
    "a moderator acts in a private room that they aren't in, without reading it; reading leaves a record") {
  Conversation c;
  auto ada = c.arrive("ada");
  auto mod = c.arrive("mod", protocol::Role::moderator);
  auto bob = c.arrive("bob");
  const auto room = c.create(ada, "board", "private");
  const auto seq = c.post(ada, room, "the planted words");
  const json::object one{{"room", room}, {"seq", seq}};
  json::object why = one;
  why["reason"] = "reported";
  CHECK(c.refusal(bob, "message.delete", why) == "not_found");
  CHECK(c.refusal(bob, "message.versions", one) == "not_found");
  CHECK(c.refusal(mod, "message.history", {{"room", room}}) == "not_found");
  CHECK(c.refusal(mod, "message.pins", {{"room", room}}) == "not_found");

  const auto deleted = json::serialize(c.call(mod, "message.delete", why));
  const auto restored = json::serialize(c.call(mod, "message.restore", why));
  c.office.run_ready();
  for (const auto& event : mod.peer->events)
    CHECK(json::serialize(event).find("planted") == std::string::npos);
  CHECK((deleted + restored).find("planted") == std::string::npos);
  CHECK(c.refusal(mod, "message.versions", one) == "not_found");
  CHECK(c.records("message.versions_read").empty());
  c.call(ada, "room.add_member", {{"room", room}, {"user", mod.id()}});
  CHECK(json::serialize(c.call(mod, "message.versions", one)).find("planted") != std::string::npos);
  REQUIRE(c.records("message.versions_read").size() == 1);
  // Nobody's record for one's own.
  c.call(ada, "message.versions", one);
  CHECK(c.records("message.versions_read").size() == 1);
}

TEST_CASE("the audit log tells of every change and holds no word of any text") {
  Conversation c;
  auto ada = c.arrive("ada");
  const auto room = c.create(ada, "ops");
  const auto seq = c.post(ada, room, "planted one");
  const json::object one{{"room", room}, {"seq", seq}};
  const auto committed = c.records("messages.committed").size();
  c.call(ada, "message.edit", {{"room", room}, {"seq", seq}, {"text", "planted two"}});
  c.call(ada, "message.delete", one);
  c.call(ada, "message.restore", one);
  // Each is bound in: a commitment a change.
  CHECK(c.records("messages.committed").size() == committed + 3);
  CHECK(c.records("message.deleted").size() == 1);
  CHECK(c.records("message.restored").size() == 1);
  CHECK(c.office.open_database()->find<std::int64_t>(
            "SELECT count(*) FROM audit_records WHERE line LIKE '%planted%'") == 0);
}

TEST_CASE("a guest hears of people only what is in their rooms") {
  Conversation c;
  auto ada = c.arrive("ada");
  auto gus = c.arrive("gus", protocol::Role::guest);
  auto far = c.arrive("faraway");
  const auto room = c.create(ada, "ops");
  const auto elsewhere = c.create(far, "elsewhere");
  c.post(far, elsewhere, "not for gus");
  c.call(ada, "room.add_member", {{"room", room}, {"user", gus.id()}});
  const auto seq = c.post(ada, room, "hello");
  c.call(ada, "message.pin", {{"room", room}, {"seq", seq}, {"on", true}});
  c.call(gus, "message.react", {{"room", room}, {"seq", seq}, {"emoji", "x"}, {"on", true}});
  for (const char* method : {"message.history", "message.pins"}) {
    const auto said = json::serialize(c.call(gus, method, {{"room", room}}));
    CHECK(said.find("faraway") == std::string::npos);
    CHECK(said.find("\"ada\"") != std::string::npos);
  }
  for (const char* method : {"message.history", "message.pins"})
    CHECK(c.refusal(gus, method, {{"room", elsewhere}}) == "not_found");
  CHECK(c.refusal(gus, "message.versions", {{"room", elsewhere}, {"seq", 1}}) == "not_found");
  CHECK(c.refusal(gus, "message.react", {{"room", elsewhere}, {"seq", 1}, {"emoji", "x"}, {"on", true}}) ==
        "not_found");
  CHECK(c.refusal(gus, "message.delete", {{"room", elsewhere}, {"seq", 1}, {"reason", "r"}}) == "not_found");
  CHECK(c.refusal(gus, "direct.open", {{"users", {far.id()}}}) == "not_found");
  CHECK(c.refusal(gus, "direct.open", {{"users", {ada.id()}}}).empty());
}
