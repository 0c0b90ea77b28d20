#include "common/base/file_lock.hpp"

#include <windows.h>

namespace wardroom {

std::optional<FileLock> FileLock::take(const std::filesystem::path& file, Wait wait,
                                       std::error_code& failed) {
  failed.clear();
  const HANDLE opened =
      CreateFileW(file.c_str(), GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr,
                  OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (opened == INVALID_HANDLE_VALUE) {
    failed = {static_cast<int>(GetLastError()), std::system_category()};
    return std::nullopt;
  }
  FileLock lock(reinterpret_cast<std::intptr_t>(opened));
  OVERLAPPED whole{};
  const DWORD how = LOCKFILE_EXCLUSIVE_LOCK | (wait == Wait::no ? LOCKFILE_FAIL_IMMEDIATELY : 0U);
  if (LockFileEx(opened, how, 0, 1, 0, &whole)) return lock;
  if (const DWORD error = GetLastError(); error != ERROR_LOCK_VIOLATION)
    failed = {static_cast<int>(error), std::system_category()};
  return std::nullopt;
}

FileLock::~FileLock() {
  if (handle_ != kNone) CloseHandle(reinterpret_cast<HANDLE>(handle_));
}

}  // namespace wardroom
