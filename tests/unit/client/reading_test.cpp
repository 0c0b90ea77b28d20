#include <catch2/catch.hpp>

#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using protocol::MarkerSet;
using namespace std::chrono_literals;

TEST_CASE("Unread is a subtraction: the room's count less the marker's") {
  Driver d;
  d.start(10, 8);
  d.on(posted(11, "a", kAmara, {}, kOther)).on(posted(12, "b", kAmara, {}, kOther));
  CHECK(unread_of(d.room(kOther)) == 2);
  const auto& sections = d.props().side_bar.sections;
  REQUIRE(sections.front().kind == SideBarSection::Kind::unread);
  CHECK(sections.front().rows.at(0).unread == 2);
}

TEST_CASE("Own messages, also from another device, aren't unread") {
  Driver d;
  d.start();
  d.on(posted(1, "from my telephone", kMe, "x", kOther));
  CHECK(unread_of(d.room(kOther)) == 0);
}

TEST_CASE("The marker is sent once, a little after the newest was seen") {
  Driver d;
  d.start();
  d.on(posted(1, "a")).act(SeenNewest{kRoom});
  CHECK(unread_of(d.room()) == 0);
  CHECK(d.count<Call<MarkerSet>>() == 0);
  d.on(posted(2, "b")).act(SeenNewest{kRoom}).act(SeenNewest{kRoom});
  d.wait(1s);
  REQUIRE(d.count<Call<MarkerSet>>() == 1);
  CHECK(d.all<Call<MarkerSet>>()[0].params.seq == Seq{2});
  d.answer<MarkerSet>(protocol::Empty{});
  d.act(SeenNewest{kRoom}).wait(10s);
  CHECK(d.count<Call<MarkerSet>>() == 0);
}

TEST_CASE("What was read offline is told to the server later") {
  Driver d;
  d.start();
  d.on(posted(1, "a")).go_offline().act(SeenNewest{kRoom}).wait(10s);
  CHECK(d.count<Call<MarkerSet>>() == 0);
  d.come_online().wait(1ms);
  CHECK(d.take<Call<MarkerSet>>().params.seq == Seq{1});
}

TEST_CASE("A marker never goes back") {
  Driver d;
  d.start();
  d.on(posted(1, "a")).on(posted(2, "b")).act(SeenNewest{kRoom});
  d.on(protocol::MarkerMoved{kRoom, {Seq{1}, 1}, 0});
  CHECK(unread_of(d.room()) == 0);
  d.listed.rooms[0] = a_room(kRoom, "release-7", 2, 2);
  d.listed.rooms[0].marker = {};
  d.on(Answer<protocol::RoomList>{{}, d.listed});
  CHECK(unread_of(d.room()) == 0);
}

TEST_CASE("Reading on another device counts here") {
  Driver d;
  d.start();
  d.on(posted(1, "a", kAmara, {}, kOther)).on(protocol::MentionCounted{kOther, 1});
  CHECK(d.room(kOther).info.mentions == 1);
  d.on(protocol::MarkerMoved{kOther, {Seq{1}, 1}, 0});
  CHECK(unread_of(d.room(kOther)) == 0);
  CHECK(d.room(kOther).info.mentions == 0);
}

TEST_CASE("A list that is older than what was folded in doesn't take counts back") {
  Driver d;
  d.start();
  d.on(posted(1, "a")).on(posted(2, "b"));
  d.on(Answer<protocol::RoomList>{{}, d.listed});
  CHECK(d.room().info.count == 2);
  d.on(posted(3, "c"));
  CHECK(d.room().info.count == 3);
}

TEST_CASE("A list that is ahead of the events isn't counted twice") {
  Driver d;
  d.start();
  d.listed.rooms[0] = a_room(kRoom, "release-7", 2, 2);
  d.listed.rooms[0].marker = {};
  d.on(Answer<protocol::RoomList>{{}, d.listed});
  d.on(posted(1, "a")).on(posted(2, "b"));
  CHECK(d.room().info.count == 2);
}

