#include "tests/harness/temp_dir.hpp"

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace wardroom::testing {

TempDir::TempDir() {
  std::string pattern = (std::filesystem::temp_directory_path() / "wardroom-test-XXXXXX").string();
  if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary directory");
  path_ = pattern;
}

TempDir::~TempDir() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace wardroom::testing
