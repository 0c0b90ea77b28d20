#pragma once

#include "bench/ground.hpp"
#include "bench/latency.hpp"
#include "bench/reactor.hpp"
#include "bench/report.hpp"

namespace wardroom::bench {

// Connect, full handshake, sign in by token, close, and again: how many a second, and what one costs the
// server.
class SignInLoad final : public LoadEvents {
 public:
  SignInLoad(const LoadOptions& options, const Ground& ground, Reactor& reactor)
      : options_(options), ground_(ground), reactor_(reactor) {}
  Result<void> run();

  void on_open(LoadConnection& connection) override;
  void on_text(LoadConnection& connection, std::string_view text) override;
  void on_closed(LoadConnection& connection, std::uint16_t code) override;

  Faults faults;

 private:
  const LoadOptions& options_;
  const Ground& ground_;
  Reactor& reactor_;
  std::vector<std::uint64_t> began_;  // by index, one for each that is on its way
  std::vector<std::size_t> free_;     // indices that may connect
  std::uint64_t done_ = 0;
  std::size_t next_person_ = 0;
  Latency time_;
};

}  // namespace wardroom::bench
