#pragma once

#include <string_view>

#include "protocol/methods/session.hpp"

// The options of wardroom.toml, seen and changed from afar. Values are as the file has them: 45, "open",
// ["::"].
namespace wardroom::protocol {

// What takes up a change in the file. Changed by admin.settings_set, the first two count at once.
enum class SettingTaken { when_used, at_reload, at_start };
BOOST_DESCRIBE_ENUM(SettingTaken, when_used, at_reload, at_start)

struct Setting {
  std::string name;     // such as limits.ping_seconds
  std::string meaning;  // a sentence
  std::string allowed;  // such as: a whole number from 1 to 3600
  std::string standard;
  std::string value;                   // that counts now
  std::optional<std::string> in_file;  // where that differs: nothing has taken it up yet
  SettingTaken taken = SettingTaken::at_start;
  bool settable = false;                // from afar; the others are changed on the server's machine only
  std::optional<TimePoint> changed_at;  // the last time that the log knows of
  std::optional<User> changed_by;       // left out: in the file, and the server noticed it then
};
BOOST_DESCRIBE_STRUCT(Setting, (),
                      (name, meaning, allowed, standard, value, in_file, taken, settable, changed_at,
                       changed_by))

struct AdminSettingsList {
  static constexpr std::string_view kName = "admin.settings_list";
  static constexpr std::string_view kSummary =
      "Every option of wardroom.toml with its meaning and its value. None of them is a secret: those are "
      "files of their own.";
  using Params = Empty;
  struct Result {
    std::vector<Setting> settings;       // in the order of the file
    std::optional<std::string> problem;  // the file can't be read: why, and what to do
  };
};
BOOST_DESCRIBE_STRUCT(AdminSettingsList::Result, (), (settings, problem))

struct SettingChange {
  std::string name;
  // As in the file. A text may go without its quotes and a list without brackets and quotes: a, b
  std::string value;
};
BOOST_DESCRIBE_STRUCT(SettingChange, (), (name, value))

struct SettingChanged {
  std::string name;
  std::string before;
  std::string after;
  SettingTaken taken = SettingTaken::at_start;  // at_start: it waits for a restart; else it counts already
};
BOOST_DESCRIBE_STRUCT(SettingChanged, (), (name, before, after, taken))

struct AdminSettingsSet {
  static constexpr std::string_view kName = "admin.settings_set";
  static constexpr std::string_view kSummary =
      "Changes options in wardroom.toml, all of them or none, and nothing else of the file. What needs no "
      "restart counts at once.";
  struct Params {
    std::vector<SettingChange> changes;  // 1 to 100, each name once
  };
  struct Result {
    std::vector<SettingChanged> changed;  // without those that had this value already
  };
  static constexpr std::string_view kErrors[] = {"set_on_machine", "settings_unreadable",
                                                 "option_not_replaced"};
};
BOOST_DESCRIBE_STRUCT(AdminSettingsSet::Params, (), (changes))
BOOST_DESCRIBE_STRUCT(AdminSettingsSet::Result, (), (changed))

}  // namespace wardroom::protocol
