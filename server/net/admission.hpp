#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include <boost/asio/ip/network_v6.hpp>

#include "common/base/result.hpp"
#include "server/net/options.hpp"

namespace wardroom::net {

// Who may come in: a cap on all connections, and one on those of an address (domain::network_of) that haven't
// signed in yet.
// Ranges that the office trusts (terminal servers, NAT) are exempt from the second. Any thread; not used per
// message.
class Admission {
 public:
  // The error names the range that can't be read.
  Result<void> configure(const Options& options);

  // Whether a connection from this address may stay; counts it if so, until closed().
  bool admit(const std::string& ip);
  // The same of a proxy's connection, whose client isn't known yet: it counts among all, and until identify()
  // for no address.
  bool admit_proxy();
  // The connection that admit_proxy() let in is this client's: whether it may stay.
  bool identify(const std::string& ip);
  // It doesn't count as unauthenticated any more.
  void signed_in(const std::string& ip);
  // `was_counted`: as one of its address that isn't signed in.
  void closed(const std::string& ip, bool was_counted);
  // Whether the office trusts the range that the address lies in.
  bool is_trusted(const std::string& ip) const;
  // Whether what comes from this address is a proxy's.
  bool is_proxy(const std::string& ip) const;

  std::uint64_t refused() const { return refused_.load(std::memory_order_relaxed); }
  void count_refusal() { refused_.fetch_add(1, std::memory_order_relaxed); }

 private:
  using Ranges = std::vector<boost::asio::ip::network_v6>;  // IPv4 as ::ffff:a.b.c.d

  bool has_room();
  bool count_of_address(const std::string& ip, bool trusted);
  void forget(const std::string& ip);

  Ranges trusted_, proxies_;
  std::size_t max_connections_ = 0;
  std::size_t max_unauthenticated_ = 0;
  std::atomic<std::uint64_t> refused_{0};
  std::mutex mutex_;
  std::size_t connections_ = 0;
  std::unordered_map<std::string, std::size_t> unauthenticated_;  // by network
};

}  // namespace wardroom::net
