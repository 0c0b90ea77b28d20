#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/base/strong.hpp"

namespace wardroom::desk {

// A strip over everything: the server's audit log isn't what this PC saw.
struct LogAlarmProps {
  std::string text;                  // empty: nothing to say
  std::optional<AuditIndex> record;  // it is this one record that doesn't stand in the log
};

// A head of the log, as words.
struct LogHeadProps {
  std::string records;  // "128,402 records"; empty: there is none
  std::string when;     // "Thursday, 19 November 2026, 16:42:07"
  std::string root;     // to be read aloud: "ABCD-EFGH-IJKL-MNOP-QRST-UVWX"
};

// What this PC knows of the audit log.
struct WatchProps {
  std::string_view watcher = "computer";  // what the program calls itself: "What this computer saw"
  bool alarm = false;
  std::string sentence;
  LogHeadProps seen;
  LogHeadProps shown;  // only with an alarm
  std::string status;  // "Watched since 3 November. Last compared today 16:42: nothing was changed."
  std::string report;  // for the auditor, as text
  bool can_settle = false;
  std::string_view why_not;  // it can't be settled here or now
};

// What a person does about it.
enum class WatchAct {
  open,   // the details
  close,  // them
  hide,   // the alarm, until tomorrow
};
// The auditor has looked into it, and this is what came of it.
struct SettleAlarm {
  std::string reason;
};

}  // namespace wardroom::desk
