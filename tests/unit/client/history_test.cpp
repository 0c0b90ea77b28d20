#include <catch2/catch.hpp>

#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using protocol::MessageHistory;
using Texts = std::vector<std::string>;
using namespace std::chrono_literals;

namespace {

// A page of messages `from` to `to`, as the server gives it.
MessageHistory::Result page(std::int64_t from, std::int64_t to, bool more, std::int64_t seq) {
  MessageHistory::Result result;
  for (auto i = from; i <= to; ++i) result.messages.push_back(message(i, "m" + std::to_string(i)));
  result.more.before = more;
  result.seq = Seq{seq};
  return result;
}

ProfileLoaded cached_profile(Coverage coverage, std::int64_t seq) {
  ProfileLoaded profile;
  profile.credentials = Credentials{{"office.example", 7443, {}}, Secret("token"), user(kMe, "lena", "Lena")};
  profile.cached.rooms = {{a_room(kRoom, "release-7", seq, seq), coverage, "a draft"}};
  profile.cached.epoch = 1;
  profile.settings.last_room = kRoom;
  return profile;
}

}  // namespace

TEST_CASE("A start shows the last room from the cache, before any network") {
  Driver d;
  d.on(cached_profile({Seq{3}, Seq{9}}, 9));
  const auto load = d.take<LoadPage>();
  CHECK(load.before == Seq{10});
  CHECK(d.count<Call<MessageHistory>>() == 0);
  auto messages = page(3, 9, true, 9).messages;
  d.on(PageLoaded{kRoom, load.before, {}, messages, true});
  CHECK(d.shown().size() == 7);
  CHECK(d.props().screen == Screen::main);
  CHECK(d.props().header.name == "release-7");
  CHECK(d.props().composer.draft == "a draft");
  CHECK(d.props().timeline.has_older);
}

TEST_CASE("History goes on without end: the cache first, then the server, joined without a seam") {
  Driver d;
  d.on(cached_profile({Seq{101}, Seq{200}}, 200));
  d.on(PageLoaded{kRoom, d.take<LoadPage>().before, {}, page(151, 200, true, 200).messages, false});
  d.come_online();
  d.act(LoadOlder{kRoom});
  const auto second = d.take<LoadPage>();
  CHECK(second.before == Seq{151});
  d.act(LoadOlder{kRoom});
  CHECK(d.count<LoadPage>() == 0);
  d.on(PageLoaded{kRoom, second.before, {}, page(101, 150, true, 200).messages, true});
  d.effects.clear();
  d.act(LoadOlder{kRoom});
  CHECK(d.count<LoadPage>() == 0);
  CHECK(d.all<Call<MessageHistory>>().at(0).params.before == Seq{101});
  d.answer<MessageHistory>(page(11, 100, true, 200));
  CHECK(d.room().coverage.from == Seq{11});
  CHECK(d.take<StoreMessages>().coverage.from == Seq{11});
  d.act(LoadOlder{kRoom});
  d.answer<MessageHistory>(page(2, 10, false, 200));
  CHECK(d.room().coverage.from == Seq{1});
  CHECK_FALSE(d.props().timeline.has_older);
  CHECK(d.props().timeline.rows.front().kind == TimelineRow::Kind::beginning);
  const auto shown = d.shown();
  REQUIRE(shown.size() == 199);
  CHECK(shown.front() == "m2");
  CHECK(shown.back() == "m200");
  d.act(LoadOlder{kRoom});
  CHECK(d.count<Call<MessageHistory>>() == 0);
}

TEST_CASE("Rows keep their keys while older ones come in above") {
  Driver d;
  d.start(200, 200);
  d.on(posted(201, "newest"));
  d.props();
  const auto key = d.props().timeline.rows.back().key;
  d.act(LoadOlder{kRoom});
  d.answer<MessageHistory>(page(150, 200, true, 201));
  CHECK(d.props().timeline.rows.back().key == key);
  std::set<std::uint64_t> keys;
  for (const auto& row : d.props().timeline.rows) keys.insert(row.key);
  CHECK(keys.size() == d.props().timeline.rows.size());
}

TEST_CASE("A page that failed isn't asked for again in the next frame, but later") {
  Driver d;
  d.start(200, 200);
  d.act(LoadOlder{kRoom});
  d.answer<MessageHistory>(unavailable("Busy."));
  d.act(LoadOlder{kRoom});
  CHECK(d.count<Call<MessageHistory>>() == 0);
  CHECK(d.props().timeline.error == "Busy.");
  d.wait(3s).act(LoadOlder{kRoom});
  CHECK(d.count<Call<MessageHistory>>() == 1);
}

TEST_CASE("A long walk back keeps memory bounded, and the way forward leads to the newest again") {
  Driver d;
  d.start(10'000, 10'000);
  std::int64_t before = 10'001;
  while (before > 1) {
    d.act(LoadOlder{kRoom});
    d.answer<MessageHistory>(page(before - 100, before - 1, before > 101, 10'000));
    before -= 100;
    REQUIRE(d.room().timeline.entries().size() <= 4'000);
  }
  CHECK(d.props().timeline.has_newer);
  CHECK(d.shown().front() == "m1");
  // News while one reads far back.
  d.on(posted(10'001, "news"));
  CHECK(d.shown().back() != "news");
  for (int i = 0; i < 200 && d.props().timeline.has_newer; ++i) {
    d.act(LoadNewer{kRoom});
    if (d.count<LoadPage>() == 0) continue;
    const auto load = d.take<LoadPage>();
    const auto from = load.after->value + 1;
    const auto to = std::min<std::int64_t>(from + 99, 10'001);
    d.on(PageLoaded{kRoom, {}, load.after, page(from, to, true, 10'001).messages, to == 10'001});
  }
  CHECK_FALSE(d.props().timeline.has_newer);
  CHECK(d.room().timeline.entries().rbegin()->first == Seq{10'001});
}

TEST_CASE("A jump into the history, and back to the newest") {
  Driver d;
  d.start(1'000, 1'000);
  d.on(posted(1'001, "newest"));
  d.act(JumpToMessage{kRoom, Seq{300}});
  CHECK(d.all<Call<MessageHistory>>().at(0).params.around == Seq{300});
  auto around = page(250, 350, true, 1'001);
  around.more.after = true;
  d.answer<MessageHistory>(around);
  CHECK(d.shown().front() == "m250");
  CHECK(d.props().timeline.has_newer);
  SECTION("news don't appear in the middle of the history") {
    d.on(posted(1'002, "later"));
    CHECK(d.shown().back() == "m350");
    d.act(JumpToNewest{kRoom});
    CHECK_FALSE(d.props().timeline.has_newer);
    CHECK(d.take<LoadPage>().before == Seq{1'003});
  }
  SECTION("who answers sees it at the newest end") {
    d.act(SendMessage{kRoom, "mine"});
    CHECK(d.shown() == Texts{"mine…"});
  }
}
