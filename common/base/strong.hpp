#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace wardroom {

// A 64-bit number that can't be mixed up with another kind of number.
template <class Tag>
struct Strong {
  std::int64_t value = 0;

  constexpr Strong() = default;
  constexpr explicit Strong(std::int64_t v) : value(v) {}
  friend constexpr auto operator<=>(Strong, Strong) = default;
  // An id that was never given: ids and sequence numbers start at 1.
  constexpr bool is_set() const { return value > 0; }
};

using UserId = Strong<struct UserIdTag>;
using RoomId = Strong<struct RoomIdTag>;
using SessionId = Strong<struct SessionIdTag>;
using InviteId = Strong<struct InviteIdTag>;
using ReportId = Strong<struct ReportIdTag>;
using ImportId = Strong<struct ImportIdTag>;
using HoldId = Strong<struct HoldIdTag>;
// Position of a durable event within one room; 1, 2, 3 … without gaps. 0: before the first.
using Seq = Strong<struct SeqTag>;
// Index of an audit record, from 0.
using AuditIndex = Strong<struct AuditIndexTag>;

constexpr Seq next(Seq s) {
  return Seq{s.value + 1};
}

}  // namespace wardroom

template <class Tag>
struct std::hash<wardroom::Strong<Tag>> {
  std::size_t operator()(wardroom::Strong<Tag> s) const noexcept {
    return std::hash<std::int64_t>{}(s.value);
  }
};
