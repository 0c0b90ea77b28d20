#include "tests/unit/privacy/ground.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

using FoundTexts = std::vector<std::string>;

struct ClosedRooms : PrivacyGround {
  std::int64_t board = new_room(*bob, "board"), own = new_room(*ada, "office");
  std::int64_t direct = ask(*bob, "direct.open", {{"users", {ids["carol"]}}}).at("room").at("id").as_int64();

  ClosedRooms() {
    post(*bob, board, "the invoice was paid twice");
    post(*bob, direct, "that invoice stays between us");
    post(*bob, room, "an invoice in public");
    post(*ada, own, "my own invoice");
    office.index_messages();
  }
  std::int64_t new_room(TestPeer& who, const std::string& name) {
    return ask(who, "room.create", {{"name", name}, {"kind", "private"}}).at("room").at("id").as_int64();
  }
  FoundTexts texts(const object& params) {
    FoundTexts found;
    const auto result = ask(*ada, "admin.search_private_rooms", because(params));
    for (const auto& hit : result.at("hits").as_array())
      found.emplace_back(hit.at("message").at("text").as_string());
    return found;
  }
};

}  // namespace

TEST_CASE("an administrator searches closed rooms of others with a reason, and the record has the query") {
  ClosedRooms ground;
  CHECK(ground.refused(*ground.ada, "admin.search_private_rooms", {{"query", "invoice"}, {"reason", " "}}) ==
        "params");
  CHECK(ground.count("SELECT count(*) FROM audit_records WHERE type = 'access.admin_search'") == 0);
  CHECK(ground.texts({{"query", "invoice"}}) ==
        FoundTexts{"that invoice stays between us", "the invoice was paid twice"});
  const auto line = boost::json::parse(ground.newest_line("access.admin_search"));
  CHECK(line.at("reason") == "it is the law");
  CHECK(line.at("after").at("query") == "invoice");
  CHECK(line.at("after").at("hits") == 2);
  CHECK(line.at("after").at("rooms").as_array().size() == 2);
  CHECK(ground.newest_line("access.admin_search").find("between us") == std::string::npos);

  CHECK(ground.texts({{"query", "invoice"}, {"room", ground.board}}) ==
        FoundTexts{"the invoice was paid twice"});
  CHECK(boost::json::parse(ground.newest_line("access.admin_search")).at("room") == ground.board);
  CHECK(ground.texts({{"query", "invoice is:direct"}}) == FoundTexts{"that invoice stays between us"});
  CHECK(ground.texts({{"query", "invoice from:carol"}}).empty());
}

TEST_CASE("where one is, or may come in, one searches as everybody does, and others have no such search") {
  ClosedRooms ground;
  for (const auto room : {ground.room, ground.own})
    CHECK(ground.refused(*ground.ada, "admin.search_private_rooms",
                         because({{"query", "invoice"}, {"room", room}})) == "not_found");
  CHECK(ground.refused(*ground.bob, "admin.search_private_rooms", because({{"query", "invoice"}})) == "role");
  CHECK(ground.refused(*ground.mo, "admin.search_private_rooms", because({{"query", "invoice"}})) == "role");
}

TEST_CASE("a search that finds nothing is on record, too") {
  ClosedRooms ground;
  CHECK(ground.texts({{"query", "zeppelin"}}).empty());
  const auto line = boost::json::parse(ground.newest_line("access.admin_search"));
  CHECK(line.at("after").at("hits") == 0);
  CHECK(line.at("after").at("rooms").as_array().empty());
}

TEST_CASE("when its record can't be written, a search of closed rooms shows nothing") {
  ClosedRooms ground;
  REQUIRE(ground.office.open_database()->run_script(
      "CREATE TRIGGER broken BEFORE INSERT ON audit_records WHEN new.type = 'access.admin_search'"
      " BEGIN SELECT RAISE (ABORT, 'broken'); END"));
  CHECK(ground.refused(*ground.ada, "admin.search_private_rooms", because({{"query", "invoice"}})) ==
        "database");
}
