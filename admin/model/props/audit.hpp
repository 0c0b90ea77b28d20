#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/base/strong.hpp"

namespace wardroom::admin {

enum class OutcomeMark { success, failure, denied, error };

// What this console computed from a record's bytes.
enum class VerdictMark {
  unknown,   // it is being looked into, or there is no checked head
  newer,     // than the newest head; the next one covers it
  verified,  // it stands in the log under a checked head
  wrong      // it doesn't
};

struct AuditRow {
  AuditIndex index;
  std::string number;  // "128,402"
  std::string time;    // "19 Nov 10:14:06.812", on this PC's clock
  std::string type;    // "message.deleted"
  std::string who;     // "Lena Moreau · moderator"
  std::string on;      // "Amara Osei, # release-7 4711"
  std::string from;    // an address
  OutcomeMark outcome = OutcomeMark::success;
  VerdictMark verdict = VerdictMark::unknown;
  std::string utc{};  // the same moment as it stands in the record: "19 Nov 09:14:06.812 UTC"
};

// A value that a record speaks of. Without `before` and `after` set apart it was only noted.
struct AuditChange {
  std::string name;
  std::string before;  // empty: there was none
  std::string after;   // empty: it is gone
  bool changed = false;
};

struct AuditDetails {
  std::string type;
  std::string reason;
  std::string session;  // "Lena's PC, wardroom 1.0.0, TLS 1.3"
  std::string from;     // an address
  std::string request;
  UserId actor;            // not set: the server itself
  std::string actor_name;  // for "Everything by …"
  UserId person;           // whom it was done to; not set: nobody
  std::string person_name;
  RoomId room;
  std::string room_title;  // "# release-7"
  bool pruned = false;     // its text was removed; its hash stays
  bool has_before = false;
  std::vector<AuditChange> changes;
  std::string leaf;  // the record's leaf hash, computed by this console from the bytes
  VerdictMark verdict = VerdictMark::unknown;
  std::string verdict_words;  // "Verified: it stands in the log of 128,402 records of today 09:14."
  std::string raw;            // the record's exact bytes
};

// What is shown of the log. Each choice is an index into the names that the props bring.
struct AuditFilter {
  std::size_t when = 0;
  std::string who;
  std::string on;        // a sign-in name: whom it was done to
  std::string room;      // a name, or its number
  std::string address;   // or a network: "192.0.2.0/24", "192.0.2."
  std::string from_day;  // "2026-11-20"; empty: as `when` says
  std::string to_day;    // the last day that is shown
  std::size_t what = 0;
  std::size_t outcome = 0;
  std::string words;
  friend bool operator==(const AuditFilter&, const AuditFilter&) = default;
};

struct AuditProps {
  std::vector<AuditRow> rows;  // by their numbers
  bool oldest_first = false;
  std::string summary;  // "128,402 records in the log, by number, newest first"
  AuditFilter filter;
  std::vector<std::string> when_choices;     // "last 7 days" …
  std::vector<std::string> what_choices;     // "anything", "auth.*" …
  std::vector<std::string> outcome_choices;  // "any", "denied" …
  bool live = true;                          // what is new is fetched by itself
  bool may_export = false;                   // take evidence out
  bool may_open_people = false;
  bool may_open_rooms = false;
  std::string filter_error;
  bool loading = false;
  bool more = false;
  std::string error;
  bool has_selection = false;
  AuditIndex selected;
  AuditDetails details;  // of the selected record
};

// How this console's watch over the log stands, in one line.
struct WatchCardProps {
  std::string text;  // "Watched since 3 November · 128,402 records · last compared today 16:42"
  bool alarm = false;
  bool behind = false;         // connected, but not compared for long
  bool clock_doubted = false;  // the server's own clock jumped
  bool check_wanting = false;  // the server's check of itself found something, couldn't prove it, or is late
};

}  // namespace wardroom::admin
