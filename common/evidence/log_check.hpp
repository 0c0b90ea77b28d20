#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "common/tlog/checkpoint.hpp"
#include "common/tlog/merkle.hpp"

// The check of an audit log by somebody who trusts nobody: from the records' bytes alone.
namespace wardroom::evidence {

// What a check found. A value.
struct LogReport {
  std::int64_t size = 0;
  Digest root{};
  std::int64_t pruned = 0;             // records of which only the hash is left
  std::int64_t wrong = 0;              // how many things don't hold
  std::vector<std::string> findings;   // the first hundred of them, a sentence each
  std::int64_t unproven = 0;           // how many things aren't shown, though nothing contradicts them
  std::vector<std::string> doubts;     // the first hundred of those
  std::vector<std::string> confirmed;  // what holds besides, a sentence each

  bool is_sound() const { return wrong == 0; }
  bool is_proven() const { return is_sound() && unproven == 0; }
  void add(std::string finding);
  void doubt(std::string sentence);
};

// Takes the records one after the other, in order, and computes the tree over them.
class LogCheck {
 public:
  // `heads`: that must be met, in any order. `on_node`: is told each node above the leaves as it becomes
  // complete.
  explicit LogCheck(std::vector<tlog::Checkpoint> heads, std::function<void(const Digest&)> on_node = {});

  // The next record, of which only this hash is known.
  void add(const Digest& leaf);
  std::int64_t size() const { return size_; }
  // Of what was added so far.
  Digest root() const;

  // Says of each head whether the log meets it.
  void report(LogReport& report) const;

 private:
  struct Met {
    tlog::Checkpoint head;
    std::optional<Digest> root;  // of the log at the head's size; nothing: it isn't that long
  };
  std::vector<Met> heads_;  // by size
  std::size_t next_head_ = 0;
  std::function<void(const Digest&)> on_node_;
  std::vector<Digest> complete_;  // the tree's complete nodes that have no parent yet, the largest first
  std::int64_t size_ = 0;
};

}  // namespace wardroom::evidence
