#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the columns of a file of people are called, in English and German, in a list made by hand and in
// exports of Active Directory, Entra and Microsoft 365. Pure functions.
namespace wardroom::domain {

enum class PeopleColumn {
  name,
  display_name,
  email,
  role,
  rooms,
  given_name,  // with the surname the display name, where the file has no other
  surname,
  enabled,  // in the directory that the file comes from
  blocked,
};
std::string_view name_of(PeopleColumn column);

// How a column is read.
struct ReadColumn {
  std::string header;                  // as it stands in the file
  std::optional<PeopleColumn> column;  // nothing: not read
  bool is_principal_name = false;      // lena@office.example: the name is what stands before the @
  enum class Problem { none, unknown, twice } problem = Problem::none;
};

// Every header of the first line, in its order. Of several that could be the user name the one that a person
// signs in with counts, and "Name" beside it is the display name. Known columns of directories that say
// nothing to an office are not read; others are a problem, because one of them may be a column that somebody
// misspelt.
std::vector<ReadColumn> read_headers(const std::vector<std::string>& headers);

}  // namespace wardroom::domain
