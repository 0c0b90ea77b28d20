#include "common/link/discovery_search.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace wardroom::link {
namespace {

// After each question, until the next; after the last, until nothing is waited for any more. They grow, so
// that what is lost because all ask at once is asked for at another time.
constexpr std::array<std::chrono::milliseconds, 8> kPauses{
    std::chrono::milliseconds{100}, std::chrono::milliseconds{200}, std::chrono::milliseconds{300},
    std::chrono::milliseconds{400}, std::chrono::milliseconds{500}, std::chrono::milliseconds{600},
    std::chrono::milliseconds{700}, std::chrono::milliseconds{800}};

static_assert(DiscoverySearch::kMaxServers <= protocol::kMaxMarks);

}  // namespace

std::optional<Bytes> DiscoverySearch::take_question(SteadyPoint now) {
  if (asked_ == kPauses.size() || now < next_) return std::nullopt;
  next_ = now + kPauses[asked_];
  ++asked_;
  return protocol::encode_question({nonce_, asked_, heard_});
}

bool DiscoverySearch::is_over(SteadyPoint now) const {
  return datagrams_ >= kMaxDatagrams || (asked_ == kPauses.size() && now >= next_);
}

bool DiscoverySearch::has_room_for(const std::string& from) const {
  const auto& servers = found_.servers;
  const auto of_it =
      std::count_if(servers.begin(), servers.end(), [&](const FoundServer& one) { return one.from == from; });
  return servers.size() < kMaxServers && static_cast<std::size_t>(of_it) < kMaxOfOneAddress;
}

bool DiscoverySearch::take(std::span<const std::byte> datagram, const Ipv4Endpoint& from) {
  if (datagrams_ >= kMaxDatagrams) return false;
  if (++datagrams_ == kMaxDatagrams) found_.more = true;
  auto answer = protocol::decode_answer(datagram);
  if (!answer || answer->nonce != nonce_ || answer->sequence == 0 || answer->sequence > asked_) return false;
  const auto mark = protocol::mark_of(answer->offer);
  if (std::find(heard_.begin(), heard_.end(), mark) != heard_.end()) return false;
  FoundServer server{std::move(answer->offer), ipv4_text(from.address)};
  if (!has_room_for(server.from)) {
    found_.more = true;
    return false;
  }
  heard_.push_back(mark);
  found_.servers.push_back(std::move(server));
  return true;
}

}  // namespace wardroom::link
