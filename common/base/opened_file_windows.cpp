#include "common/base/opened_file.hpp"

#include <algorithm>

#include "common/base/windows_api.hpp"

namespace wardroom {
namespace {

std::error_code last_read_error() {
  return {static_cast<int>(GetLastError()), std::system_category()};
}

// From 100 ns since 1601.
std::int64_t since_1970(const FILETIME& time) {
  constexpr std::int64_t kSecondsBetween = 11'644'473'600;
  const auto ticks =
      static_cast<std::int64_t>(std::uint64_t{time.dwHighDateTime} << 32U | time.dwLowDateTime);
  return (ticks - kSecondsBetween * 10'000'000) * 100;
}

}  // namespace

OpenedFile::~OpenedFile() {
  if (handle_ != kNone) CloseHandle(reinterpret_cast<HANDLE>(handle_));
}

// Folders, too (FILE_FLAG_BACKUP_SEMANTICS), so that it can be said that it is one.
std::error_code OpenedFile::open(const std::filesystem::path& file) {
  const HANDLE opened =
      CreateFileW(file.c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                  OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr);
  if (opened == INVALID_HANDLE_VALUE) return last_read_error();
  handle_ = reinterpret_cast<std::intptr_t>(opened);
  return {};
}

std::error_code OpenedFile::look(Status& into) const {
  const auto handle = reinterpret_cast<HANDLE>(handle_);
  into = {};
  if (GetFileType(handle) != FILE_TYPE_DISK) return {};
  BY_HANDLE_FILE_INFORMATION info{};
  if (!GetFileInformationByHandle(handle, &info)) return last_read_error();
  into.kind = (info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? Kind::folder : Kind::ordinary;
  into.size = static_cast<std::int64_t>(std::uint64_t{info.nFileSizeHigh} << 32U | info.nFileSizeLow);
  into.modified_ns = since_1970(info.ftLastWriteTime);
  return {};
}

std::error_code OpenedFile::read_at(std::int64_t at, std::span<char> into, std::size_t& count) const {
  constexpr std::size_t kMost = 1U << 30U;
  OVERLAPPED place{};
  place.Offset = static_cast<DWORD>(at & 0xFFFFFFFF);
  place.OffsetHigh = static_cast<DWORD>(at >> 32);
  DWORD n = 0;
  count = 0;
  if (!ReadFile(reinterpret_cast<HANDLE>(handle_), into.data(),
                static_cast<DWORD>(std::min(into.size(), kMost)), &n, &place))
    return GetLastError() == ERROR_HANDLE_EOF ? std::error_code{} : last_read_error();
  count = n;
  return {};
}

}  // namespace wardroom
