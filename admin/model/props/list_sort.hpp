#pragma once

#include <cstddef>
#include <cstdint>

namespace wardroom::admin {

// The lists whose columns' titles can be pressed.
enum class ListName {
  people,
  rooms,
  sessions,
  acknowledgements,
  audit,
  sanctions,
  rules,
  holds,
  imports,
  import_errors,
  backups,
  settings
};

// Of a list in an order that no column has.
inline constexpr std::size_t kNoColumn = 99;

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

// Another number for another order: the list is read from its top.
constexpr std::uint64_t number_of(ListSort sort) {
  return sort.column * 2 + (sort.descending ? 1 : 0);
}

}  // namespace wardroom::admin
