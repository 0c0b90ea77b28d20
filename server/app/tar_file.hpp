#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"

namespace wardroom::app {

struct TarEntry {
  std::string name, text;
};

// A compressed tar file of these, its owner's alone; in place only when it is whole. The target is one that
// TargetFile takes.
Result<void> write_tar(const std::filesystem::path& target, const std::vector<TarEntry>& entries,
                       TimePoint at);

}  // namespace wardroom::app
