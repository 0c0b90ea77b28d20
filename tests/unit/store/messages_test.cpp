#include "server/store/messages.hpp"

#include <catch2/catch.hpp>

#include "server/store/database.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;

namespace {

struct Fixture {
  testing::TempDir dir;
  std::unique_ptr<sqlite::Connection> db;

  Fixture() {
    auto opened = store::open_database(dir.path() / "wardroom.db");
    REQUIRE(opened);
    db = std::move(*opened);
    const auto ada =
        store::insert_user(*db, {"ada", "Ada", protocol::Role::member, {}, false}, from_unix_ms(1));
    store::insert_room(*db, {"ops", "ops", std::nullopt, protocol::RoomKind::public_, {}, *ada},
                       from_unix_ms(1));
    store::insert_member(*db, RoomId{1}, *ada, protocol::RoomRole::moderator, from_unix_ms(1));
  }

  Seq post(const std::string& text) {
    return store::insert_message(
               *db, {RoomId{1}, UserId{1}, make_uuid7(from_unix_ms(1)), from_unix_ms(1), text, {}})
        .seq;
  }
};

std::vector<std::int64_t> seqs(const std::vector<protocol::Message>& messages) {
  std::vector<std::int64_t> numbers;
  for (const auto& message : messages) numbers.push_back(message.seq.value);
  return numbers;
}

using Numbers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("pages say exactly where a room goes on") {
  Fixture f;
  for (int i = 1; i <= 10; ++i) f.post("m" + std::to_string(i));
  const auto newest = store::load_newest(*f.db, RoomId{1}, 4);
  CHECK(seqs(newest.messages) == Numbers{7, 8, 9, 10});
  CHECK((newest.more.before && !newest.more.after));
  const auto before = store::load_before(*f.db, RoomId{1}, Seq{4}, 5);
  CHECK(seqs(before.messages) == Numbers{1, 2, 3});
  CHECK((!before.more.before && before.more.after));
  const auto after = store::load_after(*f.db, RoomId{1}, Seq{8}, 5);
  CHECK(seqs(after.messages) == Numbers{9, 10});
  CHECK((after.more.before && !after.more.after));
  const auto around = store::load_around(*f.db, RoomId{1}, Seq{5}, 4);
  CHECK(seqs(around.messages) == Numbers{3, 4, 5, 6});
  CHECK((around.more.before && around.more.after));
  const auto nothing = store::load_after(*f.db, RoomId{1}, Seq{10}, 5);
  CHECK(nothing.messages.empty());
  CHECK((nothing.more.before && !nothing.more.after));
}

TEST_CASE("changes come in the order in which they happened, edited messages too") {
  Fixture f;
  for (int i = 1; i <= 3; ++i) f.post("m" + std::to_string(i));
  // An edit of message 1 takes the room's next number.
  const Seq edit = store::take_seq(*f.db, RoomId{1});
  f.db->run("UPDATE messages SET text = 'edited', changed = ? WHERE room_id = 1 AND seq = 1", edit);
  f.post("m5");
  CHECK(seqs(store::load_changes(*f.db, RoomId{1}, Seq{2}, 10)) == Numbers{3, 1, 5});
  CHECK(seqs(store::load_changes(*f.db, RoomId{1}, Seq{4}, 10)) == Numbers{5});
  CHECK(seqs(store::load_changes(*f.db, RoomId{1}, Seq{0}, 2)) == Numbers{2, 3});
}

TEST_CASE("a marker counts what is read, never goes back, and never passes the room") {
  Fixture f;
  f.post("m1");
  store::take_seq(*f.db, RoomId{1});  // an event that isn't a message
  f.post("m3");
  const auto at_event = store::move_marker(*f.db, RoomId{1}, UserId{1}, Seq{2});
  REQUIRE(at_event);
  CHECK(at_event->count == 1);
  const auto beyond = store::move_marker(*f.db, RoomId{1}, UserId{1}, Seq{99});
  REQUIRE(beyond);
  CHECK(beyond->seq == Seq{3});
  CHECK(beyond->count == 2);
  CHECK_FALSE(store::move_marker(*f.db, RoomId{1}, UserId{1}, Seq{1}));
}

TEST_CASE("a name with a wildcard in it finds itself only") {
  Fixture f;
  store::insert_user(*f.db, {"a_b", "A_B", protocol::Role::member, {}, false}, from_unix_ms(1));
  store::insert_user(*f.db, {"axb", "AXB", protocol::Role::member, {}, false}, from_unix_ms(1));
  CHECK(store::load_directory(*f.db, "a_b", "", 10).size() == 1);
  CHECK(store::load_directory(*f.db, "%", "", 10).empty());
}
