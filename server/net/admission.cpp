#include "server/net/admission.hpp"

#include <algorithm>
#include <optional>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>

#include "server/domain/network.hpp"

namespace wardroom::net {
namespace {

namespace asio = boost::asio;
using asio::ip::network_v6;

// One kind of address for both: IPv4 as IPv4-mapped IPv6 (RFC 4291, 2.5.5.2).
network_v6 network_at(const asio::ip::address& address, int bits) {
  if (address.is_v6()) return network_v6(address.to_v6(), static_cast<unsigned short>(bits));
  return network_v6(asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4()),
                    static_cast<unsigned short>(bits + 96));
}

std::optional<network_v6> parse_range(const std::string& text) {
  boost::system::error_code error;
  if (text.find('/') == std::string::npos) {
    const auto address = asio::ip::make_address(text, error);
    if (error) return std::nullopt;
    return network_at(address, address.is_v4() ? 32 : 128);
  }
  if (text.find(':') == std::string::npos) {
    const auto range = asio::ip::make_network_v4(text, error);
    if (error) return std::nullopt;
    return network_at(range.address(), range.prefix_length());
  }
  const auto range = asio::ip::make_network_v6(text, error);
  return error ? std::nullopt : std::optional(range);
}

}  // namespace

Result<void> Admission::configure(const Options& options) {
  max_connections_ = options.max_connections;
  max_unauthenticated_ = options.max_unauthenticated_per_address;
  trusted_.clear();
  for (const std::string& text : options.trusted_ranges) {
    const auto range = parse_range(text);
    if (!range)
      return params_error("trusted_ranges",
                          "\"" + text + "\" is not a range of addresses such as 10.1.0.0/16.");
    trusted_.push_back(range->canonical());
  }
  return ok();
}

bool Admission::is_trusted(const std::string& ip) const {
  if (trusted_.empty()) return false;
  boost::system::error_code error;
  const auto address = asio::ip::make_address(ip, error);
  if (error) return false;
  const auto whole = network_at(address, address.is_v4() ? 32 : 128).address();
  return std::any_of(trusted_.begin(), trusted_.end(), [&](const network_v6& range) {
    return network_v6(whole, range.prefix_length()).canonical() == range;
  });
}

bool Admission::admit(const std::string& ip) {
  const bool trusted = is_trusted(ip);
  const std::lock_guard lock(mutex_);
  if (connections_ >= max_connections_) {
    count_refusal();
    return false;
  }
  const std::string network = domain::network_of(ip);
  std::size_t& count = unauthenticated_[network];
  if (count >= max_unauthenticated_ && !trusted) {
    if (count == 0) unauthenticated_.erase(network);
    count_refusal();
    return false;
  }
  ++count;
  ++connections_;
  return true;
}

void Admission::signed_in(const std::string& ip) {
  const std::lock_guard lock(mutex_);
  forget(ip);
}

void Admission::closed(const std::string& ip, bool was_signed_in) {
  const std::lock_guard lock(mutex_);
  --connections_;
  if (!was_signed_in) forget(ip);
}

void Admission::forget(const std::string& ip) {
  const auto found = unauthenticated_.find(domain::network_of(ip));
  if (found != unauthenticated_.end() && --found->second == 0) unauthenticated_.erase(found);
}

}  // namespace wardroom::net
