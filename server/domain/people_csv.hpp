#pragma once

#include "protocol/methods/people_import.hpp"
#include "server/domain/csv_text.hpp"

// People in a CSV file: name, display name, e-mail, role, rooms. Pure functions.
namespace wardroom::domain {

inline constexpr std::size_t kMaxPeople = 20'000;  // in one file

struct RoomMention {
  std::string name;  // as it was written, without #
  TextPosition at;
};

// One person, everything checked that can be without the database.
struct PersonRow {
  std::string name;
  TextPosition name_at;
  std::string display_name;
  std::string email;
  protocol::Role role = protocol::Role::member;
  std::vector<RoomMention> rooms;  // each once
  bool is_good = true;             // false: an error names what is wrong with the row
};

struct PeopleFile {
  std::vector<protocol::ImportColumn> columns;  // of the header, as they were read
  std::string_view encoding;                    // utf-8, utf-16 or windows-1252
  std::vector<PersonRow> rows;                  // empty when the header can't be used; then there is an error
  std::vector<protocol::ImportError> errors;    // in the order of their places
};

// Never fails: what is wrong stands in `errors`. Headers in any order and case, as people_columns.hpp knows
// them; empty lines are skipped; without a display name given name and surname are shown, else the name;
// without a role it is `member`; rooms are separated by white space, commas, semicolons or bars.
PeopleFile parse_people_csv(std::string_view bytes);

}  // namespace wardroom::domain
