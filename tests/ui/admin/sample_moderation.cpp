#include "tests/ui/admin/sample.hpp"

namespace wardroom::admin::sample {

ConsoleProps moderation_page() {
  ConsoleProps p = people_page();
  p.page = Page::moderation;
  ModerationProps& m = p.moderation;
  m.summary = "2 open reports";
  m.may_act = true;
  m.reports = {
      {ReportId{9}, "Jonas Berg", "# release-7", "today 09:04", "names a customer in a public room", ""},
      {ReportId{8}, "Am\xC3\xA9lie Roux-de-la-Fontaine",
       "Direct: Am\xC3\xA9"
       "lie Roux-de-la-Fontaine and Jonas Berg",
       "yesterday 17:21", "I don't want to be written to like this, and I have said so several times", ""}};
  m.selected = ReportId{9};
  ReportDetails& d = m.details;
  d.author = "Jonas Berg";
  d.room = "# release-7 \xC2\xB7 public room";
  d.reporter = "Priya Nair";
  d.reported_at = "today 09:04";
  d.reason = "names a customer in a public room";
  d.before = {{"Amara Osei", "today 08:58", "Build 7.0.3 is on the test machines.", ""},
              {"Lena Moreau", "today 08:59", "Who asked for the change of the export?", "edited"},
              {"Hideo Tanaka", "today 09:00", "", "deleted"}};
  d.message = {
      "Jonas Berg", "today 09:01",
      "That was Harbour Freight Ltd., they pay for it. Mr. Whitcombe called me on Tuesday and wants it "
      "before the end of the month, whatever the others say.",
      "edited"};
  d.versions = {
      {"posted by Jonas Berg, today 09:01", "That was Harbour Freight Ltd., they pay for it."},
      {"edited by Jonas Berg, today 09:02",
       "That was Harbour Freight Ltd., they pay for it. Mr. Whitcombe called me on Tuesday and wants "
       "it before the end of the month, whatever the others say."}};
  d.hash = "9f3c07d2a1b4e5968877665544332211ffeeddccbbaa99887766554433e1e1e1";
  d.taken = "author muted";
  return p;
}

ConsoleProps sanctions_page() {
  ConsoleProps p = people_page();
  p.page = Page::moderation;
  ModerationProps& m = p.moderation;
  m.tab = ModerationTab::sanctions;
  m.summary = "2 open reports";
  m.may_act = true;
  m.sanctions = {
      {"Jonas Berg", "muted", "# release-7", "19 November 2026, 10:14", "Lena Moreau", "insults a colleague"},
      {"Old Account", "muted", "every room", "until lifted", "Ines Duarte", "sends the same text again"},
      {"Wei Chen", "banned", "# general", "26 November 2026, 09:14", "Lena Moreau", "after two warnings"}};
  for (std::size_t i = 0; i < m.sanctions.size(); ++i) m.sanctions[i].at = i;
  m.sort.column = kNoColumn;
  m.sanction_chosen = true;
  return p;
}

ConsoleProps import_page() {
  ConsoleProps p = people_page();
  p.page = Page::imports;
  ImportsProps& i = p.imports;
  i.earlier_sort = {static_cast<std::size_t>(ImportsColumn::at), true};
  i.earlier = {{ImportId{5}, "today 09:02", "Ines Duarte", "200", "2", false},
               {ImportId{4}, "3 March", "Ines Duarte", "12", "0", true}};
  return p;
}

ConsoleProps import_errors_page() {
  ConsoleProps p = import_page();
  ImportsProps& i = p.imports;
  i.stage = ImportStage::tried;
  i.path = "/home/ines/Documents/people-november.csv";
  i.summary = "203 rows, read as windows-1252. 200 accounts can be made, with 412 memberships in rooms.";
  i.good = 200;
  i.bad = 3;
  i.errors_title = "4 errors";
  i.errors = {{"7", "1", "name", "A sign-in name has no spaces: \"jonas berg\"."},
              {"7", "34", "role", "There is no role \"boss\": guest, member, moderator, auditor or admin."},
              {"58", "41", "rooms", "There is no room #relaese-7. Make it first, or fix the name."},
              {"114", "1", "name", "There is an account called amara.osei already."}};
  return p;
}

ConsoleProps import_done_page() {
  ConsoleProps p = import_page();
  ImportsProps& i = p.imports;
  i.stage = ImportStage::done;
  i.path = "/home/ines/Documents/people-november.csv";
  i.summary = "200 rows, read as utf-8. 200 accounts were made, with 412 memberships in rooms.";
  i.good = 200;
  i.sheet_path = "/home/ines/Documents/people-november-invites.html";
  i.sheet_saved = i.sheet_path;
  i.selected = ImportId{5};
  return p;
}

}  // namespace wardroom::admin::sample
