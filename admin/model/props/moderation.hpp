#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "admin/model/props/list_sort.hpp"
#include "common/base/strong.hpp"

namespace wardroom::admin {

enum class ModerationTab { open, resolved, sanctions };

struct ReportRow {
  ReportId id;
  std::string author;   // of the message
  std::string room;     // "# release-7"
  std::string at;       // "today 09:14"
  std::string reason;   // the reporter's
  std::string outcome;  // "deleted by Lena Moreau"; empty: open
};

struct EvidenceMessage {
  std::string author;
  std::string at;
  std::string text;
  std::string mark;  // "edited", "deleted"
};

struct EvidenceVersion {
  std::string act;  // "posted", "edited", with who and when
  std::string text;
};

struct ReportDetails {
  std::string author;
  std::string room;  // "# release-7 · public"
  std::string reporter;
  std::string reported_at;
  std::string reason;
  std::vector<EvidenceMessage> before;
  EvidenceMessage message;
  std::vector<EvidenceVersion> versions;  // none: the text was never changed
  std::string hash;                       // of the evidence, as the audit log has it
  bool open = true;
  std::string resolution;  // "deleted by Lena Moreau, today 09:20: names a customer"
  bool direct = false;     // in a direct room nobody is muted, kicked or banned
  std::string taken;       // what this console did about it: "deleted, muted"
};

struct SanctionRow {
  std::string person;
  std::string what;  // "muted", "banned"
  std::string room;  // "# release-7", "every room"
  std::string until;
  std::string by;
  std::string reason;
  std::size_t at = 0;  // its place in the list as the server gave it
};
// The columns of mutes and bans, as their titles stand.
enum class SanctionsColumn { person, what, room, until, by, reason };

struct ModerationProps {
  ModerationTab tab = ModerationTab::open;
  std::string summary;   // "2 open reports"
  std::string badge;     // "2"; empty: none waits
  bool may_act = false;  // an auditor only reads
  bool loading = false;
  bool more = false;
  std::string error;
  std::vector<ReportRow> reports;
  ReportId selected;  // not set: none
  ReportDetails details;
  std::vector<SanctionRow> sanctions;
  ListSort sort{};  // of the mutes and bans
  bool sanction_chosen = false;
  std::size_t sanction = 0;  // of the rows above
};

}  // namespace wardroom::admin
