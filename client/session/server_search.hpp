#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <thread>

#include "client/model/model_events.hpp"
#include "common/base/inbox.hpp"

namespace wardroom::client {

// Asks the local network for servers, on a thread of its own while it does. Lives on the window's thread;
// what is found is told while the inbox is drained.
class ServerSearch {
 public:
  using Told = std::function<void(Event)>;
  // `inbox` outlives it.
  ServerSearch(Inbox& inbox, Told told) : inbox_(inbox), told_(std::move(told)) {}
  ServerSearch(const ServerSearch&) = delete;
  ServerSearch& operator=(const ServerSearch&) = delete;

  // One that goes on already ends, and nothing more is told of it.
  void begin();

 private:
  void post(std::uint64_t generation, ServersFound found);

  Inbox& inbox_;
  const Told told_;
  std::uint64_t generation_ = 0;
  const std::shared_ptr<const bool> here_ = std::make_shared<const bool>(true);
  std::jthread thread_;  // before all else it ends
};

}  // namespace wardroom::client
