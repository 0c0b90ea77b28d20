#include "common/evidence/tables/replayed_table.hpp"

#include <algorithm>

namespace wardroom::evidence {
namespace {

// When somebody sets the clock back, records keep the time of the one before them until one says so.
bool was_held_back(sqlite::Connection& db, std::string_view ts) {
  return db
      .find<std::int64_t>(
          "SELECT 1 FROM audit_records a JOIN audit_records b ON b.idx = a.idx + 1 AND b.at = a.at"
          " WHERE a.at = strftime('%s', ?1) * 1000 + CAST(substr(?1, 21, 3) AS INTEGER) LIMIT 1",
          ts)
      .has_value();
}

}  // namespace

void ReplayedTable::set(const Act& act, const std::string& key, std::size_t column, Field value) {
  const auto found = rows_.find(key);
  if (found == rows_.end()) return;
  found->second.idx = act.idx();
  found->second.fields[column] = std::move(value);
  found->second.written[column] = act.idx();
}

void ReplayedTable::forget(std::size_t column) {
  for (auto& [key, row] : rows_) row.fields[column].reset();
}

void ReplayedTable::note_pruned(std::int64_t idx, std::string_view type) {
  if (std::find(types_.begin(), types_.end(), type) != types_.end()) last_pruned_ = idx;
  if (std::find(makers_.begin(), makers_.end(), type) != makers_.end()) ++pruned_makers_;
}

void ReplayedTable::compare(Stored stored, TablesReport& report) {
  std::int64_t count = 0;
  while (stored.rows.step()) {
    ++count;
    const auto key = stored.rows.get<std::string>(0);
    compare_row(stored, key, report);
    rows_.erase(key);
  }
  for (const auto& [key, row] : rows_)
    tell(row.idx, key, false,
         "is missing, and record " + std::to_string(row.idx) + " and those before it put it there.", report);
  compare_number(report);
  report.confirmed.push_back(name_ + ": " + std::to_string(count) + " rows against the log");
  tell_unexplained(report);
}

void ReplayedTable::compare_row(const Stored& stored, const std::string& key, TablesReport& report) {
  const bool is_over =
      stored.says_what_is_over && stored.rows.get<bool>(static_cast<int>(columns_.size()) + 1);
  const auto found = rows_.find(key);
  if (found == rows_.end()) {
    ++unknown_rows_;
    return tell(-1, key, is_over, "is there, and no record put it there.", report);
  }
  const auto& [idx, fields, written] = found->second;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto is = stored.rows.get<std::string_view>(static_cast<int>(i) + 1);
    if (!fields[i] || *fields[i] == is) continue;
    if (stored.clocks && columns_[i].ends_with("at") && is < *fields[i] &&
        was_held_back(*stored.clocks, *fields[i]))
      continue;
    // The row says itself that it is over, and whoever forges one would say so. The record that made it is
    // there: only that it ended may have lost its record.
    const bool is_excused = is_over && columns_[i] == "ended" && is == "yes";
    tell(written[i], key, is_excused,
         columns_[i] + " is \"" + std::string(is) + "\", and by the log \"" + *fields[i] + "\".", report);
  }
}

void ReplayedTable::compare_number(TablesReport& report) const {
  if (makers_.empty() || last_pruned_ < 0 || unknown_rows_ == pruned_makers_) return;
  report.add(name_ + ": " + std::to_string(unknown_rows_) + " rows are there that no record put there, and " +
             std::to_string(pruned_makers_) + " records that did so were pruned.");
}

void ReplayedTable::tell(std::int64_t idx, const std::string& key, bool is_over, const std::string& what,
                         TablesReport& report) {
  if (idx >= last_pruned_) return report.add(name_ + ", " + key + ": " + what);
  ++(is_over ? over_ : unexplained_);
}

void ReplayedTable::tell_unexplained(TablesReport& report) const {
  if (over_ > 0)
    report.not_proven.push_back(name_ + ": " + std::to_string(over_) +
                                " rows of what is over, whose records were pruned");
  if (unexplained_ == 0) return;
  report.unproven += unexplained_;
  report.not_proven.push_back(
      name_ + ": " + std::to_string(unexplained_) +
      " rows or fields that no record explains, since a version of before pruned such records, or somebody "
      "forged them. Compare them with a backup from before the pruning, and grant anew what is right");
}

}  // namespace wardroom::evidence
