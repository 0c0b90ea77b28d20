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

}  // namespace wardroom::ctl
