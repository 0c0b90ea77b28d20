#include "tests/ui/admin/sample.hpp"

// What concerns the log as a whole: an alarm, evidence, retention, holds, erasure.
namespace wardroom::admin::sample {

ConsoleProps doubted_clock() {
  ConsoleProps p = audit_page();
  p.watch_card.text = "The server's clock is 61 days ahead of what it believes: nothing ends by it yet · " +
                      p.watch_card.text;
  p.watch_card.clock_doubted = true;
  return p;
}

ConsoleProps audit_alarm() {
  ConsoleProps p = audit_page();
  p.log_alarm = {
      "The server's audit log has lost records: this computer saw 128402, the server shows 127911. Somebody "
      "cut "
      "the log off, or put an old copy of the server's files in place without saying so. Tell your auditor, "
      "and "
      "don't rely on this server until it is explained.",
      {}};
  p.watch_card.alarm = true;
  p.audit.rows[1].verdict = VerdictMark::wrong;
  p.audit.details.verdict = VerdictMark::wrong;
  p.audit.details.verdict_words =
      "These bytes don't stand in the log that the server has signed. Tell your auditor.";
  p.audit.rows[3] = {
      AuditIndex{127640},   "127,640", "", "pruned", "", "only its hash is left", "", OutcomeMark::success,
      VerdictMark::verified};
  return p;
}

ConsoleProps watch_dialog() {
  ConsoleProps p = audit_alarm();
  desk::WatchProps watch;
  watch.watcher = "console";
  watch.alarm = true;
  watch.sentence = p.log_alarm.text;
  watch.seen = {"128,402 records", "19 November 2026, 16:42", "H6NA-DPDX-4JGR-BTAV-7C2K-WQ5M"};
  watch.shown = {"127,911 records", "20 November 2026, 09:14", "WBGF-4H4S-VKGD-PL6Q-ZT3A-E7YJ"};
  watch.status = "Last compared today 09:14: it is still so.";
  watch.can_settle = true;
  p.watch = std::move(watch);
  return p;
}

ConsoleProps evidence_dialog() {
  ConsoleProps p = audit_page();
  p.evidence.serial = 1;
  p.evidence.form = {"jonas.berg",
                     "release-7",
                     "2026-11-01",
                     "2026-11-20",
                     "request of the works council, case 17",
                     "/home/ines/case-17.zip"};
  p.evidence.busy = true;
  p.evidence.progress = "48,000 of 128,402 records";
  p.evidence.part = 0.37F;
  return p;
}

ConsoleProps evidence_done() {
  ConsoleProps p = audit_page();
  p.evidence.serial = 1;
  p.evidence.saved = "/home/ines/case-17.zip";
  p.evidence.holds = true;
  p.evidence.summary =
      "Checked: 412 records and 1204 messages stand under the server's signed head, and nothing is missing "
      "in "
      "records 96211 to 128402.";
  return p;
}

ConsoleProps retention_page() {
  ConsoleProps p = people_page();
  p.page = Page::retention;
  RetentionProps& r = p.retention;
  r.may_change = true;
  r.summary = "3 rules, 2 holds";
  r.rules = {{"All public rooms", "2 years", "1,204 of 98,211", "310", "Ines Duarte, 3 March"},
             {"All private rooms", "1 year", "", "", "Ines Duarte, 3 March"},
             {"All direct rooms", "for good", "", "", ""},
             {"# release-7", "90 days", "12 of 4,711", "", "Lena Moreau, yesterday 17:21"},
             {"# legal-and-compliance-of-the-whole-group", "for good", "", "", "Ines Duarte, today 09:14"}};
  for (std::size_t i = 0; i < r.rules.size(); ++i) r.rules[i].at = i;
  r.rule_sort.column = kNoColumn;
  r.rule_chosen = true;
  r.rule = 3;
  r.removes = "1,216 messages are older than the rules allow and go within the hour.";
  return p;
}

ConsoleProps rule_dialog() {
  ConsoleProps p = retention_page();
  RetentionProps& r = p.retention;
  r.dialog = RetentionDialog::rule;
  r.serial = 1;
  r.rule_where = "# release-7";
  r.keep_choices = {"for good", "7 days", "30 days", "90 days", "180 days", "1 year"};
  r.keep = 3;
  r.preview =
      "12 messages in 1 room would be removed within the hour, with every earlier version. It can't be "
      "undone. 3 "
      "as old are kept by a hold.";
  return p;
}

ConsoleProps holds_page() {
  ConsoleProps p = retention_page();
  RetentionProps& r = p.retention;
  r.tab = RetentionTab::holds;
  r.holds = {{"Case 17", "Jonas Berg", "letter of the court of 3 November", "3 November", "Ines Duarte"},
             {"Audit of the release", "# release-7", "until the certificate is there, at the end of the year",
              "yesterday 17:21", "Lena Moreau"}};
  for (std::size_t i = 0; i < r.holds.size(); ++i) r.holds[i].at = i;
  r.hold_sort = {static_cast<std::size_t>(HoldsColumn::since), true};
  r.hold_chosen = true;
  return p;
}

ConsoleProps pruning_page() {
  ConsoleProps p = retention_page();
  RetentionProps& r = p.retention;
  r.tab = RetentionTab::pruning;
  r.prune_counted =
      "48,211 records from before 20 November 2025, 09:14 would lose their text. Their hashes stay, so "
      "everything "
      "else is still proven. 31 as old stay whole: keys, holds, erasures, restored backups, and 7 on hold.";
  r.can_prune = true;
  return p;
}

ConsoleProps erase_dialog() {
  ConsoleProps p = people_page();
  p.people.dialog = PeopleDialog::erase;
  p.people.erase.possible = true;
  p.people.erase.lines = {
      "1,204 messages in 14 rooms become tombstones.",
      "1,390 texts, with every earlier version, go from the database and from the next backup.",
      "The copies in 2 reports go, too.", "12 messages stay as they are: their rooms are on hold.",
      "The audit log still proves that the texts were there, and when. It can't be undone."};
  return p;
}

}  // namespace wardroom::admin::sample
