#include "common/base/target_file.hpp"

#include <algorithm>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

#include <catch2/catch.hpp>
#include <sys/stat.h>

using namespace wardroom;
namespace fs = std::filesystem;

namespace {

struct Folder {
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "wardroom-target-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()));
    path = pattern;
  }
  ~Folder() { fs::remove_all(path); }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(path)) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }
  fs::path path;
};

std::string contents(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("targets: a file is made and replaced whole, for its owner alone") {
  const Folder folder;
  const fs::path file = folder.path / "out.txt";
  REQUIRE(write_target(file, "first"));
  ::chmod(file.c_str(), 0644);
  {
    auto unfinished = TargetFile::open(file);
    REQUIRE(unfinished);
    REQUIRE(unfinished->write("half"));
    CHECK(unfinished_bytes(file) == 4);
  }
  CHECK(unfinished_bytes(file) == 0);
  CHECK(contents(file) == "first");
  REQUIRE(write_target(file, "second"));
  CHECK(contents(file) == "second");
  struct stat info {};
  REQUIRE(::stat(file.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  CHECK(folder.names() == std::vector<std::string>{"out.txt"});
}

TEST_CASE("targets: no other file is touched, and two that write the same one don't disturb each other") {
  const Folder folder;
  const fs::path file = folder.path / "out.txt";
  for (const char* own : {"out.txt.part", "out.txt.new"}) std::ofstream(folder.path / own) << "dear all";
  {
    auto first = TargetFile::open(file);
    auto second = TargetFile::open(file);
    REQUIRE((first && second));
    REQUIRE(first->write("first"));
    REQUIRE(second->write("second"));
    REQUIRE(second->keep());
    CHECK(contents(file) == "second");
    REQUIRE(first->keep());
    CHECK(contents(file) == "first");
    REQUIRE(TargetFile::open(file));  // and given up
  }
  CHECK(contents(folder.path / "out.txt.part") == "dear all");
  CHECK(unfinished_bytes(file) == 0);  // a name of the person's own isn't one of ours
  CHECK(folder.names() == std::vector<std::string>{"out.txt", "out.txt.new", "out.txt.part"});
}

TEST_CASE("targets: what is no ordinary file is refused before anything is written, with a sentence") {
  const Folder folder;
  const fs::path letter = folder.path / "letter";
  std::ofstream(letter) << "dear all";
  fs::create_symlink(letter, folder.path / "link");
  fs::create_symlink(folder.path / "nowhere", folder.path / "dangling");
  REQUIRE(::mkfifo((folder.path / "pipe").c_str(), 0600) == 0);
  fs::create_directory(folder.path / "inner");
  for (const fs::path& target :
       {fs::path(), folder.path / "link", folder.path / "dangling", folder.path / "pipe",
        folder.path / "inner", folder.path / "inner/", folder.path / "inner/..", fs::path("/dev/null"),
        folder.path / "none" / "file"}) {
    INFO(target);
    const auto refused = write_target(target, "x");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.size() > 20);
    CHECK_FALSE(TargetFile::open(target));
  }
  CHECK(contents(letter) == "dear all");
  CHECK_FALSE(fs::exists(folder.path / "nowhere"));
  CHECK(fs::is_symlink(folder.path / "link"));
}

TEST_CASE("targets: nothing within a data directory is written, by whatever way it is named") {
  const Folder folder;
  const fs::path data = folder.path / "data";
  fs::create_directories(data / "keys");
  std::ofstream(data / "wardroom.toml") << "[server]\n";
  std::ofstream(data / "wardroom.db") << "the office";
  fs::create_symlink(data, folder.path / "way");
  for (const fs::path& target : {data / "wardroom.db", data / "keys" / "seal.key", data / "new",
                                 folder.path / "way" / "new", data / "keys" / ".." / "new"}) {
    INFO(target);
    const auto refused = write_target(target, "x");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("data directory") != std::string::npos);
  }
  CHECK(contents(data / "wardroom.db") == "the office");
  CHECK_FALSE(fs::exists(data / "new"));
}
