#include "client/pictures/helper_process.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <poll.h>
#include <spawn.h>
#include <unistd.h>

#include <sys/socket.h>
#include <sys/wait.h>

#include "client/pictures/helper.hpp"

namespace wardroom::client::pictures {
namespace {

constexpr std::chrono::seconds kHelperPatience{10};
constexpr int kHelperLookMs = 100;
constexpr std::size_t kHelperPiece = 64 * 1024;
constexpr const char* kThisProgram = "/proc/self/exe";

std::optional<std::string> read_all(int from) {
  std::string all;
  std::array<char, kHelperPiece> piece;
  for (;;) {
    const ssize_t n = ::read(from, piece.data(), piece.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return std::nullopt;
    if (n == 0) return all;
    all.append(piece.data(), static_cast<std::size_t>(n));
  }
}

bool write_all(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(to, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

// The helper's process, and the socket that is its standard input and output. Ends it and waits for its end,
// which comes at once.
class SocketHelper final : public HelperProcess {
 public:
  SocketHelper(pid_t child, int socket) : child_(child), socket_(socket) {}
  SocketHelper(const SocketHelper&) = delete;
  SocketHelper& operator=(const SocketHelper&) = delete;
  ~SocketHelper() override {
    if (socket_ >= 0) ::close(socket_);
    if (child_ == 0) return;
    ::kill(child_, SIGKILL);
    while (::waitpid(child_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }

  // The answer; nothing: it took too long, was unwanted, or became more than `most`.
  std::optional<std::string> exchange(std::string_view request, std::size_t most,
                                      const std::function<bool()>& is_unwanted) override {
    const auto end = std::chrono::steady_clock::now() + kHelperPatience;
    std::string reply;
    std::array<char, kHelperPiece> piece;
    bool asked = false;
    while (std::chrono::steady_clock::now() < end && !(is_unwanted && is_unwanted())) {
      pollfd waiting{socket_, static_cast<short>(POLLIN | (asked ? 0 : POLLOUT)), 0};
      if (::poll(&waiting, 1, kHelperLookMs) < 0 && errno != EINTR) return std::nullopt;
      if (!asked && (waiting.revents & POLLOUT) != 0) {
        const ssize_t n = ::send(socket_, request.data(), request.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EAGAIN && errno != EINTR) return std::nullopt;
        if (n > 0) request.remove_prefix(static_cast<std::size_t>(n));
        asked = request.empty();
        if (asked) ::shutdown(socket_, SHUT_WR);
      }
      if ((waiting.revents & (POLLIN | POLLHUP | POLLERR)) == 0) continue;
      const ssize_t n = ::recv(socket_, piece.data(), piece.size(), MSG_DONTWAIT);
      if (n == 0) return reply;
      if (n < 0 && errno != EAGAIN && errno != EINTR) return std::nullopt;
      if (n > 0) reply.append(piece.data(), static_cast<std::size_t>(n));
      if (reply.size() > most) return std::nullopt;
    }
    return std::nullopt;
  }

 private:
  pid_t child_;
  int socket_;
};

}  // namespace

std::unique_ptr<HelperProcess> HelperProcess::start() {
  std::array<int, 2> ends{-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return nullptr;
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], 0);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  std::string word(kHelperWord), name("wardroom");
  std::array<char*, 3> arguments{name.data(), word.data(), nullptr};
  // Nothing of this program's surroundings.
  std::array<char*, 1> environment{nullptr};
  pid_t child = 0;
  const int failed =
      ::posix_spawn(&child, kThisProgram, &actions, nullptr, arguments.data(), environment.data());
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (failed != 0) {
    ::close(ends[0]);
    return nullptr;
  }
  return std::make_unique<SocketHelper>(child, ends[0]);
}

std::optional<std::string> read_helper_request() {
  return read_all(0);
}

bool write_helper_reply(std::string_view reply) {
  return write_all(1, reply);
}

}  // namespace wardroom::client::pictures
