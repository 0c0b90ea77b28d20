#include <fstream>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "client/session/copies.hpp"
#include "client/session/own_file.hpp"
#include "client/session/person_folders.hpp"
#include "common/desk/session/file_dialog.hpp"
#include "tests/unit/client_session/temp_directory.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;

namespace {

std::string write_file(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file) << text;
  return file.string();
}

}  // namespace

TEST_CASE("A file that goes up is read where it is asked for, and a change of it shows") {
  const TempDirectory dir;
  const auto path = write_file(dir.path() / "plan.txt", "ground floor");
  const auto opened = OwnFile::open(path);
  REQUIRE(opened);
  const auto seen = opened->look();
  REQUIRE(seen);
  CHECK(seen->name == "plan.txt");
  CHECK(seen->size == 12);
  CHECK(*opened->read(7, 100) == "floor");
  CHECK(*opened->read(0, 6) == "ground");
  CHECK(opened->check_unchanged(seen->size, seen->modified_ns));
  CHECK(opened->read(12, 1).error().reason == "file_changed");
  write_file(path, "ground floor, first floor");
  CHECK(opened->check_unchanged(seen->size, seen->modified_ns).error().reason == "file_changed");
}

TEST_CASE("What is no ordinary file is refused with what helps, and nothing waits for a pipe") {
  const TempDirectory dir;
  CHECK(OwnFile::open((dir.path() / "gone").string()).error().reason == "file_gone");
  CHECK(OwnFile::open(dir.path().string()).error().reason == "not_a_file");
  const auto pipe = dir.path() / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(OwnFile::open(pipe.string()).error().reason == "not_a_file");
}

TEST_CASE("A name that isn't UTF-8 becomes one that is") {
  const TempDirectory dir;
  const auto opened = OwnFile::open(write_file(dir.path() / "caf\xE9.txt", "x"));
  REQUIRE(opened);
  CHECK(opened->look()->name == "caf\xEF\xBF\xBD.txt");
}

TEST_CASE("A copy lies in a folder of its own; nothing else is ever removed") {
  const TempDirectory dir;
  Copies copies(dir.path() / "outgoing");
  const auto one = copies.keep("Pasted text.txt", "one");
  const auto two = copies.keep("Pasted text.txt", "two");
  REQUIRE(one);
  REQUIRE(two);
  CHECK(*one != *two);
  const auto own = write_file(dir.path() / "mine.txt", "mine");
  copies.drop(own);
  CHECK(std::filesystem::exists(own));
  copies.drop(*one);
  CHECK_FALSE(std::filesystem::exists(*one));
  const auto left = copies.keep("Pasted text.txt", "left by a crash");
  REQUIRE(left);
  copies.sweep({*two, own});
  CHECK(std::filesystem::exists(*two));
  CHECK_FALSE(std::filesystem::exists(*left));
  CHECK(std::filesystem::exists(own));
}

TEST_CASE("Somebody else's name for a file is never a path, and takes no file's place") {
  CHECK(safe_name("plan.pdf") == "plan.pdf");
  CHECK(safe_name("../../.bashrc") == "_.bashrc");
  CHECK(safe_name("..\\x") == "x");
  CHECK(safe_name("a/") == "file");
  CHECK(safe_name("a\nb") == "ab");
  const TempDirectory dir;
  CHECK(free_path(dir.path(), "plan.pdf") == dir.path() / "plan.pdf");
  write_file(dir.path() / "plan.pdf", "");
  CHECK(free_path(dir.path(), "plan.pdf") == dir.path() / "plan (2).pdf");
  // A link that leads nowhere is something, too.
  std::filesystem::create_symlink("nowhere", dir.path() / "plan (2).pdf");
  CHECK(free_path(dir.path(), "plan.pdf") == dir.path() / "plan (3).pdf");
}

TEST_CASE("The folder of downloads is the one that the desktop names") {
  CHECK(downloads_of("XDG_DESKTOP_DIR=\"$HOME/Desktop\"\nXDG_DOWNLOAD_DIR=\"$HOME/Down\"\n", "/home/lena") ==
        "/home/lena/Down");
  CHECK(downloads_of("XDG_DOWNLOAD_DIR=\"/srv/d\"", "/home/lena") == "/srv/d");
  CHECK(downloads_of("# XDG_DOWNLOAD_DIR=\"/srv/d\"\nXDG_DOWNLOAD_DIR=\"relative\"\n", "/home/lena").empty());
  CHECK(downloads_of("XDG_DOWNLOAD_DIR=\"", "/home/lena").empty());
  CHECK(downloads_of("", "/home/lena").empty());
}

TEST_CASE("What the desktop's dialog names becomes a path, or nothing") {
  CHECK(desk::path_of_uri("file:///home/lena/a%20b.txt") == "/home/lena/a b.txt");
  CHECK(desk::path_of_uri("file://localhost/x") == "/x");
  CHECK(desk::path_of_uri("file:///caf%C3%A9") == "/caf\xC3\xA9");
  CHECK_FALSE(desk::path_of_uri("https://elsewhere.example/x"));
  CHECK_FALSE(desk::path_of_uri("file://elsewhere/x"));
  CHECK_FALSE(desk::path_of_uri("file:///a%2"));
  CHECK_FALSE(desk::path_of_uri("file:///a%00b"));
  CHECK_FALSE(desk::path_of_uri("file:///a%zz"));
}
