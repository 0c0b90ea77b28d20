#include "common/base/log.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <sys/stat.h>

using namespace wardroom;

namespace {

// Standard error goes into a file as long as this lives.
class Captured {
 public:
  explicit Captured(const std::filesystem::path& file) : file_(file), kept_(::dup(STDERR_FILENO)) {
    const int fd = ::open(file.c_str(), O_CREAT | O_RDWR, 0600);
    ::dup2(fd, STDERR_FILENO);
    ::close(fd);
  }
  ~Captured() {
    ::dup2(kept_, STDERR_FILENO);
    ::close(kept_);
    std::filesystem::remove(file_);
    ::unsetenv("JOURNAL_STREAM");
  }
  void be_journal() {
    struct stat info {};
    REQUIRE(::fstat(STDERR_FILENO, &info) == 0);
    ::setenv("JOURNAL_STREAM", (std::to_string(info.st_dev) + ":" + std::to_string(info.st_ino)).c_str(), 1);
  }

 private:
  std::filesystem::path file_;
  int kept_;
};

}  // namespace

TEST_CASE(
    "a line of its own has the priority of an error where standard error is the journal, and else nothing") {
  const auto file = std::filesystem::temp_directory_path() / ("wardroom-log-" + std::to_string(::getpid()));
  Captured captured(file);
  CHECK(error_prefix().empty());
  ::setenv("JOURNAL_STREAM", "1:2", 1);  // inherited, but not what standard error is
  CHECK(error_prefix().empty());
  captured.be_journal();
  CHECK(error_prefix() == "<3>");
}
