#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "common/base/result.hpp"

namespace wardroom::admin {

// A path as a person types it: ~ is their home directory.
std::filesystem::path path_of(std::string_view typed);

// The bytes of a file that a person chose, at most `most` of them. The error is a sentence with the remedy.
Result<std::string> load_chosen_file(const std::filesystem::path& path, std::uintmax_t most);

}  // namespace wardroom::admin
