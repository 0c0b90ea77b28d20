#include "common/evidence/tables/log_tables.hpp"

#include <limits>
#include <utility>

namespace wardroom::evidence {
namespace {

std::int64_t number_at(const boost::json::array& list, std::size_t at) {
  const auto* number = at < list.size() ? list[at].if_int64() : nullptr;
  return number ? *number : 0;
}

}  // namespace

void LogTablesReplay::take(const Act& act) {
  last_record_ = act.idx();
  if (act.is("audit.exported")) take_export(act);
  if (act.is("messages.committed")) take_counts(act);
  if (act.is("audit.witness_added")) devices_[act.after("key").value_or("")] = {act.idx(), act.actor()};
}

void LogTablesReplay::note_pruned(std::int64_t idx, std::string_view type) {
  exports_.note_pruned(idx, type);
  lost_devices_ = lost_devices_ || type == "audit.witness_added";
}

void LogTablesReplay::take_export(const Act& act) {
  exports_.put(act, act.after("export").value_or(""),
               {act.actor(), act.after("first"), act.after("last"), act.after("size"),
                act.after("user").value_or("none"), act.room(), act.after("since").value_or("none"),
                act.after("until").value_or("none"), act.after("files").value_or("none")});
}

void LogTablesReplay::take_counts(const Act& act) {
  if (!act.after("since")) return;  // of a version that didn't count
  if (groups_++ == 0) {
    first_group_ = act.idx();
    since_ = act.after_number("since");
  }
  const auto* states = act.after_array("states");
  if (!states) return;  // of more people than a record counts
  std::int64_t counted = 0;
  std::set<Chain> linked;
  for (const auto& item : *states) {
    const auto* state = item.if_array();
    if (!state) continue;
    counted += number_at(*state, 2);
    const Chain room{"room", number_at(*state, 0)}, author{"author", number_at(*state, 1)};
    check_link(act, room, number_at(*state, 3));
    check_link(act, author, number_at(*state, 4));
    linked.insert({room, author});
  }
  for (const auto& chain : linked) chains_[chain] = act.idx();
  if (counted != act.after_number("count"))
    wrong_counts_.push_back("audit_records: record " + std::to_string(act.idx()) + " binds in " +
                            std::to_string(act.after_number("count")) + " states, and counts " +
                            std::to_string(counted) + " by room and author.");
}

// The record names the one before it that counts the same, or -1.
void LogTablesReplay::check_link(const Act& act, const Chain& chain, std::int64_t before) {
  const auto end = chains_.find(chain);
  const std::int64_t expected = end == chains_.end() ? -1 : end->second;
  if (before != expected)
    wrong_counts_.push_back("audit_records: record " + std::to_string(act.idx()) + " names record " +
                            std::to_string(before) + " as the one before it of " + chain.first + " " +
                            std::to_string(chain.second) + ", which is " + std::to_string(expected) + ".");
}

// Up to the record of its second row of kind "log" the table has every end. What comes behind it the server
// reads from the records, whatever the table says.
void LogTablesReplay::compare_chains(sqlite::Connection& db, TablesReport& report) const {
  std::map<Chain, std::int64_t> rows;
  auto row = db.query("SELECT kind, id, idx FROM commitment_chains");
  while (row.step()) rows[{row.get<std::string>(0), row.get<std::int64_t>(1)}] = row.get<std::int64_t>(2);
  if (groups_ > 0) compare_chain_rows(rows, report);
  if (groups_ == 0 && !rows.empty())
    report.add("commitment_chains: there are rows, and no record counts any messages.");
  report.confirmed.push_back("commitment_chains: " + std::to_string(rows.size()) + " rows against the log");
}

void LogTablesReplay::compare_chain_rows(const std::map<Chain, std::int64_t>& rows,
                                         TablesReport& report) const {
  const auto tell = [&report](const Chain& chain, const char* what) {
    report.add("commitment_chains, " + chain.first + " " + std::to_string(chain.second) + ": " + what);
  };
  const Chain since{"log", 0}, stored_to{"log", 1};
  const auto first = rows.find(since), last = rows.find(stored_to);
  if (first == rows.end() || first->second != since_)
    tell(since, "the records say that the log counts from another one on.");
  const std::int64_t complete_to =
      last == rows.end() ? std::numeric_limits<std::int64_t>::max() : last->second;
  if (last != rows.end() && complete_to > last_record_) tell(stored_to, "there is no such record.");
  for (const auto& [chain, idx] : chains_) {
    const auto found = rows.find(chain);
    if (idx <= complete_to && (found == rows.end() || found->second != idx))
      tell(chain, "it doesn't end where the records say.");
  }
  for (const auto& [chain, idx] : rows)
    if (chain != since && chain != stored_to && !chains_.contains(chain))
      tell(chain, "no record counts any of its messages.");
}

// Only the log of an earlier version may lack the hashes of its messages.
void LogTablesReplay::compare_groups(sqlite::Connection& db, TablesReport& report) const {
  const auto there =
      db.find<std::int64_t>("SELECT count(*) FROM audit_groups WHERE idx >= ?", first_group_).value_or(0);
  if (groups_ > 0 && there != groups_)
    report.add("audit_groups: the hashes of " + std::to_string(there) +
               " groups of messages are there, and " + std::to_string(groups_) +
               " records bound one in since the log counts.");
}

// Rows may go, those of old devices do; one that nobody made known would vouch for a log that nobody saw.
void LogTablesReplay::compare_devices(sqlite::Connection& db, TablesReport& report) const {
  std::int64_t rows = 0, unexplained = 0;
  auto row = db.query("SELECT key, user_id, record FROM witnesses");
  for (; row.step(); ++rows) {
    const auto key = row.get<std::string>(0);
    const auto found = devices_.find(key);
    if (found == devices_.end() && lost_devices_) {
      ++unexplained;
    } else if (found == devices_.end()) {
      report.add("witnesses, " + key + ": is there, and no record made this device known.");
    } else if (found->second.record != row.get<std::int64_t>(2) ||
               found->second.person != row.get<std::string_view>(1)) {
      report.add("witnesses, " + key + ": names record " + std::to_string(row.get<std::int64_t>(2)) +
                 " and person " + row.get<std::string>(1) + ", and by the log it is record " +
                 std::to_string(found->second.record) + " of person " + found->second.person + ".");
    }
  }
  report.confirmed.push_back("witnesses: " + std::to_string(rows - unexplained) + " rows against the log");
  if (unexplained == 0) return;
  report.unproven += unexplained;
  report.not_proven.push_back("witnesses: " + std::to_string(unexplained) +
                              " devices whose records a version of before pruned, or that somebody forged");
}

void LogTablesReplay::compare(sqlite::Connection& db, TablesReport& report) {
  exports_.compare(
      {db.query("SELECT id, by_id, first, last, size, coalesce(json_extract(asked, '$.user'), 'none'),"
                " coalesce(json_extract(asked, '$.room'), 'none'),"
                " coalesce(json_extract(asked, '$.since'), 'none'),"
                " coalesce(json_extract(asked, '$.until'), 'none'),"
                " iif(json_extract(asked, '$.files'), 'true', 'none')"
                " FROM (SELECT *, iif(json_valid(scope), scope, '{\"room\":\"not readable\"}') AS asked"
                " FROM exports)")},
      report);
  for (auto& wrong : wrong_counts_) report.add(std::move(wrong));
  compare_chains(db, report);
  compare_groups(db, report);
  compare_devices(db, report);
}

}  // namespace wardroom::evidence
