#pragma once

#include <cstdint>
#include <string_view>

#include "admin/model/actions.hpp"
#include "admin/model/props/console.hpp"
#include "admin/views/announce.hpp"
#include "admin/views/audit.hpp"
#include "admin/views/certificates.hpp"
#include "admin/views/csv_dialog.hpp"
#include "admin/views/evidence.hpp"
#include "admin/views/imports.hpp"
#include "admin/views/people.hpp"
#include "admin/views/reason_dialog.hpp"
#include "admin/views/retention.hpp"
#include "admin/views/room_dialog.hpp"
#include "admin/views/sessions.hpp"
#include "admin/views/settings.hpp"
#include "admin/views/sign_in.hpp"
#include "common/desk/views/watch.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

struct ConsoleViewState {
  SignInViewState sign_in;
  PeopleViewState people;
  AuditViewState audit;
  SessionsViewState sessions;
  ImportsViewState imports;
  RetentionViewState retention;
  AnnounceViewState announce;
  CertificatesViewState certificates;
  SettingsViewState settings;
  EvidenceViewState evidence;
  CsvViewState csv;
  RoomsViewState rooms;
  std::uint64_t paths_taken = 0;  // of those that were chosen in the desktop's dialog
  bool help = false;
  desk::views::WatchViewState watch;
  ReasonDialogViewState reason_dialog;
};

// What the page is called, in the side bar and in the window's title.
std::string_view page_title(Page page);

// Everything in the console's window.
void draw_console(const ConsoleProps& props, ConsoleViewState& state, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::admin::views
