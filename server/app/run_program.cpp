#include "server/app/run_program.hpp"

#include <cerrno>
#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <sys/wait.h>

extern char** environ;

namespace wardroom::app {
namespace {

constexpr std::size_t kMaxPrinted = 4 * 1024 * 1024;

std::string read_all(int fd) {
  std::string text;
  char part[16 * 1024];
  for (;;) {
    const ssize_t n = ::read(fd, part, sizeof part);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return text;
    // Read on to its end: a program that can't write doesn't end.
    if (text.size() < kMaxPrinted) text.append(part, static_cast<std::size_t>(n));
  }
}

// Its process, or 0.
pid_t spawn_into(const std::vector<std::string>& command, int out) {
  std::vector<char*> arguments;
  for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  if (posix_spawn_file_actions_init(&actions) != 0) return 0;
  pid_t child = 0;
  const bool is_spawned =
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0 &&
      posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO) == 0 &&
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
      posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ) == 0;
  posix_spawn_file_actions_destroy(&actions);
  return is_spawned ? child : 0;
}

}  // namespace

Result<std::string> run_program(const std::vector<std::string>& command) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return unavailable("There is no descriptor left.");
  const pid_t child = spawn_into(command, ends[1]);
  ::close(ends[1]);
  std::string printed = child > 0 ? read_all(ends[0]) : "";
  ::close(ends[0]);
  int status = -1;
  while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) return printed;
  return unavailable(command.front() + " isn't there, or failed.");
}

}  // namespace wardroom::app
