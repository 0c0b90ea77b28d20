#include "common/evidence/database_check.hpp"

#include <algorithm>
#include <limits>

#include "common/evidence/kept_types.hpp"
#include "common/evidence/record_line.hpp"
#include "common/sqlite/transaction.hpp"
#include "common/tlog/cosignature.hpp"

namespace wardroom::evidence {
namespace {

using std::to_string;

void check_columns(const sqlite::Cursor& row, std::int64_t idx, const RecordLine& line, LogReport& report) {
  const auto differs = [&](const char* column) {
    report.add(record_name(idx) + " can't be found as what it is: the column " + column +
               " says something else.");
  };
  if (to_rfc3339(row.get<TimePoint>(2)) != line.ts) differs("at");
  if (row.get<std::string_view>(3) != line.type) differs("type");
  if (row.get<std::optional<std::string>>(4) != line.outcome) differs("outcome");
  if (row.get<std::optional<std::int64_t>>(5) != line.actor) differs("actor_id");
  if (row.get<std::optional<std::int64_t>>(6) != line.room) differs("room_id");
  if (row.get<std::optional<std::int64_t>>(8) != line.target_user) differs("target_user");
  if (row.get<std::optional<std::string>>(9) != line.address) differs("address");
}

// Nothing vouches any more for what a pruned record could be searched by.
void check_columns_of_pruned(const sqlite::Cursor& row, std::int64_t idx, LogReport& report) {
  for (const int column : {5, 6, 8, 9})
    if (row.get<std::optional<std::string>>(column))
      return report.add(record_name(idx) + " is empty, and yet would be found by whom or what it was about.");
}

// The log's keys, each of which the one before it named. Empty: there is none.
std::vector<tlog::VerifierKey> check_keys(sqlite::Connection& db,
                                          const std::optional<tlog::VerifierKey>& expected,
                                          LogReport& report) {
  std::vector<tlog::VerifierKey> keys;
  auto row = db.query("SELECT key, coalesce(rotation, '') FROM audit_keys ORDER BY number");
  while (row.step()) {
    auto key = tlog::VerifierKey::parse(row.get<std::string_view>(0));
    if (!key) {
      report.add("A stored key of the log isn't one.");
      return keys;
    }
    if (!keys.empty()) {
      const auto next = tlog::open_rotation(row.get<std::string_view>(1), keys.back());
      if (!next || !(*next == *key))
        report.add("The key " + keys.back().id_hex() + " didn't hand over to " + key->id_hex() + ".");
    }
    keys.push_back(std::move(*key));
  }
  if (expected && std::find(keys.begin(), keys.end(), *expected) == keys.end())
    report.add("The log isn't signed by the key " + expected->id_hex() +
               " that you gave, nor by one to which it "
               "handed over.");
  return keys;
}

std::optional<tlog::Checkpoint> open_with_any(std::string_view note,
                                              const std::vector<tlog::VerifierKey>& keys) {
  for (auto key = keys.rbegin(); key != keys.rend(); ++key)
    if (auto head = tlog::open_checkpoint(note, *key)) return std::move(*head);
  return std::nullopt;
}

std::vector<tlog::VerifierKey> load_keys(sqlite::Connection& db) {
  std::vector<tlog::VerifierKey> keys;
  auto row = db.query("SELECT key FROM audit_keys ORDER BY number");
  while (row.step())
    if (auto key = tlog::VerifierKey::parse(row.get<std::string_view>(0))) keys.push_back(std::move(*key));
  return keys;
}

// By size of the head, 0 where there is none; older databases have no such table.
sqlite::Cursor load_cosigned(sqlite::Connection& db, std::int64_t after, std::int64_t to) {
  if (!db.find<std::int64_t>("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'witnesses'"))
    return db.query("SELECT 0, '', '', 0 WHERE 0");
  return db.query(
      "SELECT ifnull(size, 0), note, key, ifnull(u.disabled OR u.removed, 1)"
      " FROM witnesses LEFT JOIN users u ON u.id = user_id"
      " WHERE note IS NOT NULL AND ifnull(size, 0) > ? AND ifnull(size, 0) <= ? ORDER BY 1",
      after, to);
}

}  // namespace

// Rows of another table that is read along with the records, by their ascending number in the first column.
class DatabaseCheck::Along {
 public:
  explicit Along(sqlite::Cursor rows) : rows_(std::move(rows)), there_(rows_.step()) {}

