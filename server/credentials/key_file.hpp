#pragma once

#include <filesystem>

#include "common/base/result.hpp"
#include "common/base/secret.hpp"

// Files that hold one key of 32 bytes, for their owner alone (0600).
namespace wardroom::credentials {

inline constexpr std::size_t kKeyBytes = 32;

// Random.
Secret make_key();

// A new file, synced with its folder. Refuses to overwrite.
Result<void> create_key_file(const std::filesystem::path& file, const Secret& key);
// Refuses a file of another size, and one that others than its owner can read.
Result<Secret> load_key_file(const std::filesystem::path& file);

}  // namespace wardroom::credentials
