#include <catch2/catch.hpp>

#include "client/session/cache_file.hpp"
#include "tests/unit/client_session/temp_directory.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;

namespace {

constexpr ThreadName kCakes{RoomId{12}, Seq{1}};

protocol::Message stored(std::int64_t seq, std::string text, std::optional<Seq> thread = {}) {
  protocol::Message message;
  message.seq = Seq{seq};
  message.at = from_unix_ms(1'795'160'000'000 + seq);
  message.author = UserId{3};
  message.text = std::move(text);
  message.thread = thread;
  return message;
}

StoreRoom cached_room(Coverage coverage) {
  protocol::MyRoom info;
  info.id = kCakes.room;
  info.seq = coverage.to;
  return {info, coverage};
}

void run(CacheFile& cache, const std::vector<CacheJob>& jobs) {
  std::vector<PageLoaded> pages;
  REQUIRE(cache.apply(jobs, pages));
}

std::vector<protocol::Message> thread_in(CacheFile& cache) {
  run(cache, {LoadThread{kCakes}});
  REQUIRE(cache.threads().size() == 1);
  CHECK(cache.threads()[0].thread == kCakes);
  return cache.threads()[0].messages;
}

}  // namespace

TEST_CASE("A thread comes back from the cache with its root, its replies and what became of them") {
  const TempDirectory dir;
  {
    auto opened = CacheFile::open(dir.path() / "cache.db");
    REQUIRE(opened);
    const Coverage all{Seq{1}, Seq{6}};
    auto other = stored(1, "elsewhere");
    StoreRoom elsewhere = cached_room(all);
    elsewhere.room.id = RoomId{13};
    run(*opened->cache,
        {cached_room(all), elsewhere,
         StoreMessages{kCakes.room,
                       {stored(1, "Who brings the cake?"), stored(2, "Lunch?"), stored(3, "I", kCakes.root),
                        stored(4, "Or I", kCakes.root), stored(5, "in another", Seq{2})},
                       all,
                       {}},
         StoreMessages{RoomId{13}, {other, stored(3, "elsewhere", Seq{1})}, all, {}},
         ChangeMessage{protocol::ThreadChanged{kCakes.room, kCakes.root, Seq{4},
                                               protocol::Replies{2, Seq{4}, from_unix_ms(4), {UserId{3}}}},
                       all},
         ChangeMessage{
             protocol::MessageEdited{kCakes.room, Seq{6}, from_unix_ms(6), Seq{3}, UserId{3}, "Not I"},
             all}});
  }
  auto opened = CacheFile::open(dir.path() / "cache.db");
  REQUIRE(opened);
  const auto messages = thread_in(*opened->cache);
  REQUIRE(messages.size() == 3);
  REQUIRE(messages[0].replies);
  CHECK(messages[0].replies->count == 2);
  CHECK(messages[0].replies->repliers == std::vector{UserId{3}});
  CHECK(messages[1].text == "Not I");
  CHECK(messages[1].thread == kCakes.root);
  CHECK(messages[2].text == "Or I");
}

TEST_CASE("Drafts of threads, replies on their way and what is followed outlive the program") {
  const TempDirectory dir;
  {
    auto opened = CacheFile::open(dir.path() / "cache.db");
    REQUIRE(opened);
    OutboxRow row{"id", kCakes.room, "I", {}, from_unix_ms(5), ""};
    row.thread = kCakes.root;
    protocol::MyThread followed{kCakes.room, kCakes.root, {}, {true, Seq{3}, 2}, from_unix_ms(7)};
    protocol::MyThread left = followed;
    left.root = Seq{2};
    run(*opened->cache,
        {cached_room({Seq{1}, Seq{6}}), SaveThreadDraft{kCakes, "half a thought"},
         SaveThreadDraft{{kCakes.room, Seq{2}}, "sent"}, SaveOutbox{row}, StoreThreads{{left}, true},
         StoreThreads{{followed}, true}, SaveThreadDraft{{kCakes.room, Seq{2}}, ""},
         SaveToldDraft{kCakes, "half"}, SaveToldDraft{kCakes.room, "of the room"},
         SaveToldDraft{{kCakes.room, Seq{2}}, "sent"}, SaveToldDraft{{kCakes.room, Seq{2}}, ""}});
  }
  auto opened = CacheFile::open(dir.path() / "cache.db");
  REQUIRE(opened);
  const auto& state = opened->state;
  REQUIRE(state.thread_drafts.size() == 1);
  CHECK(state.thread_drafts[0].thread == kCakes);
  CHECK(state.thread_drafts[0].text == "half a thought");
  REQUIRE(state.told_drafts.size() == 2);
  CHECK(state.told_drafts[0].place == WritingPlace(kCakes.room));
  CHECK(state.told_drafts[0].text == "of the room");
  CHECK(state.told_drafts[1].place == WritingPlace(kCakes));
  CHECK(state.told_drafts[1].text == "half");
  REQUIRE(state.outbox.size() == 1);
  CHECK(state.outbox[0].thread == kCakes.root);
  REQUIRE(state.threads.size() == 1);
  CHECK(state.threads[0].root == kCakes.root);
  CHECK(state.threads[0].following.unread == 2);
}

TEST_CASE("Nothing of a room's threads stays when it is left, nor when the person signs out") {
  const TempDirectory dir;
  auto opened = CacheFile::open(dir.path() / "cache.db");
  REQUIRE(opened);
  run(*opened->cache,
      {cached_room({Seq{1}, Seq{6}}), SaveThreadDraft{kCakes, "half a thought"},
       SaveToldDraft{kCakes, "half"},
       StoreThreads{{{kCakes.room, kCakes.root, {}, {true, Seq{3}, 2}, from_unix_ms(7)}}, true}});
  CacheJob end = DropRoom{kCakes.room};
  SECTION("left") {}
  SECTION("signed out") {
    end = EraseCache{};
  }
  run(*opened->cache, {end});
  auto again = CacheFile::open(dir.path() / "cache.db");
  REQUIRE(again);
  CHECK(again->state.thread_drafts.empty());
  CHECK(again->state.told_drafts.empty());
  CHECK(again->state.threads.empty());
}

TEST_CASE("A damaged cache gives back the drafts of threads") {
  const TempDirectory dir;
  const auto file = dir.path() / "cache.db";
  {
    auto opened = CacheFile::open(file);
    REQUIRE(opened);
    run(*opened->cache, {SaveThreadDraft{kCakes, "half a thought"}});
  }
  auto remade = CacheFile::remake(file);
  REQUIRE(remade);
  REQUIRE(remade->state.thread_drafts.size() == 1);
  auto again = CacheFile::open(file);
  REQUIRE(again->state.thread_drafts.size() == 1);
  CHECK(again->state.thread_drafts[0].text == "half a thought");
}
