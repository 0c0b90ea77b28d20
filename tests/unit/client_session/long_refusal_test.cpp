#include <condition_variable>
#include <map>
#include <mutex>

#include <catch2/catch.hpp>

#include "client/session/cache_thread.hpp"
#include "tests/harness/faulty_vfs.hpp"
#include "tests/unit/client_session/temp_directory.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using testing::FaultyVfs;

namespace {

constexpr int kMoreThanItKeeps = 2'001;

OutboxRow written(const std::string& client_id, const std::string& failure = {}) {
  return {client_id, RoomId{12}, "text of " + client_id, {}, from_unix_ms(1), failure};
}

// A cache over a disk that fails when it is told to, and what its owner was told.
struct CacheOnBadDisk {
  explicit CacheOnBadDisk(const std::filesystem::path& file)
      : cache(file, inbox,
              {[](const CacheThread::Loaded&) {},
               [this](const Event& event) {
                 if (const auto* told = std::get_if<OutboxSaved>(&event))
                   saved.insert_or_assign(told->client_id, *told);
                 if (std::holds_alternative<desk::SavingFailed>(event)) ++warnings;
               }},
              disk.name()) {}

  // Returns whether it was kept. All that was enqueued before has been tried by then, too.
  bool save(const SaveOutbox& job) {
    const std::string id = job.row.client_id;
    saved.erase(id);
    cache.enqueue(job);
    while (!saved.contains(id)) {
      std::unique_lock lock(mutex);
      REQUIRE(something.wait_for(lock, std::chrono::seconds{60}, [&] { return posted; }));
      posted = false;
      lock.unlock();
      inbox.drain();
    }
    return saved.at(id).result.has_value();
  }

  FaultyVfs disk;
  std::mutex mutex;
  std::condition_variable something;
  bool posted = false;
  std::map<std::string, OutboxSaved> saved;
  int warnings = 0;
  Inbox inbox{[this] {
    const std::lock_guard lock(mutex);
    posted = true;
    something.notify_one();
  }};
  CacheThread cache;
};

}  // namespace

TEST_CASE(
    "However long the disk refuses, what was refused or thrown away meanwhile isn't sent at the next start") {
  const TempDirectory dir;
  const auto file = dir.path() / "cache.db";
  {
    CacheOnBadDisk on(file);
    REQUIRE(on.save({written("refused")}));
    REQUIRE(on.save({written("thrown away")}));
    REQUIRE(on.save({written("left behind")}));
    REQUIRE(on.save({written("left and thrown away")}));
    on.disk.arm(FaultyVfs::Fault::disk_full, 1, true);
    on.cache.enqueue(EraseOutbox{"thrown away"});
    on.cache.enqueue(SaveOutbox{written("its copy", "You weren't in this room any more."), "left behind"});
    on.cache.enqueue(
        SaveOutbox{written("copy", "You weren't in this room any more."), "left and thrown away"});
    on.cache.enqueue(EraseOutbox{"copy"});
    CHECK_FALSE(on.save({written("refused", "You are muted here.")}));
    // More than it keeps, three times: first of what comes from the server, then of the person's own.
    for (int i = 0; i < kMoreThanItKeeps; ++i) on.cache.enqueue(StoreEpoch{i});
    CHECK_FALSE(on.save({written("new 1")}));
    for (int round = 0; round < 2; ++round) {
      for (int i = 0; i < kMoreThanItKeeps; ++i)
        on.cache.enqueue(SaveDraft{RoomId{12}, "draft " + std::to_string(i)});
      CHECK_FALSE(on.save({written("new 2")}));
    }
    CHECK(on.warnings == 1);
    on.disk.disarm();
    CHECK(on.save({written("new 3")}));
  }
  const auto opened = CacheFile::open(file);
  REQUIRE(opened);
  std::map<std::string, std::string> failures;
  for (const auto& row : opened->state.outbox) failures[row.client_id] = row.failure;
  CHECK(failures == std::map<std::string, std::string>{{"refused", "You are muted here."},
                                                       {"its copy", "You weren't in this room any more."},
                                                       {"new 3", ""}});
  auto db = sqlite::Connection::open(file, sqlite::Connection::Mode::read_only);
  REQUIRE(db);
  CHECK((*db)->find<std::string>("SELECT text FROM drafts WHERE room = 12") ==
        "draft " + std::to_string(kMoreThanItKeeps - 1));
}

TEST_CASE("Who signs out while the disk refuses leaves nothing behind once it takes something again") {
  const TempDirectory dir;
  const auto file = dir.path() / "cache.db";
  {
    CacheOnBadDisk on(file);
    REQUIRE(on.save({written("refused")}));
    on.disk.arm(FaultyVfs::Fault::disk_full, 1, true);
    on.cache.enqueue(SaveOutbox{written("refused", "You are muted here.")});
    on.cache.enqueue(EraseCache{});
    for (int round = 0; round < 2; ++round) {
      for (int i = 0; i < kMoreThanItKeeps; ++i) on.cache.enqueue(SaveSettings{});
      CHECK_FALSE(on.save({written("new 1")}));
    }
    on.disk.disarm();
  }
  const auto opened = CacheFile::open(file);
  REQUIRE(opened);
  CHECK(opened->state.outbox.empty());
}
