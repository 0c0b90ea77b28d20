#include "server/net/discovery_responder.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <poll.h>
#include <unistd.h>
#include <utility>

#include <sys/eventfd.h>

#include "common/base/random.hpp"
#include "server/net/discovery_answerer.hpp"

namespace wardroom::net {
namespace {

// Networks come and go: Wi-Fi, a cable, an address that DHCP gave late.
constexpr std::chrono::seconds kBetweenJoins{30};
// Of a flood it reads so many, and then none for so long: 6,400 a second at most. The system drops the rest.
constexpr int kDatagramsAtOnce = 64;
constexpr std::chrono::milliseconds kBreath{10};

std::uint64_t discovery_salt() {
  std::uint64_t salt = 0;
  const auto bytes = random_bytes<sizeof salt>();
  std::memcpy(&salt, bytes.data(), sizeof salt);
  return salt;
}

}  // namespace

Result<std::unique_ptr<DiscoveryResponder>> DiscoveryResponder::open(std::uint16_t port,
                                                                     protocol::ServerOffer offer) {
  // Two offices on one machine are both found.
  auto socket = UdpSocket::open(port, UdpSocket::Use::answers);
  if (!socket) return socket.error();
  const int wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (wake < 0)
    return unavailable(std::string("Servers can't be announced to the network: ") + std::strerror(errno) +
                       ".");
  return std::unique_ptr<DiscoveryResponder>(
      new DiscoveryResponder(std::move(*socket), wake, std::move(offer)));
}

DiscoveryResponder::DiscoveryResponder(UdpSocket socket, int wake, protocol::ServerOffer offer)
    : socket_(std::move(socket)), wake_(wake), offer_(std::move(offer)) {
  join_groups();
  thread_ = std::thread([this] { run(); });
}

DiscoveryResponder::~DiscoveryResponder() {
  stopping_ = true;
  const std::uint64_t one = 1;
  // Into an empty eventfd this can't fail; and the thread looks at stopping_ at each turn.
  [[maybe_unused]] const auto written = ::write(wake_, &one, sizeof one);
  thread_.join();
  ::close(wake_);
}

void DiscoveryResponder::set_offer(protocol::ServerOffer offer) {
  const std::lock_guard lock(mutex_);
  offer_ = std::move(offer);
}

// By broadcast a question comes without this, so nothing is lost where there is no such network.
void DiscoveryResponder::join_groups() {
  const auto group = parse_ipv4(protocol::kDiscoveryGroup);
  if (!group) return;
  for (const auto& one : socket_.interfaces()) socket_.join(*group, one.address);
}

// False: there was nothing more.
bool DiscoveryResponder::answer_some(DiscoveryAnswerer& answerer) {
  std::array<std::byte, protocol::kQuestionBytes + 1> buffer{};
  protocol::ServerOffer offer;
  {
    const std::lock_guard lock(mutex_);
    offer = offer_;
  }
  for (int i = 0; i < kDatagramsAtOnce; ++i) {
    const auto received = socket_.receive(buffer);
    if (!received) return false;
    const auto answer =
        answerer.answer(received->datagram, received->from, offer, std::chrono::steady_clock::now());
    // A full queue of the system's drops it, as the network might: it is asked for again.
    if (answer) socket_.send(*answer, received->from);
  }
  return true;
}

void DiscoveryResponder::run() {
  auto joined = std::chrono::steady_clock::now();
  DiscoveryAnswerer answerer(discovery_salt(), joined);
  bool is_flooded = false;
  while (!stopping_) {
    std::array<pollfd, 2> waiting{pollfd{wake_, POLLIN, 0}, pollfd{socket_.descriptor(), POLLIN, 0}};
    const auto pause = is_flooded ? kBreath : std::chrono::milliseconds{kBetweenJoins};
    ::poll(waiting.data(), is_flooded ? 1 : waiting.size(), static_cast<int>(pause.count()));
    if (stopping_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - joined >= kBetweenJoins) {
      join_groups();
      joined = now;
    }
    is_flooded = answer_some(answerer);
  }
}

}  // namespace wardroom::net
