#pragma once

#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>

#include <catch2/catch.hpp>

#include "client/session/cache_thread.hpp"
#include "tests/harness/faulty_vfs.hpp"

namespace wardroom::client::test {

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

  testing::FaultyVfs disk;
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

}  // namespace wardroom::client::test