  bool is_at(std::int64_t number) const { return there_ && rows_.get<std::int64_t>(0) == number; }
  bool is_before(std::int64_t number) const { return there_ && rows_.get<std::int64_t>(0) < number; }
  bool is_there() const { return there_; }
  std::int64_t number() const { return rows_.get<std::int64_t>(0); }
  std::string_view value() const { return rows_.get<std::string_view>(1); }
  std::string_view further() const { return rows_.get<std::string_view>(2); }
  bool is_closed() const { return rows_.get<bool>(3); }
  void move_on() { there_ = rows_.step(); }

 private:
  sqlite::Cursor rows_;
  bool there_;
};

struct DatabaseCheck::Beside {
  Along nodes, groups, heads, cosigned;
  std::vector<tlog::VerifierKey> keys;
  std::vector<PrunedRange> pruned;
};

namespace {

constexpr std::int64_t kRecordsAtOnce = 1000;

}  // namespace

Result<std::unique_ptr<DatabaseCheck>> DatabaseCheck::make(const CheckOptions& options) {
  std::optional<tlog::VerifierKey> expected;
  if (options.key) {
    auto key = tlog::VerifierKey::parse(*options.key);
    if (!key) return key.error();
    expected = std::move(*key);
  }
  std::vector<tlog::Checkpoint> given;
  for (const auto& note : options.heads) {
    auto head = tlog::parse_checkpoint(note);
    if (!head) return head.error();
    given.push_back(std::move(*head));
  }
  return std::unique_ptr<DatabaseCheck>(new DatabaseCheck(options, std::move(expected), std::move(given)));
}

DatabaseCheck::DatabaseCheck(const CheckOptions& options, std::optional<tlog::VerifierKey> expected,
                             std::vector<tlog::Checkpoint> given)
    : options_(options),
      expected_(std::move(expected)),
      log_(std::move(given), [this](const Digest& hash) { meet_node(hash); }) {}

void DatabaseCheck::meet_node(const Digest& computed) {
  Along& nodes = beside_->nodes;
  if (!node_differs_ && (!nodes.is_at(next_node_) || as_bytes(nodes.value()).size() != computed.size() ||
                         !std::equal(computed.begin(), computed.end(), as_bytes(nodes.value()).begin())))
    tell_of_node();
  if (!node_differs_) nodes.move_on();
  ++next_node_;
}

void DatabaseCheck::tell_of_node() {
  report_.add("The stored tree doesn't follow from the records (node " + to_string(next_node_) + ").");
  node_differs_ = true;  // what follows would only repeat it
}

void DatabaseCheck::tell_of_foreign_group(std::int64_t idx) {
  report_.add("The hashes of messages that are stored for record " + to_string(idx) +
              " belong to no record.");
}

void DatabaseCheck::check_group(std::int64_t idx, const Committed& said) {
  Along& groups = beside_->groups;
  for (; groups.is_before(idx); groups.move_on()) tell_of_foreign_group(groups.number());
  if (!groups.is_at(idx)) {
    // Groups of before there was this table have none.
    if (first_group_ && idx > *first_group_)
      report_.add("The hashes of the messages of record " + to_string(idx) + " are missing.");
    else
      ++older_groups_;
    return;
  }
  const auto bytes = as_bytes(groups.value());
  std::vector<Digest> leaves(bytes.size() / sizeof(Digest));
  for (std::size_t i = 0; i < leaves.size(); ++i)
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * sizeof(Digest)), sizeof(Digest),
                leaves[i].begin());
  const auto count = static_cast<std::int64_t>(leaves.size());
  if (bytes.size() % sizeof(Digest) != 0 || count != said.count || tlog::root_of(leaves) != said.root)
    report_.add("The hashes of messages that are stored for record " + to_string(idx) +
                " don't give its root.");
  messages_ += count;
  groups.move_on();
}

// Its columns are covered by no hash: they are compared with what pruning leaves.
void DatabaseCheck::check_pruned(const sqlite::Cursor& row, std::int64_t idx) {
  ++report_.pruned;
  int rule = std::numeric_limits<int>::max();  // the most lenient of those that may have taken it
  for (const PrunedRange& range : beside_->pruned)
    if (range.by > idx && range.first <= idx && idx <= range.last) rule = std::min(rule, range.rule);
  if (rule == std::numeric_limits<int>::max())
    return report_.add(record_name(idx) + " is empty, and no later record says that it was pruned.");
  const std::string type(row.get<std::string_view>(3));
  if (is_never_pruned(type, rule))
    report_.add(record_name(idx) + " is empty, but records of type " + type + " are never pruned.");
  times_.meet(idx, to_rfc3339(row.get<TimePoint>(2)), type, report_);
}

