#pragma once

#include <numeric>
#include <vector>

#include "admin/model/actions.hpp"
#include "admin/model/list_order.hpp"
#include "admin/model/turn.hpp"

// The lists in the order that was asked for. Those that come page by page fetch all of them first
// (PagedList); the others are here as a whole, and are put in order when they are shown.
namespace wardroom::admin {

// Of a list that is here as a whole.
ListSort sort_of(const State& state, ListName list);

// The places of a whole list's rows as they are shown: the server's order until another one was asked for.
template <class Row, class KeyOf>
std::vector<std::size_t> shown_places(const State& state, ListName list, const std::vector<Row>& rows,
                                      const KeyOf& key_of) {
  const auto asked = state.sorts.find(list);
  if (asked == state.sorts.end()) {
    std::vector<std::size_t> places(rows.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    return places;
  }
  return places_in_order(rows, asked->second.descending,
                         [&](const Row& row) { return key_of(row, asked->second.column); });
}

void fold(Turn& turn, const SortList& action);

}  // namespace wardroom::admin
