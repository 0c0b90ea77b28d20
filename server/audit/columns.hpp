#pragma once

#include <optional>
#include <string_view>

#include "server/audit/record.hpp"

// By what records are searched: the columns of audit_records beside the line, each a pure function of its
// bytes, so that whoever checks the log can recompute them.
//
//   at           ts
//   type         type
//   outcome      outcome
//   actor_id     actor.id; NULL when there is none
//   room_id      room; NULL when there is none
//   target_user  target.id where target.type is "user"; NULL elsewhere and when there is none
//   address      source.ip; NULL when there is none
//
// All but at and type are NULL (outcome: as it was) in a record whose line was pruned.
namespace wardroom::audit {

inline std::optional<std::int64_t> target_user(const Record& record) {
  if (record.target.type != "user" || record.target.id == 0) return std::nullopt;
  return record.target.id;
}

inline std::optional<std::string_view> address(const Record& record) {
  if (record.ip.empty()) return std::nullopt;
  return record.ip;
}

}  // namespace wardroom::audit
