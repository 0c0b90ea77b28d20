#include "admin/session/invite_sheet.hpp"

#include <string>

#include "admin/model/words.hpp"
#include "common/base/target_file.hpp"

namespace wardroom::admin {
namespace {

constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<title>Wardroom invites</title>
<style>
  body { font: 11pt/1.45 "Noto Sans", "DejaVu Sans", sans-serif; color: #1b1f27; margin: 14mm; }
  header { margin-bottom: 8mm; }
  h1 { font-size: 16pt; margin: 0; }
  .slip { border: 1px dashed #8a92a0; border-radius: 3mm; padding: 5mm 6mm; margin-bottom: 5mm;
          break-inside: avoid; page-break-inside: avoid; }
  .who { font-size: 13pt; font-weight: 600; }
  .name, .until { color: #454c59; }
  code { display: block; font: 9.5pt/1.4 "Noto Sans Mono", "DejaVu Sans Mono", monospace;
         overflow-wrap: anywhere; background: #f0f2f5; border-radius: 2mm; padding: 2.5mm 3mm; margin: 2.5mm 0; }
  @media print { header p { display: none; } body { margin: 0; } }
</style>
</head>
<body>
)";

std::string escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

void append_slip(std::string& page, const protocol::AdminUserImportSheet::Entry& entry,
                 const desk::TimeZone& zone) {
  page += "<section class=\"slip\">\n<div><span class=\"who\">" + escaped(entry.user.display_name) +
          "</span> <span class=\"name\">signs in as " + escaped(entry.user.name) + "</span></div>\n";
  page += "<div>Start Wardroom on your PC, paste this link, and choose your password:</div>\n<code>";
  page += escaped(entry.invite.reveal());
  page += "</code>\n<div class=\"until\">Single use, expires " +
          escaped(moment_text(zone, entry.expires_at)) + ". Give it to nobody else.</div>\n</section>\n";
}

}  // namespace

Secret compose_invite_sheet(const WriteSheet& sheet) {
  std::string page(kHead);
  page += "<header><h1>Wardroom invites for " + escaped(sheet.server) + "</h1>\n<p>" +
          counted(static_cast<std::int64_t>(sheet.entries.size()), "slip") +
          " to print and cut apart. Delete this file when it is printed: whoever has a link can use it.</p>"
          "</header>\n";
  for (const auto& entry : sheet.entries) append_slip(page, entry, sheet.zone);
  page += "</body>\n</html>\n";
  return Secret(std::move(page));
}

Result<void> save_invite_sheet(const std::filesystem::path& file, const WriteSheet& sheet) {
  return write_target(file, compose_invite_sheet(sheet).reveal());
}

}  // namespace wardroom::admin
