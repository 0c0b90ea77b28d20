#include "server/audit/head_signer.hpp"

#include <fstream>
#include <iterator>

#include "common/sqlite/transaction.hpp"
#include "common/tlog/proof.hpp"
#include "server/audit/log.hpp"
#include "server/audit/tree.hpp"
#include "server/credentials/key_file.hpp"
#include "server/store/witnesses.hpp"

namespace wardroom::audit {
namespace {

// Proofs need no stored heads; the newest ones show when the server signed.
constexpr std::int64_t kKeptHeads = 1000;

std::filesystem::path key_file(const std::filesystem::path& keys, const tlog::VerifierKey& key) {
  return keys / ("audit-" + key.id_hex() + ".key");
}

std::optional<std::string> find_newest_key(sqlite::Connection& db) {
  return db.find<std::string>("SELECT key FROM audit_keys ORDER BY number DESC LIMIT 1");
}

void insert_key(sqlite::Connection& db, const tlog::VerifierKey& key, TimePoint at,
                const std::optional<std::string>& rotation) {
  db.run("INSERT INTO audit_keys (key, at, rotation) VALUES (?, ?, ?)", key.to_string(), at, rotation);
}

Result<tlog::SigningKey> make_key(const std::filesystem::path& keys, const std::string& origin) {
  const Secret seed = credentials::make_key();
  tlog::SigningKey key(origin, seed);
  if (auto done = credentials::create_key_file(key_file(keys, key.verifier()), seed); !done)
    return done.error();
  return key;
}

// `text`: as the table audit_keys has it.
Result<tlog::SigningKey> load_key(const std::filesystem::path& keys, const std::string& text) {
  const auto known = tlog::VerifierKey::parse(text);
  if (!known) return known.error();
  const auto seed = credentials::load_key_file(key_file(keys, *known));
  // It is there, and is another account's.
  if (!seed && seed.error().reason == "not_permitted") return seed.error();
  if (!seed)
    return make_error(ErrorCode::unavailable,
                      "The key that signs the audit log can't be used. " + seed.error().message +
                          " Bring the file back from a backup.",
                      "audit_key_missing");
  tlog::SigningKey key(known->name(), *seed);
  if (!(key.verifier() == *known))
    return make_error(ErrorCode::unavailable,
                      key_file(keys, *known).string() +
                          " holds another key than the audit log's. Bring the file back from a backup.",
                      "audit_key_missing");
  return key;
}

// Nobody could be shown a proof of them.
void forget_heads_of_another_log(sqlite::Connection& db) {
  const auto present = load_present_head(db);
  std::vector<std::int64_t> others;
  {
    auto row = db.query("SELECT size, note FROM audit_checkpoints");
    while (row.step()) {
      const auto head = tlog::parse_checkpoint(row.get<std::string_view>(1));
      if (!head || !extends(db, *head, present)) others.push_back(row.get<std::int64_t>(0));
    }
  }
  for (const std::int64_t size : others) db.run("DELETE FROM audit_checkpoints WHERE size = ?", size);
  for (const auto& witness : store::load_cosigned(db)) {
    const auto head = tlog::parse_checkpoint(witness.note);
    if (!head || !extends(db, *head, present)) store::forget_cosignature(db, witness.id);
  }
}

}  // namespace

Result<void> check_signing_key(const std::filesystem::path& keys, const StoredKey& key) {
  const auto loaded = load_key(keys, key.key);
  return loaded ? ok() : Result<void>(loaded.error());
}

std::optional<StoredHead> find_newest_head(sqlite::Connection& db) {
  auto row = db.query("SELECT size, at, note FROM audit_checkpoints ORDER BY size DESC LIMIT 1");
  if (!row.step()) return std::nullopt;
  return StoredHead{row.get<std::int64_t>(0), row.get<TimePoint>(1), row.get<std::string>(2)};
}

std::optional<std::string> find_head_note(sqlite::Connection& db, std::int64_t size) {
  return db.find<std::string>("SELECT note FROM audit_checkpoints WHERE size = ?", size);
}

std::vector<StoredKey> load_keys(sqlite::Connection& db) {
  auto row = db.query("SELECT key, at, coalesce(rotation, '') FROM audit_keys ORDER BY number");
  std::vector<StoredKey> keys;
  while (row.step())
    keys.push_back({row.get<std::string>(0), row.get<TimePoint>(1), row.get<std::string>(2)});
  return keys;
}

std::vector<StoredKey> load_trusted_keys(sqlite::Connection& db) {
  auto keys = load_keys(db);
  std::size_t first = keys.empty() ? 0 : keys.size() - 1;
  while (first > 0) {
    const auto before = tlog::VerifierKey::parse(keys[first - 1].key);
    const auto next = before ? tlog::open_rotation(keys[first].rotation, *before) : before;
    if (!next || next->to_string() != keys[first].key) break;
    --first;
  }
  keys.erase(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(first));
  // Whatever it says led to it isn't one of them.
  if (!keys.empty()) keys.front().rotation.clear();
  return keys;
}

tlog::Checkpoint load_present_head(sqlite::Connection& db) {
  const std::int64_t size = count_records(db);
  return {"", size, tlog::root_at(node_reader(db), size)};
}

bool extends(sqlite::Connection& db, const tlog::Checkpoint& earlier, const tlog::Checkpoint& later) {
  if (earlier.size > later.size) return false;
  if (earlier.size == 0) return earlier.root == tlog::root_of({});
  const auto proof = tlog::prove_consistency(node_reader(db), earlier.size, later.size);
  return tlog::is_consistent(earlier.size, earlier.root, later.size, later.root, proof);
}

namespace {

Result<void> store_first_key(sqlite::Connection& db, const tlog::SigningKey& key, TimePoint now,
                             const HeadSigner::Keep& keep) {
  sqlite::Transaction transaction(db, sqlite::Transaction::Kind::write);
  insert_key(db, key.verifier(), now, std::nullopt);
  if (keep) {
    auto head = load_present_head(db);
    if (db.failure()) return *db.failure();
    head.origin = key.verifier().name();
    if (auto kept = keep(key.sign(tlog::compose_checkpoint(head))); !kept) return kept;
  }
  return transaction.commit();
}

// A key that the database didn't get, and the head that it signed: the next start would take both for another
// office's.
void forget_first_key(const std::filesystem::path& keys, const tlog::VerifierKey& key) {
  std::error_code failed;
  std::ifstream file(keys / "newest-head", std::ios::binary);
  const std::string note{std::istreambuf_iterator<char>(file), {}};
  if (tlog::open_checkpoint(note, key)) std::filesystem::remove(keys / "newest-head", failed);
  std::filesystem::remove(key_file(keys, key), failed);
}

}  // namespace

Result<HeadSigner> HeadSigner::open(sqlite::Connection& db, std::filesystem::path keys,
                                    const std::string& origin, TimePoint now, const Keep& keep) {
  HeadSigner signer(std::move(keys));
  const auto newest = find_newest_key(db);
  if (db.failure()) return *db.failure();
  if (newest) {
    if (auto loaded = signer.load(*newest); !loaded) return loaded.error();
    signer.forget_keys_of_the_past(load_keys(db));
    return signer;
  }
  auto key = make_key(signer.keys_, origin);
  if (!key) return key.error();
  if (auto stored = store_first_key(db, *key, now, keep); !stored) {
    db.clear_error();
    const bool is_unknown = !find_newest_key(db) && !db.failure();
    if (is_unknown) forget_first_key(signer.keys_, key->verifier());
    return stored.error();
  }
  signer.key_ = std::move(*key);
  return signer;
}

Result<void> HeadSigner::load(const std::string& text) {
  if (key_ && key_->verifier().to_string() == text) return ok();
  auto key = load_key(keys_, text);
  if (!key) return key.error();
  if (key_) unused_ = key_file(keys_, key_->verifier());
  key_ = *std::move(key);
  return ok();
}

Result<std::int64_t> HeadSigner::sign_own_alone(sqlite::Connection& db) {
  const std::int64_t size = count_records(db);
  own_.emplace(size, node_reader(db));
  if (db.failure()) return *db.failure();
  return size;
}

Result<void> HeadSigner::check_extends(store::WriteTx& tx) const {
  if (!last_) return ok();
  const bool holds = extends(tx.db, *last_, load_present_head(tx.db));
  if (tx.db.failure()) return *tx.db.failure();
  if (holds) return ok();
  return make_error(ErrorCode::conflict,
                    "The log in wardroom.db doesn't hold the " + std::to_string(last_->size) +
                        " records that were signed: somebody changed it from outside. No head is signed "
                        "any more. Keep the files as they are and tell your auditor.",
                    "log_differs");
}

// Each of its records came from this transaction, from one before it, or was there at the start.
Result<void> HeadSigner::check_own(store::WriteTx& tx) const {
  if (!own_) return ok();
  OwnLog expected = *own_;
  expected.append(tx.records);
  const auto found = load_present_head(tx.db);
  if (tx.db.failure()) return *tx.db.failure();
  if (found == expected.head()) return ok();
  return make_error(ErrorCode::conflict,
                    "The log in wardroom.db isn't what the server wrote: it has " +
                        std::to_string(found.size) + " records, and " + std::to_string(expected.size()) +
                        " are the server's; or some of them are others. Somebody wrote into the database "
                        "from outside. No head is signed any more. Keep the files as they are and tell your "
                        "auditor.",
                    "log_differs");
}

Result<std::optional<StoredHead>> HeadSigner::sign_if_grown(store::WriteTx& tx) {
  if (auto holds = check_extends(tx); !holds) return holds.error();
  if (auto own = check_own(tx); !own) return own.error();
  const auto newest = find_newest_head(tx.db);
  const std::int64_t size = count_records(tx.db);
  if (tx.db.failure()) return *tx.db.failure();
  if (newest && newest->size == size && last_ && last_->size < size) {
    // Signed along with a change since the last time: what signs each second makes it known.
    const auto head = tlog::parse_checkpoint(newest->note);
    if (head && head->size == size && head->root == load_present_head(tx.db).root) return newest;
  }
  if (size == 0 || (newest && newest->size >= size)) return std::optional<StoredHead>{};
  auto stored = sign(tx);
  if (!stored) return stored.error();
  return std::optional(std::move(*stored));
}

Result<StoredHead> HeadSigner::sign_on_a_persons_word(store::WriteTx& tx) {
  last_.reset();
  own_.reset();
  forget_heads_of_another_log(tx.db);
  if (tx.db.failure()) return *tx.db.failure();
  return sign(tx);
}

Result<StoredHead> HeadSigner::sign(store::WriteTx& tx) {
  // Asked each time: a rotation that was undone leaves no trace here.
  const auto key = find_newest_key(tx.db);
  if (tx.db.failure()) return *tx.db.failure();
  if (auto loaded = load(key.value_or("")); !loaded) return loaded.error();
  auto head = load_present_head(tx.db);
  if (tx.db.failure()) return *tx.db.failure();
  head.origin = key_->verifier().name();
  StoredHead stored{head.size, tx.now, key_->sign(tlog::compose_checkpoint(head))};
  tx.db.run("INSERT INTO audit_checkpoints (size, at, note) VALUES (?, ?, ?)", stored.size, stored.at,
            stored.note);
  tx.db.run(
      "DELETE FROM audit_checkpoints WHERE size <="
      " (SELECT size FROM audit_checkpoints ORDER BY size DESC LIMIT 1 OFFSET ?)",
      kKeptHeads);
  return stored;
}

void HeadSigner::committed(const StoredHead& head) {
  if (auto signed_head = tlog::parse_checkpoint(head.note)) last_ = std::move(*signed_head);
  forget_old_key();
}

Result<tlog::VerifierKey> HeadSigner::rotate(store::WriteTx& tx, Record record) {
  const auto newest = find_newest_key(tx.db);
  if (tx.db.failure()) return *tx.db.failure();
  if (auto loaded = load(newest.value_or("")); !loaded) return loaded.error();
  const auto next = make_key(keys_, key_->verifier().name());
  if (!next) return next.error();
  record.before = {{"key", key_->verifier().to_string()}};
  record.after = {{"key", next->verifier().to_string()}};
  insert_key(tx.db, next->verifier(), tx.now, tlog::sign_rotation(*key_, *next, count_records(tx.db)));
  append_record(tx, record);
  return next->verifier();
}

// Left by a rotation after which the server stopped before it signed.
void HeadSigner::forget_keys_of_the_past(const std::vector<StoredKey>& keys) {
  for (std::size_t i = 0; i + 1 < keys.size(); ++i)
    if (const auto key = tlog::VerifierKey::parse(keys[i].key)) {
      unused_ = key_file(keys_, *key);
      forget_old_key();
    }
}

void HeadSigner::forget_old_key() {
  if (!unused_) return;
  std::error_code failed;
  std::filesystem::remove(*std::exchange(unused_, std::nullopt), failed);
}

}  // namespace wardroom::audit
