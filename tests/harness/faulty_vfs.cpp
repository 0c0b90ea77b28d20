#include "tests/harness/faulty_vfs.hpp"

#include <cassert>
#include <cerrno>
#include <cstring>
#include <sqlite3.h>

namespace wardroom::testing {
namespace {

constexpr const char* kName = "wardroom-faulty";

struct Plan {
  std::atomic<int> fault{-1};
  std::atomic<std::int64_t> countdown{0};
  std::atomic<bool> sticky{false};
  std::atomic<bool> failed{false};
} plan;

bool is_due(FaultyVfs::Fault fault) {
  if (plan.fault != static_cast<int>(fault)) return false;
  const auto left = --plan.countdown;
  const bool due = left == 0 || (left < 0 && plan.sticky);
  if (due) plan.failed = true;
  return due;
}

// The file behind ours stands directly after it in memory, as the VFS was told to reserve.
struct File {
  sqlite3_file base;
  int error;  // of the last write that was to fail
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<File*>(file)->real();
}

int close_file(sqlite3_file* f) {
  return real(f)->pMethods->xClose(real(f));
}
int read_file(sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
  return real(f)->pMethods->xRead(real(f), to, n, at);
}
int write_file(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
  if (is_due(FaultyVfs::Fault::write)) return SQLITE_IOERR_WRITE;
  if (is_due(FaultyVfs::Fault::disk_full)) return SQLITE_FULL;
  if (is_due(FaultyVfs::Fault::quota)) {
    reinterpret_cast<File*>(f)->error = EDQUOT;
    return SQLITE_IOERR_WRITE;
  }
  return real(f)->pMethods->xWrite(real(f), from, n, at);
}
int truncate_file(sqlite3_file* f, sqlite3_int64 size) {
  return real(f)->pMethods->xTruncate(real(f), size);
}
int sync_file(sqlite3_file* f, int flags) {
  if (is_due(FaultyVfs::Fault::sync)) return SQLITE_IOERR_FSYNC;
  return real(f)->pMethods->xSync(real(f), flags);
}
int file_size(sqlite3_file* f, sqlite3_int64* size) {
  return real(f)->pMethods->xFileSize(real(f), size);
}
int lock_file(sqlite3_file* f, int level) {
  return real(f)->pMethods->xLock(real(f), level);
}
int unlock_file(sqlite3_file* f, int level) {
  return real(f)->pMethods->xUnlock(real(f), level);
}
int check_lock(sqlite3_file* f, int* out) {
  return real(f)->pMethods->xCheckReservedLock(real(f), out);
}
int control(sqlite3_file* f, int op, void* arg) {
  if (const int error = reinterpret_cast<File*>(f)->error; op == SQLITE_FCNTL_LAST_ERRNO && error != 0) {
    *static_cast<int*>(arg) = error;
    return SQLITE_OK;
  }
  return real(f)->pMethods->xFileControl(real(f), op, arg);
}
int sector_size(sqlite3_file* f) {
  return real(f)->pMethods->xSectorSize(real(f));
}
int characteristics(sqlite3_file* f) {
  return real(f)->pMethods->xDeviceCharacteristics(real(f));
}
int shm_map(sqlite3_file* f, int page, int size, int extend, void volatile** out) {
  return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}
int shm_lock(sqlite3_file* f, int offset, int n, int flags) {
  return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
}
void shm_barrier(sqlite3_file* f) {
  real(f)->pMethods->xShmBarrier(real(f));
}
int shm_unmap(sqlite3_file* f, int remove) {
  return real(f)->pMethods->xShmUnmap(real(f), remove);
}

const sqlite3_io_methods kMethods = {2,           close_file,  read_file,       write_file,  truncate_file,
                                     sync_file,   file_size,   lock_file,       unlock_file, check_lock,
                                     control,     sector_size, characteristics, shm_map,     shm_lock,
                                     shm_barrier, shm_unmap,   nullptr,         nullptr};

// By its name: a test may make the faulty one the default, for what opens its files by itself.
sqlite3_vfs* underlying() {
  return sqlite3_vfs_find("unix");
}

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  reinterpret_cast<File*>(file)->error = 0;
  const int code = underlying()->xOpen(underlying(), name, real(file), flags, out_flags);
  if (code == SQLITE_OK) file->pMethods = &kMethods;
  return code;
}

sqlite3_vfs vfs;

}  // namespace

FaultyVfs::FaultyVfs() {
  sqlite3_initialize();
  vfs = *underlying();  // everything but opening files is the real one's
  vfs.zName = kName;
  vfs.pNext = nullptr;
  vfs.szOsFile = static_cast<int>(sizeof(File)) + underlying()->szOsFile;
  vfs.xOpen = open_file;
  disarm();
  const int code = sqlite3_vfs_register(&vfs, 0);
  assert(code == SQLITE_OK);
  (void)code;
}

FaultyVfs::~FaultyVfs() {
  sqlite3_vfs_unregister(&vfs);
}

const char* FaultyVfs::name() const {
  return kName;
}

void FaultyVfs::arm(Fault fault, std::int64_t n, bool sticky) {
  plan.failed = false;
  plan.countdown = n;
  plan.sticky = sticky;
  plan.fault = static_cast<int>(fault);
}

bool FaultyVfs::disarm() {
  plan.fault = -1;
  return plan.failed.exchange(false);
}

}  // namespace wardroom::testing
