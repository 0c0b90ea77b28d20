#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "common/sqlite/connection.hpp"

namespace wardroom::sqlite {

// Which statements took long, by their text: with its parameters as ?, so without anything that somebody
// wrote. The time of a query is that from its first row to its last, with what was done in between. Outlives
// the connections it watches.
class SlowStatements {
 public:
  struct Row {
    std::string sql;
    std::uint64_t times = 0;
    std::chrono::milliseconds longest{0}, total{0};
  };

  SlowStatements() = default;
  SlowStatements(const SlowStatements&) = delete;
  SlowStatements& operator=(const SlowStatements&) = delete;

  // Nobody uses the connection meanwhile.
  void watch(Connection& db);
  // The longest first. Any thread.
  std::vector<Row> rows() const;

  // Public for its test: what a connection tells of a statement that ended.
  void note(const char* sql, std::chrono::nanoseconds took) noexcept;

 private:
  // Texts are the program's own, so there are few; composed ones may be more.
  static constexpr std::size_t kMost = 200;
  static constexpr std::chrono::milliseconds kSlow{50};

  mutable std::mutex mutex_;
  std::map<std::string, Row> by_text_;
};

}  // namespace wardroom::sqlite
