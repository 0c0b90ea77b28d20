#include <algorithm>

#include <catch2/catch.hpp>

#include "server/audit/query.hpp"
#include "tests/harness/story.hpp"

namespace wardroom::testing {

namespace json = boost::json;

namespace {

void check_texts(const json::array& messages, const Words& words, std::ptrdiff_t first = 3) {
  std::vector<std::string> texts;
  for (const auto& message : messages) texts.push_back("\"" + std::string(message.at("text").as_string()));
  CHECK(texts == std::vector<std::string>(words.begin() + first, words.end()));
}

}  // namespace

std::vector<std::string> Story::describe(const json::object& event) {
  const std::string method(event.at("method").as_string());
  const auto& p = event.at("params").as_object();
  const auto number = [&](const char* key) { return p.at(key).as_int64(); };
  const auto at_room = [&] { return room_name(number("room")); };
  const auto text = [](const json::value& value) { return "\"" + std::string(value.as_string()); };
  if (auto act = describe_moderation(method, p)) return *act;
  if (method == "message.posted")
    return {"message", at_room(), name_of(number("author")), text(p.at("text"))};
  if (method == "member.joined") return {"joined", at_room(), name_of(p.at("user").at("id").as_int64())};
  if (method == "member.left") return {"left", at_room(), name_of(number("user"))};
  if (method == "member.changed") return {"changed", at_room(), name_of(p.at("user").at("id").as_int64())};
  if (method == "room.created") return {"room", room_name(p.at("room").at("id").as_int64())};
  if (method == "room.updated") return {"topic", at_room(), text(p.at("topic"))};
  if (method == "marker.moved")
    return {"read", at_room(), std::to_string(p.at("marker").at("seq").as_int64())};
  if (method == "mention.counted") return {"mentioned", at_room(), std::to_string(number("mentions"))};
  if (method == "typing") return {"typing", at_room(), name_of(number("user"))};
  if (method == "presence.changed")
    return {"presence", name_of(number("user")), std::string(p.at("state").as_string())};
  if (method == "session.revoked") return {"revoked"};
  if (auto change = describe_change(method, p)) return *change;
  return {method};
}

std::optional<Words> Story::describe_change(const std::string& method, const json::object& p) {
  const auto room = [&] { return room_name(p.at("room").as_int64()); };
  const auto by = [&](const char* key) { return name_of(p.at(key).as_int64()); };
  const auto named = [&] { return message_name(p.at("room").as_int64(), p.at("message").as_int64()); };
  const auto text = [](const json::value& value) { return "\"" + std::string(value.as_string()); };
  const auto on = [&](const char* yes, const char* no) { return p.at("on").as_bool() ? yes : no; };
  if (method == "message.edited") return Words{"edited", room(), by("by"), named(), text(p.at("text"))};
  if (method == "message.deleted") {
    Words words{"deleted", room(), by("by"), named()};
    if (p.contains("reason")) words.push_back(text(p.at("reason")));
    return words;
  }
  if (method == "message.restored")
    return Words{"restored", room(), by("by"), text(p.at("message").at("text"))};
  if (method == "message.reacted")
    return Words{on("reacted", "unreacted"), room(), by("user"), named(),
                 std::string(p.at("emoji").as_string())};
  if (method == "message.pinned") return Words{on("pinned", "unpinned"), room(), by("by"), named()};
  const auto root = [&] { return message_name(p.at("room").as_int64(), p.at("root").as_int64()); };
  if (method == "thread.changed") {
    const auto* replies = p.if_contains("replies");
    return Words{"thread", room(), root(),
                 std::to_string(replies ? replies->at("count").as_int64() : std::int64_t{0})};
  }
  if (method == "thread.followed") {
    const auto& following = p.at("following");
    if (!following.at("on").as_bool()) return Words{"unfollows", room(), root()};
    return Words{"follows", room(), root(), std::to_string(following.at("unread").as_int64())};
  }
  if (method == "direct.changed")
    return Words{"direct", room(), by("by"), std::string(p.at("state").as_string())};
  return std::nullopt;
}

void Story::expect_event(Person& who, const Words& expected) {
  REQUIRE(who.peer);
  office_.run_ready();
  if (expected == std::vector<std::string>{"nothing"}) {
    if (!who.peer->events.empty()) FAIL("there is an event: " << json::serialize(who.peer->events.front()));
    return;
  }
  if (who.peer->events.empty()) FAIL("there is no event");
  const json::object event = who.peer->events.front();
  who.peer->events.pop_front();
  note(who, event);
  CHECK(describe(event) == expected);
}

void Story::expect_history(Person& who, const Words& words) {
  auto response = office_.call(*who.peer, "message.history", {{"room", room(words.at(2))}, {"limit", 200}});
  REQUIRE(response.contains("result"));
  check_texts(response["result"].at("messages").as_array(), words);
}

// The message as history has it; a field that is null in the story must be absent.
void Story::expect_message(Person& who, const Words& words) {
  const auto seq = message(words.at(2), words.at(3));
  auto response = office_.call(*who.peer, "message.history",
                               {{"room", room(words.at(2))}, {"around", seq}, {"limit", 3}});
  if (!response.contains("result")) FAIL("message.history failed: " << json::serialize(response));
  const json::object expected = json::parse(with_ids(words.at(4))).as_object();
  for (const auto& found : response["result"].at("messages").as_array()) {
    if (found.at("seq").as_int64() != seq) continue;
    for (const auto& [key, value] : expected) {
      const auto* got = found.as_object().if_contains(key);
      CHECK(json::serialize(got ? *got : json::value()) == json::serialize(value));
    }
    return;
  }
  FAIL("the message isn't there");
}

void Story::expect_versions(Person& who, const Words& words) {
  auto response = office_.call(*who.peer, "message.versions",
                               {{"room", room(words.at(2))}, {"seq", message(words.at(2), words.at(3))}});
  if (!response.contains("result")) FAIL("message.versions failed: " << json::serialize(response));
  check_texts(response["result"].at("versions").as_array(), words, 4);
}

void Story::expect_pins(Person& who, const Words& words) {
  auto response = office_.call(*who.peer, "message.pins", {{"room", room(words.at(2))}});
  REQUIRE(response.contains("result"));
  check_texts(response["result"].at("messages").as_array(), words);
}

void Story::expect_changes(Person& who, const Words& words) {
  for (const auto& changes : who.resumed["rooms"].as_array())
    if (changes.at("room").as_int64() == room(words.at(2)))
      return check_texts(changes.at("changes").as_array(), words);
  FAIL("the answer says nothing of " << words.at(2));
}

void Story::expect_unread(Person& who, const Words& words) {
  auto response = office_.call(*who.peer, "room.list", {});
  REQUIRE(response.contains("result"));
  for (const auto& entry : response["result"].at("rooms").as_array()) {
    if (entry.at("id").as_int64() != room(words.at(2))) continue;
    CHECK(entry.at("count").as_int64() - entry.at("marker").at("count").as_int64() ==
          std::stoll(words.at(3)));
    if (words.size() > 5) CHECK(entry.at("mentions").as_int64() == std::stoll(words.at(5)));
    return;
  }
  FAIL("room.list has no " << words.at(2));
}

void Story::expect_audit(const Words& words) {
  auto db = office_.open_database();
  protocol::AuditQuery::Params filter;
  filter.type = words.at(1);
  std::string line;
  // Denials are recorded behind the answer's back.
  office_.wait_until([&] {
    const auto page = audit::query_records(*db, filter, 1);
    if (page && !page->records.empty()) line = page->records[0].line;
    return !line.empty();
  });
  const auto record = json::parse(line).as_object();
  CHECK(std::string(record.at("actor").at("name").as_string()) == words.at(2));
  if (words.size() > 3) CHECK(std::string(record.at("target").at("name").as_string()) == words[3]);
  if (words.size() > 4) CHECK(std::string(record.at("reason").as_string()) == unquoted(words[4]));
}

}  // namespace wardroom::testing
