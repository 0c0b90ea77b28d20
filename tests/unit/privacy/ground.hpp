#pragma once

#include <catch2/catch.hpp>

#include "common/base/uuid.hpp"
#include "common/evidence/database_check.hpp"
#include "server/store/database.hpp"
#include "tests/harness/office.hpp"

namespace wardroom::testing {

using boost::json::object;

// Ada administers, Bob and Carol talk in a room; Mo moderates the office.
struct PrivacyGround {
  PrivacyGround() : ada(enter("ada", protocol::Role::admin)), bob(enter("bob")), carol(enter("carol")) {
    mo = enter("mo", protocol::Role::moderator);
    room = make_room("ops");
  }

  std::shared_ptr<TestPeer> enter(const std::string& name, protocol::Role role = protocol::Role::member) {
    auto peer = office.connect();
    const auto person = office.add_person(name, role);
    ids[name] = person.id.value;
    // The clock goes on for longer than a session lasts.
    office.open_database()->run("UPDATE sessions SET expires_at = expires_at + 31536000000");
    ask(*peer, "session.resume", {{"token", person.token}});
    return peer;
  }
  std::int64_t make_room(const std::string& name) {
    const auto id =
        ask(*bob, "room.create", {{"name", name}, {"kind", "public"}}).at("room").at("id").as_int64();
    ask(*carol, "room.join", {{"room", id}});
    return id;
  }
  object ask(TestPeer& peer, const std::string& method, const object& params) {
    auto response = office.call(peer, method, params);
    if (!response.contains("result")) FAIL(method << ": " << boost::json::serialize(response));
    return response["result"].as_object();
  }
  std::string refused(TestPeer& peer, const std::string& method, const object& params) {
    auto response = office.call(peer, method, params);
    if (!response.contains("error")) FAIL(method << " wasn't refused: " << boost::json::serialize(response));
    return std::string(response["error"].at("data").at("code").as_string());
  }
  std::int64_t post(TestPeer& peer, std::int64_t where, const std::string& text) {
    return ask(peer, "message.post",
               {{"room", where}, {"client_id", to_string(make_uuid7(office.clock.now()))}, {"text", text}})
        .at("seq")
        .as_int64();
  }
  std::int64_t count(sqlite::Sql sql) { return office.open_database()->find<std::int64_t>(sql).value_or(-1); }
  std::string newest_line(std::string_view type) {
    return office.open_database()
        ->find<std::string>("SELECT line FROM audit_records WHERE type = ? ORDER BY idx DESC LIMIT 1", type)
        .value_or("");
  }
  // The database is whole and its audit log holds.
  void check_sound() {
    auto db = office.open_database();
    const auto sound = store::check_database(*db);
    INFO((sound ? "" : sound.error().message));
    CHECK(sound);
    const auto log = evidence::check_database(*db, {});
    REQUIRE(log);
    INFO((log->findings.empty() ? "" : log->findings.front()));
    CHECK(log->is_sound());
  }
  object my_room(TestPeer& peer, std::int64_t id) {
    const auto listed = ask(peer, "room.list", {});
    for (const auto& mine : listed.at("rooms").as_array())
      if (mine.at("id") == id) return mine.as_object();
    FAIL("not in the room");
    return {};
  }
  std::int64_t unread(TestPeer& peer, std::int64_t id) {
    const auto mine = my_room(peer, id);
    return mine.at("count").as_int64() - mine.at("marker").at("count").as_int64();
  }

  Office office;
  std::map<std::string, std::int64_t> ids;
  std::shared_ptr<TestPeer> ada, bob, carol, mo;
  std::int64_t room = 0;
};

inline object because(object more) {
  more["reason"] = "it is the law";
  return more;
}

}  // namespace wardroom::testing