// As of one moment: while the check goes on in pieces, records may be pruned that it has passed.
void DatabaseCheck::check_pruned_count(sqlite::Connection& db) {
  const auto empty = db.find<std::int64_t>("SELECT count(*) FROM audit_records WHERE line = ''").value_or(0);
  std::int64_t said = 0;
  for (const PrunedRange& range : load_pruned(db)) said += range.count;
  if (empty != said)
    report_.add(to_string(empty) + " records have lost their bytes, and by the log " + to_string(said) +
                " were pruned.");
}

void DatabaseCheck::check_record(const sqlite::Cursor& row) {
  const std::int64_t idx = log_.size();
  const auto text = row.get<std::string_view>(7);
  const auto stored = to_digest(row.get<Bytes>(1));
  if (text.empty()) {
    check_pruned(row, idx);
    check_columns_of_pruned(row, idx, report_);
    if (!stored) report_.add(record_name(idx) + " has neither bytes nor a hash.");
    return log_.add(stored.value_or(Digest{}));
  }
  const Digest leaf = tlog::leaf_hash(as_bytes(text));
  if (stored != leaf) report_.add(record_name(idx) + " isn't what was written: its hash differs.");
  log_.add(leaf);
  const auto line = parse_record_line(text);
  if (!line) return report_.add(record_name(idx) + " isn't a record: " + line.error().message);
  if (line->idx != idx)
    report_.add(record_name(idx) + " says that it is record " + to_string(line->idx) + ".");
  check_columns(row, idx, *line, report_);
  times_.meet(idx, line->ts, line->type, report_);
  cosigned_times_.meet(line->ts, line->type, report_);
  if (line->type != "messages.committed") return;
  if (!line->committed) return report_.add(record_name(idx) + " names no root of its messages.");
  check_group(idx, *line->committed);
}

// Those that are stored for the log as long as it is by now.
void DatabaseCheck::check_heads() {
  Along& heads = beside_->heads;
  for (; heads.is_at(log_.size()); heads.move_on()) {
    ++heads_;
    const auto head = open_with_any(heads.value(), beside_->keys);
    if (!head || head->size != heads.number())
      report_.add("The stored head of " + to_string(heads.number()) +
                  " records isn't signed by the log's key.");
    else if (head->root != log_.root())
      report_.add("The log is not the one of the head of " + to_string(head->size) +
                  " records: among these records something was changed, removed, added or moved.");
  }
}

// What devices vouched for must be met, too. Whoever rewrites the log with its own key lacks theirs.
void DatabaseCheck::check_cosigned_heads() {
  Along& heads = beside_->cosigned;
  for (; heads.is_at(log_.size()); heads.move_on()) {
    const auto key = tlog::CosignerKey::parse(heads.further());
    const auto head = tlog::parse_checkpoint(heads.value());
    const auto cosignature = key && head ? tlog::open_cosignature(heads.value(), *key)
                                         : Result<tlog::Cosignature>(unavailable("It isn't one."));
    if (!cosignature || head->size != heads.number())
      report_.add("What the device " + (key ? key->name() : std::string(heads.further())) +
                  " is said to have cosigned doesn't hold.");
    else if (head->root != log_.root())
      report_.add("The log is not the one of the head of " + to_string(head->size) +
                  " records that the device " + key->name() +
                  " cosigned: among these records something was changed, removed, added or moved.");
    else {
      ++cosigned_;
      // The device of a shut account can't set its clock right and cosign again.
      if (!heads.is_closed()) cosigned_times_.vouch(key->name(), head->size, *cosignature, report_);
    }
  }
}

std::vector<DatabaseCheck::PrunedRange> DatabaseCheck::load_pruned(sqlite::Connection& db) {
  std::vector<PrunedRange> ranges;
  auto row = db.query("SELECT idx, line FROM audit_records WHERE type = 'audit.pruned'");
  while (row.step())
    if (const auto line = parse_record_line(row.get<std::string_view>(1)); line && line->pruned)
      ranges.push_back({row.get<std::int64_t>(0), line->pruned->first, line->pruned->second,
                        line->pruned_count, line->pruning_rule});
  return ranges;
}

