#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"

namespace wardroom::client {

// What was pasted and is to be sent as a file: a copy in the profile's own folder, the person's alone, until
// its message is stored or thrown away. One thread at a time.
class Copies {
 public:
  explicit Copies(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // `name` is what the file is called for others, for example "Pasted text.txt". On the disk before it
  // answers; each in a folder of its own, so that names may be the same.
  Result<std::string> keep(std::string_view name, std::string_view bytes);
  // Nothing happens to a file that is elsewhere.
  void drop(const std::string& path);
  // What a crash left: all that isn't among `wanted`.
  void sweep(const std::vector<std::string>& wanted);

 private:
  const std::filesystem::path folder_;
};

}  // namespace wardroom::client
