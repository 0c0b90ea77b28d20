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

Result<std::vector<network_v6>> parse_ranges(const char* option, const std::vector<std::string>& texts) {
  std::vector<network_v6> ranges;
  for (const std::string& text : texts) {
    const auto range = parse_range(text);
    if (!range)
      return params_error(option, "\"" + text + "\" is not a range of addresses such as 10.1.0.0/16.");
    ranges.push_back(range->canonical());
  }
  return ranges;
}

bool is_within(const std::vector<network_v6>& ranges, const std::string& ip) {
  if (ranges.empty()) return false;
  boost::system::error_code error;
  const auto address = asio::ip::make_address(ip, error);
  if (error) return false;
  const auto whole = network_at(address, address.is_v4() ? 32 : 128).address();
  return std::any_of(ranges.begin(), ranges.end(), [&](const network_v6& range) {
    return network_v6(whole, range.prefix_length()).canonical() == range;
  });
}

}  // namespace

Result<void> Admission::configure(const Options& options) {
  max_connections_ = options.max_connections;
  max_unauthenticated_ = options.max_unauthenticated_per_address;
  auto trusted = parse_ranges("trusted_ranges", options.trusted_ranges);
  if (!trusted) return trusted.error();
  auto proxies = parse_ranges("proxy_ranges", options.proxy_ranges);
  if (!proxies) return proxies.error();
  trusted_ = std::move(*trusted);
  proxies_ = std::move(*proxies);
  return ok();
}

bool Admission::is_trusted(const std::string& ip) const {
  return is_within(trusted_, ip);
}

bool Admission::is_proxy(const std::string& ip) const {
  return is_within(proxies_, ip);
}

bool Admission::admit(const std::string& ip) {
  const bool trusted = is_trusted(ip);
  const std::lock_guard lock(mutex_);
  if (!has_room() || !count_of_address(ip, trusted)) return false;
  ++connections_;
  return true;
}

bool Admission::admit_proxy() {
  const std::lock_guard lock(mutex_);
  if (!has_room()) return false;
  ++connections_;
  return true;
}

bool Admission::identify(const std::string& ip) {
  const bool trusted = is_trusted(ip);
  const std::lock_guard lock(mutex_);
  return count_of_address(ip, trusted);
}

bool Admission::has_room() {
  if (connections_ < max_connections_) return true;
  count_refusal();
  return false;
}

bool Admission::count_of_address(const std::string& ip, bool trusted) {
  const std::string network = domain::network_of(ip);
  std::size_t& count = unauthenticated_[network];
  if (count >= max_unauthenticated_ && !trusted) {
    if (count == 0) unauthenticated_.erase(network);
    count_refusal();
    return false;
  }
  ++count;
  return true;
}

void Admission::signed_in(const std::string& ip) {
  const std::lock_guard lock(mutex_);
  forget(ip);
}

void Admission::closed(const std::string& ip, bool was_counted) {
  const std::lock_guard lock(mutex_);
  --connections_;
  if (was_counted) forget(ip);
}

void Admission::forget(const std::string& ip) {
  const auto found = unauthenticated_.find(domain::network_of(ip));
  if (found != unauthenticated_.end() && --found->second == 0) unauthenticated_.erase(found);
}

}  // namespace wardroom::net
