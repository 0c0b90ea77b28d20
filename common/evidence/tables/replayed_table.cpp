#include "common/evidence/tables/replayed_table.hpp"

#include <algorithm>

namespace wardroom::evidence {

void ReplayedTable::set(const Act& act, const std::string& key, std::size_t column, Field value) {
  const auto found = rows_.find(key);
  if (found == rows_.end()) return;
  found->second.idx = act.idx();
  found->second.fields[column] = std::move(value);
}

void ReplayedTable::note_pruned(std::int64_t idx, std::string_view type) {
  if (std::find(types_.begin(), types_.end(), type) != types_.end()) last_pruned_ = idx;
}

void ReplayedTable::compare(sqlite::Cursor stored, TablesReport& report) {
  std::int64_t count = 0;
  while (stored.step()) {
    ++count;
    const auto key = stored.get<std::string>(0);
    compare_row(stored, key, report);
    rows_.erase(key);
  }
  for (const auto& [key, row] : rows_)
    tell(row.idx, key,
         "is missing, and record " + std::to_string(row.idx) + " and those before it put it there.", report);
  report.confirmed.push_back(name_ + ": " + std::to_string(count) + " rows against the log");
  if (unexplained_ > 0)
    report.not_proven.push_back(name_ + ": " + std::to_string(unexplained_) +
                                " rows whose records may have been pruned");
}

void ReplayedTable::compare_row(const sqlite::Cursor& stored, const std::string& key, TablesReport& report) {
  const auto found = rows_.find(key);
  if (found == rows_.end()) return tell(-1, key, "is there, and no record put it there.", report);
  const auto& [idx, fields] = found->second;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto is = stored.get<std::string_view>(static_cast<int>(i) + 1);
    if (!fields[i] || *fields[i] == is) continue;
    tell(idx, key, columns_[i] + " is \"" + std::string(is) + "\", and by the log \"" + *fields[i] + "\".",
         report);
  }
}

void ReplayedTable::tell(std::int64_t idx, const std::string& key, const std::string& what,
                         TablesReport& report) {
  if (idx < last_pruned_)
    ++unexplained_;
  else
    report.add(name_ + ", " + key + ": " + what);
}

}  // namespace wardroom::evidence
