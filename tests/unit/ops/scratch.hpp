#pragma once

#include <filesystem>

#include "common/base/bytes.hpp"
#include "common/base/random.hpp"

// A folder of its own that goes with the test.
struct Scratch {
  std::filesystem::path path = std::filesystem::temp_directory_path() /
                               ("wardroom-test-" + wardroom::to_hex(wardroom::random_bytes<8>()));
  Scratch() { std::filesystem::create_directory(path); }
  ~Scratch() { std::filesystem::remove_all(path); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
};
