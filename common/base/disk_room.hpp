#pragma once

#include <cstdint>
#include <filesystem>

namespace wardroom {

// Whether this account may write `bytes` more into the folder. They are taken for a moment, in a file without
// a name: what the file system says is free isn't what a quota leaves, and is asked only where there are no
// such files. True where nothing can be said.
bool has_room(const std::filesystem::path& folder, std::uint64_t bytes);

}  // namespace wardroom
