#include <algorithm>

#include "tests/unit/messages/conversation.hpp"

// What a person keeps for themselves, and where they go: saved messages, drafts, the side bar, a day of the
// past, who has read a message, what people say of themselves.
using namespace wardroom;
using namespace wardroom::testing;

namespace {

struct Places : Conversation {
  Somebody ada = arrive("ada");
  Somebody bob = arrive("bob");
  std::int64_t room = create(ada, "ops");

  Places() { call(bob, "room.join", {{"room", room}}); }

  std::vector<json::object> take(Somebody& who, std::string_view name) {
    std::vector<json::object> found;
    for (const auto& event : who.peer->events)
      if (std::string_view(event.at("method").as_string()) == name)
        found.push_back(event.at("params").as_object());
    who.peer->events.clear();
    return found;
  }
  std::vector<std::string> saved(Somebody& who) {
    std::vector<std::string> texts;
    const auto listed = call(who, "saved.list", {});
    for (const auto& one : listed.at("saved").as_array())
      texts.emplace_back(one.at("message").at("text").as_string());
    return texts;
  }
  json::object profile(Somebody& who, const Somebody& whose) {
    return call(who, "user.profile", {{"user", whose.id()}}).at("profile").as_object();
  }
  json::object sidebar(std::int64_t version, json::array favourites, json::array sections) {
    return {{"sidebar", {{"version", version}, {"favourites", favourites}, {"sections", sections}}}};
  }
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("saved messages are one's own, on all devices, saved last first") {
  Places p;
  const auto one = p.post(p.bob, p.room, "one");
  const auto two = p.post(p.bob, p.room, "two");
  for (const auto seq : {one, two}) {
    p.office.clock.advance(std::chrono::seconds{1});
    p.call(p.ada, "saved.set", {{"room", p.room}, {"seq", seq}, {"on", true}});
  }
  p.call(p.ada, "saved.set", {{"room", p.room}, {"seq", one}, {"on", true}});
  CHECK(p.saved(p.ada) == Texts{"two", "one"});
  CHECK(p.saved(p.bob).empty());
  CHECK(p.take(p.ada, "saved.changed").size() == 2);
  CHECK(p.take(p.bob, "saved.changed").empty());
  const auto page = p.call(p.ada, "saved.list", {{"limit", 1}});
  CHECK(page.at("more") == true);
  const auto& last = page.at("saved").at(0);
  const auto rest = p.call(p.ada, "saved.list",
                           {{"beyond", {{"at", last.at("saved_at")}, {"room", p.room}, {"seq", two}}}});
  CHECK(rest.at("saved").as_array().size() == 1);
  CHECK(rest.at("more") == false);
  p.call(p.ada, "saved.set", {{"room", p.room}, {"seq", two}, {"on", false}});
  CHECK(p.saved(p.ada) == Texts{"one"});
}

TEST_CASE("a saved message is shown as far as its person may read it at that moment") {
  Places p;
  const auto seq = p.post(p.ada, p.room, "said");
  CHECK(p.refusal(p.bob, "saved.set", {{"room", p.room}, {"seq", seq + 50}, {"on", true}}) == "not_found");
  p.call(p.bob, "saved.set", {{"room", p.room}, {"seq", seq}, {"on", true}});
  p.call(p.ada, "message.edit", {{"room", p.room}, {"seq", seq}, {"text", "said better"}});
  CHECK(p.saved(p.bob) == Texts{"said better"});
  p.call(p.ada, "message.delete", {{"room", p.room}, {"seq", seq}});
  CHECK(p.saved(p.bob) == Texts{""});
  p.call(p.ada, "message.restore", {{"room", p.room}, {"seq", seq}});
  p.call(p.bob, "room.leave", {{"room", p.room}});
  CHECK(p.saved(p.bob).empty());
  CHECK(p.refusal(p.bob, "saved.set", {{"room", p.room}, {"seq", seq + 1}, {"on", true}}) == "not_a_member");
  p.call(p.bob, "room.join", {{"room", p.room}});
  CHECK(p.saved(p.bob) == Texts{"said better"});
  p.office.open_database()->run("UPDATE members SET shown_after = ? WHERE user_id = ?", seq, p.bob.id());
  CHECK(p.saved(p.bob).empty());
  // What isn't shown any more can still be let go of.
  p.call(p.bob, "saved.set", {{"room", p.room}, {"seq", seq}, {"on", false}});
  CHECK(p.office.open_database()->find<std::int64_t>("SELECT count(*) FROM saved") == 0);
}

TEST_CASE("a person saves 1,000 messages at most") {
  Places p;
  const auto seq = p.post(p.bob, p.room, "one more");
  auto db = p.office.open_database();
  db->run(
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
      " INSERT INTO saved (user_id, room_id, seq, at) SELECT ?, ?, 1000 + i, i FROM n",
      p.ada.id(), p.room);
  CHECK(p.refusal(p.ada, "saved.set", {{"room", p.room}, {"seq", seq}, {"on", true}}) == "too_many_saved");
  p.call(p.ada, "saved.set", {{"room", p.room}, {"seq", 1001}, {"on", false}});
  CHECK(p.refusal(p.ada, "saved.set", {{"room", p.room}, {"seq", seq}, {"on", true}}).empty());
}

TEST_CASE("a draft is the same on all devices of its person, as it was typed, until it is emptied") {
  Places p;
  const auto root = p.post(p.bob, p.room, "root");
  const auto set = [&](json::object more) {
    more["room"] = p.room;
    p.office.clock.advance(std::chrono::seconds{1});
    return p.call(p.ada, "draft.set", more);
  };
  set({{"text", "  half a\n thought "}, {"reply_to", root}, {"origin", "pc-1"}});
  set({{"text", "in the thread"}, {"thread", root}});
  const auto told = p.take(p.ada, "draft.changed");
  REQUIRE(told.size() == 2);
  CHECK(told[0].at("origin") == "pc-1");
  CHECK(told[0].at("draft").at("text") == "  half a\n thought ");
  CHECK(p.take(p.bob, "draft.changed").empty());
  auto drafts = p.call(p.ada, "draft.list", {}).at("drafts").as_array();
  REQUIRE(drafts.size() == 2);
  CHECK(drafts[0].at("thread") == root);
  CHECK_FALSE(drafts[1].as_object().contains("thread"));
  CHECK(drafts[1].at("reply_to") == root);
  CHECK(p.call(p.bob, "draft.list", {}).at("drafts").as_array().empty());

  // Leaving a room takes nobody's words; they can't write there any more, but throw it away.
  p.call(p.bob, "draft.set", {{"room", p.room}, {"text", "bob's"}});
  p.call(p.bob, "room.leave", {{"room", p.room}});
  CHECK(p.call(p.bob, "draft.list", {}).at("drafts").as_array().size() == 1);
  CHECK(p.refusal(p.bob, "draft.set", {{"room", p.room}, {"text", "more"}}) == "not_a_member");
  CHECK(p.refusal(p.bob, "draft.set", {{"room", p.room}, {"text", ""}}).empty());
  CHECK(p.call(p.bob, "draft.list", {}).at("drafts").as_array().empty());
  set({{"text", ""}});
  set({{"text", ""}, {"thread", root}});
  CHECK(p.take(p.ada, "draft.changed").size() == 2);
  set({{"text", ""}});
  CHECK(p.take(p.ada, "draft.changed").empty());
}

TEST_CASE("drafts are 100 at most, of 16 KiB each") {
  Places p;
  const std::string long_text(16 * 1024, 'x');
  CHECK(p.refusal(p.ada, "draft.set", {{"room", p.room}, {"text", long_text}}).empty());
  CHECK(p.office.call(*p.ada.peer, "draft.set", {{"room", p.room}, {"text", long_text + "x"}})
            .at("error")
            .at("data")
            .at("field") == "params.text");
  auto db = p.office.open_database();
  for (int i = 1; i < 100; ++i)
    db->run("INSERT INTO drafts (user_id, room_id, thread, text, at) VALUES (?,?,?,'x',1)", p.ada.id(),
            p.room, i);
  CHECK(p.refusal(p.ada, "draft.set", {{"room", p.room}, {"text", "more"}, {"thread", 200}}) ==
        "too_many_drafts");
  CHECK(p.refusal(p.ada, "draft.set", {{"room", p.room}, {"text", "instead"}}).empty());
}

TEST_CASE("a side bar is arranged from what it was: a device that doesn't know the newest is told so") {
  Places p;
  CHECK(p.call(p.ada, "sidebar.get", {}).at("sidebar").at("version") == 0);
  const auto other = p.create(p.ada, "dev");
  const json::array sections{{{"name", " Work "}, {"rooms", {other}}, {"folded", true}}};
  CHECK(p.call(p.ada, "sidebar.set", p.sidebar(0, {p.room}, sections)).at("version") == 1);
  const auto told = p.take(p.ada, "sidebar.changed");
  REQUIRE(told.size() == 1);
  CHECK(told[0].at("sidebar").at("version") == 1);
  CHECK(p.refusal(p.ada, "sidebar.set", p.sidebar(0, {}, {})) == "sidebar_changed");
  const auto kept = p.call(p.ada, "sidebar.get", {}).at("sidebar").as_object();
  CHECK(kept.at("favourites").at(0) == p.room);
  CHECK(kept.at("sections").at(0).at("name") == "Work");
  CHECK(kept.at("sections").at(0).at("folded") == true);
  CHECK(p.call(p.bob, "sidebar.get", {}).at("sidebar").at("version") == 0);

  const auto field = [&](json::array favourites, json::array some) {
    const auto answer = p.office.call(*p.ada.peer, "sidebar.set", p.sidebar(1, favourites, some));
    REQUIRE(answer.contains("error"));
    return std::string(answer.at("error").at("data").at("field").as_string());
  };
  CHECK(field({p.room, p.room}, {}) == "params.sidebar.favourites");
  CHECK(field({p.room}, {{{"name", "A"}, {"rooms", {p.room}}, {"folded", false}}}) ==
        "params.sidebar.sections[0].rooms");
  CHECK(field({}, {{{"name", ""}, {"rooms", json::array()}, {"folded", false}}}) ==
        "params.sidebar.sections[0].name");
  json::array many;
  for (int i = 0; i < 51; ++i)
    many.push_back({{"name", std::to_string(i)}, {"rooms", json::array()}, {"folded", false}});
  CHECK(field({}, many) == "params.sidebar.sections");
}

TEST_CASE("history goes to a day: around the first message of then or later, wherever gaps are") {
  Places p;
  std::vector<std::pair<std::int64_t, TimePoint>> posted;
  for (int i = 0; i < 40; ++i) {
    p.office.clock.advance(std::chrono::hours{7});
    posted.push_back({p.post(p.ada, p.room, std::to_string(i)), p.office.clock.now()});
    // Numbers without messages.
    p.call(p.ada, "message.react",
           {{"room", p.room}, {"seq", posted.back().first}, {"emoji", "x"}, {"on", true}});
  }
  const auto first_at = [&](TimePoint at) {
    const auto page =
        p.call(p.ada, "message.history", {{"room", p.room}, {"at", to_unix_ms(at)}, {"limit", 4}});
    if (!page.contains("first")) return std::int64_t{-1};
    const auto& messages = page.at("messages").as_array();
    CHECK(std::ranges::any_of(messages, [&](const auto& m) { return m.at("seq") == page.at("first"); }));
    return page.at("first").as_int64();
  };
  CHECK(first_at(from_unix_ms(0)) == posted.front().first);
  for (const auto& [seq, at] : posted) {
    CHECK(first_at(at) == seq);
    CHECK(first_at(at - std::chrono::milliseconds{1}) == seq);
  }
  const auto after = p.call(p.ada, "message.history",
                            {{"room", p.room}, {"at", to_unix_ms(p.office.clock.now()) + 1}, {"limit", 4}});
  CHECK_FALSE(after.contains("first"));
  CHECK(after.at("messages").as_array().back().at("seq") == posted.back().first);
  // Nothing of before somebody came.
  p.office.open_database()->run("UPDATE members SET shown_after = ? WHERE user_id = ?", posted[20].first,
                                p.ada.id());
  CHECK(first_at(posted[3].second) == posted[21].first);
  CHECK(p.office.call(*p.ada.peer, "message.history", {{"room", p.room}, {"at", 1}, {"before", 7}})
            .contains("error"));
}

TEST_CASE("who has read a message is shown where the office wants it, in small rooms, without its author") {
  Places p;
  const auto seq = p.post(p.ada, p.room, "read me");
  const json::object params{{"room", p.room}, {"seq", seq}};
  CHECK(p.refusal(p.ada, "message.seen_by", params) == "seen_by_off");
  p.office.services().settings.update([](commands::Settings& next) { next.seen_by = true; });
  CHECK(p.call(p.ada, "message.seen_by", params).at("users").as_array().empty());
  p.call(p.bob, "marker.set", {{"room", p.room}, {"seq", seq}});
  p.call(p.ada, "marker.set", {{"room", p.room}, {"seq", seq}});
  const auto seen = p.call(p.ada, "message.seen_by", params).at("users").as_array();
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].at("name") == "bob");
  p.call(p.bob, "marker.set", {{"room", p.room}, {"seq", seq - 1}, {"back", true}});
  CHECK(p.call(p.ada, "message.seen_by", params).at("users").as_array().empty());
  auto eve = p.arrive("eve");
  CHECK(p.refusal(eve, "message.seen_by", params) == "not_a_member");
  for (int i = 0; i < 29; ++i) {
    auto one = p.arrive("p" + std::to_string(i));
    p.call(one, "room.join", {{"room", p.room}});
  }
  CHECK(p.refusal(p.ada, "message.seen_by", params) == "room_too_large");
}

