#include <catch2/catch.hpp>

#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using desk::testing::answered;
using protocol::RoomBrowse;

namespace {

RoomBrowse::Result found(std::initializer_list<std::pair<std::int64_t, std::string>> rooms) {
  RoomBrowse::Result result;
  for (const auto& [id, name] : rooms) {
    RoomBrowse::Entry entry;
    entry.id = RoomId{id};
    entry.name = name;
    result.rooms.push_back(std::move(entry));
  }
  return result;
}

}  // namespace

TEST_CASE("/join and the list of public rooms each get their own answer, in whatever order they come") {
  Driver d;
  d.start();
  d.act(SendMessage{kRoom, "/join kitchen"});
  const auto joining = d.take<Call<RoomBrowse>>();
  d.act(SendMessage{kRoom, "/join cellar"});
  const auto joining_too = d.take<Call<RoomBrowse>>();
  d.act(ShowDialog{Dialog::browse});
  const auto browsing = d.take<Call<RoomBrowse>>();

  d.on(answered<RoomBrowse>(browsing.made, found({{30, "kitchen"}, {31, "cellar"}})));
  CHECK(d.state.browse.size() == 2);
  CHECK(d.count<Call<protocol::RoomJoin>>() == 0);
  d.on(answered<RoomBrowse>(joining_too.made, found({{31, "cellar"}})));
  CHECK(d.take<Call<protocol::RoomJoin>>().params.room == RoomId{31});
  d.on(answered<RoomBrowse>(joining.made, found({{30, "kitchen"}})));
  CHECK(d.take<Call<protocol::RoomJoin>>().params.room == RoomId{30});
  CHECK(d.state.browse.size() == 2);
}