Result<bool> DatabaseCheck::step(sqlite::Connection& db) {
  if (is_broken_) return false;
  const std::int64_t from = log_.size(), to = from + kRecordsAtOnce;
  if (!first_group_)
    first_group_ = db.find<std::int64_t>("SELECT min(idx) FROM audit_groups HAVING min(idx) >= 0");
  Beside beside{
      Along(db.query("SELECT number, hash FROM audit_nodes WHERE number >= ? ORDER BY number", next_node_)),
      Along(
          db.query("SELECT idx, leaves FROM audit_groups WHERE idx >= ? AND idx < ? ORDER BY idx", from, to)),
      Along(db.query("SELECT size, note FROM audit_checkpoints WHERE size > ? AND size <= ? ORDER BY size",
                     from == 0 ? std::int64_t{-1} : from, to)),
      Along(load_cosigned(db, from == 0 ? std::int64_t{-1} : from, to)),
      load_keys(db),
      load_pruned(db)};
  beside_ = &beside;
  check_heads();
  check_cosigned_heads();
  auto row = db.query(
      "SELECT idx, leaf, at, type, outcome, actor_id, room_id, line, target_user, address"
      " FROM audit_records WHERE idx >= ? AND idx < ? ORDER BY idx",
      from, to);
  while (!is_broken_ && row.step()) {
    const auto idx = row.get<std::int64_t>(0);
    // The hashes of what follows would be in wrong places: nothing more can be said of it.
    is_broken_ = idx != log_.size();
    if (is_broken_) break;
    check_record(row);
    check_heads();
    check_cosigned_heads();
  }
  if (is_broken_) report_.add(record_name(log_.size()) + " is missing.");
  for (; !is_broken_ && beside.groups.is_there(); beside.groups.move_on())
    tell_of_foreign_group(beside.groups.number());
  beside_ = nullptr;
  if (db.failure()) return *db.failure();
  return !is_broken_ && log_.size() == to;
}

// What stands in the tables for records that there aren't.
void DatabaseCheck::check_ends(sqlite::Connection& db) {
  if (!node_differs_ && db.find<std::int64_t>("SELECT number FROM audit_nodes WHERE number >= ? UNION ALL"
                                              " SELECT number FROM audit_nodes WHERE number < 0",
                                              next_node_))
    tell_of_node();
  auto group = db.query(
      "SELECT idx FROM audit_groups WHERE idx < 0 UNION ALL SELECT idx FROM audit_groups WHERE idx >= ?",
      log_.size());
  while (group.step()) tell_of_foreign_group(group.get<std::int64_t>(0));
  auto head =
      db.query("SELECT size FROM audit_checkpoints WHERE size > ? OR size < 0 ORDER BY size", log_.size());
  while (head.step()) {
    ++heads_;
    report_.add("The log is shorter than the head of " + to_string(head.get<std::int64_t>(0)) +
                " records: it has " + to_string(log_.size()) + ".");
  }
}

void DatabaseCheck::check_strays_of_witnesses(sqlite::Connection& db) {
  for (auto stray = load_cosigned(db, log_.size(), std::numeric_limits<std::int64_t>::max()); stray.step();)
    report_.add("The log is shorter than the head of " + to_string(stray.get<std::int64_t>(0)) +
                " records that a device cosigned: it has " + to_string(log_.size()) + ".");
}

void DatabaseCheck::check_given(const std::vector<tlog::VerifierKey>& keys) {
  // What was kept elsewhere must be met whoever signed it.
  for (const auto& note : options_.heads)
    if (!open_with_any(note, keys))
      report_.add("The head of " + to_string(tlog::parse_checkpoint(note)->size) +
                  " records that you gave isn't signed by a key of this log.");
}

Result<LogReport> DatabaseCheck::finish(sqlite::Connection& db) {
  for (;;) {
    const auto more = step(db);
    if (!more) return more.error();
    if (!*more) break;
  }
  if (!is_broken_ && db.find<std::int64_t>("SELECT idx FROM audit_records WHERE idx >= ? UNION ALL"
                                           " SELECT idx FROM audit_records WHERE idx < 0",
                                           log_.size()))
    report_.add(record_name(log_.size()) + " is missing.");
  check_ends(db);
  check_strays_of_witnesses(db);
  check_given(check_keys(db, expected_, report_));
  if (!is_broken_) check_pruned_count(db);
  report_.confirmed.push_back("heads that the server signed, all met: " + to_string(heads_));
  if (cosigned_ > 0)
    report_.confirmed.push_back("heads that devices cosigned, all met: " + to_string(cosigned_));
  times_.report(report_);
  report_.confirmed.push_back(to_string(messages_) +
                              " messages and changes of messages are bound in by their hashes");
  if (older_groups_ > 0)
    report_.confirmed.push_back(to_string(older_groups_) +
                                " groups of messages are older than the stored hashes");
  log_.report(report_);
  if (db.failure()) return *db.failure();
  return report_;
}

Result<LogReport> check_database(sqlite::Connection& db, const CheckOptions& options) {
  const auto check = DatabaseCheck::make(options);
  if (!check) return check.error();
  const sqlite::Transaction view(db, sqlite::Transaction::Kind::read);
  return (*check)->finish(db);
}

}  // namespace wardroom::evidence
