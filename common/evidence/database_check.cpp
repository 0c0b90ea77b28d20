#include "common/evidence/database_check.hpp"

#include <algorithm>
#include <map>

#include "common/evidence/record_line.hpp"
#include "common/evidence/time_check.hpp"
#include "common/sqlite/transaction.hpp"

namespace wardroom::evidence {
namespace {

using std::to_string;

struct Range {
  std::int64_t first = 0, last = -1;
};

// What the records say that other tables must agree with.
struct Said {
  std::map<std::int64_t, Committed> groups;            // by index of messages.committed
  std::vector<std::int64_t> empty;                     // indexes of lines that are gone
  std::vector<std::pair<std::int64_t, Range>> pruned;  // index of audit.pruned, what it covers
  TimeCheck times;
};

// Follows the stored nodes while the log is computed.
class NodeCheck {
 public:
  NodeCheck(sqlite::Connection& db, LogReport& report)
      : stored_(db.query("SELECT number, hash FROM audit_nodes ORDER BY number")), report_(report) {}

  void meet(const Digest& computed) {
    if (said_) return;
    const bool same = stored_.step() && stored_.get<std::int64_t>(0) == next_ &&
                      to_digest(stored_.get<Bytes>(1)) == computed;
    if (!same) tell();
    ++next_;
  }
  void finish() {
    if (!said_ && stored_.step()) tell();
  }

 private:
  void tell() {
    report_.add("The stored tree doesn't follow from the records (node " + to_string(next_) + ").");
    said_ = true;  // what follows would only repeat it
  }

