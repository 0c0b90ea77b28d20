#pragma once

#include <unordered_map>

#include "server/domain/people_csv.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {

// What an uploaded file would do to the office as it is now.
struct PeoplePlan {
  domain::PeopleFile file;  // with the errors that only the database knows
  // By the key of their names; those of the file's rows that are in order.
  std::unordered_map<std::string, RoomId> rooms;

  // Counts and the first errors.
  protocol::AdminUserImport::Result describe() const;
};

// Reader thread: reading and checking ten thousand rows takes a while.
PeoplePlan make_people_plan(sqlite::Connection& db, UserId importer, std::string_view csv);

}  // namespace wardroom::commands
