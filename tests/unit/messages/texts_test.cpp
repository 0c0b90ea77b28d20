#include <algorithm>
#include <array>
#include <random>

#include "common/text/mentions.hpp"
#include "tests/unit/messages/conversation.hpp"

namespace wardroom::testing {

using text::Called;
using text::find_mentions;

TEST_CASE("a mention is who it says, whatever punctuation follows") {
  const auto first = [](std::string_view text) {
    const auto mentions = find_mentions(text);
    return mentions.empty() ? Called{} : mentions.front();
  };
  CHECK(first("thanks @Petra.") == Called{"petra", "petra."});
  CHECK(first("_@petra_") == Called{"petra", "petra_"});
  CHECK(first("@petra.weber, hi") == Called{"petra.weber", "petra"});
  CHECK(first("@petra.thanks...") == Called{"petra.thanks", "petra.thanks...", "petra"});
  CHECK(first("mail@petra").empty());
  CHECK(first("@...").size() == 1);
  CHECK(first("`@petra`").empty());
  CHECK(first("``a ` @petra`` @tom") == Called{"tom"});
  CHECK(first("a ` alone, @petra") == Called{"petra"});
  CHECK(first("a ` alone, @petra\nand another `") == Called{"petra"});
  CHECK(first("```\n@petra\n```\n@tom") == Called{"tom"});
}

TEST_CASE("who has a dot at the end of their name takes nobody's mentions") {
  Conversation in;
  auto alice = in.arrive("alice");
  auto petra = in.arrive("petra");
  auto dotted = in.arrive("petra.");
  const auto room = in.create(alice, "ops");
  for (auto* who : {&petra, &dotted}) in.call(*who, "room.join", {{"room", room}});
  in.post(alice, room, "thanks @petra.");
  in.post(alice, room, "@petra.Thanks again");
  const auto mentions = [&](Conversation::Somebody& who) {
    const auto rooms = in.call(who, "room.list", {});
    return rooms.at("rooms").as_array().at(0).at("mentions").as_int64();
  };
  CHECK(mentions(petra) == 2);
  CHECK(mentions(dotted) == 0);
}

TEST_CASE("the counter of mentions is the number of unread messages that name the person, whatever is done") {
  Conversation in;
  auto alice = in.arrive("alice");
  auto bob = in.arrive("bob");
  const auto room = in.create(alice, "ops");
  in.call(bob, "room.join", {{"room", room}});
  struct Posted {
    std::int64_t seq = 0;
    std::string text;
    bool deleted = false;
  };
  std::vector<Posted> messages;
  std::int64_t marker = 0;
  std::mt19937 random(5);
  const std::array<std::string, 4> texts = {"hello", "for @bob", "for @alice and @Bob.", "all of you: @room"};
  for (int i = 0; i < 200; ++i) {
    in.office.clock.advance(std::chrono::minutes{1});
    const auto text = texts[random() % texts.size()];
    const auto act = random() % 5;
    if (messages.empty() || act == 0) {
      messages.push_back({in.post(alice, room, text), text});
    } else {
      auto& message = messages[random() % messages.size()];
      const boost::json::object which = {{"room", room}, {"seq", message.seq}};
      if (act == 1 && !message.deleted) {
        auto params = which;
        params["text"] = text;
        if (in.refusal(alice, "message.edit", params).empty()) message.text = text;
      } else if (act == 2 && !message.deleted) {
        in.call(alice, "message.delete", which);
        message.deleted = true;
      } else if (act == 3 && message.deleted) {
        if (in.refusal(alice, "message.restore", which).empty()) message.deleted = false;
      } else if (act == 4 && random() % 3 == 0 && message.seq > marker) {
        in.call(bob, "marker.set", which);
        marker = message.seq;
      }
    }
    const auto expected = std::ranges::count_if(messages, [&](const Posted& message) {
      return message.seq > marker && !message.deleted && message.text != "hello";
    });
    const auto rooms = in.call(bob, "room.list", {});
    INFO(i << " act " << act);
    CHECK(rooms.at("rooms").as_array().at(0).at("mentions").as_int64() == expected);
  }
}

TEST_CASE("the same text posted twice is one message, also where it was cleaned") {
  Conversation in;
  auto alice = in.arrive("alice");
  const auto room = in.create(alice, "ops");
  const boost::json::object params = {{"room", room},
                                      {"client_id", to_string(make_uuid7(in.office.clock.now()))},
                                      {"text", "one\r\ntwo \u202Ax"}};
  const auto first = in.call(alice, "message.post", params).at("seq");
  CHECK(in.call(alice, "message.post", params).at("seq") == first);
  const auto page = in.call(alice, "message.history", {{"room", room}});
  CHECK(page.at("messages").as_array().at(0).at("text").as_string() == "one\ntwo x");
}

TEST_CASE("people are found by any of their names' letters, whatever the case") {
  Conversation in;
  auto root = in.arrive("root", protocol::Role::admin);
  const std::array<std::array<std::string, 3>, 3> people = {
      {{"oezil", "Mesut Özil", "özil"}, {"irina", "Ирина Петрова", "ИРИНА"}, {"los", "Anna Łoś", "łOŚ"}}};
  for (const auto& [name, display_name, query] : people)
    in.call(root, "admin.user_create", {{"name", name}, {"display_name", display_name}});
  for (const auto& [name, display_name, query] : people)
    for (const auto* method : {"user.list", "admin.user_list"}) {
      INFO(method << " " << query);
      const auto found = in.call(root, method, {{"query", query}});
      REQUIRE(found.at("users").as_array().size() == 1);
      CHECK(found.at("users").as_array().at(0).at("name").as_string() == name);
    }
}

}  // namespace wardroom::testing
