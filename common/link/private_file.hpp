#pragma once

#include <filesystem>

#include "common/base/result.hpp"
#include "common/base/secret.hpp"

// What differs between operating systems about files that only the person may read.
namespace wardroom::link {

// Writes a new file (0600) and moves it over `file` when it is on disk.
Result<void> write_private_file(const std::filesystem::path& file, const Secret& contents);
// Makes the directory (0700) with its parents.
Result<void> make_private_directory(const std::filesystem::path& directory);

}  // namespace wardroom::link
