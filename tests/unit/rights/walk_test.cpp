#include <catch2/catch.hpp>

#include "server/commands/command_table.hpp"
#include "tests/unit/rights/cases.hpp"

// Every method × every role × every kind of room × every way to be in it, over WebSocket and HTTP: what the
// server does is what the tables of domain/rights say.
using namespace wardroom;
using namespace wardroom::testing;
using protocol::Role;
using protocol::RoomKind;
using protocol::RoomRole;

namespace {

constexpr Role kRoles[] = {Role::guest, Role::member, Role::moderator, Role::auditor, Role::admin};

std::string text_at(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

// Both transports say the same in their own form: the reason of an error, or its name where it has none.
std::optional<std::string> refusal_of(const Result<void>& rule) {
  if (rule) return std::nullopt;
  return rule.error().reason.empty() ? std::string(to_string(rule.error().code)) : rule.error().reason;
}

std::optional<std::string> call_web_socket(Ground& ground, const Case& one) {
  Office& office = ground.office();
  auto peer = office.connect();
  const auto resumed = office.call(*peer, "session.resume", {{"token", ground.caller.token}});
  REQUIRE(resumed.contains("result"));
  const auto response = office.call(*peer, std::string(one.method), one.params(ground));
  office.disconnect(peer);
  if (!response.contains("error")) return std::nullopt;
  UNSCOPED_INFO(boost::json::serialize(response));
  return text_at(response.at("error").at("data").as_object(), "code");
}

std::optional<std::string> call_http(Ground& ground, const Case& one) {
  const auto response = ground.office().post(std::string(one.method),
                                             boost::json::serialize(one.params(ground)), ground.caller.token);
  if (response.at("status") == 200) return std::nullopt;
  UNSCOPED_INFO(boost::json::serialize(response));
  return text_at(response, "code");
}

// Refusals for what the person is, of which one a method must stand in the log.
bool is_denial(const std::string& code) {
  static const std::set<std::string> kAll{"role",       "outranked",  "not_a_moderator", "not_a_member",
                                          "not_author", "last_admin", "last_moderator"};
  return kAll.contains(code);
}

// Nothing: the call is allowed.
std::optional<std::string> expected_of(const Ground& ground, const Case& one,
                                       const commands::Command& command) {
  if (one.rule) return refusal_of(one.rule(ground));
  if (command.right)
    if (const auto rule = ground.rule(*command.right); !rule) return refusal_of(rule);
  return command.act ? refusal_of(ground.rule(*command.act)) : std::nullopt;
}

void check(Ground& ground, const Situation& situation, const Case& one, std::set<std::string>& denied) {
  const auto* command = commands::find_command(one.method);
  REQUIRE(command);
  for (const bool http : {false, true}) {
    // The doors are the same code; what the room's state forbids is walked through one of them.
    if (http && situation.state != RoomState::normal) continue;
    ground.prepare(situation);
    INFO(one.method << " " << one.what << " by " << describe(situation) << (http ? ", HTTP" : ", WebSocket"));
    const auto expected = expected_of(ground, one, *command);
    auto got = http ? call_http(ground, one) : call_web_socket(ground, one);
    if (http && command->door == commands::Door::socket) {
      CHECK(got == "websocket_only");
      continue;
    }
    // Of a room; a person who isn't known is nobody's denial.
    const bool is_unknown = command->act && got == "not_found" && expected == got;
    if (got && (is_unknown || is_denial(*got))) denied.insert(std::string(one.method));
    if (got && one.passed_with.contains(*got)) got.reset();
    CHECK(got.value_or("allowed") == expected.value_or("allowed"));
  }
}

// Rooms matter to a case when its row or its rule asks for one.
bool is_about_rooms(const Case& one) {
  return one.rule || commands::find_command(one.method)->act;
}

std::vector<Situation> situations(Role role) {
  std::vector<Situation> all;
  for (const RoomKind kind : {RoomKind::public_, RoomKind::private_})
    for (const std::optional<RoomRole> in :
         {std::optional<RoomRole>(), std::optional(RoomRole::member), std::optional(RoomRole::moderator)})
      for (const RoomState state :
           {RoomState::normal, RoomState::archived, RoomState::locked, RoomState::muted})
        all.push_back({role, kind, in, state});
  for (const std::optional<RoomRole> in : {std::optional<RoomRole>(), std::optional(RoomRole::member)})
    for (const RoomState state :
         {RoomState::normal, RoomState::requested, RoomState::ended, RoomState::muted})
      all.push_back({role, RoomKind::direct, in, state});
  return all;
}

void walk(Role role) {
  Office office;
  Ground ground(office);
  std::set<std::string> denied;
  for (const auto& one : all_cases()) {
    if (!is_about_rooms(one)) {
      check(ground, {.role = role, .membership = RoomRole::member}, one, denied);
      continue;
    }
    for (const auto& situation : situations(role)) check(ground, situation, one, denied);
  }
  office.settle();
  for (const auto& method : denied) {
    INFO(method);
    CHECK(ground.db().find<std::int64_t>(
        "SELECT 1 FROM audit_records WHERE type = 'access.denied' AND instr(line, ?) LIMIT 1",
        "\"target\":{\"type\":\"method\",\"name\":\"" + method + "\"}"));
  }
}

}  // namespace

TEST_CASE("every method is walked, or says why not") {
  std::set<std::string_view> known;
  for (const auto& one : all_cases()) known.insert(one.method);
  for (const auto& exempt : kExempt) {
    INFO(exempt.method);
    CHECK(commands::find_command(exempt.method));
    CHECK(known.insert(exempt.method).second);
  }
  for (const auto& command : commands::command_table()) {
    INFO(command.method);
    CHECK(known.contains(command.method));
  }
}

TEST_CASE("the walk of a guest") {
  walk(kRoles[0]);
}
TEST_CASE("the walk of a member") {
  walk(kRoles[1]);
}
TEST_CASE("the walk of a moderator") {
  walk(kRoles[2]);
}
TEST_CASE("the walk of an auditor") {
  walk(kRoles[3]);
}
TEST_CASE("the walk of an administrator") {
  walk(kRoles[4]);
}
