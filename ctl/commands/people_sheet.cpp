#include "ctl/commands/people_sheet.hpp"

#include "common/evidence/html_text.hpp"
#include "ctl/commands/table.hpp"
#include "protocol/codec.hpp"

namespace wardroom::ctl {
namespace {

using evidence::html_escaped;

using Entry = protocol::AdminUserImportSheet::Entry;

constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Wardroom invites</title>
<style>
@page { size: A4; margin: 14mm }
* { box-sizing: border-box }
body { font: 10.5pt/1.45 "Noto Sans", "Segoe UI", sans-serif; color: #1b1f27; background: #fff; margin: 0 auto; max-width: 182mm; padding: 8mm 0 }
header { border-bottom: .3mm solid #dcdfe5; margin-bottom: 6mm; padding-bottom: 3mm }
h1 { font-size: 15pt; margin: 0 }
header p { color: #69717f; margin: 1mm 0 0 }
main { display: grid; grid-template-columns: 1fr 1fr; gap: 5mm }
article { border: .3mm solid #dcdfe5; border-radius: 3mm; padding: 5mm; break-inside: avoid }
h2 { font-size: 13pt; margin: 0 }
.name { color: #454c59; margin: 0 0 3mm }
ol { margin: 0 0 3mm; padding-left: 5mm }
.link { background: #f0f2f5; border-radius: 2mm; font: 8pt/1.4 "Noto Sans Mono", monospace; margin: 0 0 3mm; overflow-wrap: anywhere; padding: 2.5mm }
.link a { color: inherit; text-decoration: none }
.until { color: #69717f; font-size: 9pt; margin: 0 }
@media print { body { max-width: none; padding: 0 } .link { border: .2mm solid #dcdfe5 } }
</style></head><body>
)";

// A cell that a spreadsheet would take for a formula begins with an apostrophe.
std::string csv_cell(std::string_view text) {
  std::string cell = "\"";
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
    cell += '\'';
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  return cell + "\"";
}

}  // namespace

std::string compose_sheet_html(const std::vector<Entry>& entries, const std::string& host) {
  std::string out(kHead);
  out += "<header><h1>Welcome to Wardroom</h1><p>" + html_escaped(host) + " · " +
         std::to_string(entries.size()) +
         " invites. Each is for one person and works once: cut the cards apart and hand them "
         "out.</p></header>\n<main>\n";
  for (const auto& entry : entries) {
    const auto link = html_escaped(entry.invite.reveal());
    out += "<article><h2>" + html_escaped(entry.user.display_name) +
           "</h2><p class=\"name\">Your user name: <b>" + html_escaped(entry.user.name) +
           "</b></p><ol><li>Open Wardroom on your PC.</li><li>Give it this link:</li></ol><p "
           "class=\"link\"><a href=\"" +
           link + "\">" + link +
           "</a></p><ol start=\"3\"><li>Choose a password. Nobody else ever knows it.</li></ol><p "
           "class=\"until\">"
           "Single use, expires " +
           local_minute(entry.expires_at) + ". Keep it to yourself until then.</p></article>\n";
  }
  return out + "</main></body></html>\n";
}

std::string compose_sheet_text(const std::vector<Entry>& entries, const std::string& host) {
  std::string out = "Wardroom at " + host + ": " + std::to_string(entries.size()) +
                    " invites. Each is for one person and works once.\n";
  for (const auto& entry : entries)
    out += "\n" + entry.user.display_name + " (" + entry.user.name + ")\n  " +
           std::string(entry.invite.reveal()) +
           "\n  Open Wardroom on your PC, give it this link, and choose a password. Single use, expires " +
           local_minute(entry.expires_at) + ".\n";
  return out;
}

std::string compose_sheet_csv(const std::vector<Entry>& entries) {
  std::string out = "user,display name,e-mail,link,good until\r\n";
  for (const auto& entry : entries)
    out += csv_cell(entry.user.name) + "," + csv_cell(entry.user.display_name) + "," +
           csv_cell(entry.email.value_or("")) + "," + csv_cell(entry.invite.reveal()) + "," +
           csv_cell(local_minute(entry.expires_at)) + "\r\n";
  return out;
}

std::string compose_sheet_json(const std::vector<Entry>& entries) {
  std::string out;
  for (const auto& entry : entries) out += protocol::encode(entry) + "\n";
  return out;
}

}  // namespace wardroom::ctl
