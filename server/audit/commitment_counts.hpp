#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string_view>
#include <unordered_map>

#include "server/audit/details.hpp"
#include "server/store/write_job.hpp"

// How many states of messages a record messages.committed binds in, for each room and author, so that a
// bundle about one of them shows that nothing is missing (docs/audit-format.md).
namespace wardroom::audit {

// A record counts at most this many pairs of room and author. Above it, which takes as many people who write
// in the same few milliseconds, the record counts none, and verifiers name the gap.
inline constexpr std::size_t kMaxCountedPairs = 200;

// Knows for each room and author the newest record that counts them, where the chain goes on. On the writer's
// thread only.
//
// The ends are in memory; the table commitment_chains follows them, so that a group costs the same however
// many rooms it is about. What the table doesn't have yet is read from the log itself at the next start.
class CommitmentCounts {
 public:
  // Adds `states`, [room, author, states, record before of the room, record before of the author] each, where
  // -1 is none since the log counts; and `since`, the first record that counts, or 0 when
  // no record before it bound any state in. `idx` is the record's number.
  void add_to(Details& after, store::WriteTx& tx, AuditIndex idx);

 private:
  enum class Kind { room, author };
  struct End {
    std::int64_t idx = -1;  // the newest record that counts it
    bool is_stored = true;
  };
  struct Unstored {
    Kind kind;
    std::int64_t id;
    std::int64_t since;  // the first record that the table doesn't have
  };
  using Ends = std::unordered_map<std::int64_t, End>;
  using Pairs = std::map<std::pair<RoomId, UserId>, std::int64_t>;

  void load(sqlite::Connection& db, std::int64_t idx);
  void replay(sqlite::Connection& db, std::int64_t after);
  void count(const Pairs& states, std::int64_t idx, Details& after);
  std::int64_t move(Kind kind, std::int64_t id, std::int64_t idx);
  void store_oldest(sqlite::Connection& db, std::int64_t idx);
  Ends& ends(Kind kind) { return kind == Kind::room ? rooms_ : authors_; }

  bool is_loaded_ = false;
  std::int64_t since_ = 0;
  Ends rooms_, authors_;
  std::deque<Unstored> unstored_;  // each end once, by `since`
};

}  // namespace wardroom::audit
