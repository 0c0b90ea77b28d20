#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "common/base/clock.hpp"

namespace wardroom::ctl {

// Columns for people, as wide as their widest cell on a terminal. A cell of several lines takes several, in
// its column.
class Table {
 public:
  explicit Table(std::vector<std::string> titles) : rows_{std::move(titles)} {}
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  void print(std::ostream& out) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

// In the time zone of the person who reads: "2026-11-20 09:14", "2026-11-20 09:14:06".
std::string local_minute(TimePoint time);
std::string local_second(TimePoint time);

}  // namespace wardroom::ctl
