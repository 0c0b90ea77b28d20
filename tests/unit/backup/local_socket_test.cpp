#include "server/app/local_socket.hpp"

#include <memory>
#include <new>
#include <optional>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "server/app/backup_job.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::testing;

TEST_CASE("the local socket answers one line with one line, also at the end of a long path") {
  TempDir temp;
  const auto folder = temp.path() / std::string(150, 'd');
  std::filesystem::create_directories(folder);
  const auto path = folder / "local.sock";
  auto socket = app::LocalSocket::open(path, [](const std::string& line) { return "you said " + line; });
  INFO((socket ? "" : socket.error().message));
  REQUIRE(socket);
  for (int i = 0; i < 3; ++i) {
    const auto answer = app::ask_local(path, "hello");
    REQUIRE(answer);
    CHECK(*answer == "you said hello");
  }
  struct stat info {};
  REQUIRE(::stat(path.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  (*socket)->stop();
  CHECK_FALSE(std::filesystem::exists(path));
  CHECK_FALSE(app::ask_local(path, "hello"));
}

TEST_CASE("a question that is too long gets no answer, and the next caller does") {
  TempDir temp;
  const auto path = temp.path() / "local.sock";
  auto socket = app::LocalSocket::open(path, [](const std::string&) { return "yes"; });
  REQUIRE(socket);
  CHECK_FALSE(app::ask_local(path, std::string(64 * 1024, 'x')));
  CHECK(app::ask_local(path, "hello"));
}

TEST_CASE("an answer that throws costs its caller the answer, and nobody after them") {
  TempDir temp;
  const auto path = temp.path() / "local.sock";
  auto socket = app::LocalSocket::open(path, [](const std::string& line) -> std::string {
    if (line == "too much") throw std::bad_alloc();
    return "yes";
  });
  REQUIRE(socket);
  CHECK_FALSE(app::ask_local(path, "too much"));
  CHECK(app::ask_local(path, "hello"));
}

TEST_CASE("a backup that meets a server which doesn't answer yet waits for it, or for its end") {
  TempDir temp;
  const auto dir = ops::create_data_dir(temp.path() / "data");
  REQUIRE(dir);
  auto server = ops::DirLock::acquire(*dir);
  REQUIRE(server);
  std::optional<ops::DirLock> held(*std::move(server));
  int waited = 0;
  SECTION("it comes to answer") {
    std::unique_ptr<app::LocalSocket> socket;
    const auto lock = app::lock_or_find_server(*dir, [&] {
      if (++waited < 3) return true;
      auto opened = app::LocalSocket::open(dir->socket(), [](const std::string&) { return "yes"; });
      REQUIRE(opened);
      socket = *std::move(opened);
      return true;
    });
    REQUIRE(lock);
    CHECK_FALSE(lock->has_value());
    CHECK(waited == 3);
  }
  SECTION("it ends") {
    const auto lock = app::lock_or_find_server(*dir, [&] {
      if (++waited == 2) held.reset();
      return true;
    });
    REQUIRE(lock);
    CHECK(lock->has_value());
    CHECK(waited == 2);
  }
  SECTION("it does neither") {
    const auto lock = app::lock_or_find_server(*dir, [&] { return ++waited < 2; });
    REQUIRE_FALSE(lock);
    CHECK(lock.error().reason == "directory_in_use");
    CHECK(waited == 2);
  }
}
