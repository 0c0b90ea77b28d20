#pragma once

#include "bench/entrance.hpp"

namespace wardroom::bench {

// Connections that sign in and do nothing: what one costs the server in memory. Also the storm, where all
// come at once and the time until the last is inside counts.
class IdleLoad final : public Entrance {
 public:
  using Entrance::Entrance;
  Result<void> run();

 private:
  void on_received(LoadConnection& connection, std::string_view text) override;
};

}  // namespace wardroom::bench
