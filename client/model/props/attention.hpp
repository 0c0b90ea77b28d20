#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.hpp"

// What a person chose to be told about outside the window.
namespace wardroom::client {

enum class RoomLevel { all, mentions, nothing };

struct RoomAttention {
  std::optional<RoomLevel> level;  // not set: all of a direct room, mentions of any other
  std::optional<TimePoint> until;  // nothing until then, by the PC's clock; `level` afterwards
};

// For how long a room is paused.
enum class RoomPause { none, hour, tomorrow };

// When notifications come; outside of these hours nothing does.
struct AttentionHours {
  static constexpr std::uint8_t kWorkdays = 0x1F;

  bool on = false;
  std::uint8_t days = kWorkdays;  // a bit each, Monday's the lowest: the day on which the hours begin
  // Since midnight, less than a day. `to` at or before `from` is on the day after, so that twice the same is
  // a whole day.
  std::chrono::minutes from{8 * 60};
  std::chrono::minutes to{18 * 60};
};

struct AttentionChoices {
  AttentionHours hours;
  std::vector<std::string> keywords;
  bool shows_text = true;
  bool sound = false;
  bool tray = true;
  bool closes_to_tray = false;
  bool away_when_idle = true;
};

// What the desktop around the window offers.
struct AttentionSupport {
  bool known = false;  // nothing was learned yet
  bool bus = false;
  bool notifications = false;
  bool presses = false;  // a click on one is told
  bool replies = false;
  bool tray = false;
  bool idle = false;
  friend bool operator==(const AttentionSupport&, const AttentionSupport&) = default;
};

// The icon among those of the desktop.
struct TrayProps {
  bool shown = false;
  std::uint32_t count = 0;  // what asks for the person
  std::string tip;          // "3 for you, 12 unread"
  bool do_not_disturb = false;
  friend bool operator==(const TrayProps&, const TrayProps&) = default;
};

// The part of the settings.
struct AttentionProps {
  bool do_not_disturb = false;
  AttentionChoices choices;
  std::string from;  // "08:00"
  std::string to;
  std::string keywords;  // "release, freeze"
  std::string missing;   // what this desktop lacks, in sentences; empty: nothing
  bool may_tray = false;
  bool may_go_away = false;  // the desktop says when nobody is there
  bool may_autostart = false;
  bool autostart = false;
  std::string autostart_error;
  std::string autostart_set_by;  // as SettingsProps::theme_set_by
};

}  // namespace wardroom::client
