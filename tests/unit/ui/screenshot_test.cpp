#include "common/ui/screenshot.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include <catch2/catch.hpp>

using namespace wardroom::ui;

namespace {

namespace fs = std::filesystem;

// A folder that goes with its test.
struct PictureFolder {
  PictureFolder() {
    std::string name = (fs::temp_directory_path() / "wardroom-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~PictureFolder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  PictureFolder(const PictureFolder&) = delete;
  PictureFolder& operator=(const PictureFolder&) = delete;
  fs::path path;
};

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a picture goes into the file that was named, and not into what a link there points to") {
  const PictureFolder folder;
  const Picture picture{2, 1, {255, 0, 0, 0, 0, 255}};
  const fs::path file = folder.path / "picture.png";
  const std::string signature = "\x89PNG\r\n";
  for (int time = 0; time < 2; ++time) {  // the second replaces the first
    const auto saved = save_png(picture, file);
    INFO((saved ? "" : saved.error().message));
    REQUIRE(saved);
    CHECK(bytes_of(file).starts_with(signature));
  }
  const fs::path other = folder.path / "other";
  std::ofstream(other) << "somebody's";
  const fs::path link = folder.path / "link.png";
  fs::create_symlink(other, link);
  const auto refused = save_png(picture, link);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("a symbolic link") != std::string::npos);
  CHECK(bytes_of(other) == "somebody's");
  CHECK_FALSE(save_png(picture, folder.path / "missing" / "picture.png"));
}
