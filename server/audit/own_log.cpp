#include "server/audit/own_log.hpp"

namespace wardroom::audit {
namespace {

// One for each bit of a size.
constexpr int kMostParts = 63;

}  // namespace

OwnLog::OwnLog(std::int64_t size, const tlog::ReadNode& read) : size_(size) {
  complete_.reserve(kMostParts);
  for (int level = kMostParts - 1; level >= 0; --level)
    if ((size >> level) % 2 == 1) complete_.push_back(read({level, (size >> level) - 1}));
}

void OwnLog::append(std::span<const Digest> leaves) {
  for (Digest hash : leaves) {
    ++size_;
    for (int level = tlog::levels_completed_by(size_); level > 0; --level) {
      hash = tlog::node_hash(complete_.back(), hash);
      complete_.pop_back();
    }
    complete_.push_back(hash);
  }
}

tlog::Checkpoint OwnLog::head() const {
  if (complete_.empty()) return {"", 0, tlog::root_of({})};
  Digest root = complete_.back();
  for (std::size_t i = complete_.size() - 1; i-- > 0;) root = tlog::node_hash(complete_[i], root);
  return {"", size_, root};
}

}  // namespace wardroom::audit
