#pragma once

#include <catch2/catch.hpp>

#include "common/base/uuid.hpp"
#include "tests/harness/office.hpp"

namespace wardroom::testing {

namespace json = boost::json;

// An office with somebody signed in, and the words that the tests of changing messages need.
struct Conversation {
  Office office;

  struct Somebody {
    Office::Person account;
    std::shared_ptr<TestPeer> peer;
    std::int64_t id() const { return account.id.value; }
  };

  Somebody arrive(const std::string& name, protocol::Role role = protocol::Role::member) {
    Somebody who{office.add_person(name, role), nullptr};
    reconnect(who);
    return who;
  }
  void reconnect(Somebody& who) {
    who.peer = office.connect();
    REQUIRE(office.call(*who.peer, "session.resume", {{"token", who.account.token}}).contains("result"));
  }

  json::object call(Somebody& who, const std::string& method, const json::object& params) {
    auto response = office.call(*who.peer, method, params);
    if (!response.contains("result")) FAIL(method << ": " << json::serialize(response));
    return response["result"].as_object();
  }
  // The reason of the refusal; empty when there was none.
  std::string refusal(Somebody& who, const std::string& method, const json::object& params) {
    const auto response = office.call(*who.peer, method, params);
    if (!response.contains("error")) return {};
    return std::string(response.at("error").at("data").at("code").as_string());
  }

  std::int64_t create(Somebody& who, const std::string& name, const std::string& kind = "public") {
    return call(who, "room.create", {{"name", name}, {"kind", kind}}).at("room").at("id").as_int64();
  }
  std::int64_t post(Somebody& who, std::int64_t room, const std::string& text) {
    const auto id = to_string(make_uuid7(office.clock.now()));
    return call(who, "message.post", {{"room", room}, {"client_id", id}, {"text", text}})
        .at("seq")
        .as_int64();
  }

  // What the log says of the type: the lines, oldest first.
  std::vector<std::string> records(const std::string& type) {
    auto db = office.open_database();
    auto row = db->query("SELECT line FROM audit_records WHERE type = ? ORDER BY idx", type);
    std::vector<std::string> lines;
    while (row.step()) lines.push_back(row.get<std::string>(0));
    return lines;
  }
};

}  // namespace wardroom::testing
