#include "server/files/scanner.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <string_view>
#include <system_error>
#include <unistd.h>

#include <sys/socket.h>
#include <sys/un.h>

#include "server/files/contents.hpp"

namespace wardroom::files {
namespace {

constexpr std::size_t kPieceToScan = 32 * 1024;
constexpr std::size_t kMaxAnswer = 4096;
constexpr std::chrono::milliseconds kLookForStop{200};
constexpr std::chrono::minutes kMaxSilence{2};

Scan unscanned(std::string why) {
  return {Scan::Verdict::unknown, std::move(why), false};
}

std::string text_of_errno(int number) {
  return std::generic_category().message(number);
}

// Goes into a record, an error and the log: letters of ASCII, and no more than that needs.
std::string printable(std::string_view text) {
  constexpr std::size_t kMost = 200;
  std::string kept(text.substr(0, kMost));
  std::replace_if(
      kept.begin(), kept.end(), [](char c) { return c < 0x20 || c > 0x7E || c == '"'; }, '?');
  return kept;
}

// One question to the scanner. The first failure is kept in `why`.
class ScanTalk {
 public:
  explicit ScanTalk(const std::atomic<bool>& stopped) : stopped_(stopped) {}

  bool open(const std::string& path) {
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    if (path.size() >= sizeof to.sun_path) return fail("its socket's path is too long");
    std::copy(path.begin(), path.end(), to.sun_path);
    fd_ = Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd_ || ::connect(fd_.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
      return fail(path + ": " + text_of_errno(errno));
    return true;
  }

  // False also where the scanner wants no more: then it may have said why.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      if (stopped_) return fail("the server stops");
      const ssize_t sent = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent > 0) {
        bytes.remove_prefix(static_cast<std::size_t>(sent));
        continue;
      }
      if (errno == EINTR) continue;
      if (errno != EAGAIN && errno != EWOULDBLOCK) return fail(text_of_errno(errno));
      if (!wait(POLLOUT)) return false;
    }
    return true;
  }

  // Up to its zero byte, or the end.
  std::optional<std::string> receive() {
    std::string answer;
    std::array<char, 512> block;
    while (answer.size() < kMaxAnswer) {
      const ssize_t got = ::recv(fd_.get(), block.data(), block.size(), 0);
      if (got > 0) {
        answer.append(block.data(), static_cast<std::size_t>(got));
        const auto end = answer.find('\0');
        if (end != std::string::npos) return answer.substr(0, end);
        continue;
      }
      if (got == 0) break;
      if (errno == EINTR) continue;
      if (errno != EAGAIN && errno != EWOULDBLOCK) {
        fail(text_of_errno(errno));
        return std::nullopt;
      }
      if (!wait(POLLIN)) return std::nullopt;
    }
    fail("it ended without an answer");
    return std::nullopt;
  }

  const std::string& why() const { return why_; }

 private:
  bool fail(std::string why) {
    if (why_.empty()) why_ = std::move(why);
    return false;
  }

  bool wait(short events) {
    const auto end = std::chrono::steady_clock::now() + kMaxSilence;
    while (!stopped_) {
      pollfd asked{fd_.get(), events, 0};
      const int ready = ::poll(&asked, 1, static_cast<int>(kLookForStop.count()));
      if (ready > 0) return true;
      if (ready < 0 && errno != EINTR) return fail(text_of_errno(errno));
      if (std::chrono::steady_clock::now() >= end) return fail("it says nothing for two minutes");
    }
    return fail("the server stops");
  }

  const std::atomic<bool>& stopped_;
  Descriptor fd_;
  std::string why_;
};

// Four bytes of length, the most significant first, before each piece.
std::string with_length(std::string_view piece) {
  std::string out(4, '\0');
  for (std::size_t i = 0; i < 4; ++i) out[i] = static_cast<char>((piece.size() >> (24 - 8 * i)) & 0xFF);
  out += piece;
  return out;
}

// Whether all of it went; an error where the file can't be read.
Result<bool> send_bytes(ScanTalk& talk, int file) {
  using namespace std::string_view_literals;
  if (!talk.send("zINSTREAM\0"sv)) return false;
  std::string piece(kPieceToScan, '\0');
  for (off_t at = 0;;) {
    const ssize_t got = ::pread(file, piece.data(), piece.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return storage_error("can't read files", errno);
    if (!talk.send(with_length(std::string_view(piece).substr(0, static_cast<std::size_t>(got)))))
      return false;
    if (got == 0) return true;  // a piece of nothing is the end
    at += got;
  }
}

}  // namespace

Scan parse_scan(std::string_view answer) {
  constexpr std::string_view kStream = "stream: ";
  constexpr std::string_view kFound = " FOUND";
  if (answer == "stream: OK") return {Scan::Verdict::clean, {}, false};
  if (answer.starts_with(kStream) && answer.ends_with(kFound) &&
      answer.size() > kStream.size() + kFound.size()) {
    answer.remove_prefix(kStream.size());
    answer.remove_suffix(kFound.size());
    return {Scan::Verdict::infected, printable(answer), false};
  }
  return {Scan::Verdict::unknown, "it answered: " + printable(answer),
          answer.find("size limit exceeded") != std::string_view::npos};
}

Result<Scan> scan_file(const std::string& socket, const std::filesystem::path& file,
                       const std::atomic<bool>& stopped) {
  const Descriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd) return storage_error("can't read files", errno);
  ScanTalk talk(stopped);
  if (!talk.open(socket)) return unscanned(talk.why());
  const auto sent = send_bytes(talk, fd.get());
  if (!sent) return sent.error();
  // It closes before the end where the file is too large for it, and says so first.
  const auto answer = talk.receive();
  return answer ? parse_scan(*answer) : unscanned(talk.why());
}

}  // namespace wardroom::files
