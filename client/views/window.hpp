#pragma once

#include "client/model/actions.hpp"
#include "client/model/props/window.hpp"
#include "client/views/composer.hpp"
#include "client/views/date_dialog.hpp"
#include "client/views/files.hpp"
#include "client/views/forward_dialog.hpp"
#include "client/views/members.hpp"
#include "client/views/path_dialog.hpp"
#include "client/views/reason_dialog.hpp"
#include "client/views/room_dialogs.hpp"
#include "client/views/search.hpp"
#include "client/views/section_dialog.hpp"
#include "client/views/settings.hpp"
#include "client/views/side_bar.hpp"
#include "client/views/status_dialog.hpp"
#include "client/views/switcher.hpp"
#include "client/views/thread.hpp"
#include "client/views/timeline.hpp"
#include "client/views/viewer.hpp"
#include "client/views/welcome.hpp"
#include "common/desk/views/watch.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct WindowViewState {
  WelcomeViewState welcome;
  SideBarViewState side_bar;
  TimelineViewState timeline;
  ComposerViewState composer;
  SwitcherViewState switcher;
  SearchViewState search;
  BrowseViewState browse;
  CreateRoomViewState create_room;
  NewDirectViewState new_direct;
  NewDirectViewState add_people;
  ForwardViewState forward;
  ChangeRoomViewState change_room;
  DateViewState date;
  SectionViewState section;
  StatusViewState status;
  MembersViewState members;
  SettingsViewState settings;
  ReasonDialogViewState reason_dialog;
  desk::views::WatchViewState watch;
  FilesViewState files;
  PathViewState path;
  ViewerViewState viewer;
  ThreadViewState thread;
  std::vector<std::string> dropped;   // paths of files that fell on the window since the last frame
  bool thread_shown = false;          // the same holds for a thread
  bool viewer_shown = false;          // when it closes, the composer takes the keyboard again
  bool search_shown = false;          // the same holds for the search
  Dialog last_dialog = Dialog::none;  // when it closes, the composer takes the keyboard again
};

// Everything in the client's window, and the keys that work everywhere in it.
void draw_window(const WindowProps& props, WindowViewState& state, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::client::views
