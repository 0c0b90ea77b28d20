#pragma once

#include <atomic>
#include <filesystem>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

#include <sys/socket.h>
#include <sys/un.h>

namespace wardroom::testing {

// Answers INSTREAM as clamd does: what holds "infected" is Test.Signature, what is longer than its limit is
// too large.
class FakeClamd {
 public:
  explicit FakeClamd(std::filesystem::path socket, std::size_t limit = 1'000'000)
      : socket_(std::move(socket)), limit_(limit) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    socket_.string().copy(at.sun_path, sizeof at.sun_path - 1);
    listening_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::bind(listening_, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0 ||
        ::listen(listening_, 8) != 0)
      throw std::runtime_error("the scanner's socket can't be made: " + socket_.string());
    thread_ = std::thread([this] { serve(); });
  }
  ~FakeClamd() {
    stopped_ = true;
    thread_.join();
    ::close(listening_);
    std::error_code unknown;
    std::filesystem::remove(socket_, unknown);
  }
  FakeClamd(const FakeClamd&) = delete;
  FakeClamd& operator=(const FakeClamd&) = delete;

  std::string path() const { return socket_.string(); }
  int asked() const { return asked_; }

 private:
  void serve() {
    while (!stopped_) {
      pollfd waiting{listening_, POLLIN, 0};
      if (::poll(&waiting, 1, 20) <= 0) continue;
      const int peer = ::accept(listening_, nullptr, nullptr);
      if (peer < 0) continue;
      const std::string answer = answer_to(peer);
      if (!answer.empty()) ::send(peer, answer.c_str(), answer.size() + 1, MSG_NOSIGNAL);
      ::close(peer);
    }
  }

  // Empty: it isn't a question.
  std::string answer_to(int peer) {
    std::string command(10, '\0'), bytes;
    if (!read(peer, command) || command != std::string("zINSTREAM\0", 10)) return {};
    ++asked_;
    for (;;) {
      std::string length(4, '\0');
      if (!read(peer, length)) return {};
      std::size_t size = 0;
      for (const char byte : length) size = size * 256 + static_cast<unsigned char>(byte);
      if (size == 0) break;
      std::string piece(size, '\0');
      if (!read(peer, piece)) return {};
      bytes += piece;
      if (bytes.size() > limit_) return "INSTREAM size limit exceeded. ERROR";
    }
    return bytes.find("infected") == std::string::npos ? "stream: OK" : "stream: Test.Signature FOUND";
  }

  static bool read(int peer, std::string& into) {
    for (std::size_t size = 0; size < into.size();) {
      const ssize_t got = ::recv(peer, into.data() + size, into.size() - size, 0);
      if (got <= 0) return false;
      size += static_cast<std::size_t>(got);
    }
    return true;
  }

  const std::filesystem::path socket_;
  const std::size_t limit_;
  int listening_ = -1;
  std::atomic<bool> stopped_{false};
  std::atomic<int> asked_{0};
  std::thread thread_;
};

}  // namespace wardroom::testing
