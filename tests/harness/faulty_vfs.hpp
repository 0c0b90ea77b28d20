#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace wardroom::testing {

// An SQLite VFS over the real one that fails on purpose: the n-th write, sync or truncation, once or from
// then on. One at a time in a process; registered while it lives. Arm it after the database was opened.
class FaultyVfs {
 public:
  enum class Fault {
    write,      // SQLITE_IOERR_WRITE
    sync,       // SQLITE_IOERR_FSYNC
    disk_full,  // SQLITE_FULL on a write
    quota,      // SQLITE_IOERR_WRITE, as the system gives it with EDQUOT
  };

  FaultyVfs();
  ~FaultyVfs();
  const char* name() const;

  // The `n`-th operation of this kind from now on fails, n >= 1; `sticky`: and every one after it.
  void arm(Fault fault, std::int64_t n, bool sticky);
  // Nothing fails any more. Returns whether anything did.
  bool disarm();
};

}  // namespace wardroom::testing
