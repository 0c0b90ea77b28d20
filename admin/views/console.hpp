#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/props/console.hpp"
#include "admin/views/announce.hpp"
#include "admin/views/audit.hpp"
#include "admin/views/evidence.hpp"
#include "admin/views/imports.hpp"
#include "admin/views/people.hpp"
#include "admin/views/reason_dialog.hpp"
#include "admin/views/retention.hpp"
#include "admin/views/sessions.hpp"
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
  EvidenceViewState evidence;
  desk::views::WatchViewState watch;
  ReasonDialogViewState reason_dialog;
};

// Everything in the console's window.
void draw_console(const ConsoleProps& props, ConsoleViewState& state, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::admin::views
