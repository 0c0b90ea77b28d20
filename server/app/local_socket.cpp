#include "server/app/local_socket.hpp"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "common/base/log.hpp"
#include "server/ops/durable_file.hpp"

namespace wardroom::app {
namespace {

constexpr std::size_t kMaxQuestion = 4 * 1024;
constexpr std::size_t kMaxAnswer = 64 * 1024;
constexpr int kQuestionMs = 5'000;
constexpr int kStopMs = 200;  // how soon stop() is noticed

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

// A socket's address has room for 107 bytes, a path for more: it is named through its opened folder.
struct Address {
  Descriptor folder;
  sockaddr_un name{};

  explicit Address(const std::filesystem::path& path)
      : folder(::open(path.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {
    name.sun_family = AF_UNIX;
    const std::string text = "/proc/self/fd/" + std::to_string(folder.get()) + "/" + path.filename().string();
    text.copy(name.sun_path, sizeof name.sun_path - 1);
  }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&name); }
};

bool is_same_account(int fd) {
  ucred peer{};
  socklen_t size = sizeof peer;
  return ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
         (peer.uid == ::geteuid() || peer.uid == 0);
}

// Up to the line feed; nothing when it doesn't come in time (`wait_ms` below 0: any time) or is too long.
std::optional<std::string> read_line(int fd, std::size_t limit, int wait_ms) {
  std::string line;
  char part[1024];
  for (;;) {
    pollfd ready{fd, POLLIN, 0};
    const int n = ::poll(&ready, 1, wait_ms);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return std::nullopt;
    const ssize_t got = ::read(fd, part, sizeof part);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::nullopt;
    line.append(part, static_cast<std::size_t>(got));
    if (const auto end = line.find('\n'); end != std::string::npos) return line.substr(0, end);
    if (line.size() > limit) return std::nullopt;
  }
}

bool write_line(int fd, std::string line) {
  line.push_back('\n');
  for (std::string_view rest = line; !rest.empty();) {
    const ssize_t n = ::send(fd, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

Result<std::unique_ptr<LocalSocket>> LocalSocket::open(const std::filesystem::path& path, Answer answer) {
  ::unlink(path.c_str());
  Descriptor fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const Address address(path);
  // run/ is 0700, so that nobody else reaches it before the chmod.
  if (fd.get() < 0 || ::bind(fd.get(), address.get(), sizeof address.name) != 0 ||
      ::chmod(path.c_str(), 0600) != 0 || ::listen(fd.get(), 4) != 0)
    return ops::file_error(path, errno);
  return std::unique_ptr<LocalSocket>(new LocalSocket(path, fd.release(), std::move(answer)));
}

LocalSocket::LocalSocket(std::filesystem::path path, int fd, Answer answer)
    : path_(std::move(path)), fd_(fd), answer_(std::move(answer)), thread_([this] { run_thread(); }) {}

void LocalSocket::stop() {
  if (stopping_.exchange(true)) return;
  thread_.join();
  ::close(fd_);
  ::unlink(path_.c_str());
}

void LocalSocket::run_thread() {
  while (!stopping_) {
    pollfd ready{fd_, POLLIN, 0};
    if (::poll(&ready, 1, kStopMs) <= 0) continue;
    const Descriptor caller(::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC));
    if (caller.get() < 0 || !is_same_account(caller.get())) continue;
    try {
      if (const auto line = read_line(caller.get(), kMaxQuestion, kQuestionMs))
        write_line(caller.get(), answer_(*line));
    } catch (const std::exception& e) {  // no memory: who asked gets no answer, the next one does
      spdlog::error("local.answer_threw what=\"{}\"", e.what());
    }
  }
}

Result<std::string> ask_local(const std::filesystem::path& path, const std::string& line) {
  const Descriptor fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const Address address(path);
  if (fd.get() < 0 || ::connect(fd.get(), address.get(), sizeof address.name) != 0)
    return ops::file_error(path, errno);
  if (!write_line(fd.get(), line)) return ops::file_error(path, errno);
  auto answer = read_line(fd.get(), kMaxAnswer, -1);
  if (!answer) return unavailable("The server gave no answer: it may have been stopped.");
  return std::move(*answer);
}

}  // namespace wardroom::app
