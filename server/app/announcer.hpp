#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "server/app/options.hpp"
#include "server/commands/services.hpp"
#include "server/net/discovery_responder.hpp"
#include "server/ops/data_dir.hpp"

namespace wardroom::app {

// Whether PCs that ask the LAN for servers hear of this one, and what: what the options say at the start, at
// a reload and after an administrator's change. Any thread but a network's.
class Announcer {
 public:
  // `settings`: what invite links are made of; it outlives this.
  Announcer(ops::DataDir dir, const commands::CurrentSettings& settings)
      : dir_(std::move(dir)), settings_(settings) {}

  void take_up(const Options& options);
  void stop();
  // Why nobody hears of it although discovery.announce is on, a sentence; empty: nothing is wrong.
  std::string problem() const;

 private:
  protocol::ServerOffer offer() const;
  Result<void> answer_with(std::uint16_t port, protocol::ServerOffer says);

  const ops::DataDir dir_;
  const commands::CurrentSettings& settings_;
  mutable std::mutex mutex_;
  std::uint16_t port_ = 0;  // the responder's
  std::unique_ptr<net::DiscoveryResponder> responder_;
  std::string problem_;
};

}  // namespace wardroom::app
