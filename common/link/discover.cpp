#include "common/link/discover.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "common/base/random.hpp"

namespace wardroom::link {
namespace {

// So long at most after `stop` was asked for.
constexpr std::chrono::milliseconds kStopLook{50};
// Of what came at once, before the next question and the time are looked at.
constexpr int kDatagramsAtOnce = 256;
// The machine's own servers, where it is in no network at all.
constexpr std::uint32_t kLoopbackBroadcast = 0x7FFFFFFF;  // 127.255.255.255

// Lost datagrams and networks that are gone in the meantime are made up for by the next question.
void send_everywhere(UdpSocket& socket, const Bytes& question, const DiscoverOptions& options) {
  for (const std::uint32_t address : options.only) socket.send(question, {address, options.port});
  if (!options.only.empty()) return;
  const auto group = parse_ipv4(protocol::kDiscoveryGroup);
  for (const auto& one : socket.interfaces()) {
    if (one.broadcast) socket.send(question, {*one.broadcast, options.port});
    if (group && socket.send_groups_by(one.address)) socket.send(question, {*group, options.port});
  }
  socket.send(question, {kLoopbackBroadcast, options.port});
}

}  // namespace

Result<FoundServers> discover(const DiscoverOptions& options,
                              const std::function<void(const FoundServers&)>& found, std::stop_token stop) {
  auto socket = UdpSocket::open(0, UdpSocket::Use::asks);
  if (!socket) return socket.error();
  std::array<std::byte, protocol::kQuestionBytes> buffer{};
  const auto now = [] { return std::chrono::steady_clock::now(); };
  DiscoverySearch search(random_bytes<16>(), now());
  while (!stop.stop_requested() && !search.is_over(now())) {
    if (const auto question = search.take_question(now())) send_everywhere(*socket, *question, options);
    socket->wait(std::clamp(std::chrono::ceil<std::chrono::milliseconds>(search.next() - now()),
                            std::chrono::milliseconds{0}, kStopLook));
    bool is_more = false;
    for (int i = 0; i < kDatagramsAtOnce; ++i) {
      const auto received = socket->receive(buffer);
      if (!received) break;
      is_more = search.take(received->datagram, received->from) || is_more;
    }
    if (is_more && found) found(search.found());
  }
  return search.found();
}

}  // namespace wardroom::link
