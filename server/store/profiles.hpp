#pragma once

#include <vector>

#include "common/sqlite/connection.hpp"
#include "protocol/types.hpp"

// The table `profiles`: what people say of themselves, beside their name.
namespace wardroom::store {

struct ProfileRow {
  std::string title;
  std::string pronouns;
  std::string time_zone;
  std::string status;
  std::optional<TimePoint> status_until;
  friend bool operator==(const ProfileRow&, const ProfileRow&) = default;
};
// Empty texts when they said nothing.
ProfileRow load_profile(sqlite::Connection& db, UserId user);
void store_profile(sqlite::Connection& db, UserId user, const ProfileRow& profile);

// Everybody's status that doesn't end by `now`.
struct Status {
  UserId user;
  std::string text;
  std::optional<TimePoint> until;
};
std::vector<Status> load_statuses(sqlite::Connection& db, TimePoint now);

// What they wrote for themselves, without being posted: drafts, the side bar, and what they say of
// themselves.
void erase_own_texts(sqlite::Connection& db, UserId user);

}  // namespace wardroom::store