TEST_CASE("people say who they are: what is left out stays, an empty text takes it away") {
  Places p;
  p.call(p.bob, "account.set_profile",
         {{"title", "Head of printing"}, {"pronouns", "they/them"}, {"time_zone", "Europe/Berlin"}});
  p.call(p.bob, "account.set_profile", {{"display_name", "Robert"}});
  auto seen = p.profile(p.ada, p.bob);
  CHECK(seen.at("user").at("display_name") == "Robert");
  CHECK(seen.at("title") == "Head of printing");
  CHECK(seen.at("pronouns") == "they/them");
  CHECK(seen.at("time_zone") == "Europe/Berlin");
  CHECK_FALSE(seen.contains("status"));
  p.call(p.bob, "account.set_profile", {{"pronouns", ""}});
  CHECK_FALSE(p.profile(p.ada, p.bob).contains("pronouns"));
  CHECK(p.office.call(*p.bob.peer, "account.set_profile", {{"time_zone", "<b>"}}).contains("error"));
  CHECK(
      p.office.call(*p.bob.peer, "account.set_profile", {{"title", std::string(65, 'x')}}).contains("error"));
  auto gus = p.arrive("gus", protocol::Role::guest);
  CHECK(p.refusal(gus, "user.profile", {{"user", p.bob.id()}}) == "not_found");
  CHECK(p.refusal(gus, "user.profile", {{"user", 12345}}) == "not_found");
}

