#include "server/net/admission.hpp"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>

#include "server/domain/network.hpp"

namespace wardroom::net {

bool Admission::parse_address(const std::string& text, Address& out) {
  out.fill(0);
  if (inet_pton(AF_INET6, text.c_str(), out.data()) == 1) return true;
  out[10] = out[11] = 0xFF;
  return inet_pton(AF_INET, text.c_str(), out.data() + 12) == 1;
}

Result<void> Admission::configure(const Options& options) {
  max_connections_ = options.max_connections;
  max_unauthenticated_ = options.max_unauthenticated_per_address;
  trusted_.clear();
  for (const std::string& text : options.trusted_ranges) {
    Range range;
    const auto slash = text.find('/');
    const std::string base = text.substr(0, slash);
    const unsigned width = base.find(':') == std::string::npos ? 32 : 128;
    range.bits = width;
    bool good = parse_address(base, range.base);
    if (slash != std::string::npos) {
      const char* end = text.data() + text.size();
      const auto [stop, error] = std::from_chars(text.data() + slash + 1, end, range.bits);
      good = good && error == std::errc{} && stop == end && range.bits <= width;
    }
    if (!good)
      return params_error("trusted_ranges",
                          "\"" + text + "\" is not a range of addresses such as 10.1.0.0/16.");
    range.bits += 128 - width;
    trusted_.push_back(range);
  }
  return ok();
}

bool Admission::is_trusted(const std::string& ip) const {
  Address address;
  if (trusted_.empty() || !parse_address(ip, address)) return false;
  return std::any_of(trusted_.begin(), trusted_.end(), [&](const Range& range) {
    for (unsigned bit = 0; bit < range.bits; ++bit) {
      const unsigned mask = 0x80U >> bit % 8;
      if ((address[bit / 8] & mask) != (range.base[bit / 8] & mask)) return false;
    }
    return true;
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
