#include "server/ops/data_dir.hpp"

#include <fcntl.h>
#include <fstream>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "server/ops/durable_file.hpp"
#include "server/ops/own_entries.hpp"
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

TEST_CASE("a lock that root takes first can be taken by the directory's owner afterwards") {
  if (::geteuid() != 0) return;  // only root makes files for others
  constexpr uid_t kOwner = 65534;
  const Scratch scratch;
  const DataDir dir = make_existing_dir(scratch);
  REQUIRE(::chown(dir.root.c_str(), kOwner, kOwner) == 0);
  REQUIRE(DirLock::acquire(dir));
  struct stat info {};
  REQUIRE(::stat(dir.lock().c_str(), &info) == 0);
  CHECK(info.st_uid == kOwner);
  CHECK(info.st_gid == kOwner);
}

TEST_CASE("a lock isn't taken through a link, to whatever that leads to") {
  const Scratch scratch;
  const DataDir dir = make_existing_dir(scratch);
  REQUIRE(write_durably(scratch.path / "elsewhere", "kept", 0600));
  std::filesystem::create_symlink(scratch.path / "elsewhere", dir.lock());
  const auto refused = DirLock::acquire(dir);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("run/lock") != std::string::npos);
  CHECK(*read_small_file(scratch.path / "elsewhere") == "kept");
}

TEST_CASE("a link in place of a folder is refused by its name, and what it leads to stays as it was") {
  const Scratch scratch;
  const DataDir dir = make_existing_dir(scratch);
  const auto elsewhere = scratch.path / "elsewhere";
  std::filesystem::create_directory(elsewhere);
  REQUIRE(::chmod(elsewhere.c_str(), 0755) == 0);
  REQUIRE(std::filesystem::remove_all(dir.run()) > 0);
  std::filesystem::create_symlink(elsewhere, dir.run());
  const auto refused = open_data_dir(dir.root);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "link_refused");
  CHECK(refused.error().message.find(dir.run().string() + " is a symbolic link") != std::string::npos);
  CHECK(mode_of(elsewhere) == 0755);
  REQUIRE_FALSE(DirLock::acquire(dir));
  CHECK(std::filesystem::is_empty(elsewhere));
  // A file of the directory's, too.
  const auto letter = scratch.path / "letter";
  REQUIRE(write_durably(letter, "kept", 0644));
  std::filesystem::create_symlink(letter, dir.database());
  CHECK(make_private_file(dir.database()).error().reason == "link_refused");
  CHECK(mode_of(letter) == 0644);
}

TEST_CASE("a data directory may be reached through a link of its owner's") {
  const Scratch scratch;
  std::filesystem::create_directory(scratch.path / "disk");
  std::filesystem::create_symlink(scratch.path / "disk", scratch.path / "data");
  const auto dir = create_data_dir(scratch.path / "data");
  REQUIRE(dir);
  REQUIRE(write_durably(dir->config(), "", 0600));
  CHECK(open_data_dir(dir->root));
  CHECK(mode_of(scratch.path / "disk") == 0700);
}

TEST_CASE("root gives everything in the directory to its owner, and nothing that a link leads to") {
  if (::geteuid() != 0) return;  // only root gives
  constexpr uid_t kOwner = 65534;
  const Scratch scratch;
  const DataDir dir = make_existing_dir(scratch);
  const auto owner_of = [](const std::filesystem::path& path) {
    struct stat info {};
    REQUIRE(::lstat(path.c_str(), &info) == 0);
    return info.st_uid;
  };
  std::filesystem::create_directories(dir.files() / "deep");
  REQUIRE(write_durably(dir.files() / "deep" / "file", "", 0600));
  REQUIRE(::chown(dir.root.c_str(), kOwner, kOwner) == 0);
  REQUIRE(open_data_dir(dir.root));
  CHECK(owner_of(dir.run()) == kOwner);
  REQUIRE(give_to_owner(dir));
  for (const auto& given : {dir.config(), dir.keys(), dir.files() / "deep", dir.files() / "deep" / "file"})
    CHECK(owner_of(given) == kOwner);

  std::filesystem::create_directory(scratch.path / "elsewhere");
  REQUIRE(write_durably(scratch.path / "elsewhere" / "letter", "", 0600));
  REQUIRE(write_durably(dir.keys() / "late", "", 0600));
  const auto link = dir.files() / "link";
  SECTION("a symbolic one to a folder") {
    std::filesystem::create_directory_symlink(scratch.path / "elsewhere", link);
  }
  SECTION("a symbolic one to a file") {
    std::filesystem::create_symlink(scratch.path / "elsewhere" / "letter", link);
  }
  SECTION("a second name of a file") {
    std::filesystem::create_hard_link(scratch.path / "elsewhere" / "letter", link);
  }
  const auto refused = give_to_owner(dir);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "link_refused");
  CHECK(refused.error().message.find(link.string()) != std::string::npos);
  CHECK(owner_of(scratch.path / "elsewhere") == 0);
  CHECK(owner_of(scratch.path / "elsewhere" / "letter") == 0);
  // What stood in no link's way is given all the same: else the service couldn't start.
  CHECK(owner_of(dir.keys() / "late") == kOwner);
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