  sqlite::Cursor stored_;
  LogReport& report_;
  std::int64_t next_ = 0;
  bool said_ = false;
};

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

void note_what_it_says(std::int64_t idx, const RecordLine& line, Said& said, LogReport& report) {
  if (line.type == "messages.committed") {
    if (line.committed)
      said.groups.emplace(idx, *line.committed);
    else
      report.add(record_name(idx) + " names no root of its messages.");
  }
  if (line.type == "audit.pruned" && line.pruned)
    said.pruned.push_back({idx, {line.pruned->first, line.pruned->second}});
}

void check_record(const sqlite::Cursor& row, LogCheck& log, Said& said, LogReport& report) {
  const std::int64_t idx = log.size();
  const auto text = row.get<std::string_view>(7);
  const auto stored = to_digest(row.get<Bytes>(1));
  if (text.empty()) {
    said.empty.push_back(idx);
    said.times.skip();
    check_columns_of_pruned(row, idx, report);
    if (!stored) report.add(record_name(idx) + " has neither bytes nor a hash.");
    return log.add(stored.value_or(Digest{}));
  }
  const Digest leaf = tlog::leaf_hash(as_bytes(text));
  if (stored != leaf) report.add(record_name(idx) + " isn't what was written: its hash differs.");
  log.add(leaf);
  const auto line = parse_record_line(text);
  if (!line) return report.add(record_name(idx) + " isn't a record: " + line.error().message);
  if (line->idx != idx)
    report.add(record_name(idx) + " says that it is record " + to_string(line->idx) + ".");
  check_columns(row, idx, *line, report);
  said.times.meet(idx, *line, report);
  note_what_it_says(idx, *line, said, report);
}

void check_records(sqlite::Connection& db, LogCheck& log, Said& said, LogReport& report) {
  auto row = db.query(
      "SELECT idx, leaf, at, type, outcome, actor_id, room_id, line, target_user, address"
      " FROM audit_records ORDER BY idx");
  while (row.step()) {
    const auto idx = row.get<std::int64_t>(0);
    // The hashes of what follows would be in wrong places: nothing more can be said of it.
    if (idx != log.size()) return report.add(record_name(log.size()) + " is missing.");
    check_record(row, log, said, report);
  }
}

void check_pruned(const Said& said, LogReport& report) {
  report.pruned = static_cast<std::int64_t>(said.empty.size());
  for (const std::int64_t idx : said.empty) {
    bool covered = false;
    for (const auto& [by, range] : said.pruned)
      covered = covered || (by > idx && range.first <= idx && idx <= range.last);
    if (!covered) report.add(record_name(idx) + " is empty, and no later record says that it was pruned.");
  }
}

void check_groups(sqlite::Connection& db, const Said& said, LogReport& report) {
  std::map<std::int64_t, Committed> open = said.groups;
  auto row = db.query("SELECT idx, leaves FROM audit_groups ORDER BY idx");
  std::int64_t first = -1, messages = 0;
  while (row.step()) {
    const auto idx = row.get<std::int64_t>(0);
    const Bytes bytes = row.get<Bytes>(1);
    if (first < 0) first = idx;
    const auto group = open.find(idx);
    if (group == open.end()) {
      report.add("The hashes of messages that are stored for record " + to_string(idx) +
                 " belong to no record.");
      continue;
    }
    std::vector<Digest> leaves(bytes.size() / sizeof(Digest));
    for (std::size_t i = 0; i < leaves.size(); ++i)
      std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * sizeof(Digest)), sizeof(Digest),
                  leaves[i].begin());
    if (bytes.size() % sizeof(Digest) != 0 ||
        static_cast<std::int64_t>(leaves.size()) != group->second.count ||
        tlog::root_of(leaves) != group->second.root)
      report.add("The hashes of messages that are stored for record " + to_string(idx) +
                 " don't give its root.");
    messages += static_cast<std::int64_t>(leaves.size());
    open.erase(group);
  }
  // Groups of before there was this table have none.
  std::int64_t older = 0;
  for (const auto& [idx, group] : open) {
    if (first >= 0 && idx > first)
      report.add("The hashes of the messages of record " + to_string(idx) + " are missing.");
    else
      ++older;
  }
  report.confirmed.push_back(to_string(messages) +
                             " messages and changes of messages are bound in by their hashes");
  if (older > 0)
    report.confirmed.push_back(to_string(older) + " groups of messages are older than the stored hashes");
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

std::vector<tlog::Checkpoint> load_heads(sqlite::Connection& db, const CheckOptions& options,
                                         const std::vector<tlog::VerifierKey>& keys, LogReport& report) {
  std::vector<tlog::Checkpoint> heads;
  auto row = db.query("SELECT size, note FROM audit_checkpoints ORDER BY size");
  while (row.step()) {
    auto head = open_with_any(row.get<std::string_view>(1), keys);
    if (!head || head->size != row.get<std::int64_t>(0))
      report.add("The stored head of " + to_string(row.get<std::int64_t>(0)) +
                 " records isn't signed by the log's "
                 "key.");
    else
      heads.push_back(std::move(*head));
  }
  report.confirmed.push_back("heads that the server signed, all met: " + to_string(heads.size()));
  for (const auto& note : options.heads) {
    // What was kept elsewhere must be met whoever signed it.
    const auto head = tlog::parse_checkpoint(note);
    if (!head) continue;  // refused before
    if (!open_with_any(note, keys))
      report.add("The head of " + to_string(head->size) +
                 " records that you gave isn't signed by a key of this log.");
    heads.push_back(*head);
  }
  return heads;
}

}  // namespace

Result<LogReport> check_database(sqlite::Connection& db, const CheckOptions& options) {
  std::optional<tlog::VerifierKey> expected;
  if (options.key) {
    auto key = tlog::VerifierKey::parse(*options.key);
    if (!key) return key.error();
    expected = std::move(*key);
  }
  for (const auto& note : options.heads)
    if (const auto head = tlog::parse_checkpoint(note); !head) return head.error();

  const sqlite::Transaction view(db, sqlite::Transaction::Kind::read);
  LogReport report;
  const auto keys = check_keys(db, expected, report);
  auto heads = load_heads(db, options, keys, report);
  NodeCheck nodes(db, report);
  LogCheck log(std::move(heads), [&nodes](const Digest& hash) { nodes.meet(hash); });
  Said said;
  check_records(db, log, said, report);
  nodes.finish();
  said.times.report(report);
  check_pruned(said, report);
  check_groups(db, said, report);
  log.report(report);
  if (db.failure()) return *db.failure();
  return report;
}

}  // namespace wardroom::evidence
