#include "server/ops/data_dir.hpp"

#include <fcntl.h>
#include <fstream>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "server/ops/durable_file.hpp"
#include "server/ops/reserve.hpp"
#include "tests/unit/ops/scratch.hpp"

using namespace wardroom;
using namespace wardroom::ops;

namespace {

// An existing data directory: what `wardroomd init` leaves.
DataDir make_existing_dir(const Scratch& scratch) {
  const DataDir dir = *create_data_dir(scratch.path / "data");
  REQUIRE(write_durably(dir.config(), "", 0600));
  return dir;
}

}  // namespace

TEST_CASE("a new data directory is its owner's alone, with all its folders") {
  const Scratch scratch;
  const auto dir = create_data_dir(scratch.path / "deep" / "data");
  REQUIRE(dir);
  for (const auto& folder : {dir->root, dir->files(), dir->tls(), dir->keys(), dir->run()}) {
    INFO(folder);
    CHECK(mode_of(folder) == 0700);
  }
}

TEST_CASE("init takes an empty directory and refuses one that holds anything") {
  const Scratch scratch;
  std::filesystem::create_directory(scratch.path / "empty");
  CHECK(create_data_dir(scratch.path / "empty"));
  CHECK(mode_of(scratch.path / "empty") == 0700);

  std::filesystem::create_directory(scratch.path / "used");
  std::ofstream{scratch.path / "used" / "letter.txt"} << "dear all";
  const auto refused = create_data_dir(scratch.path / "used");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "directory_not_empty");
  CHECK_FALSE(std::filesystem::exists(scratch.path / "used" / "keys"));
  CHECK(create_data_dir(scratch.path / "used" / "letter.txt").error().reason == "not_a_directory");
}

TEST_CASE("open says what to do when there is no data directory, and shuts out others") {
  const Scratch scratch;
  CHECK(open_data_dir(scratch.path / "none").error().message.find("wardroomd init") != std::string::npos);
  CHECK(open_data_dir(scratch.path).error().message.find("isn't a data directory") != std::string::npos);

  const DataDir dir = make_existing_dir(scratch);
  CHECK(open_data_dir(dir.root));
  ::chmod(dir.root.c_str(), 0755);
  const auto open_to_others = open_data_dir(dir.root);
  REQUIRE_FALSE(open_to_others);
  CHECK(open_to_others.error().message.find("chmod 700") != std::string::npos);
}

TEST_CASE("one server a directory: the second is told who has it, and may have it afterwards") {
  const Scratch scratch;
  const DataDir dir = make_existing_dir(scratch);
  {
    const auto first = DirLock::acquire(dir);
    REQUIRE(first);
    const auto second = DirLock::acquire(dir);
    REQUIRE_FALSE(second);
    CHECK(second.error().reason == "directory_in_use");
    CHECK(second.error().message.find("process " + std::to_string(::getpid())) != std::string::npos);
  }
  CHECK(DirLock::acquire(dir));
}

TEST_CASE("a durable write replaces the whole file with the mode asked for") {
  const Scratch scratch;
  const auto file = scratch.path / "file";
  REQUIRE(write_durably(file, "a long first version", 0600));
  CHECK(mode_of(file) == 0600);
  const auto old_mask = ::umask(077);
  REQUIRE(write_durably(file, "second", 0644));
  ::umask(old_mask);
  CHECK(*read_small_file(file) == "second");
  CHECK(mode_of(file) == 0644);
  CHECK_FALSE(std::filesystem::exists(scratch.path / "file.new"));
}

TEST_CASE("a durable write that fails keeps the old file and says why") {
  const Scratch scratch;
  const auto folder = scratch.path / "gone";
  const auto refused = write_durably(folder / "file", "x", 0600);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::unavailable);
  CHECK(refused.error().message.find("No such file or directory") != std::string::npos);

  // A folder in the file's place: the rename fails after the new contents were written.
  const auto file = scratch.path / "file";
  std::filesystem::create_directory(file);
  REQUIRE_FALSE(write_durably(file, "x", 0600));
  CHECK_FALSE(std::filesystem::exists(scratch.path / "file.new"));
}

TEST_CASE("a small file that grew too large isn't read") {
  const Scratch scratch;
  REQUIRE(write_durably(scratch.path / "file", std::string(5000, 'x'), 0600));
  CHECK(read_small_file(scratch.path / "file", 5000)->size() == 5000);
  CHECK_FALSE(read_small_file(scratch.path / "file", 4999));
}

TEST_CASE("the reserve takes its room once, and gives it free once") {
  const Scratch scratch;
  const Reserve reserve(scratch.path / "reserve");
  REQUIRE(reserve.fill());
  CHECK(reserve.fill());
  CHECK(std::filesystem::file_size(scratch.path / "reserve") == Reserve::kBytes);
  CHECK(mode_of(scratch.path / "reserve") == 0600);
  CHECK(reserve.release());
  CHECK_FALSE(reserve.release());
}