TEST_CASE("a status lasts while its person is away and the server starts anew, and ends by itself") {
  Places p;
  const auto until = to_unix_ms(p.office.clock.now()) + 3'600'000;
  p.call(p.bob, "presence.set", {{"state", "busy"}, {"text", "at the dentist"}, {"until", until}});
  p.call(p.ada, "presence.watch", {{"users", {p.bob.id()}}});
  auto seen = p.profile(p.ada, p.bob);
  CHECK(seen.at("status") == "at the dentist");
  CHECK(seen.at("status_until") == until);
  p.office.restart();
  p.reconnect(p.ada);
  CHECK(p.profile(p.ada, p.bob).at("status") == "at the dentist");
  p.office.tick();
  p.reconnect(p.bob);
  p.office.tick();
  const auto watched = p.call(p.ada, "presence.watch", {{"users", {p.bob.id()}}}).at("presence").as_array();
  REQUIRE(watched.size() == 1);
  CHECK(watched[0].at("text") == "at the dentist");
  CHECK(watched[0].at("until") == until);
  p.take(p.ada, "");
  p.office.clock.advance(std::chrono::hours{1});
  p.office.tick();
  const auto told = p.take(p.ada, "presence.changed");
  REQUIRE(told.size() == 1);
  CHECK_FALSE(told[0].contains("text"));
  CHECK_FALSE(p.profile(p.ada, p.bob).contains("status"));
  CHECK(p.office.call(*p.bob.peer, "presence.set", {{"state", "busy"}, {"text", "x"}, {"until", until}})
            .at("error")
            .at("data")
            .at("field") == "params.until");
}
