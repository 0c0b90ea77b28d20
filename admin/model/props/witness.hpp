#pragma once

#include <string>

#include "common/base/strong.hpp"

namespace wardroom::admin {

// A strip over every page: the server's audit log isn't what this console saw, or was restored from a backup.
struct LogAlarmProps {
  std::string text;        // empty: nothing to say
  bool alarm = false;      // otherwise a notice
  bool by_record = false;  // it is this one record that doesn't stand in the log
  AuditIndex record;
};

// A head of the log, as words.
struct LogHeadProps {
  std::string records;  // "128,402 records"; empty: there is none
  std::string when;     // "20 November 2026, 16:42"
  std::string root;     // its beginning: "3f9a 01bc 77e2 4d10"
};

// What this console knows of the audit log.
struct WatchProps {
  bool open = false;  // the details are shown
  bool alarm = false;
  bool behind = false;  // connected, but not compared for long
  std::string card;     // "Watched since 3 November · 128,402 records · last compared 16:42"
  std::string sentence;
  LogHeadProps seen;
  LogHeadProps shown;  // only with an alarm
  std::string status;
  std::string report;  // for the auditor, as text
  bool can_settle = false;
};

}  // namespace wardroom::admin
