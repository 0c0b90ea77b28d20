#include "client/session/spawn.hpp"

#include <csignal>
#include <spawn.h>
#include <thread>
#include <unistd.h>

#include <spdlog/spdlog.h>
#include <sys/wait.h>

namespace wardroom::client {

bool spawn(const std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  pid_t child = 0;
  const int failure = ::posix_spawnp(&child, argv[0], nullptr, nullptr, argv.data(), environ);
  if (failure != 0) {
    spdlog::warn("desktop.spawn failed program={} errno={}", arguments.front(), failure);
    return false;
  }
  // Somebody must read its end, or it stays behind as a zombie.
  std::thread([child] { ::waitpid(child, nullptr, 0); }).detach();
  return true;
}

}  // namespace wardroom::client
