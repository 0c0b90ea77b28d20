#pragma once

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include <catch2/catch.hpp>

// Holds a document of the repository against what the program makes; `./dev accept` rewrites it.
// `path` is relative to the sources, whose place the test's CMakeLists.txt gives as WARDROOM_SOURCE_DIR.
inline void check_generated_document(const std::string& path, const std::string& expected) {
  const std::string file = std::string{WARDROOM_SOURCE_DIR} + "/" + path;
  if (std::getenv("WARDROOM_ACCEPT") != nullptr) std::ofstream{file} << expected;
  std::ostringstream contents;
  contents << std::ifstream{file}.rdbuf();
  INFO(path << " isn't current: ./dev accept rewrites it.");
  CHECK(contents.str() == expected);
}
