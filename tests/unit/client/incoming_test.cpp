#include <catch2/catch.hpp>

#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using protocol::MessageChanges;
using protocol::MessageHistory;
using Texts = std::vector<std::string>;
using namespace std::chrono_literals;

TEST_CASE("Events are folded in once each, by their number") {
  Driver d;
  d.start();
  d.on(posted(1, "one")).on(posted(2, "two")).on(posted(1, "one")).on(posted(2, "two"));
  CHECK(d.shown() == Texts{"one", "two"});
  CHECK(d.room().info.count == 2);
  CHECK(d.count<Call<MessageChanges>>() == 0);
}

TEST_CASE("A gap is asked for once; what came meanwhile follows in order") {
  Driver d;
  d.start();
  d.on(posted(1, "one")).on(posted(4, "four")).on(posted(5, "five")).on(posted(6, "six"));
  CHECK(d.shown() == Texts{"one"});
  REQUIRE(d.count<Call<MessageChanges>>() == 1);
  CHECK(d.all<Call<MessageChanges>>()[0].params.since == Seq{1});
  d.answer<MessageChanges>(MessageChanges::Result{
      {message(2, "two"), message(3, "three"), message(4, "four")}, Seq{4}, false, {}});
  CHECK(d.shown() == Texts{"one", "two", "three", "four", "five", "six"});
  CHECK(d.room().coverage.to == Seq{6});
  CHECK(d.count<Call<MessageChanges>>() == 0);
  CHECK(d.room().info.count == 6);
}

TEST_CASE("Each kind of durable event counts: a gap before a join, a topic or a leave is seen, too") {
  Driver d;
  d.start();
  const auto at = d.state.now;
  SECTION("join") {
    d.on(protocol::MemberJoined{kRoom, Seq{2}, at, user(UserId{3}, "jo", "Jo"), {}});
  }
  SECTION("leave") {
    d.on(protocol::MemberLeft{kRoom, Seq{2}, at, kAmara, {}});
  }
  SECTION("topic") {
    d.on(protocol::RoomUpdated{kRoom, Seq{2}, at, kAmara, "release-7", "Freeze"});
  }
  SECTION("member") {
    d.on(protocol::MemberChanged{kRoom, Seq{2}, at, user(kAmara, "amara", "A. Osei")});
  }
  CHECK(d.count<Call<MessageChanges>>() == 1);
}

TEST_CASE("Joins and topics stand between the messages and aren't unread") {
  Driver d;
  d.start();
  d.on(protocol::MemberJoined{kRoom, Seq{1}, d.state.now, user(UserId{3}, "jo", "Jo Berg"), {}});
  d.on(protocol::RoomUpdated{kRoom, Seq{2}, d.state.now, kAmara, "release-7", "Freeze on Thursday"});
  Texts notices;
  for (const auto& row : d.props().timeline.rows)
    if (row.kind == TimelineRow::Kind::notice) notices.push_back(row.text);
  CHECK(notices == Texts{"Jo Berg joined", "Amara Osei set the topic: Freeze on Thursday"});
  CHECK(d.props().header.topic == "Freeze on Thursday");
  CHECK(d.room().info.count == 0);
}

TEST_CASE("A gap that can't be filled is tried again later, not at once and not never") {
  Driver d;
  d.start();
  d.on(posted(3, "three"));
  d.answer<MessageChanges>(unavailable("Busy."));
  CHECK(d.count<Call<MessageChanges>>() == 0);
  d.wait(1s);
  CHECK(d.count<Call<MessageChanges>>() == 0);
  REQUIRE(next_tick(d.state));
  d.on(Tick{*next_tick(d.state)});
  CHECK(d.count<Call<MessageChanges>>() == 1);
}

