#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "common/base/clock.hpp"
#include "server/commands/file/scanner_state.hpp"
#include "server/files/contents.hpp"
#include "server/files/file_type.hpp"
#include "server/files/scanner.hpp"
#include "server/files/upload.hpp"
#include "server/files/workers.hpp"
#include "server/store/files.hpp"

namespace wardroom::commands {

// The bytes of files, for handlers: where they lie, who reads and writes them, and what of them goes. Any
// thread.
class FileStore {
 public:
  // `root`: the folder, which is made with what belongs in it. `db`: a connection that only reads, its own.
  // Whether a content is needed is asked there at the moment of its removal, outside any older snapshot.
  FileStore(std::filesystem::path root, std::unique_ptr<sqlite::Connection> db, unsigned threads,
            std::size_t queue);
  // As stop().
  ~FileStore();
  // What was begun is written. Idempotent.
  void stop();

  // One object for all connections that go on with an upload.
  std::shared_ptr<files::Upload> find_upload(const Uuid& id, std::int64_t size);
  // It is whole, or nobody's any more: its own bytes go. A worker or a reader.
  void end_upload(const Uuid& id);

  // Has the virus scanner look at an upload that is whole; `then` hears on a thread of the scanner's what it
  // said. False: that is under way already, or too many wait.
  using Scanned = std::function<void(const Result<files::Scan>& scan)>;
  bool scan(const Uuid& upload, const std::string& socket, Scanned then);
  void note_infected(TimePoint at);
  ScannerState scanner() const { return {scanner_fails_, infected_, infected_at_}; }

  // After the commit that took their rows away: what nobody needs goes, on a worker. `done` hears, on a
  // worker or at once, whether that was done; if not, the next start does it.
  using Done = std::function<void(bool clean)>;
  void remove_unused(std::vector<Digest> contents, Done done = {});
  void remove_upload_soon(const Uuid& id);
  // What a crash left goes, on a worker. Once, after the start.
  void sweep();

  // How much is free where they lie; nothing where the system doesn't say. May wait for the disk.
  std::optional<std::int64_t> free_bytes() const;

  files::Contents contents;
  files::FileTypes types;

 private:
  Result<bool> is_used(const Digest& content);
  Result<bool> is_open(const Uuid& upload);

  std::mutex mutex_;
  std::map<Uuid, std::shared_ptr<files::Upload>> uploads_;  // of this run; what they hashed so far is in them
  std::set<Uuid> scanned_;                                  // that are being looked at
  std::atomic<bool> stopping_{false};
  std::atomic<bool> scanner_fails_{false};
  std::atomic<std::uint64_t> infected_{0};
  std::atomic<std::int64_t> infected_at_{0};
  std::mutex db_mutex_;
  std::unique_ptr<sqlite::Connection> db_;

 public:
  files::Workers workers;  // last: its jobs use the rest

 private:
  files::Workers scans_;  // they wait for another program, and so for nobody's transfer; and use the workers
};

}  // namespace wardroom::commands
