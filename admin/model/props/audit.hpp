#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/base/strong.hpp"

namespace wardroom::admin {

enum class OutcomeMark { success, failure, denied, error };

struct AuditRow {
  AuditIndex index;
  std::string number;  // "128,402"
  std::string time;    // "19 Nov 09:14:06.812", UTC
  std::string type;    // "message.deleted"
  std::string who;     // "Lena Moreau · moderator"
  std::string on;      // "Amara Osei, # release-7 4711"
  std::string from;    // an address
  OutcomeMark outcome = OutcomeMark::success;
};

struct AuditField {
  std::string name;
  std::string value;
  bool changed = false;  // differs between before and after
};

struct AuditDetails {
  std::string type;
  std::string reason;
  std::string session;  // "Lena's PC, wardroom 1.0.0, TLS 1.3"
  std::string from;     // an address
  std::string request;
  UserId actor;            // not set: the server itself
  std::string actor_name;  // for "Everything by …"
  std::vector<AuditField> before;
  std::vector<AuditField> after;
  std::string leaf;           // the record's leaf hash, computed by this console from the bytes
  bool leaf_matches = false;  // the server stores the same one
  std::string raw;            // the record's exact bytes
};

// What is shown of the log. Each choice is an index into the names that the props bring.
struct AuditFilter {
  std::size_t when = 0;
  std::string who;
  std::size_t what = 0;
  std::size_t outcome = 0;
  std::string words;
  friend bool operator==(const AuditFilter&, const AuditFilter&) = default;
};

struct AuditProps {
  std::vector<AuditRow> rows;  // newest first
  std::string summary;         // "128,402 records"
  AuditFilter filter;
  std::vector<std::string> when_choices;     // "last 7 days" …
  std::vector<std::string> what_choices;     // "anything", "auth.*" …
  std::vector<std::string> outcome_choices;  // "any", "denied" …
  bool loading = false;
  bool more = false;
  std::string error;
  bool has_selection = false;
  AuditIndex selected;
  AuditDetails details;  // of the selected record
};

}  // namespace wardroom::admin
