#pragma once

#include <span>
#include <vector>

#include "common/tlog/checkpoint.hpp"
#include "common/tlog/merkle.hpp"

namespace wardroom::audit {

// The log as the server itself wrote it, on top of what it began with: only the roots of the tree's complete
// parts, in memory, where nobody who writes the database gets at them. A value.
class OwnLog {
 public:
  // The log of so many records. `read` gives the nodes.
  OwnLog(std::int64_t size, const tlog::ReadNode& read);

  // Allocates nothing, so that what is committed is noted in any case.
  void append(std::span<const Digest> leaves);
  std::int64_t size() const { return size_; }
  tlog::Checkpoint head() const;

 private:
  std::vector<Digest> complete_;  // the largest part first
  std::int64_t size_ = 0;
};

}  // namespace wardroom::audit
