#include "common/base/journal.hpp"

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

#include <sys/stat.h>

namespace wardroom {

// systemd.exec(5), JOURNAL_STREAM: which file the journal has put at the end of our lines. Compared with what
// standard error is now, because the variable is inherited also by those whose output goes elsewhere.
bool is_journal() {
  const char* stream = std::getenv("JOURNAL_STREAM");
  unsigned long long device = 0;
  unsigned long long inode = 0;
  struct stat info {};
  return stream != nullptr && std::sscanf(stream, "%llu:%llu", &device, &inode) == 2 &&
         ::fstat(STDERR_FILENO, &info) == 0 && info.st_dev == device && info.st_ino == inode;
}

}  // namespace wardroom
