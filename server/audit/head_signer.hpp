#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "common/tlog/checkpoint.hpp"
#include "server/audit/own_log.hpp"
#include "server/audit/record.hpp"
#include "server/store/write_job.hpp"

namespace wardroom::audit {

// A signed head as the database keeps it.
struct StoredHead {
  std::int64_t size = 0;
  TimePoint at;
  std::string note;
};
std::optional<StoredHead> find_newest_head(sqlite::Connection& db);
// Of the head of just so many records, while it is kept.
std::optional<std::string> find_head_note(sqlite::Connection& db, std::int64_t size);

// The keys that signed heads, oldest first.
struct StoredKey {
  std::string key;  // as tlog::VerifierKey writes it
  TimePoint at;
  std::string rotation;  // by which the key before handed over; empty: the first
};
std::vector<StoredKey> load_keys(sqlite::Connection& db);
// Of these the newest and those that lead to it, each by a rotation that both signed. A row that stands
// beside them is somebody's who can write the database: what it signed counts for nothing.
std::vector<StoredKey> load_trusted_keys(sqlite::Connection& db);

// Whether the key's private half is in the folder of keys and can be used.
Result<void> check_signing_key(const std::filesystem::path& keys, const StoredKey& key);

// The log as it is, unsigned and without an origin. Failures stick to the connection.
tlog::Checkpoint load_present_head(sqlite::Connection& db);
// Whether the log of `later`, which the database holds, begins with the one of `earlier`: by a proof from the
// stored tree, which holds only if both roots follow from the same records.
bool extends(sqlite::Connection& db, const tlog::Checkpoint& earlier, const tlog::Checkpoint& later);

// Signs the log's heads. The key that signs is the newest of the table audit_keys; its private half is a file
// `audit-<id>.key` in the folder of keys. Lives on the writer thread.
class HeadSigner {
 public:
  // Keeps a head outside the database.
  using Keep = std::function<Result<void>(const std::string& note)>;
  // `origin` names the log: it can't be changed later. Makes the first key where there is none yet, in a
  // transaction of its own, before whose end `keep` gets the head of the log as it is: from then on a head
  // that isn't there was taken. An error when the newest key's file is missing or can't be read.
  static Result<HeadSigner> open(sqlite::Connection& db, std::filesystem::path keys,
                                 const std::string& origin, TimePoint now, const Keep& keep = {});

  // What is signed from now on must extend this head: the one that was kept outside the database.
  void must_extend(tlog::Checkpoint head) { last_ = std::move(head); }

  // From now on only what the server itself appends to the log as it is gets signed; how many records that
  // log has. Before the writer's start, which tells note_committed() of each group.
  Result<std::int64_t> sign_own_alone(sqlite::Connection& db);
  void note_committed(std::span<const Digest> leaves) {
    if (own_) own_->append(leaves);
  }

  // Signs what the transaction holds and stores the head, when the log has grown since the newest one. The
  // head counts once the transaction is committed. A head that a change signed with its own transaction and
  // of which committed() wasn't told yet is given once more. `log_differs` when the log doesn't extend the
  // head before, or isn't what the server appended.
  Result<std::optional<StoredHead>> sign_if_grown(store::WriteTx& tx);
  // Signs what the transaction holds, whatever was signed before: on a person's word, which is a record.
  Result<StoredHead> sign_on_a_persons_word(store::WriteTx& tx);

  // A new key, to which the present one hands over; `record` (audit.key_rotated) is appended with both. Heads
  // are signed with it from the next one on.
  Result<tlog::VerifierKey> rotate(store::WriteTx& tx, Record record);

  // Call when the head is committed: the next one must extend it, and the file of a key that isn't used any
  // more is deleted.
  void committed(const StoredHead& head);

 private:
  explicit HeadSigner(std::filesystem::path keys) : keys_(std::move(keys)) {}
  Result<void> load(const std::string& key);
  Result<void> check_extends(store::WriteTx& tx) const;
  Result<void> check_own(store::WriteTx& tx) const;
  Result<StoredHead> sign(store::WriteTx& tx);
  void forget_old_key();
  void forget_keys_of_the_past(const std::vector<StoredKey>& keys);

  std::filesystem::path keys_;
  std::optional<tlog::SigningKey> key_;  // the newest one's, as far as it was needed
  std::optional<std::filesystem::path> unused_;
  std::optional<OwnLog> own_;             // as of the last commit; nothing: whoever wrote it
  std::optional<tlog::Checkpoint> last_;  // that was signed and is on disk; nothing: none is known
};

}  // namespace wardroom::audit
