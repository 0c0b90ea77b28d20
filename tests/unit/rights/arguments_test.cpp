#include <catch2/catch.hpp>

#include "tests/unit/rights/cases.hpp"

// Every method with arguments that are missing, of another type, empty, huge, negative, or about a room that
// the caller isn't in: each gets an answer that names the field, and nothing else happens.
using namespace wardroom;
using namespace wardroom::testing;
using boost::json::object;
using boost::json::value;

namespace {

constexpr Situation kAtHome{.role = protocol::Role::admin, .membership = protocol::RoomRole::moderator};

struct Spoiled {
  std::string how;
  object params;
  std::string field;      // that the answer must name; empty: any answer but `internal` will do
  bool may_work = false;  // the value is odd, not wrong
};

value another_type(const value& v) {
  if (v.is_string()) return object{{"a", 1}};
  if (v.is_array()) return "not a list";
  return "not a number";
}

void spoil_field(const std::string& name, const object& good, std::vector<Spoiled>& all) {
  const auto with = [&](const value& v) {
    object params = good;
    params[name] = v;
    return params;
  };
  object without = good;
  without.erase(name);
  all.push_back({name + " missing", without, {}, true});
  all.push_back({name + " of another type", with(another_type(good.at(name))), "params." + name});
  all.push_back({name + " null", with(nullptr), {}, true});
  if (good.at(name).is_string()) {
    all.push_back({name + " empty", with(""), {}, true});
    all.push_back({name + " huge", with(value(std::string(60'000, 'x'))), {}, true});
    all.push_back({name + " with control characters", with("a\nb\x01"), {}, true});
    all.push_back({name + " turned around",
                   with("abc\xE2\x80\xAE"
                        "cba"),
                   {},
                   true});
  }
  if (good.at(name).is_int64()) {
    for (const std::int64_t odd : {std::int64_t{-1}, std::int64_t{0}, INT64_MAX, INT64_MIN})
      all.push_back({name + " = " + std::to_string(odd), with(odd), {}, true});
    all.push_back({name + " not whole", with(1.5), "params." + name});
  }
  if (good.at(name).is_array()) {
    all.push_back({name + " empty", with(boost::json::array()), {}, true});
    all.push_back({name + " too many", with(boost::json::array(5000, 7)), {}, true});
  }
}

std::vector<Spoiled> spoil(const object& good) {
  std::vector<Spoiled> all;
  for (const auto& [key, unused] : good) spoil_field(std::string(key), good, all);
  object more = good;
  more["no_such_field"] = object{{"deep", boost::json::array(10, 1)}};
  all.push_back({"with a field that nobody knows", more, {}, true});
  if (good.contains("room")) {
    object foreign = good;
    foreign["room"] = 999'999;
    all.push_back({"about a room that isn't there", foreign, {}, true});
  }
  return all;
}

void check_answer(const object& response, const Spoiled& spoiled) {
  INFO(boost::json::serialize(response));
  REQUIRE_FALSE(response.contains("closed"));
  if (!response.contains("error")) {
    CHECK(spoiled.may_work);
    return;
  }
  const auto& error = response.at("error").as_object();
  CHECK(error.at("code") != -32603);
  CHECK_FALSE(error.at("message").as_string().empty());
  if (spoiled.field.empty()) return;
  CHECK(error.at("code") == -32602);
  const auto* field = error.at("data").as_object().if_contains("field");
  REQUIRE(field);
  CHECK(std::string(field->as_string()).starts_with(spoiled.field));
}

}  // namespace

TEST_CASE("bad arguments get an answer that helps, whatever the method") {
  Office office;
  Ground ground(office);
  for (const auto& one : all_cases()) {
    ground.prepare(kAtHome);
    for (const auto& spoiled : spoil(one.params(ground))) {
      INFO(one.method << " " << one.what << ": " << spoiled.how);
      auto peer = office.connect();
      REQUIRE(office.call(*peer, "session.resume", {{"token", ground.caller.token}}).contains("result"));
      check_answer(office.call(*peer, std::string(one.method), spoiled.params), spoiled);
      office.disconnect(peer);
      // Some of them work, and may have ended the session or the room.
      ground.prepare(kAtHome);
    }
  }
}

TEST_CASE("what isn't an object of parameters is refused before anything is looked at") {
  Office office;
  Ground ground(office);
  ground.prepare(kAtHome);
  for (const auto& one : all_cases())
    for (const std::string body : {"[]", "7", "\"text\"", "null", "{", "{\"a\":1}{", "\xFF\xFE"}) {
      INFO(one.method << " with " << body);
      const auto answer = office.post(std::string(one.method), body, ground.caller.token);
      CHECK(answer.at("status") == 400);
    }
}
