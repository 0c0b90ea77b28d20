#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "common/base/result.hpp"

namespace wardroom::ops {

// Replaces the file, or makes it: after a crash at any moment the file has either its old or its new
// contents. Written beside it, synced, renamed, and the folder synced. `mode` as in chmod, whatever the
// umask.
Result<void> write_durably(const std::filesystem::path& file, std::string_view contents, unsigned mode);

// What the file is called beside the one that it will replace, behind that one's name: half written perhaps,
// and gone a moment later.
inline constexpr std::string_view kUnfinished = ".new";

// Gives a whole file, whose bytes may not have reached the disk, the name of another one: after a crash at
// any moment the name stands for either.
Result<void> replace_durably(const std::filesystem::path& whole, const std::filesystem::path& name);

// Removes the file, if it is there: after a crash at any moment it is there or isn't.
Result<void> remove_durably(const std::filesystem::path& file);

// The whole file; `unavailable` with the system's reason when it can't be read or is larger than `max_bytes`.
Result<std::string> read_small_file(const std::filesystem::path& file, std::size_t max_bytes = 1024 * 1024);

// "FILE: No space left on device." from errno. What stays until a person does something has a reason:
// not_permitted, file_missing.
Error file_error(const std::filesystem::path& file, int error_number);

}  // namespace wardroom::ops
