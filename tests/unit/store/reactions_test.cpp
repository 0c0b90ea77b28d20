#include "server/store/reactions.hpp"

#include <catch2/catch.hpp>

#include "protocol/codec.hpp"
#include "tests/unit/store/room_fixture.hpp"

using namespace wardroom;

namespace {

struct ReactionsFixture : testing::RoomFixture {
  UserId ada{1};
  UserId bob = add_person("bob");
  Seq seq = post("hello");

  void react(UserId user, std::string_view emoji) {
    store::insert_reaction(*db, {RoomId{1}, seq, emoji, user}, from_unix_ms(1));
  }
  void take_back(UserId user, std::string_view emoji) {
    store::delete_reaction(*db, {RoomId{1}, seq, emoji, user}, from_unix_ms(1));
  }
  std::string reactions() { return protocol::encode(store::load_reactions(*db, RoomId{1}, seq)); }
};

}  // namespace

TEST_CASE("emoji and people stand in the order in which they came") {
  ReactionsFixture f;
  f.react(f.bob, "b");
  f.react(f.bob, "a");
  f.react(f.ada, "b");
  CHECK(f.reactions() == R"([{"emoji":"b","users":[2,1]},{"emoji":"a","users":[2]}])");
  CHECK(store::count_emoji(*f.db, RoomId{1}, f.seq) == 2);
  CHECK(store::has_emoji(*f.db, RoomId{1}, f.seq, "a"));
  CHECK_FALSE(store::has_emoji(*f.db, RoomId{1}, f.seq, "c"));
}

TEST_CASE("an emoji keeps its place as long as anybody's reaction stands") {
  ReactionsFixture f;
  f.react(f.bob, "b");
  f.react(f.bob, "a");
  f.react(f.ada, "b");
  f.take_back(f.bob, "b");
  CHECK(f.reactions() == R"([{"emoji":"b","users":[1]},{"emoji":"a","users":[2]}])");
  // Once the last one is gone, it comes back.
  f.take_back(f.ada, "b");
  f.react(f.ada, "b");
  CHECK(f.reactions() == R"([{"emoji":"a","users":[2]},{"emoji":"b","users":[1]}])");
}

TEST_CASE("history shows the reactions of what changed, and none on a tombstone") {
  ReactionsFixture f;
  f.react(f.bob, "b");
  CHECK(store::load_newest(*f.db, RoomId{1}, 10).messages.at(0).reactions);
  f.db->run("UPDATE messages SET deleted = 1 WHERE seq = ?", f.seq);
  CHECK_FALSE(store::load_newest(*f.db, RoomId{1}, 10).messages.at(0).reactions);
}
