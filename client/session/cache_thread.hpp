#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "client/session/cache_file.hpp"
#include "common/base/inbox.hpp"

namespace wardroom::client {

// The only user of the cache file, on a thread of its own, so that the window never waits for the disk. All
// that queued up while the last commit ran goes into one transaction.
//
// When the disk refuses, nothing is kept by halves: what couldn't be written is tried again with what comes
// next, and after too much of that, rooms and messages are no longer cached until the next start. The outbox
// is tried every time, of each message what is newest, and every row's author is told whether it is safe.
class CacheThread {
 public:
  struct Loaded {
    CachedState state;
    Settings settings;
    std::string note;
  };
  // Both callbacks run on the inbox's thread. `loaded` comes once and first.
  struct Handlers {
    std::function<void(Loaded)> loaded;
    std::function<void(Event)> event;
  };

  // `inbox` outlives it.
  CacheThread(std::filesystem::path file, Inbox& inbox, Handlers handlers, const char* vfs = nullptr);
  // Writes what is queued.
  ~CacheThread();
  CacheThread(const CacheThread&) = delete;
  CacheThread& operator=(const CacheThread&) = delete;

  // Any thread.
  void enqueue(CacheJob job);

 private:
  void work();
  void open();
  void write(std::vector<CacheJob> jobs);
  void recover(const Error& error, std::vector<CacheJob> jobs);
  void tell(std::vector<Event> events);

  const std::filesystem::path file_;
  Inbox& inbox_;
  const Handlers handlers_;
  const char* const vfs_;

  std::mutex mutex_;
  std::condition_variable queued_;
  std::vector<CacheJob> queue_;
  bool stopping_ = false;

  // The cache's thread alone.
  std::unique_ptr<CacheFile> cache_;
  std::string unusable_;          // why there is no cache at all
  bool outbox_only_ = false;      // rooms and messages are no longer kept in this run
  std::vector<CacheJob> unkept_;  // failed, to be tried with the next

  std::thread thread_;
};

}  // namespace wardroom::client