TEST_CASE("The new line stands where the person stopped reading, and Esc takes it away") {
  Driver d;
  d.start();
  d.on(posted(1, "read", kAmara, {}, kOther));
  d.act(OpenRoom{kOther}).act(SeenNewest{kOther}).act(OpenRoom{kRoom});
  d.on(posted(2, "unread", kAmara, {}, kOther)).act(OpenRoom{kOther});
  const auto line = [&] {
    const auto& rows = d.props().timeline.rows;
    for (std::size_t i = 0; i + 1 < rows.size(); ++i)
      if (rows[i].kind == TimelineRow::Kind::unread_line) return rows[i + 1].text;
    return std::string("none");
  };
  CHECK(line() == "unread");
  d.act(SeenNewest{kOther});
  CHECK(line() == "unread");
  d.act(MarkRead{kOther});
  CHECK(line() == "none");
}

TEST_CASE("What was on the screen is read, and nothing more") {
  Driver d;
  d.start();
  for (std::int64_t i = 1; i <= 9; ++i) d.on(posted(i, "m"));
  d.act(SeenUpTo{kRoom, Seq{4}});
  CHECK(unread_of(d.room()) == 5);
  CHECK(d.props().timeline.unread == 5);
  d.act(SeenUpTo{kRoom, Seq{3}});
  CHECK(unread_of(d.room()) == 5);
  d.wait(1s);
  CHECK(d.take<Call<MarkerSet>>().params.seq == Seq{4});
  SECTION("whoever jumped ahead hasn't read what lies between") {
    d.room().timeline.open_at(Seq{7}, Seq{9});
    d.act(SeenUpTo{kRoom, Seq{8}});
    CHECK(unread_of(d.room()) == 5);
  }
}

TEST_CASE("Marked unread from here: on the server, too, and it stays so while it is on the screen") {
  Driver d;
  d.start();
  for (std::int64_t i = 1; i <= 5; ++i) d.on(posted(i, "m", i == 4 ? kMe : kAmara));
  d.act(SeenNewest{kRoom}).wait(1s);
  d.answer<MarkerSet>(protocol::Empty{});
  d.act(MarkUnread{kRoom, Seq{3}});
  // One of the three is the person's own.
  CHECK(unread_of(d.room()) == 2);
  const auto& rows = d.props().timeline.rows;
  const auto line = std::find_if(rows.begin(), rows.end(), [](const TimelineRow& row) {
    return row.kind == TimelineRow::Kind::unread_line;
  });
  REQUIRE(line + 1 < rows.end());
  CHECK((line + 1)->seq == Seq{3});
  d.act(SeenNewest{kRoom}).act(SeenUpTo{kRoom, Seq{5}});
  CHECK(unread_of(d.room()) == 2);
  // What the server says meanwhile doesn't know of it yet.
  d.on(protocol::MarkerMoved{kRoom, {Seq{5}, 5}, 0, {}});
  CHECK(unread_of(d.room()) == 2);
  d.wait(1s);
  const auto call = d.take<Call<MarkerSet>>();
  CHECK(call.params.seq == Seq{2});
  CHECK(call.params.back == true);
  d.on(desk::testing::answered<MarkerSet>(call.made, protocol::Empty{}));
  SECTION("opened again, it is read") {
    d.act(OpenRoom{kOther}).act(OpenRoom{kRoom}).act(SeenNewest{kRoom});
    CHECK(unread_of(d.room()) == 0);
  }
  SECTION("Escape says that it is read") {
    d.act(MarkRead{kRoom});
    CHECK(unread_of(d.room()) == 0);
    d.wait(1s);
    CHECK_FALSE(d.take<Call<MarkerSet>>().params.back);
  }
}

