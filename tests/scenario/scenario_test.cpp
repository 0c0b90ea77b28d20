#include "tests/harness/scenario.hpp"

#include <algorithm>
#include <vector>

#include <catch2/catch.hpp>

using namespace wardroom;

TEST_CASE("every scenario goes as it is written") {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(SCENARIO_DIR)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  REQUIRE_FALSE(files.empty());
  for (const auto& file : files) DYNAMIC_SECTION(file.stem().string()) {
      testing::run_scenario(file);
    }
}
