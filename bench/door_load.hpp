#pragma once

#include "bench/client_tls.hpp"
#include "bench/ground.hpp"
#include "bench/load_options.hpp"
#include "bench/report.hpp"

// What the doors take: sign-ins with passwords over HTTP, each from a loopback address of its own. They
// block, one thread each: what is measured is the server's hashing, next to which a thread costs nothing.
namespace wardroom::bench {

class DoorLoad {
 public:
  DoorLoad(const LoadOptions& options, const Ground& ground, const Target& target, const ClientTls& tls)
      : options_(options), ground_(ground), target_(target), tls_(tls) {}

  // Everybody signs in at once with their password and comes back when told to; nobody is left out.
  Result<void> storm();
  // 10,000 wrong passwords for one person from 50 addresses, while that person signs in on a device where
  // they were before.
  Result<void> guess();
  // How long a refusal takes for an unknown, a known, an administrator's and a disabled name, and whether it
  // differs by a byte.
  Result<void> compare_refusals();

  Faults faults;

 private:
  Result<HttpClient> connect_from(const std::string& address) const;

  const LoadOptions& options_;
  const Ground& ground_;
  const Target& target_;
  const ClientTls& tls_;
};

}  // namespace wardroom::bench
