#include "tests/harness/scenario.hpp"

#include "tests/harness/story.hpp"

namespace wardroom::testing {

void run_scenario(const std::filesystem::path& file) {
  Story(file).run();
}

}  // namespace wardroom::testing
