#pragma once

#include <catch2/catch.hpp>

#include "server/store/database.hpp"
#include "server/store/messages.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"
#include "tests/harness/temp_dir.hpp"

namespace wardroom::testing {

// A database with the public room 1, of which the person 1 is a moderator.
struct RoomFixture {
  TempDir dir;
  std::unique_ptr<sqlite::Connection> db;

  RoomFixture() {
    auto opened = store::open_database(dir.path() / "wardroom.db");
    REQUIRE(opened);
    db = std::move(*opened);
    REQUIRE(add_person("ada") == UserId{1});
    store::insert_room(*db, {"ops", "ops", std::nullopt, protocol::RoomKind::public_, {}, UserId{1}},
                       from_unix_ms(1));
    store::insert_member(*db, RoomId{1}, UserId{1}, protocol::RoomRole::moderator, from_unix_ms(1));
  }

  UserId add_person(const std::string& name) {
    const auto id = store::insert_user(*db, {name, name, protocol::Role::member, {}, false}, from_unix_ms(1));
    REQUIRE(id);
    return *id;
  }

  Seq post(const std::string& text, UserId author = UserId{1}, TimePoint at = from_unix_ms(1)) {
    return store::insert_message(*db, {RoomId{1}, author, make_uuid7(at), at, text, {}}).seq;
  }
};

}  // namespace wardroom::testing
