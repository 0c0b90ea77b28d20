#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/desk/model/policy.hpp"

namespace wardroom::desk {

// The values in such a file; none: it isn't there.
PolicyValues load_policy_file(const std::filesystem::path& file, std::vector<std::string>& problems);

}  // namespace wardroom::desk
