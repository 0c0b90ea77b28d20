#include <catch2/catch.hpp>

#include "client/model/slash_commands.hpp"
#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using protocol::DirectOpen;
using protocol::RoomBrowse;
using protocol::RoomJoin;
using protocol::UserList;

namespace {

RoomBrowse::Result page(std::initializer_list<std::pair<std::int64_t, std::string>> rooms, bool more) {
  RoomBrowse::Result result;
  result.more = more;
  for (const auto& [id, name] : rooms) {
    RoomBrowse::Entry entry;
    entry.id = RoomId{id};
    entry.name = name;
    result.rooms.push_back(std::move(entry));
  }
  return result;
}

}  // namespace

TEST_CASE("/join knows a room in whatever case its name is typed") {
  Driver d;
  d.start();
  d.act(SendMessage{kRoom, "/join #GENERAL"});
  CHECK(d.state.open_room == kOther);
  CHECK(d.count<Call<RoomBrowse>>() == 0);
  d.act(SendMessage{kOther, "/join Küche"});
  d.answer<RoomBrowse>(page({{30, "küche-2"}, {31, "küche"}}, false));
  CHECK(d.take<Call<RoomJoin>>().params.room == RoomId{31});
}

TEST_CASE("/join asks on for a room that stands on a later page, and only as long as there is one") {
  Driver d;
  d.start();
  d.act(SendMessage{kRoom, "/join Ops"});
  d.answer<RoomBrowse>(page({{30, "devops"}, {31, "office"}}, true));
  CHECK(d.count<Call<RoomJoin>>() == 0);
  CHECK(d.all<Call<RoomBrowse>>().at(0).params.after == "office");
  CHECK(d.all<Call<RoomBrowse>>().at(0).params.query == "Ops");
  SECTION("it is there") {
    d.answer<RoomBrowse>(page({{32, "ops"}}, true));
    CHECK(d.take<Call<RoomJoin>>().params.room == RoomId{32});
  }
  SECTION("it isn't") {
    d.answer<RoomBrowse>(page({{32, "ops-2"}}, false));
    CHECK(d.props().toasts.back().text == "There's no public room called #Ops.");
  }
  SECTION("a server that shows the same page for ever isn't asked for ever") {
    d.answer<RoomBrowse>(page({{31, "office"}}, true));
    CHECK(d.count<Call<RoomBrowse>>() == 0);
  }
}

TEST_CASE("A command knows a person in whatever case the name is typed") {
  Driver d;
  d.start();
  d.act(SendMessage{kRoom, "/msg @AMARA"});
  CHECK(d.take<Call<DirectOpen>>().params.users == std::vector{kAmara});
  CHECK(d.room().draft.empty());
}

TEST_CASE("Somebody who isn't known here is asked for, page by page, and the command goes on") {
  const UserId kim{40};
  Driver d;
  d.start();
  d.act(SendMessage{kRoom, "/msg @Kim "});
  CHECK(d.room().draft == "/msg @Kim ");
  CHECK(d.all<Call<UserList>>().at(0).params.query == "Kim");
  d.answer<UserList>(
      UserList::Result{{user(UserId{39}, "jo", "Kim Jo"), user(UserId{38}, "kai", "Kim Kai")}, true});
  CHECK(d.all<Call<UserList>>().at(0).params.after == "kai");
  SECTION("and is run once they are known") {
    d.answer<UserList>(UserList::Result{{user(kim, "kim", "Kim Doe")}, false});
    CHECK(d.take<Call<DirectOpen>>().params.users == std::vector{kim});
    CHECK(d.room().draft.empty());
  }
  SECTION("nobody has that name: it is said, and what was typed stays") {
    d.answer<UserList>(UserList::Result{{user(kim, "kim.doe", "Kim Doe")}, false});
    CHECK(d.count<Call<DirectOpen>>() == 0);
    CHECK(d.props().toasts.back().text == "There's nobody here named @Kim.");
    CHECK(d.room().draft == "/msg @Kim ");
  }
  SECTION("who has typed on meanwhile isn't taken by surprise") {
    d.act(ChangeDraft{kRoom, "/msg @Kimber"});
    d.answer<UserList>(UserList::Result{{user(kim, "kim", "Kim Doe")}, false});
    CHECK(d.count<Call<DirectOpen>>() == 0);
    CHECK(d.room().draft == "/msg @Kimber");
  }
  SECTION("a guest has no directory") {
    d.answer<UserList>(forbidden("no_right", "You may not."));
    CHECK(d.props().toasts.back().text == "There's nobody here named @Kim.");
  }
}

TEST_CASE("Offline, a name that isn't known here isn't said to be nobody's") {
  Driver d;
  d.start();
  d.go_offline();
  d.act(SendMessage{kRoom, "/msg kim"});
  CHECK(d.props().toasts.back().text.starts_with("@kim isn't known on this PC."));
  CHECK(d.room().draft == "/msg kim");
}