TEST_CASE("Marked unread on another device is unread here, also while the room is on the screen") {
  Driver d;
  d.start();
  for (std::int64_t i = 1; i <= 3; ++i) d.on(posted(i, "m"));
  d.act(SeenNewest{kRoom});
  d.on(protocol::MarkerMoved{kRoom, {Seq{1}, 1}, 0, true}).act(SeenNewest{kRoom});
  CHECK(unread_of(d.room()) == 2);
}

TEST_CASE("Own messages aren't unread behind others' that are, nor when they are caught up with") {
  Driver d;
  d.start();
  d.on(posted(1, "hers", kAmara, {}, kOther)).on(posted(2, "mine", kMe, "x", kOther));
  CHECK(unread_of(d.room(kOther)) == 1);
  d.go_offline();
  protocol::SessionResume::Result resumed;
  resumed.rooms.push_back({kRoom, Seq{2}, {message(1, "mine", kMe), message(2, "mine", kMe)}, {}});
  d.come_online(resumed);
  CHECK(unread_of(d.room()) == 0);
  d.wait(1s);
  CHECK(d.take<Call<MarkerSet>>().params.seq == Seq{2});
}

TEST_CASE("Posting tells the server that the room was read") {
  Driver d;
  d.start();
  d.on(posted(1, "hers"));
  const auto call = d.say("mine");
  d.on(Answer<protocol::MessagePost>{call.params, protocol::MessagePost::Result{Seq{2}, d.state.now}});
  CHECK(unread_of(d.room()) == 0);
  d.wait(1s);
  CHECK(d.take<Call<MarkerSet>>().params.seq == Seq{2});
}

TEST_CASE("A room with many unread opens where the person stopped reading") {
  Driver d;
  d.start(200, 200);
  d.room(kOther).info.marker = {Seq{60}, 60};
  d.act(OpenRoom{kOther});
  const auto asked = d.all<Call<protocol::MessageHistory>>();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].params.around == Seq{61});
  CHECK(d.props().timeline.finding_unread);
  CHECK(d.props().timeline.unread == 140);
  // What the server says of the rooms meanwhile doesn't open it elsewhere.
  d.listed.rooms[1].marker = {Seq{60}, 60};
  d.on(Answer<protocol::RoomList>{{}, d.listed});
  protocol::MessageHistory::Result page;
  for (std::int64_t seq = 11; seq <= 110; ++seq) page.messages.push_back(message(seq, "m"));
  page.more = {true, true};
  page.seq = Seq{200};
  d.answer<protocol::MessageHistory>(page);
  CHECK_FALSE(d.props().timeline.finding_unread);
  CHECK(d.props().timeline.has_newer);
  const auto& rows = d.props().timeline.rows;
  const auto line = std::find_if(rows.begin(), rows.end(), [](const TimelineRow& row) {
    return row.kind == TimelineRow::Kind::unread_line;
  });
  REQUIRE(line + 1 < rows.end());
  CHECK((line + 1)->seq == Seq{61});
}

TEST_CASE("What comes in while the cache is read on from there isn't left out") {
  Driver d;
  ProfileLoaded profile;
  profile.credentials = Credentials{{"office.example", 7443, {}}, Secret("token"), user(kMe, "lena", "Lena")};
  profile.cached.rooms = {{a_room(kRoom, "release-7", 100, 100), {Seq{1}, Seq{100}}, ""}};
  profile.cached.rooms[0].room.marker = {Seq{20}, 20};
  profile.cached.epoch = 1;
  profile.settings.last_room = kRoom;
  d.on(profile);
  const auto newer = d.take<LoadPage>();
  CHECK(newer.after == Seq{20});
  CHECK(d.take<LoadPage>().before == Seq{21});
  d.come_online();
  d.effects.clear();
  d.on(posted(101, "while it was read"));
  std::vector<protocol::Message> read;
  for (std::int64_t seq = 21; seq <= 100; ++seq) read.push_back(message(seq, "m"));
  d.on(PageLoaded{kRoom, {}, newer.after, read, true});
  CHECK(d.props().timeline.has_newer);
  const auto rest = d.take<LoadPage>();
  CHECK(rest.after == Seq{100});
  d.on(PageLoaded{kRoom, {}, rest.after, {message(101, "while it was read")}, true});
  CHECK_FALSE(d.props().timeline.has_newer);
  CHECK(d.shown().back() == "while it was read");
}

