#pragma once

#include <cstdint>
#include <optional>

// What differs between operating systems about where a database ends.
namespace wardroom::sqlite {

// How large this process may make a file; nothing: no limit but the disk's.
std::optional<std::uintmax_t> most_file_bytes();
// Whether the system's error number, as SQLite keeps it, says that the account's share of the disk is used
// up.
bool says_quota(int error_number);
// SQLite's name of the file system as it is, but without locks.
extern const char* const kVfsWithoutLocks;

}  // namespace wardroom::sqlite
