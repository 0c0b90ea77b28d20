#pragma once

#include <functional>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "common/base/strong.hpp"
#include "common/sqlite/connection.hpp"

namespace wardroom::store {

class PostingCache;

// A state of a message as the log binds it in.
struct BoundState {
  Digest commitment{};
  RoomId room;
  UserId author;  // of the message, whoever changed it
};

// That a reaction was added or taken back, as the log binds it in.
struct BoundReaction {
  std::int64_t state = 0;  // reaction_states.id
  Digest commitment{};
};

// What a job may use while it runs. Lives on the writer thread for one commit group.
struct WriteTx {
  sqlite::Connection& db;
  TimePoint now;
  // Commitments to the states of messages that the group stores, in order (docs/audit-format.md).
  std::vector<BoundState> commitments;
  // Clock::trusted(), for what ends by time.
  TimePoint trusted = now;
  // Each undoes a change in memory that a job made along with its change in the database: run, last first,
  // when that one is undone.
  std::vector<std::function<void()>> undo = {};
  // Those that the group stores, in order. What else stands among reaction_states is never bound in.
  std::vector<BoundReaction> reactions = {};
  // Leaf hashes of the audit records that the group appends, in order.
  std::vector<Digest> records = {};
  // The writer's; none in a transaction of somebody else's.
  PostingCache* posting = nullptr;
};

// A change, carried to the writer thread. Made on any thread, then owned by the writer.
class WriteJob {
 public:
  virtual ~WriteJob() = default;
  // Writer thread, in a savepoint of its own: an error undoes this job alone.
  virtual Result<void> run(WriteTx& tx) = 0;
  // Whether nothing is written before it is certain that nothing will be refused. Such a job has no
  // savepoint, which would copy each page that it changes; should it fail after all, its whole group is
  // undone.
  virtual bool checks_first() const { return false; }
  // Writer thread, exactly once: after the COMMIT that made run() durable, or after what prevented it. What
  // is thrown here (there is no memory) is lost to whoever was to hear of it: see Writer::Hooks::lost.
  virtual void finished(const Result<void>& outcome) = 0;
  // Whether it is written from the reserve when the disk is full: who signs in, who is shut out, and the
  // records. Of a method its row in the command table says so.
  virtual bool is_vital() const { return false; }

 private:
  friend class Writer;
  WriteJob* next_ = nullptr;
  SteadyPoint submitted_;
};

}  // namespace wardroom::store
