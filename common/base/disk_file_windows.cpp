#include "common/base/disk_file.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <windows.h>

namespace wardroom {
namespace {

std::error_code last_disk_error() {
  return {static_cast<int>(GetLastError()), std::system_category()};
}

HANDLE as_handle(std::intptr_t handle) {
  return reinterpret_cast<HANDLE>(handle);
}

// Virus scanners and search hold a new file for a moment; that passes.
bool is_held(DWORD error) {
  return error == ERROR_SHARING_VIOLATION || error == ERROR_ACCESS_DENIED || error == ERROR_LOCK_VIOLATION;
}

}  // namespace

// A person's folder gives its files to that person, the system and administrators.
std::error_code DiskFile::make(const std::filesystem::path& file) {
  const HANDLE made =
      CreateFileW(file.c_str(), GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                  nullptr, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (made == INVALID_HANDLE_VALUE) return last_disk_error();
  handle_ = reinterpret_cast<std::intptr_t>(made);
  return {};
}

std::error_code DiskFile::write(std::string_view bytes) {
  constexpr std::size_t kMost = 1U << 30U;
  while (!bytes.empty()) {
    DWORD n = 0;
    if (!WriteFile(as_handle(handle_), bytes.data(), static_cast<DWORD>(std::min(bytes.size(), kMost)), &n,
                   nullptr))
      return last_disk_error();
    bytes.remove_prefix(n);
  }
  return {};
}

std::error_code DiskFile::sync() {
  return FlushFileBuffers(as_handle(handle_)) ? std::error_code{} : last_disk_error();
}

void DiskFile::close() {
  if (handle_ != kNone) CloseHandle(as_handle(std::exchange(handle_, kNone)));
}

// MoveFileEx and not ReplaceFile: that one can fail between its two steps, with neither name in its place.
std::error_code replace_file(const std::filesystem::path& from, const std::filesystem::path& to) {
  using namespace std::chrono_literals;
  constexpr int kTries = 20;
  for (int tries = 1;; ++tries) {
    if (MoveFileExW(from.c_str(), to.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)) return {};
    const DWORD error = GetLastError();
    if (tries == kTries || !is_held(error)) return {static_cast<int>(error), std::system_category()};
    std::this_thread::sleep_for(25ms);
  }
}

// NTFS keeps names in its own log, and replace_file writes through.
std::error_code sync_folder(const std::filesystem::path&) {
  return {};
}

}  // namespace wardroom
