#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "admin/model/props/announce.hpp"
#include "admin/model/props/audit.hpp"
#include "admin/model/props/backups.hpp"
#include "admin/model/props/browse.hpp"
#include "admin/model/props/certificates.hpp"
#include "admin/model/props/csv.hpp"
#include "admin/model/props/evidence.hpp"
#include "admin/model/props/imports.hpp"
#include "admin/model/props/moderation.hpp"
#include "admin/model/props/overview.hpp"
#include "admin/model/props/people.hpp"
#include "admin/model/props/reason_dialog.hpp"
#include "admin/model/props/retention.hpp"
#include "admin/model/props/rooms.hpp"
#include "admin/model/props/sessions.hpp"
#include "admin/model/props/settings.hpp"
#include "admin/model/props/sign_in.hpp"
#include "common/desk/model/props/toast.hpp"
#include "common/desk/model/props/witness.hpp"

namespace wardroom::admin {

enum class Screen { sign_in, main };
enum class Page {
  people,
  audit,
  moderation,
  sessions,
  rooms,
  imports,
  retention,
  announce,
  certificates,
  overview,
  settings,
  backups
};

// Everything that the console's window shows.
struct ConsoleProps {
  Screen screen = Screen::sign_in;
  SignInProps sign_in;
  std::string place;  // "office.example · auditor"
  Page page = Page::people;
  std::vector<Page> pages;  // that the person may open, in the order of the side bar
  std::string offline;      // a sentence while there is no connection; empty: connected
  PeopleProps people;
  AuditProps audit;
  ModerationProps moderation;
  SessionsProps sessions;
  RoomsProps rooms;
  ImportsProps imports;
  RetentionProps retention;
  AnnounceProps announce;
  CertificatesProps certificates;
  SettingsProps settings;
  BackupsProps backups;
  OverviewProps overview;
  ReasonDialogProps reason_dialog;
  EvidenceProps evidence;
  CsvProps csv;
  BrowseProps browse;
  desk::LogAlarmProps log_alarm;
  WatchCardProps watch_card;
  std::optional<desk::WatchProps> watch;  // while its dialog is open
  std::vector<desk::ToastProps> toasts;
};

}  // namespace wardroom::admin
