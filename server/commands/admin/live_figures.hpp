#pragma once

#include "protocol/methods/server_stats.hpp"

namespace wardroom::commands {

// How the server is, as whoever runs it knows. Any thread; looks at no disk.
class LiveFigures {
 public:
  virtual ~LiveFigures() = default;
  virtual protocol::AdminStats::Result load() const = 0;
};

}  // namespace wardroom::commands
