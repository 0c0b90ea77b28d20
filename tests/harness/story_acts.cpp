#include <algorithm>

#include <catch2/catch.hpp>

#include "common/base/uuid.hpp"
#include "protocol/json_rpc.hpp"
#include "tests/harness/story.hpp"

namespace wardroom::testing {

namespace json = boost::json;

void Story::act(Person& who, Words words) {
  REQUIRE(who.peer);
  std::vector<std::string> failure;
  if (const auto bang = std::find(words.begin(), words.end(), "!"); bang != words.end()) {
    failure.assign(bang + 1, words.end());
    words.erase(bang, words.end());
  }
  const auto [method, params] = to_call(who, words);
  auto response = office_.call(*who.peer, method, params);
  if (failure.empty()) {
    if (!response.contains("result")) FAIL(method << " failed: " << json::serialize(response));
    return remember(who, words, method, response["result"].as_object());
  }
  if (!response.contains("error")) FAIL(method << " succeeded: " << json::serialize(response));
  const auto incoming = protocol::parse_incoming(json::serialize(response));
  CHECK(std::string(to_string(incoming->error->code)) == failure[0]);
  if (failure.size() > 1) CHECK(incoming->error->reason == failure[1]);
}

Story::Call Story::to_call(Person& who, const Words& w) {
  const std::string& verb = w.at(0);
  if (verb.find('.') != std::string::npos)
    return {verb, w.size() > 1 ? json::parse(with_codes(who, with_ids(w[1]))).as_object() : json::object()};
  if (verb == "create")
    return {"room.create", {{"name", w.at(1).substr(1)}, {"kind", w.size() > 2 ? w[2] : "public"}}};
  if (verb == "join" || verb == "leave") return {"room." + verb, {{"room", room(w.at(1))}}};
  if (verb == "add")
    return {"room.add_member", {{"room", room(w.at(1))}, {"user", person(w.at(2)).account.id.value}}};
  if (verb == "accept" || verb == "decline" || verb == "end")
    return {"direct." + verb, {{"room", room(w.at(1))}}};
  if (verb == "topic") return {"room.update", {{"room", room(w.at(1))}, {"topic", unquoted(w.at(2))}}};
  if (verb == "name") return {"room.update", {{"room", room(w.at(1))}, {"name", w.at(2).substr(1)}}};
  if (verb == "typing") return {"typing.send", {{"room", room(w.at(1))}}};
  if (verb == "presence")
    return {"presence.set", {{"state", w.at(1)}, {"text", w.size() > 2 ? unquoted(w[2]) : ""}}};
  if (verb == "mark") return {"marker.set", {{"room", room(w.at(1))}, {"seq", 1'000'000}}};
  if (verb == "disable")
    return {"admin.user_disable",
            {{"user", person(w.at(1)).account.id.value}, {"reason", unquoted(w.at(2))}}};
  if (verb == "enable") return {"admin.user_enable", {{"user", person(w.at(1)).account.id.value}}};
  if (verb == "role")
    return {"admin.user_update", {{"user", person(w.at(1)).account.id.value}, {"role", w.at(2)}}};
  if (verb == "again") return {"message.post", who.last_post};
  if (verb == "post" || verb == "reply" || verb == "answer") {
    who.last_post = {{"room", room(w.at(1))},
                     {"client_id", to_string(make_uuid7(office_.clock.now()))},
                     {"text", unquoted(w.back())}};
    if (verb == "reply") who.last_post["reply_to"] = message(w.at(1), w.at(2));
    if (verb == "answer") who.last_post["thread"] = message(w.at(1), w.at(2));
    return {"message.post", who.last_post};
  }
  if (auto call = to_message_call(w)) return *call;
  if (auto call = to_moderation_call(w)) return *call;
  if (auto call = to_people_call(w)) return *call;
  json::array users;
  for (std::size_t i = 1; i < w.size(); ++i) users.emplace_back(person(w[i]).account.id.value);
  if (verb == "direct") return {"direct.open", {{"users", users}}};
  if (verb == "watch") return {"presence.watch", {{"users", users}}};
  FAIL("nobody knows how to " << verb);
  return {};
}

// What is done to messages that are there.
std::optional<Story::Call> Story::to_message_call(const Words& w) {
  const std::string& verb = w.at(0);
  const auto named = [&](json::object more) {
    more["room"] = room(w.at(1));
    more["seq"] = message(w.at(1), w.at(2));
    return more;
  };
  if (verb == "edit") return Call{"message.edit", named({{"text", unquoted(w.at(3))}})};
  if (verb == "delete" || verb == "restore") {
    auto params = named({});
    if (w.size() > 3) params["reason"] = unquoted(w[3]);
    return Call{"message." + verb, std::move(params)};
  }
  if (verb == "react" || verb == "unreact")
    return Call{"message.react", named({{"emoji", unquoted(w.at(3))}, {"on", verb == "react"}})};
  if (verb == "pin" || verb == "unpin") return Call{"message.pin", named({{"on", verb == "pin"}})};
  if (verb == "versions") return Call{"message.versions", named({})};
  return std::nullopt;
}

void Story::remember(Person& who, const Words& w, const std::string& method, const json::object& result) {
  remember_sign_in(who, method, result);
  remember_people(who, w, method, result);
  if (method == "room.create") rooms_[w[1]] = result.at("room").at("id").as_int64();
  if (method == "room.update" && w[0] == "name") rooms_[w[2]] = room(w[1]);
  if (method == "direct.open") {
    std::string name = "@";
    for (std::size_t i = 1; i < w.size(); ++i) name += (i > 1 ? "+" : "") + w[i];
    rooms_[name] = result.at("room").at("id").as_int64();
  }
  if (method == "room.create" || method == "room.join" || method == "direct.open")
    who.known[std::to_string(result.at("room").at("id").as_int64())] = result.at("room").at("seq").as_int64();
  if (method == "message.post" && (w[0] == "post" || w[0] == "reply" || w[0] == "answer")) {
    who.first_answer = result;
    messages_[{room(w[1]), unquoted(w.back())}] = result.at("seq").as_int64();
  }
  if (method == "moderation.report" && w[0] == "report")
    reports_[unquoted(w[2])] = result.at("report").as_int64();
  if (method == "message.post" && w[0] == "again")
    CHECK(json::serialize(result) == json::serialize(who.first_answer));
}

}  // namespace wardroom::testing
