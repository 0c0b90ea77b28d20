#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "admin/model/props/list_sort.hpp"

namespace wardroom::admin {

// An announcement as it is being written.
struct AnnounceForm {
  std::string text;
  bool must_acknowledge = false;
  std::size_t lasts = 2;  // index into last_choices
};

struct AcknowledgementRow {
  std::string person_name;
  std::string name;
  std::string at;  // empty: not yet
};

// The columns of the list of acknowledgements, as its titles stand.
enum class AcknowledgementsColumn { person, name, at };

struct AnnounceProps {
  bool loading = false;
  bool busy = false;
  std::string error;
  std::string form_error;
  std::uint64_t sent = 0;  // grows with each announcement that was made from here: the form is empty then
  std::vector<std::string> last_choices;  // "1 hour", "1 day" …
  bool stands = false;
  std::string standing;  // its text; empty: nothing was announced
  std::string made;      // "by Ines Duarte, today 09:14; until 27 November 2026, 09:14"
  bool counted = false;  // it asks to be acknowledged
  std::string summary;   // "12 of 14 people acknowledged it"
  bool missing = true;   // the rows are those who haven't
  std::vector<AcknowledgementRow> rows;
  ListSort sort{};         // of the rows
  std::uint64_t list = 0;  // another number than before: another list, to be read from its top
  bool more = false;
};

}  // namespace wardroom::admin
