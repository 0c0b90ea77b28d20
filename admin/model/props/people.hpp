#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "admin/model/props/list_sort.hpp"
#include "common/base/strong.hpp"

namespace wardroom::admin {

// The order of the roles in every list of the console.
enum class RoleChoice { member, moderator, auditor, admin, guest };

struct PersonRow {
  enum class State { active, invited, disabled };
  UserId id;
  std::string name;
  std::string display_name;
  std::string email;
  RoleChoice role = RoleChoice::member;
  State state = State::active;
  bool second_factor = false;
  bool asked_for_password = false;  // has to choose a new one
  std::string last_seen;            // "today 09:14", "never"
  std::string last_seen_exact{};    // with both time zones; empty: never
  bool is_self = false;             // one can't disable oneself
  bool ticked = false;              // is one of those that are selected together
};

// The columns of the list, as its titles stand.
enum class PeopleColumn { display_name, name, email, role, state, second_factor, last_seen };

// Where the selected person is signed in.
struct PersonSession {
  SessionId id;
  std::string device;  // "Jonas's laptop · wardroom 1.0.0"
  std::string use;     // "192.0.2.31 · connected" or "… · last used today 09:14"
  bool connected = false;
  bool current = false;  // this console's own
};

// A mute or a ban of the selected person that holds.
struct PersonSanction {
  bool is_ban = false;
  std::optional<RoomId> room;  // nothing: a mute in every room
  std::string words;           // "Muted in # release-7 until 27 November 2026, 09:14"
  std::string why;             // "Lena Moreau: names a customer"
};

struct PersonDetails {
  std::string created;   // "3 March 2025"
  std::string sessions;  // "3 devices"; empty until known
  std::string error;     // the sessions can't be shown: a sentence
  std::vector<PersonSession> devices;
  std::vector<PersonSanction> sanctions;
  std::string sanctions_error;  // they can't be shown: a sentence
};

enum class PeopleDialog {
  none,
  add,
  invite_link,
  change_role,
  edit,
  ask_password,
  reset_code,
  leaver,
  erase,
};

struct PeopleFilter {
  std::string query;
  std::size_t role = 0;   // 0: any, then RoleChoice from 1
  std::size_t state = 0;  // 0: any, then active, disabled
  friend bool operator==(const PeopleFilter&, const PeopleFilter&) = default;
};

struct Candidate {
  UserId id;
  std::string name;
  std::string display_name;
};

// The leaver's dialog: what will happen, counted by the server, and who takes over.
struct LeaverProps {
  std::vector<std::string> lines;  // what will happen, in numbers; empty until counted
  std::vector<std::string> rooms;  // that are handed over, by name
  bool needs_successor = false;
  UserId successor;  // not set: nobody chosen
  std::string successor_name;
  std::vector<Candidate> candidates;
  bool busy = false;
  std::string error;
};

// What erasing a person's texts would do, counted by the server.
struct EraseProps {
  std::vector<std::string> lines;  // in numbers; empty until counted
  bool possible = false;
};

// What is done to several people at once, and what came of it for each.
struct BulkRow {
  enum class State { waiting, done, failed };
  UserId id;
  std::string name;
  State state = State::waiting;
  std::string words;  // "locked", or why not
};
struct BulkProps {
  std::string title;     // "Lock 12 accounts"; empty: nothing is being done
  std::string progress;  // "7 of 12", "11 done, 1 failed"
  std::vector<BulkRow> rows;
  bool running = false;
  bool can_retry = false;  // something failed, or was left when it was stopped
};

struct PeopleProps {
  std::vector<PersonRow> rows;
  ListSort sort{static_cast<std::size_t>(PeopleColumn::name), false};  // of the rows
  std::uint64_t list = 0;   // another number than before: another list, to be read from its top
  std::size_t ticked = 0;   // how many people are selected together
  std::string ticked_text;  // "3 people selected, 1 of them not in this list"
  bool all_ticked = false;  // every row is
  BulkProps bulk;
  std::string summary;  // "214 people, 6 disabled"
  PeopleFilter filter;
  bool may_change = false;  // an auditor only reads
  bool loading = false;
  bool more = false;  // further rows can be loaded
  std::string error;  // the list can't be shown: a sentence
  UserId selected;    // not set: nobody
  PersonDetails details;
  PeopleDialog dialog = PeopleDialog::none;
  bool dialog_busy = false;
  std::string dialog_error;
  std::string invite_link;   // of the dialogs invite_link and reset_code
  std::string invite_for;    // "Jonas Berg"; empty: for anyone
  std::string invite_until;  // "27 November 2026, 09:14"
  std::string reset_code;    // to read out; shown once
  LeaverProps leaver;
  EraseProps erase;
};

}  // namespace wardroom::admin
