#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/model/props/attention.hpp"
#include "client/model/props/person.hpp"
#include "client/model/props/places.hpp"
#include "client/model/props/reason_dialog.hpp"
#include "client/model/props/second_factor.hpp"
#include "client/model/props/side_bar.hpp"
#include "client/model/props/spelling.hpp"
#include "client/model/props/timeline.hpp"
#include "common/base/strong.hpp"

namespace wardroom::client {

// Which dialog stands over the window; at most one.
enum class Dialog {
  none,
  switcher,
  browse,
  create_room,
  new_direct,
  keys,
  settings,
  reason,
  versions,
  link,
  watch,
  path,
  forward,
  change_room,
  add_people,
  date,
  section,
  profile,
  status,
  seen_by
};

// Everything that Ctrl+K can go to, likeliest first. The view filters by what is typed.
struct SwitcherProps {
  struct Entry {
    RoomId room;
    UserId person;  // set: no direct room with them exists yet; choosing opens one
    RoomMark mark = RoomMark::public_room;
    PresenceMark presence = PresenceMark::offline;
    std::string name;
    std::string detail;  // a topic or a sign-in name
    std::uint32_t unread = 0;
    std::uint32_t mentions = 0;
  };
  std::vector<Entry> entries;
};

// Where a message can be forwarded to.
struct ForwardProps {
  std::uint64_t serial = 0;  // grows with each message for which it is asked
  ReplyQuote quote;
  bool has_files = false;
  std::vector<SwitcherProps::Entry> entries;  // where the person may post
  std::string error;
};

// A room's name and topic, which pre-fill the fields when `serial` grows.
struct ChangeRoomProps {
  std::uint64_t serial = 0;
  std::string name;
  std::string topic;
  bool busy = false;
  std::string error;
};

struct BrowseProps {
  struct Row {
    RoomId room;
    std::string name;
    std::string topic;
    std::string members;  // "24 members"
    bool joined = false;
  };
  std::vector<Row> rows;
  bool loading = false;
  std::string error;
};

struct CreateRoomProps {
  bool busy = false;
  std::string error;
};

// Who is written to, or added to a room.
struct NewDirectProps {
  std::string room;                 // its name, where people are added to one
  std::vector<PersonProps> people;  // the directory without oneself, and without who is there already
  std::size_t most = 7;             // a direct room holds eight
  bool loading = false;
  bool busy = false;
  std::string error;
};

enum class ThemeChoice { system, dark, light };

// Where the desktop has no dialog for files: their path, typed.
struct PathProps {
  bool saves = false;  // where a file is to go; else which one is to be attached
  std::string name;    // of the file that is saved
  std::string path;    // pre-fills the field when `serial` grows
  std::uint64_t serial = 0;
  std::string error;
};

// Where the person is signed in.
struct DeviceRow {
  SessionId session;
  std::string name;    // "Lena's PC"
  std::string detail;  // "wardroom 0.1.0 · 192.0.2.7 · used 5 minutes ago"
  bool current = false;
  bool connected = false;
};

// A language that the window can be in.
struct LanguageRow {
  std::string tag;   // "de"
  std::string name;  // "Deutsch"
};

struct SettingsProps {
  PersonProps self;
  OwnProfileProps profile;
  ThemeChoice theme = ThemeChoice::system;
  std::string theme_set_by;  // "Set by your office's group policy."; empty: the person chooses
  int scale_percent = 100;
  AttentionProps attention;
  std::string language;  // "de"; empty: this PC's
  std::vector<LanguageRow> languages;
  SpellingSettingsProps spelling;
  bool profile_busy = false;
  std::string profile_error;
  std::string profile_saved;  // "Saved."
  bool password_busy = false;
  std::string password_error;
  std::string password_saved;  // "Your password was changed. Other devices were signed out."
  SecondFactorProps second_factor;
  std::vector<DeviceRow> devices;
  bool devices_loading = false;
  std::string devices_error;
  std::string server;       // "office.example:7443"
  std::string fingerprint;  // the office CA's, as typed at a first start
  std::string version;
  std::string log;  // "Watched since 3 November. Last compared at 16:42: nothing was changed."
};

}  // namespace wardroom::client
