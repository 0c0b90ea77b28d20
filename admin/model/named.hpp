#pragma once

#include <optional>
#include <string>

#include "admin/model/turn.hpp"

// People and rooms by the names that are typed into the console's forms.
namespace wardroom::admin {

// As the server knows sign-in names: lower case, without the sign of a mention.
std::string sign_in_name(std::string text);

// The room of this name or number; nothing: none that this console knows is called so.
std::optional<RoomId> find_room_named(const State& state, std::string text);

// What the directory is asked to find the person of this name.
protocol::UserList::Params look_up(const std::string& name);
// What it is asked next: others are called so, too, and whose name this is may be on a later page.
std::optional<protocol::UserList::Params> look_on(const protocol::UserList::Params& asked,
                                                  const Result<protocol::UserList::Result>& found);
// The person whose sign-in name this is, in upper or lower case; otherwise a sentence why there is none,
// never somebody whose name only begins so. `found` is the last page.
Result<protocol::User> find_person_named(const protocol::UserList::Params& asked,
                                         const Result<protocol::UserList::Result>& found);

struct Period {
  std::optional<TimePoint> since;
  std::optional<TimePoint> until;
};
// From the beginning of one day to the end of another, on this PC's calendar, as they are typed:
// "2026-11-20". Empty: open at that end. The error's field is "from" or "to".
Result<Period> parse_period(const std::string& from, const std::string& to, const desk::TimeZone& zone);

}  // namespace wardroom::admin
