#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/base/clock.hpp"

// How rows are put in order, whatever they are of.
namespace wardroom::admin {

// What a row is compared by: its text, then its number.
struct OrderKey {
  std::string text;
  std::int64_t number = 0;
};

// Names and addresses are compared as they are searched: by their letters, without case and marks.
OrderKey words_key(const std::string& words);
// What has never happened comes before what has.
OrderKey time_key(const std::optional<TimePoint>& at);
// A whole number by what it counts, before all that is none; else as words.
OrderKey value_key(const std::string& value);
// An IPv4 address by its numbers, before all that is none.
OrderKey address_key(const std::string& address);

// The places of the rows, the smallest first; those that are equal stay as they stand.
std::vector<std::size_t> places_by(const std::vector<OrderKey>& keys, bool descending);

// Keys are made once for each row: folding a name costs more than comparing it.
template <class Row, class KeyOf>
std::vector<std::size_t> places_in_order(const std::vector<Row>& rows, bool descending, const KeyOf& key_of) {
  std::vector<OrderKey> keys;
  keys.reserve(rows.size());
  for (const Row& row : rows) keys.push_back(key_of(row));
  return places_by(keys, descending);
}

template <class Row, class KeyOf>
void put_in_order(std::vector<Row>& rows, bool descending, const KeyOf& key_of) {
  std::vector<Row> arranged;
  arranged.reserve(rows.size());
  for (const std::size_t at : places_in_order(rows, descending, key_of))
    arranged.push_back(std::move(rows[at]));
  rows = std::move(arranged);
}

}  // namespace wardroom::admin
