#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/model/props/composer.hpp"
#include "client/model/props/dialogs.hpp"
#include "client/model/props/members.hpp"
#include "client/model/props/side_bar.hpp"
#include "client/model/props/timeline.hpp"
#include "client/model/props/welcome.hpp"
#include "common/desk/model/props/toast.hpp"
#include "common/desk/model/props/witness.hpp"

namespace wardroom::client {

enum class Screen { welcome, main };

// A strip over the timeline for a state that lasts: offline, the server restored a backup, a must-change
// password.
struct BannerProps {
  enum class Tone { quiet, warn, bad };
  Tone tone = Tone::quiet;
  std::string text;          // empty: no banner
  std::string action_label;  // empty: no button; pressing emits `retry_connection`
};

// Everything that the client's window shows. Only the current screen's and dialog's parts need to be filled.
struct WindowProps {
  Screen screen = Screen::welcome;
  WelcomeProps welcome;
  SideBarProps side_bar;
  bool room_open = false;  // false: no room is chosen; a friendly empty state stands in the middle
  RoomHeaderProps header;
  TimelineProps timeline;
  ComposerProps composer;
  MembersProps members;  // shown when header.members_shown
  PinsProps pins;        // shown when header.pins_shown
  BannerProps banner;
  desk::LogAlarmProps log_alarm;
  std::vector<desk::ToastProps> toasts;
  Dialog dialog = Dialog::none;
  SwitcherProps switcher;
  BrowseProps browse;
  CreateRoomProps create_room;
  NewDirectProps new_direct;
  SettingsProps settings;
  ReasonDialogProps reason_dialog;
  VersionsProps versions;
  desk::WatchProps watch;
};

}  // namespace wardroom::client
