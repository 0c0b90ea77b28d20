#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/evidence/tables/act.hpp"
#include "common/evidence/tables_report.hpp"
#include "common/sqlite/connection.hpp"

namespace wardroom::evidence {

// One table as the records lead to it, to be compared with the rows that there are. Fields are text; nothing
// stands for a field of which the log doesn't speak.
class ReplayedTable {
 public:
  using Field = std::optional<std::string>;
  struct Row {
    std::int64_t idx = 0;  // of the record that wrote it last
    std::vector<Field> fields;
    std::vector<std::int64_t> written{};  // by which record, each field; none: all by that one
  };

  // `types`: the records that change it. `makers`: those of them of which each makes one row that is never
  // deleted, where all rows come about so.
  ReplayedTable(std::string name, std::vector<std::string> columns, std::vector<std::string_view> types,
                std::vector<std::string_view> makers = {})
      : name_(std::move(name)),
        columns_(std::move(columns)),
        types_(std::move(types)),
        makers_(std::move(makers)) {}

  void put(const std::string& key, Row row) {
    row.written.resize(row.fields.size(), row.idx);
    rows_[key] = std::move(row);
  }
  void put(const Act& act, const std::string& key, std::vector<Field> fields) {
    put(key, {act.idx(), std::move(fields)});
  }
  // Does nothing where there is no such row.
  void set(const Act& act, const std::string& key, std::size_t column, Field value);
  void erase(const std::string& key) { rows_.erase(key); }
  // Of no row is known any more what it says there.
  void forget(std::size_t column);
  const std::map<std::string, Row>& rows() const { return rows_; }

  // A record of this type has lost its line: rows that it wrote can't be told from forged ones any more.
  void note_pruned(std::int64_t idx, std::string_view type);

  struct Stored {
    // The key, then a text for each column, "none" for NULL.
    sqlite::Cursor rows;
    // The log: columns that end in "at" hold times of records; the row may have an earlier one where the
    // record's couldn't fall with the clock.
    sqlite::Connection* clocks = nullptr;
    // A last column is 1 for a row that is over: it gives nobody anything any more, and its records may be
    // pruned. Every other row must be explained, and so must one whose maker is there: of that only the
    // column `ended` is excused.
    bool says_what_is_over = false;
  };
  void compare(Stored stored, TablesReport& report);

 private:
  void compare_row(const Stored& stored, const std::string& key, TablesReport& report);
  // Rows of which the records are pruned are as many as those records.
  void compare_number(TablesReport& report) const;
  // Says what is wrong, or counts it where a record that could explain it was pruned.
  void tell(std::int64_t idx, const std::string& key, bool is_over, const std::string& what,
            TablesReport& report);
  void tell_unexplained(TablesReport& report) const;

  std::string name_;
  std::vector<std::string> columns_;
  std::vector<std::string_view> types_, makers_;
  std::map<std::string, Row> rows_;
  std::int64_t last_pruned_ = -1;
  std::int64_t unexplained_ = 0;    // rows or fields since records were pruned
  std::int64_t over_ = 0;           // the same, of rows that are over
  std::int64_t pruned_makers_ = 0;  // records that made a row each
  std::int64_t unknown_rows_ = 0;   // that no record put there
};

}  // namespace wardroom::evidence