TEST_CASE("A place that can't be loaded opens the room at its newest end") {
  Driver d;
  d.start(200, 200);
  d.room(kOther).info.marker = {Seq{60}, 60};
  d.act(OpenRoom{kOther});
  d.answer<protocol::MessageHistory>(unavailable("Busy."));
  CHECK_FALSE(d.props().timeline.finding_unread);
  CHECK(d.room(kOther).timeline.live());
}

TEST_CASE("The new line doesn't stand before what was imported, nor on top of a window further on") {
  Driver d;
  d.start();
  const UserId imported{77};
  d.state.people[imported].user = user(imported, "irc:zoe", "zoe");
  d.act(OpenRoom{kOther});
  d.on(WindowFocused{false});
  d.on(posted(1, "old", imported, {}, kOther)).on(posted(2, "new", kAmara, {}, kOther));
  const auto behind_line = [&] {
    const auto& rows = d.props().timeline.rows;
    for (std::size_t i = 0; i + 1 < rows.size(); ++i)
      if (rows[i].kind == TimelineRow::Kind::unread_line) return rows[i + 1].text;
    return std::string("none");
  };
  CHECK(behind_line() == "new");
  d.room(kOther).timeline.open_at(Seq{2}, Seq{2});
  d.room(kOther).timeline.put(message(2, "new"), 900);
  CHECK(behind_line() == "none");
}

TEST_CASE("Typing is told at most every 3 s and forgotten after 5 s") {
  Driver d;
  d.start();
  d.act(ChangeDraft{kRoom, "h"}).act(ChangeDraft{kRoom, "he"});
  CHECK(d.count<Call<protocol::TypingSend>>() == 1);
  d.wait(2999ms).act(ChangeDraft{kRoom, "hel"});
  CHECK(d.count<Call<protocol::TypingSend>>() == 1);
  d.wait(1ms).act(ChangeDraft{kRoom, "hell"});
  CHECK(d.count<Call<protocol::TypingSend>>() == 2);

  d.on(protocol::Typing{kRoom, kAmara});
  CHECK(d.props().timeline.typing == "Amara Osei is typing…");
  CHECK(next_tick(d.state).has_value());
  d.wait(5s);
  CHECK(d.props().timeline.typing.empty());
  d.on(protocol::Typing{kRoom, kAmara}).on(posted(1, "done"));
  CHECK(d.props().timeline.typing.empty());
}

TEST_CASE("Those on the screen are watched, and the server hears of it when they change") {
  Driver d;
  d.start();
  d.act(OpenRoom{kOther});
  protocol::RoomMembers::Result members;
  members.members = {{user(kMe, "lena", "Lena"), {}, {}}, {user(kAmara, "amara", "Amara Osei"), {}, {}}};
  d.on(Answer<protocol::RoomMembers>{{kOther}, members});
  CHECK(d.take<Call<protocol::PresenceWatch>>().params.users == std::vector<UserId>{kMe, kAmara});
  d.on(Answer<protocol::PresenceWatch>{
      {{kMe, kAmara}}, protocol::PresenceWatch::Result{{{kAmara, protocol::Presence::away, "lunch"}}}});
  const auto& away = d.props().members.sections.at(1);
  REQUIRE(away.people.size() == 1);
  CHECK(away.people[0].person.note == "lunch");
  d.on(protocol::PresenceChanged{kAmara, protocol::Presence::online, {}});
  CHECK(d.props().members.sections.at(0).people.size() == 2);
  d.effects.clear();
  d.on(Answer<protocol::RoomMembers>{{kOther}, members});
  CHECK(d.count<Call<protocol::PresenceWatch>>() == 0);
}
