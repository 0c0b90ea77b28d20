#pragma once

#include <string>
#include <vector>

#include "protocol/methods/people_import.hpp"

namespace wardroom::ctl {

// Invites to hand out: a page to print, a card a person, or plain text. `host` names the server.
std::string compose_sheet_html(const std::vector<protocol::AdminUserImportSheet::Entry>& entries,
                               const std::string& host);
std::string compose_sheet_text(const std::vector<protocol::AdminUserImportSheet::Entry>& entries,
                               const std::string& host);
// For a mail merge: a line a person with user, display name, e-mail, link and the end of its time; .csv with
// a header.
std::string compose_sheet_csv(const std::vector<protocol::AdminUserImportSheet::Entry>& entries);
std::string compose_sheet_json(const std::vector<protocol::AdminUserImportSheet::Entry>& entries);

}  // namespace wardroom::ctl
