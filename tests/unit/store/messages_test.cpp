#include "server/store/messages.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/store/room_fixture.hpp"

using namespace wardroom;

namespace {

std::vector<std::int64_t> seqs(const std::vector<protocol::Message>& messages) {
  std::vector<std::int64_t> numbers;
  for (const auto& message : messages) numbers.push_back(message.seq.value);
  return numbers;
}

using Numbers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("pages say exactly where a room goes on") {
  testing::RoomFixture f;
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
  testing::RoomFixture f;
  for (int i = 1; i <= 3; ++i) f.post("m" + std::to_string(i));
  // An edit of message 1 takes the room's next number.
  const Seq edit = store::take_seq(*f.db, RoomId{1});
  f.db->run("UPDATE messages SET text = 'edited', changed = ? WHERE room_id = 1 AND seq = 1", edit);
  f.post("m5");
  CHECK(seqs(store::load_changes(*f.db, RoomId{1}, Seq{2}, 10)) == Numbers{3, 1, 5});
  CHECK(seqs(store::load_changes(*f.db, RoomId{1}, Seq{4}, 10)) == Numbers{5});
  CHECK(seqs(store::load_changes(*f.db, RoomId{1}, Seq{0}, 2)) == Numbers{2, 3});
}

TEST_CASE("an author's last message is found with its time, those of others and of other rooms are not") {
  testing::RoomFixture f;
  const UserId bob = f.add_person("bob");
  CHECK_FALSE(store::find_last_post(*f.db, RoomId{1}, bob));
  f.post("one", bob, from_unix_ms(1000));
  f.post("two", bob, from_unix_ms(2000));
  f.post("three", UserId{1}, from_unix_ms(3000));
  CHECK(store::find_last_post(*f.db, RoomId{1}, bob) == from_unix_ms(2000));
  CHECK_FALSE(store::find_last_post(*f.db, RoomId{2}, bob));
}

TEST_CASE("pins are counted and listed, the newest pin first") {
  testing::RoomFixture f;
  const Seq one = f.post("one");
  const Seq two = f.post("two");
  store::update_pin(*f.db, RoomId{1}, two, true);
  store::update_pin(*f.db, RoomId{1}, one, true);
  CHECK(store::count_pins(*f.db, RoomId{1}) == 2);
  CHECK(seqs(store::load_pinned(*f.db, RoomId{1})) == Numbers{1, 2});
  store::update_pin(*f.db, RoomId{1}, one, false);
  CHECK(seqs(store::load_pinned(*f.db, RoomId{1})) == Numbers{2});
  // Each took a number of the room, and the messages are among the changes.
  CHECK(seqs(store::load_changes(*f.db, RoomId{1}, Seq{2}, 10)) == Numbers{2, 1});
}

TEST_CASE("a marker counts what is read, never goes back, and never passes the room") {
  testing::RoomFixture f;
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

TEST_CASE("a marker that is set back counts as unread what comes after it, and nothing that isn't shown") {
  testing::RoomFixture f;
  f.post("m1");
  f.post("m2");
  f.post("m3");
  REQUIRE(store::move_marker(*f.db, RoomId{1}, UserId{1}, Seq{3}));
  CHECK_FALSE(store::move_marker_back(*f.db, RoomId{1}, UserId{1}, Seq{3}));
  const auto back = store::move_marker_back(*f.db, RoomId{1}, UserId{1}, Seq{2});
  REQUIRE(back);
  CHECK(back->seq == Seq{2});
  CHECK(back->count == 2);
  store::show_member_after(*f.db, RoomId{1}, UserId{1}, Seq{1});
  const auto shown = store::move_marker_back(*f.db, RoomId{1}, UserId{1}, Seq{0});
  REQUIRE(shown);
  CHECK(shown->seq == Seq{1});
  CHECK(shown->count == 1);
}

TEST_CASE(
    "what becomes of a message is told only to those to whom it is shown, also where the room's history is "
    "open") {
  testing::RoomFixture f;
  f.post("m1");
  f.post("m2");
  CHECK_FALSE(store::load_readers(*f.db, RoomId{1}, Seq{1}));  // to everybody
  store::show_member_after(*f.db, RoomId{1}, UserId{1}, Seq{1});
  const auto readers = store::load_readers(*f.db, RoomId{1}, Seq{1});
  REQUIRE(readers);
  CHECK(std::ranges::find(*readers, UserId{1}) == readers->end());
  CHECK_FALSE(store::load_readers(*f.db, RoomId{1}, Seq{2}));
}

TEST_CASE("a name with a wildcard in it finds itself only") {
  testing::RoomFixture f;
  store::insert_user(*f.db, {"a_b", "A_B", protocol::Role::member, {}, false}, from_unix_ms(1));
  store::insert_user(*f.db, {"axb", "AXB", protocol::Role::member, {}, false}, from_unix_ms(1));
  CHECK(store::load_directory(*f.db, "a_b", "", 10).size() == 1);
  CHECK(store::load_directory(*f.db, "%", "", 10).empty());
}

TEST_CASE(
    "a person is found by their name without its accents, and with them, by members and by the console") {
  testing::RoomFixture f;
  store::insert_user(*f.db, {"dieter", "Dieter Müller", protocol::Role::member, {}, false}, from_unix_ms(1));
  store::insert_user(*f.db, {"lodz", "Łódź Ośrodek", protocol::Role::member, {}, false}, from_unix_ms(1));
  for (const char* query : {"muller", "Müller", "MU\u0308LLER", "mull", "dieter m"}) {
    INFO(query);
    REQUIRE(store::load_directory(*f.db, query, "", 10).size() == 1);
    protocol::AdminUserList::Params filter;
    filter.query = query;
    const auto accounts = store::load_accounts(*f.db, filter, 10);
    REQUIRE(accounts.size() == 1);
    CHECK(accounts[0].name == "dieter");
    CHECK(store::count_accounts(*f.db, filter) == 1);
  }
  CHECK(store::load_directory(*f.db, "osr", "", 10).size() == 1);
  CHECK(store::load_directory(*f.db, "uller", "", 10).empty());
}
