#include "common/evidence/form_check.hpp"

#include "common/evidence/record_line.hpp"

namespace wardroom::evidence {

void FormCheck::meet(std::int64_t idx, std::optional<std::int64_t> v2_since) {
  if (!v2_since) return silent_.push_back(idx);
  if (!since_) since_ = v2_since;
  if (*v2_since != *since_ || *v2_since > idx)
    findings_.push_back(record_name(idx) + " says that messages are bound in their new form since record " +
                        std::to_string(*v2_since) + ", which isn't what the others say.");
}

std::vector<std::string> FormCheck::findings() const {
  auto all = findings_;
  for (const std::int64_t idx : silent_)
    if (since_ && idx >= *since_)
      all.push_back(record_name(idx) + " binds messages in as before record " + std::to_string(*since_) +
                    ", from which on they have a new form.");
  return all;
}

}  // namespace wardroom::evidence
