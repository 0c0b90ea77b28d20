#include <set>

#include <catch2/catch.hpp>

#include "tests/unit/client_session/cache_on_bad_disk.hpp"
#include "tests/unit/client_session/temp_directory.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using testing::FaultyVfs;

namespace {

constexpr RoomId kOnlyRoom{12};

protocol::Message message(std::int64_t seq) {
  protocol::Message m;
  m.seq = Seq{seq};
  m.author = UserId{3};
  m.text = std::string(300, 'm') + std::to_string(seq);
  return m;
}

OutboxRow row(int number) {
  return {"id " + std::to_string(number), kOnlyRoom, "text " + std::to_string(number), {},
          from_unix_ms(number),           ""};
}

StoreRoom room() {
  protocol::MyRoom info;
  info.id = kOnlyRoom;
  return {info, {Seq{1}, Seq{0}}};
}

// Five messages arrive and five are written; each pair is one transaction. Which were acknowledged?
std::set<int> write_pairs(CacheFile& cache) {
  std::set<int> acknowledged;
  for (int i = 1; i <= 5; ++i) {
    std::vector<PageLoaded> none;
    // What isn't acknowledged isn't counted on later, as the thread that owns the cache does it.
    if (!cache.apply({SaveOutbox{row(i)}, SaveDraft{RoomId{i}, "draft"}}, none)) continue;
    acknowledged.insert(i);
  }
  return acknowledged;
}

}  // namespace

TEST_CASE(
    "Whichever operation of the disk fails: what was acknowledged is there, and nothing is there by halves") {
  for (const auto fault : {FaultyVfs::Fault::write, FaultyVfs::Fault::sync, FaultyVfs::Fault::disk_full})
    for (const bool sticky : {false, true}) {
      bool failed = true;
      for (std::int64_t n = 1; failed && n < 200; ++n) {
        INFO("fault " << static_cast<int>(fault) << (sticky ? " sticky" : "") << " n " << n);
        const TempDirectory dir;
        const auto file = dir.path() / "cache.db";
        std::set<int> acknowledged;
        {
          FaultyVfs disk;
          auto opened = CacheFile::open(file, disk.name());
          REQUIRE(opened);
          disk.arm(fault, n, sticky);
          acknowledged = write_pairs(*opened->cache);
          failed = disk.disarm();
          opened->cache.reset();
        }
        const auto opened = CacheFile::open(file);
        REQUIRE(opened);
        CHECK(opened->note.empty());
        std::set<int> found;
        for (const auto& one : opened->state.outbox)
          found.insert(static_cast<int>(to_unix_ms(one.written_at)));
        CHECK(std::includes(found.begin(), found.end(), acknowledged.begin(), acknowledged.end()));
        auto db = sqlite::Connection::open(file, sqlite::Connection::Mode::read_only);
        REQUIRE(db);
        for (int i = 1; i <= 5; ++i)
          CHECK((*db)->find<std::string>("SELECT text FROM drafts WHERE room = ?", i).has_value() ==
                found.contains(i));
      }
      CHECK_FALSE(failed);
    }
}

TEST_CASE("A refused message that is tried again on a full disk is still there at the next start") {
  const TempDirectory dir;
  const auto file = dir.path() / "cache.db";
  OutboxRow refused = row(1);
  refused.failure = "You are muted here.";
  {
    CacheOnBadDisk on(file);
    REQUIRE(on.save({refused}));
    on.disk.arm(FaultyVfs::Fault::disk_full, 1, true);
    CHECK_FALSE(on.save({row(2), "id 1"}));
    on.disk.disarm();
    CHECK(on.save({row(3)}));
  }
  {
    const auto opened = CacheFile::open(file);
    REQUIRE(opened);
    REQUIRE(opened->state.outbox.size() == 2);
    CHECK(opened->state.outbox[0].client_id == "id 1");
    CHECK(opened->state.outbox[0].failure == "You are muted here.");
    std::vector<PageLoaded> none;
    REQUIRE(opened->cache->apply({SaveOutbox{row(2), "id 1"}}, none));
  }
  const auto opened = CacheFile::open(file);
  REQUIRE(opened);
  REQUIRE(opened->state.outbox.size() == 2);
  CHECK(opened->state.outbox[1].client_id == "id 2");
}

TEST_CASE(
    "A refusal that the disk didn't take is on it as soon as it does, and the message isn't sent again") {
  for (const bool is_at_the_end : {false, true}) {
    const TempDirectory dir;
    const auto file = dir.path() / "cache.db";
    {
      CacheOnBadDisk on(file);
      REQUIRE(on.save({row(1)}));
      on.disk.arm(FaultyVfs::Fault::disk_full, 1, true);
      OutboxRow refused = row(1);
      refused.failure = "You are muted here.";
      CHECK_FALSE(on.save({refused}));
      on.disk.disarm();
      if (!is_at_the_end) CHECK(on.save({row(2)}));
    }
    const auto opened = CacheFile::open(file);
    REQUIRE(opened);
    REQUIRE_FALSE(opened->state.outbox.empty());
    CHECK(opened->state.outbox[0].failure == "You are muted here.");
  }
}

TEST_CASE(
    "A full disk is told to whoever writes; when it has room again, everything goes on without a hole") {
  const TempDirectory dir;
  const auto file = dir.path() / "cache.db";
  {
    CacheOnBadDisk on(file);
    on.cache.enqueue(room());
    CHECK(on.save({row(1)}));
    on.disk.arm(FaultyVfs::Fault::disk_full, 1, true);
    on.cache.enqueue(StoreMessages{kOnlyRoom, {message(1)}, {Seq{1}, Seq{1}}, {"id 1"}});
    CHECK_FALSE(on.save({row(2)}));
    on.disk.disarm();
    on.cache.enqueue(StoreMessages{kOnlyRoom, {message(2)}, {Seq{1}, Seq{2}}, {}});
    CHECK(on.save({row(3)}));
  }
  auto opened = CacheFile::open(file);
  REQUIRE(opened);
  REQUIRE(opened->state.outbox.size() == 1);
  CHECK(opened->state.outbox[0].client_id == "id 3");
  std::vector<PageLoaded> pages;
  REQUIRE(opened->cache->apply({LoadPage{kOnlyRoom, Seq{3}, {}, 10}}, pages));
  CHECK(pages[0].messages.size() == 2);
}
