#pragma once

#include <optional>
#include <string>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"

namespace wardroom::evidence {

// What a record messages.committed holds.
struct Committed {
  std::int64_t count = 0;
  Digest root{};
  // The record from which on messages are bound in the form v2; nothing in a record of before.
  std::optional<std::int64_t> v2_since;
};

// What a record's bytes say, as far as a check needs it.
struct RecordLine {
  std::int64_t idx = 0;
  std::string ts;  // RFC 3339
  std::string type;
  std::string outcome;
  std::optional<std::int64_t> actor;
  std::optional<std::int64_t> room;
  std::optional<std::int64_t> target_user;
  std::optional<std::string> address;
  std::optional<Committed> committed;                           // of messages.committed
  std::optional<std::pair<std::int64_t, std::int64_t>> pruned;  // of audit.pruned: first and last index
  std::int64_t pruned_count = 0;                                // how many of these lost their body
  int pruning_rule = 1;                                         // by which they were chosen
};

// What a finding calls the record: "Record 12".
std::string record_name(std::int64_t idx);

// An error says what is missing from it.
Result<RecordLine> parse_record_line(std::string_view line);

}  // namespace wardroom::evidence
