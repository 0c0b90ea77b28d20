#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/model/props/links.hpp"
#include "client/model/props/person.hpp"

namespace wardroom::client {

// Where a room stands in the side bar.
struct SidebarPlace {
  enum class Kind { nowhere, favourites, section };
  Kind kind = Kind::nowhere;
  std::size_t section = 0;  // of the person's own, from 0
};

// The same for its menu.
struct RoomPlacing {
  bool favourite = false;
  std::optional<std::size_t> section;
  std::vector<std::string> sections;  // their names
  bool may_go_up = false;
  bool may_go_down = false;
};

// Dialog::section; the name pre-fills the field when `serial` grows.
struct SectionProps {
  std::uint64_t serial = 0;
  bool fresh = true;
  std::string name;
  std::string error;
};

// Dialog::date
struct DateProps {
  std::uint64_t serial = 0;  // grows when it is opened
  std::chrono::year_month_day today;
  std::string error;
};

struct SavedRow {
  MessagePlace place;
  std::string author;
  std::string where;  // "#release-7, today 16:42"
  std::string text;   // as on the wire
};
struct SavedProps {
  bool shown = false;
  std::vector<SavedRow> rows;  // saved last first
  bool loading = false;
  std::string error;
};

// Dialog::profile
struct ProfileCardProps {
  PersonProps person;
  std::string title;
  std::string pronouns;
  std::string zone;   // "Europe/Berlin"
  std::string clock;  // "16:42, 2 h ahead of you"; empty: it isn't known
  std::string status;
  std::string status_until;  // "17:00 on Friday"; empty: it doesn't end by itself
  bool busy = false;
  std::string error;
};

// One's own, in the settings.
struct OwnProfileProps {
  bool known = false;
  std::string title;
  std::string pronouns;
  std::string zone;
  std::string host_zone;  // this PC's; empty: not known
};

enum class StatusEnd { never, half_hour, hour, four_hours, today, week };
// Dialog::status; the text pre-fills the field when `serial` grows.
struct StatusProps {
  std::uint64_t serial = 0;
  std::string text;
};

// Dialog::seen_by
struct SeenByProps {
  std::vector<PersonProps> people;
  bool loading = false;
  std::string error;
};

}  // namespace wardroom::client
