#include "client/session/single_instance.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <thread>
#include <unistd.h>

#include <spdlog/spdlog.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace wardroom::client {
namespace {

constexpr std::size_t kMostBytes = 4096;
constexpr timeval kPatience{2, 0};

// Nothing when the path doesn't fit: then a second start can't hand anything over, but is still refused.
std::optional<sockaddr_un> address_of(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string text = path.string();
  if (text.size() >= sizeof address.sun_path) return std::nullopt;
  std::memcpy(address.sun_path, text.c_str(), text.size() + 1);
  return address;
}

int local_socket() {
  return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

const sockaddr* generic(const sockaddr_un& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

bool hand_over(const std::filesystem::path& path, const std::string& message) {
  const auto address = address_of(path);
  const int fd = local_socket();
  if (!address || fd < 0) return false;
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
  const bool done =
      ::connect(fd, generic(*address), sizeof *address) == 0 &&
      ::send(fd, message.data(), message.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(message.size());
  ::close(fd);
  return done;
}

std::string receive(int fd) {
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  std::string text(kMostBytes, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const auto got = ::recv(fd, text.data() + size, text.size() - size, 0);
    if (got <= 0) break;
    size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return text;
}

class SocketInstance final : public SingleInstance {
 public:
  SocketInstance(int lock, std::filesystem::path socket_path)
      : lock_(lock), socket_path_(std::move(socket_path)) {}
  ~SocketInstance() override;
  void listen(std::function<void(std::string)> received) override;

 private:
  void serve(const std::function<void(std::string)>& received);

  int lock_;
  int socket_ = -1;
  int stop_[2] = {-1, -1};
  std::filesystem::path socket_path_;
  std::thread thread_;
};

SocketInstance::~SocketInstance() {
  if (thread_.joinable()) {
    ::close(stop_[1]);  // the thread sees the pipe's end
    thread_.join();
    ::close(stop_[0]);
  }
  if (socket_ >= 0) {
    ::unlink(socket_path_.c_str());
    ::close(socket_);
  }
  ::close(lock_);
}

void SocketInstance::listen(std::function<void(std::string)> received) {
  const auto address = address_of(socket_path_);
  if (!address) return;
  ::unlink(socket_path_.c_str());  // of a program that crashed; the lock is ours
  socket_ = local_socket();
  if (socket_ < 0 || ::bind(socket_, generic(*address), sizeof *address) != 0 || ::listen(socket_, 4) != 0 ||
      ::pipe2(stop_, O_CLOEXEC) != 0) {
    spdlog::warn("instance.listen failed errno={}", errno);
    return;
  }
  thread_ = std::thread([this, received = std::move(received)] { serve(received); });
}

void SocketInstance::serve(const std::function<void(std::string)>& received) {
  for (;;) {
    pollfd waits[] = {{socket_, POLLIN, 0}, {stop_[0], POLLIN, 0}};
    if (::poll(waits, 2, -1) < 0 && errno != EINTR) return;
    if (waits[1].revents != 0) return;
    if ((waits[0].revents & POLLIN) == 0) continue;
    const int fd = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    received(receive(fd));
    ::close(fd);
  }
}

}  // namespace

Result<std::unique_ptr<SingleInstance>> SingleInstance::claim(const std::filesystem::path& directory,
                                                              const std::string& message) {
  const auto file = directory / "lock";
  const int lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) return unavailable(file.string() + " can't be made: " + std::strerror(errno) + ".");
  if (::flock(lock, LOCK_EX | LOCK_NB) == 0) {
    std::unique_ptr<SingleInstance> instance = std::make_unique<SocketInstance>(lock, directory / "handover");
    return instance;
  }
  ::close(lock);
  if (!hand_over(directory / "handover", message))
    return unavailable(
        "Wardroom is already running with this profile. Use its window, or --profile for another.");
  return std::unique_ptr<SingleInstance>{};
}

}  // namespace wardroom::client
