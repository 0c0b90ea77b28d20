#pragma once

#include <cstddef>

namespace wardroom::admin {

// By which column a list is ordered.
struct ListSort {
  std::size_t column = 0;
  bool descending = false;
  friend bool operator==(const ListSort&, const ListSort&) = default;
};

// What a press on a column's title makes of it: that column, the smallest first; on the same again, the
// greatest first.
constexpr ListSort pressed_on(ListSort sort, std::size_t column) {
  return {column, sort.column == column && !sort.descending};
}

}  // namespace wardroom::admin