TEST_CASE("After a reconnection what changed is folded in, edits included") {
  Driver d;
  d.start();
  d.on(posted(1, "one")).on(posted(2, "two"));
  CHECK(resume_rooms(d.state).at(kRoom) == Seq{2});
  d.go_offline();
  auto edited = message(1, "one, corrected");
  edited.edited_at = d.state.now;
  edited.changed = Seq{4};
  protocol::SessionResume::Result resumed;
  resumed.rooms.push_back({kRoom, Seq{4}, {edited, message(3, "three")}, {}});
  d.come_online(resumed);
  CHECK(d.shown() == Texts{"one, corrected", "two", "three"});
  CHECK(d.props().timeline.rows[2].edited);
  CHECK(d.room().coverage.to == Seq{4});
  d.on(posted(5, "five"));
  CHECK(d.shown().back() == "five");
}

TEST_CASE("Too far behind: the room starts afresh at its newest page") {
  Driver d;
  d.start();
  d.on(posted(1, "one"));
  d.go_offline();
  protocol::SessionResume::Result resumed;
  resumed.rooms.push_back({kRoom, Seq{900}, {}, true});
  d.come_online(resumed);
  CHECK(d.take<DropMessages>().room == kRoom);
  CHECK(d.take<Call<MessageHistory>>().params.before == Seq{901});
  CHECK(d.shown().empty());
  d.on(posted(901, "newest"));
  CHECK(d.shown() == Texts{"newest"});
}

TEST_CASE("Another epoch: what is cached goes, drafts and outbox stay") {
  Driver d;
  d.start();
  d.on(posted(1, "one")).act(ChangeDraft{kRoom, "half a thought"}).act(SendMessage{kOther, "waiting"});
  d.go_offline();
  protocol::SessionResume::Result resumed;
  resumed.epoch = 2;
  resumed.rooms.push_back({kRoom, Seq{1}, {message(1, "never happened")}, {}});
  d.come_online(resumed);
  CHECK(d.count<DropRooms>() == 1);
  CHECK(d.take<StoreEpoch>().epoch == 2);
  CHECK(d.shown().empty());
  // Events before the list can't be placed, and are fetched afterwards.
  d.on(posted(1, "another"));
  d.listed.rooms = {a_room(kRoom, "release-7"), a_room(kOther, "general")};
  d.answer<protocol::RoomList>(d.listed);
  d.answer<MessageChanges>(MessageChanges::Result{{message(1, "another")}, Seq{1}, false, {}});
  CHECK(d.shown() == Texts{"another"});
  CHECK(d.room().draft == "half a thought");
  CHECK(d.state.outbox.size() == 1);
}

TEST_CASE("A room that isn't listed yet loses nothing that happens in it") {
  Driver d;
  d.start();
  const RoomId fresh{20};
  d.on(posted(3, "early", kAmara, {}, fresh));
  REQUIRE(d.count<Call<protocol::RoomList>>() == 1);
  d.listed.rooms.push_back(a_room(fresh, "new", 2, 2));
  d.answer<protocol::RoomList>(d.listed);
  const auto changes = d.take<Call<MessageChanges>>();
  CHECK(changes.params.room == fresh);
  CHECK(changes.params.since == Seq{2});
}

TEST_CASE("Whoever is removed from a room no longer sees it") {
  Driver d;
  d.start();
  d.on(protocol::MemberLeft{kRoom, Seq{1}, d.state.now, kMe, kAmara});
  CHECK(d.state.find_room(kRoom) == nullptr);
  CHECK(d.take<DropRoom>().room == kRoom);
  CHECK(d.state.open_room == kOther);
}

TEST_CASE("Unknown authors are asked for once") {
  Driver d;
  d.start();
  d.on(posted(1, "hi", UserId{77})).on(posted(2, "hi", UserId{77}));
  CHECK(d.all<Call<protocol::UserGet>>().size() == 1);
  d.answer<protocol::UserGet>(protocol::UserGet::Result{{user(UserId{77}, "zoe", "Zoë")}});
  CHECK(d.props().timeline.rows.back().author_name == "Zoë");
}
