#include <catch2/catch.hpp>

#include "tests/unit/client_session/cache_on_bad_disk.hpp"
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

UploadRow upload(const std::string& key) {
  UploadRow row;
  row.key = key;
  row.place = RoomId{12};
  row.path = "/home/ada/" + key;
  row.name = key;
  return row;
}

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

TEST_CASE("A disk that is full for a while loses neither uploads nor drafts") {
  const TempDirectory dir;
  const auto file = dir.path() / "cache.db";
  {
    CacheOnBadDisk on(file);
    on.cache.enqueue(SaveUpload{upload("gone")});
    REQUIRE(on.save({written("kept")}));
    on.disk.arm(FaultyVfs::Fault::disk_full, 1, true);
    on.cache.enqueue(SaveUpload{upload("plan.pdf")});
    on.cache.enqueue(SaveUpload{upload("photo.jpg")});
    on.cache.enqueue(EraseUpload{"gone"});
    on.cache.enqueue(SaveDraft{RoomId{12}, "half a sentence"});
    // So much that of each thing just the newest is kept until there is room again.
    for (int n = 0; n <= kMoreThanItKeeps; ++n) on.cache.enqueue(SaveDraft{RoomId{100}, std::to_string(n)});
    CHECK_FALSE(on.save({written("refused")}));
    on.disk.disarm();
    CHECK(on.save({written("kept again")}));
  }
  const auto opened = CacheFile::open(file);
  REQUIRE(opened);
  std::vector<std::string> uploads;
  for (const auto& one : opened->state.uploads) uploads.push_back(one.key);
  CHECK(uploads == std::vector<std::string>{"plan.pdf", "photo.jpg"});
  auto db = sqlite::Connection::open(file, sqlite::Connection::Mode::read_only);
  REQUIRE(db);
  const auto draft = [&](std::int64_t room) {
    return (*db)->find<std::string>("SELECT text FROM drafts WHERE room = ?", room).value_or("none");
  };
  CHECK(draft(12) == "half a sentence");
  CHECK(draft(100) == std::to_string(kMoreThanItKeeps));
}
