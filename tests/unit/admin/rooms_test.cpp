#include <catch2/catch.hpp>

#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using protocol::Role;
using protocol::RoomBrowse;

namespace {

RoomBrowse::Entry entry(std::int64_t id, std::string name) {
  RoomBrowse::Entry one;
  one.id = RoomId{id};
  one.name = std::move(name);
  one.members = 14;
  return one;
}

protocol::MyRoom own(std::int64_t id, std::string name, bool locked) {
  protocol::MyRoom room;
  room.id = RoomId{id};
  room.name = std::move(name);
  room.locked = locked;
  return room;
}

struct Rooms : Driver {
  Rooms() {
    come_online(Role::admin);
    act(OpenPage{Page::rooms});
    answer<RoomBrowse>(RoomBrowse::Params(*call<RoomBrowse>()),
                       RoomBrowse::Result{{entry(1, "docs"), entry(2, "release-7")}, false});
  }
};

}  // namespace

TEST_CASE("rooms are called by their names in the log, once they are known") {
  Driver d;
  d.come_online(Role::auditor);
  REQUIRE(d.call<RoomBrowse>());
  const auto names = *d.call<RoomBrowse>();
  d.answer<protocol::AuditQuery>(
      protocol::AuditQuery::Params(*d.call<protocol::AuditQuery>()),
      protocol::AuditQuery::Result{{{AuditIndex{1}, "", R"({"type":"room.locked","room":2})"}}, false, 2});
  CHECK(d.props().audit.rows[0].on == "room 2");
  d.answer<RoomBrowse>(names, RoomBrowse::Result{{entry(2, "release-7")}, true});
  CHECK(d.props().audit.rows[0].on == "# release-7");
  REQUIRE(d.call<RoomBrowse>());
  CHECK(d.call<RoomBrowse>()->after == "release-7");
}

TEST_CASE("one's own rooms bring what browsing doesn't say") {
  Rooms r;
  CHECK(r.props().rooms.rows[1].state.empty());
  r.answer<protocol::RoomList>(
      {}, protocol::RoomList::Result{{own(2, "release-7", true), own(3, "board", false)}});
  REQUIRE(r.props().rooms.rows.size() == 3);
  CHECK(r.props().rooms.rows[0].name == "board");
  CHECK(r.props().rooms.rows[2].state == "locked");
  CHECK(r.props().rooms.rows[2].members == "14");
}

TEST_CASE("a room is locked with a reason, and shown so at once") {
  Rooms r;
  r.act(SelectRoom{RoomId{2}});
  REQUIRE(r.call<protocol::RoomMembers>());
  r.answer<protocol::RoomMembers>({RoomId{2}}, forbidden("not_a_member", "Join the room first."));
  CHECK(r.props().rooms.details.members_error == "Only those who are in a room see who else is.");
  r.act(AskReason{LockRoom{RoomId{2}, true}});
  CHECK(r.props().reason_dialog.consequence.find("14 members") != std::string::npos);
  r.act(GiveReason{"calms down", 0});
  REQUIRE(r.call<protocol::RoomLock>());
  r.answer<protocol::RoomLock>({RoomId{2}, true, "calms down"},
                               protocol::RoomResult{own(2, "release-7", true)});
  CHECK(r.props().rooms.rows[1].state == "locked");
  CHECK(r.props().rooms.details.locked);
}

TEST_CASE("slow mode is chosen from a list, and begins with what holds now") {
  Rooms r;
  auto slow = own(2, "release-7", false);
  slow.slow_mode_s = 60;
  r.answer<protocol::RoomList>({}, protocol::RoomList::Result{{slow}});
  r.act(AskReason{SlowRoom{RoomId{2}}});
  CHECK(r.props().reason_dialog.choices.at(r.props().reason_dialog.choice) == "1 minute");
  r.act(GiveReason{"calm again", 0});
  REQUIRE(r.call<protocol::RoomSlowMode>());
  CHECK(r.call<protocol::RoomSlowMode>()->seconds == 0);
}

TEST_CASE("a room is made in the console, shown in its place, and open") {
  Rooms r;
  r.act(ShowRoomsDialog{RoomsDialog::add});
  r.act(MakeRoom{{"board", "Minutes", true}});
  const auto asked = r.call<protocol::RoomCreate>();
  REQUIRE(asked);
  CHECK(asked->kind == protocol::RoomKind::private_);
  CHECK(asked->topic == "Minutes");
  const auto params = *asked;
  r.answer<protocol::RoomCreate>(params, conflict("name_taken", "There is a room of this name."));
  CHECK(r.props().rooms.dialog == RoomsDialog::add);
  CHECK(r.props().rooms.dialog_error == "There is a room of this name.");
  r.answer<protocol::RoomCreate>(params, protocol::RoomResult{own(3, "board", false)});
  CHECK(r.props().rooms.dialog == RoomsDialog::none);
  CHECK(r.props().rooms.rows[0].name == "board");
  CHECK(r.props().rooms.selected == RoomId{3});
}

TEST_CASE("a renamed room keeps its members and goes to its new place; only what changed is sent") {
  Rooms r;
  r.act(SelectRoom{RoomId{2}});
  r.act(ShowRoomsDialog{RoomsDialog::edit});
  r.act(EditRoom{RoomId{2}, {"archive-7", "", false}});
  const auto asked = r.call<protocol::RoomUpdate>();
  REQUIRE(asked);
  CHECK(asked->name == "archive-7");
  CHECK_FALSE(asked->topic);
  r.answer<protocol::RoomUpdate>(protocol::RoomUpdate::Params(*asked),
                                 protocol::RoomResult{own(2, "archive-7", false)});
  CHECK(r.props().rooms.rows[0].name == "archive-7");
  CHECK(r.props().rooms.rows[0].members == "14");
  CHECK(r.props().rooms.rows.size() == 2);
}

TEST_CASE("rooms are sorted over all pages") {
  Driver r;
  r.come_online(Role::admin);
  r.act(OpenPage{Page::rooms});
  auto small = entry(1, "docs");
  small.members = 3;
  r.answer<RoomBrowse>(RoomBrowse::Params(*r.call<RoomBrowse>()),
                       RoomBrowse::Result{{small, entry(2, "ops")}, true});
  const auto by_members = static_cast<std::size_t>(RoomsColumn::members);
  r.act(SortList{ListName::rooms, by_members});
  CHECK(r.props().rooms.sort == ListSort{});
  REQUIRE(r.call<RoomBrowse>());
  auto smallest = entry(3, "pets");
  smallest.members = 2;
  r.answer<RoomBrowse>(RoomBrowse::Params(*r.call<RoomBrowse>()), RoomBrowse::Result{{smallest}, false});
  CHECK(r.props().rooms.rows[0].name == "pets");
  CHECK(r.props().rooms.rows[1].name == "docs");
  CHECK(r.props().rooms.sort == ListSort{by_members, false});
}

TEST_CASE("direct rooms are called by the people in them") {
  CHECK(direct_title({"Bob", "Ada"}) == "Direct: Ada and Bob");
  Driver d;
  d.come_online(Role::auditor);
  protocol::MyRoom room;
  room.id = RoomId{9};
  room.kind = protocol::RoomKind::direct;
  room.users = std::vector<protocol::User>{{UserId{2}, "ada", "Ada", Role::member}};
  d.answer<protocol::RoomList>({}, protocol::RoomList::Result{{room}});
  CHECK(known_room_title(d.state, RoomId{9}) == "Direct: Ada and Ines Duarte");
}
