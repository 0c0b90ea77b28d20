#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "common/base/result.hpp"

namespace wardroom::link {

// <program>/<profile> in data_folder() (machine.hpp), or <data>/<profile> when `data` is given; made, for
// the person alone. A profile's name has no slash.
Result<std::filesystem::path> open_profile_directory(const std::string& program, const std::string& profile,
                                                     const std::optional<std::filesystem::path>& data);

// How this PC calls itself, for the list of a person's devices.
std::string device_name();

}  // namespace wardroom::link
