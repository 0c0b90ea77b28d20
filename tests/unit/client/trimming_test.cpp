#include <catch2/catch.hpp>

#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;

namespace {

protocol::RoomTrimmed trimmed(std::int64_t seq, std::int64_t before) {
  return {kRoom, Seq{seq}, {}, message(before, "").at};
}

// A room with the messages 1 to 4 on the screen.
struct Room : Driver {
  Room() {
    start();
    for (std::int64_t seq = 1; seq <= 4; ++seq) on(posted(seq, "m" + std::to_string(seq)));
    effects.clear();
  }
};

}  // namespace

TEST_CASE("what retention removed goes from the screen and from the cache") {
  Room pc;
  pc.on(trimmed(5, 3));
  CHECK(pc.shown() == std::vector<std::string>{"m3", "m4"});
  const auto trim = pc.take<TrimMessages>();
  CHECK(trim.room == kRoom);
  CHECK(trim.before == message(3, "").at);
  CHECK(pc.room().coverage.to == Seq{5});
  // What a hold keeps comes with the pages of history.
  CHECK(pc.count<Call<protocol::MessageHistory>>() + pc.count<LoadPage>() == 1);
  CHECK(pc.count<Call<protocol::RoomList>>() == 1);
}

TEST_CASE("what was being written instead of a message that retention removed becomes a draft") {
  Room pc;
  pc.on(posted(5, "mine", kMe)).on(posted(6, "after it"));
  pc.act(ChangeDraft{kRoom, "another thought"});
  pc.act(StartEdit{kRoom, Seq{5}});
  SECTION("changed") {
    pc.act(ChangeDraft{kRoom, "mine, better"});
    pc.on(trimmed(7, 6));
    CHECK(pc.room().draft == "mine, better\nanother thought");
  }
  SECTION("not changed") {
    pc.on(trimmed(7, 6));
    CHECK(pc.room().draft == "another thought");
  }
  CHECK_FALSE(pc.room().editing);
}

TEST_CASE("the cache's coverage begins behind what it trimmed") {
  Room pc;
  pc.room().coverage.from = Seq{1};
  pc.on(MessagesTrimmed{kRoom, Seq{3}});
  CHECK(pc.room().coverage.from == Seq{3});
  CHECK(pc.take<StoreRoom>().coverage.from == Seq{3});
  pc.on(MessagesTrimmed{kRoom, Seq{2}});
  CHECK(pc.room().coverage.from == Seq{3});
}

TEST_CASE("a page that was read before the trimming is asked for again") {
  Room pc;
  pc.room().loading_older = true;
  pc.on(trimmed(5, 1));
  protocol::MessageHistory::Result page;
  page.messages = {message(1, "old")};
  const protocol::MessageHistory::Params asked{kRoom, Seq{1}, {}, {}, 100};
  pc.effects.clear();
  pc.on(Answer<protocol::MessageHistory>{asked, page});
  CHECK(pc.count<StoreMessages>() == 0);
  CHECK(pc.take<Call<protocol::MessageHistory>>().params.before == Seq{1});
}

TEST_CASE("trimming while the client was away is learned when it comes back") {
  Room pc;
  pc.go_offline();
  protocol::SessionResume::Result resumed;
  protocol::RoomChanges changes;
  changes.room = kRoom;
  changes.seq = Seq{6};
  changes.trimmed = message(4, "").at;
  resumed.rooms.push_back(changes);
  pc.come_online(resumed);
  CHECK(pc.shown() == std::vector<std::string>{"m4"});
  CHECK(pc.count<TrimMessages>() == 1);
}

TEST_CASE("an erased text is shown as erased") {
  Room pc;
  pc.act(ShowVersions{kRoom, Seq{2}});
  protocol::MessageVersions::Result versions;
  protocol::MessageVersion version;
  version.erased = true;
  versions.versions = {version};
  pc.answer<protocol::MessageVersions>(versions);
  REQUIRE(pc.props().versions.rows.size() == 1);
  CHECK(pc.props().versions.rows[0].erased);
  CHECK(pc.props().versions.rows[0].text.empty());
}
