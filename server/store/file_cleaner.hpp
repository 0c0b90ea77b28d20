#pragma once

#include <atomic>
#include <functional>

#include "server/store/writer.hpp"

namespace wardroom::store {

// Takes what was erased out of the database's files. `PRAGMA secure_delete` isn't enough: when a page is
// split, SQLite leaves copies of rows in its free space, and the log (WAL) has the pages as they were. So the
// database is rewritten (VACUUM) and its log cut to nothing, on the writer's own connection, between two
// commit groups. Writing waits meanwhile, some seconds for each gigabyte. Any thread; the writer outlives it.
class FileCleaner {
 public:
  explicit FileCleaner(Writer& writer) : writer_(writer) {}

  // `done` hears on the writer's thread whether the files are clean. They aren't yet while a reader still
  // looks at the old pages, or the disk has no room: retry() goes on.
  using Done = std::function<void(bool clean)>;
  void clean(Done done);
  // What has to be clean as well, once the database is: called on the writer's thread with whom to tell. Set
  // before the first clean().
  using Further = std::function<void(Done done)>;
  void clean_also(Further further) { further_ = std::move(further); }
  // Once a minute: tries again what didn't work.
  void retry();

 private:
  friend class FileCleaning;
  enum class Left { nothing, log, all };

  Writer& writer_;
  Further further_;
  std::atomic<Left> left_{Left::nothing};
};

}  // namespace wardroom::store
