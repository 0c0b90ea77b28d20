#include "tests/unit/privacy/ground.hpp"

using namespace wardroom;
using namespace wardroom::testing;

TEST_CASE("an administrator reads a direct room only with a reason, and the record has the query") {
  PrivacyGround ground;
  const auto direct = ground.ask(*ground.bob, "direct.open", {{"users", {ground.ids["carol"]}}})
                          .at("room")
                          .at("id")
                          .as_int64();
  const auto seq = ground.post(*ground.bob, direct, "between us");
  CHECK(ground.refused(*ground.ada, "message.history", {{"room", direct}}) == "not_found");
  CHECK(ground.refused(*ground.ada, "admin.access_private_room", {{"room", direct}, {"reason", " "}}) ==
        "params");
  CHECK(ground.count("SELECT count(*) FROM audit_records WHERE type = 'access.private_room_read'") == 0);
  const auto shown =
      ground.ask(*ground.ada, "admin.access_private_room", because({{"room", direct}, {"around", seq}}));
  CHECK(shown.at("messages").at(0).at("text") == "between us");
  CHECK(shown.at("room").at("users").as_array().size() == 2);
  CHECK(shown.at("users").at(0).at("name") == "bob");
  const auto line = boost::json::parse(ground.newest_line("access.private_room_read"));
  CHECK(line.at("reason") == "it is the law");
  CHECK(line.at("room") == direct);
  CHECK(line.at("after").at("around") == seq);
  CHECK(line.at("after").at("messages") == 1);
  CHECK(ground.newest_line("access.private_room_read").find("between us") == std::string::npos);
}

TEST_CASE("the audited access is for closed rooms that one isn't in") {
  PrivacyGround ground;
  const auto own = ground.ask(*ground.ada, "room.create", {{"name", "board"}, {"kind", "private"}})
                       .at("room")
                       .at("id")
                       .as_int64();
  CHECK(ground.refused(*ground.ada, "admin.access_private_room", because({{"room", ground.room}})) ==
        "public_room");
  CHECK(ground.refused(*ground.ada, "admin.access_private_room", because({{"room", own}})) == "member");
  CHECK(ground.refused(*ground.mo, "admin.access_private_room", because({{"room", own}})) == "role");
}

TEST_CASE("who took a private room over reads what was written before with a reason, and on record") {
  PrivacyGround ground;
  const auto board = ground.ask(*ground.bob, "room.create", {{"name", "board"}, {"kind", "private"}})
                         .at("room")
                         .at("id")
                         .as_int64();
  ground.ask(*ground.bob, "room.add_member", {{"room", board}, {"user", ground.ids["carol"]}});
  const auto seq = ground.post(*ground.bob, board, "before");
  ground.ask(*ground.ada, "admin.user_offboard",
             because({{"user", ground.ids["bob"]}, {"successor", ground.ids["ada"]}}));
  CHECK(ground.ask(*ground.ada, "message.history", {{"room", board}}).at("messages").as_array().empty());
  const auto shown =
      ground.ask(*ground.ada, "admin.access_private_room", because({{"room", board}, {"around", seq}}));
  CHECK(shown.at("messages").at(0).at("text") == "before");
  CHECK(ground.count("SELECT count(*) FROM audit_records WHERE type = 'access.private_room_read'") == 1);
}

TEST_CASE("when its record can't be written, nothing of the room is shown") {
  PrivacyGround ground;
  const auto board = ground.ask(*ground.bob, "room.create", {{"name", "board"}, {"kind", "private"}})
                         .at("room")
                         .at("id")
                         .as_int64();
  REQUIRE(ground.office.open_database()->run_script(
      "CREATE TRIGGER broken BEFORE INSERT ON audit_records WHEN new.type = 'access.private_room_read'"
      " BEGIN SELECT RAISE (ABORT, 'broken'); END"));
  CHECK(ground.refused(*ground.ada, "admin.access_private_room", because({{"room", board}})) == "database");
}
