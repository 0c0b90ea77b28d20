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
