#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/model/props/composer.hpp"
#include "client/model/props/dialogs.hpp"
#include "client/model/props/files.hpp"
#include "client/model/props/members.hpp"
#include "client/model/props/places.hpp"
#include "client/model/props/search.hpp"
#include "client/model/props/side_bar.hpp"
#include "client/model/props/thread.hpp"
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

// What the office announces, over whatever is open.
struct AnnouncementProps {
  std::string text;  // empty: none
  bool must_acknowledge = false;
  bool busy = false;
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
  MembersProps members;     // shown when header.members_shown
  PinsProps pins;           // shown when header.pins_shown
  FilesProps files;         // shown when header.files_shown
  SearchProps search;       // over the members, pins and files when it is shown
  ThreadListProps threads;  // over all of these when it is shown
  ThreadPaneProps thread;   // over the list, too
  BannerProps banner;
  desk::LogAlarmProps log_alarm;
  AnnouncementProps announcement;
  std::vector<desk::ToastProps> toasts;
  Dialog dialog = Dialog::none;
  SwitcherProps switcher;
  BrowseProps browse;
  CreateRoomProps create_room;
  NewDirectProps new_direct;
  NewDirectProps add_people;
  ForwardProps forward;
  ChangeRoomProps change_room;
  DateProps date;
  SavedProps saved;  // over the members, pins and files when it is shown
  SectionProps section;
  ProfileCardProps profile;
  StatusProps status;
  SeenByProps seen_by;
  RoomHeaderProps room_menu;  // of the room in the side bar whose menu was asked for; room not set: none
  SettingsProps settings;
  ReasonDialogProps reason_dialog;
  VersionsProps versions;
  std::string link_target;  // of Dialog::link
  desk::WatchProps watch;
  PathProps path;
  ViewerProps viewer;  // over everything else
};

}  // namespace wardroom::client
