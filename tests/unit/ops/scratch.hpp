#pragma once

#include <filesystem>

#include <catch2/catch.hpp>
#include <sys/stat.h>

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

// Who may do what with it, as chmod says it.
inline unsigned mode_of(const std::filesystem::path& file) {
  struct stat info {};
  REQUIRE(::stat(file.c_str(), &info) == 0);
  return info.st_mode & 0777;
}
