#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "admin/model/props/list_sort.hpp"

namespace wardroom::admin {

// A list that the server gives page by page, in an order of its own. In another order the rows are put here,
// and all of them are fetched before it is shown: an order over the first page alone would look like an
// answer.
template <class Row>
struct PagedList {
  explicit PagedList(ListSort servers_order)
      : servers(servers_order), sort(servers_order), shown(servers_order) {}

  ListSort servers;               // the order of the server's pages
  ListSort sort;                  // as it was asked for
  ListSort shown;                 // of the rows
  std::vector<Row> rows;          // as `shown` says
  std::vector<Row> gathered;      // while all pages are fetched
  std::uint64_t list_number = 0;  // grows with every other list
  bool loaded = false;
  bool loading = false;
  bool more = false;
  std::string error;

  // In the server's order one page is enough.
  bool wants_all() const { return !(sort == servers); }
  // What the next page is put behind.
  const std::vector<Row>& coming() const { return wants_all() ? gathered : rows; }
};

// What is shown is now in the order that was asked for.
template <class Row, class Arrange>
void show_in_order(PagedList<Row>& list, const Arrange& arrange) {
  if (list.wants_all() || !(list.shown == list.servers)) arrange(list.rows, list.sort);
  if (!(list.shown == list.sort)) ++list.list_number;
  list.shown = list.sort;
}

// A title was pressed. False: pages have to be fetched first, from the first one on.
template <class Row, class Arrange>
bool press_title(PagedList<Row>& list, std::size_t column, const Arrange& arrange) {
  list.sort = pressed_on(list.shown, column);
  list.gathered.clear();
  if (!list.loaded || list.more || list.loading) return false;
  show_in_order(list, arrange);
  return true;
}

// A page came. True: the next one is wanted at once, behind coming().back().
template <class Row, class Arrange>
bool take_page(PagedList<Row>& list, bool first, const std::vector<Row>& page, bool more,
               const Arrange& arrange) {
  auto& into = list.wants_all() ? list.gathered : list.rows;
  if (first) into.clear();
  into.insert(into.end(), page.begin(), page.end());
  if (list.wants_all() && more && !page.empty()) return true;
  list.more = more;
  list.loaded = true;
  list.error.clear();
  if (list.wants_all()) list.rows = std::exchange(list.gathered, {});
  show_in_order(list, arrange);
  return false;
}

// A page didn't come: what is shown stays as it is.
template <class Row>
void give_up_order(PagedList<Row>& list) {
  list.gathered.clear();
  if (list.loaded) list.sort = list.shown;
}

}  // namespace wardroom::admin
