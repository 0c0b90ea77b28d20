#pragma once

#include <string>

namespace wardroom::client {

// A strip over the timeline: the server's audit log isn't what this PC saw, or was restored from a backup.
struct LogAlarmProps {
  std::string text;    // empty: nothing to say
  bool alarm = false;  // otherwise a notice
};

// A head of the log, as words.
struct LogHeadProps {
  std::string records;  // "128,402 records"; empty: there is none
  std::string when;     // "Thursday, 19 November 2026, 16:42:07"
  std::string root;     // its beginning: "3f9a 01bc 77e2 4d10"
};

// What this PC knows of the audit log.
struct WatchProps {
  bool alarm = false;
  std::string sentence;
  LogHeadProps seen;
  LogHeadProps shown;  // only with an alarm
  std::string status;  // "Watched since 3 November. Last compared at 16:42."
  std::string report;  // for the auditor, as text
  bool can_settle = false;
};

}  // namespace wardroom::client
