#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wardroom::evidence {

// Records messages.committed say from which record on messages are bound in the form v2, which holds more of
// them than v1 (protocol/commitment.hpp): all say the same, none from there on says nothing, and no message
// of the form v1 stands in one. A value.
class FormCheck {
 public:
  // A record messages.committed, in order of their indexes; `v2_since` as it has it.
  void meet(std::int64_t idx, std::optional<std::int64_t> v2_since);
  // Whether a posted state of this form may be bound in by that record. Call when all records were met.
  bool allows(int form, std::int64_t idx) const { return form != 1 || !since_ || idx < *since_; }

  const std::optional<std::int64_t>& since() const { return since_; }
  // What contradicts it, a sentence each.
  std::vector<std::string> findings() const;

 private:
  std::optional<std::int64_t> since_;
  std::vector<std::int64_t> silent_;  // records that say nothing
  std::vector<std::string> findings_;
};

}  // namespace wardroom::evidence
