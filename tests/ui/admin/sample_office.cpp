#include <algorithm>

#include "tests/ui/admin/sample.hpp"

namespace wardroom::admin::sample {
namespace {

ConsoleProps office_page(Page page) {
  ConsoleProps p = people_page();
  p.pages = {Page::overview,     Page::people,    Page::rooms,    Page::moderation,
             Page::audit,        Page::retention, Page::sessions, Page::announce,
             Page::certificates, Page::backups,   Page::settings};
  p.page = page;
  return p;
}

// A morning: slow at first, then a hill, then even.
std::vector<float> hill(float height, float noise) {
  std::vector<float> points;
  for (int i = 0; i < 120; ++i) {
    const float at = static_cast<float>(i) / 120;
    const float base = at < 0.3F ? at / 0.3F : at < 0.5F ? 1 : 0.8F;
    points.push_back(std::max(0.0F, height * base + noise * static_cast<float>((i * 37) % 11 - 5) / 11));
  }
  return points;
}

}  // namespace

ConsoleProps overview_page() {
  ConsoleProps p = office_page(Page::overview);
  OverviewProps& o = p.overview;
  o.since = "since 08:14";
  o.badge = "2";
  o.alarms = {
      {true,
       "The last backup failed. The log says why (audit, server.backup_created). Make one now on the page "
       "Backups, or with: wardroomctl backup run"},
      {false,
       "The machine's clock isn't believed, so nothing ends by it. Set it right; if it is right: "
       "wardroomd confirm-clock --data DIR --reason TEXT"}};
  o.tiles = {{"Certificate", "87 days", "until 14 February 2027, 10:14"},
             {"Checked backup", "yesterday 02:10", ""},
             {"Log and tables checked", "today 04:31", ""},
             {"Database", "1.8 GiB", "212 GiB free on its disk"}};
  o.plots = {{"People online", "214", "500", hill(0.5F, 0.01F)},
             {"Messages a minute", "96", "200", hill(0.4F, 0.15F)},
             {"Requests a second", "38.2", "100", hill(0.45F, 0.2F)},
             {"Changes a second", "11.4", "20", hill(0.6F, 0.25F)},
             {"99 % acknowledged within, ms", "5", "10", hill(0.5F, 0.0F)},
             {"Changes waiting", "0", "2", hill(0.05F, 0.1F)},
             {"Refused requests a second", "0", "1", std::vector<float>(120, 0.0F)},
             {"Failed sign-ins a minute", "0", "1", std::vector<float>(120, 0.0F)},
             {"Memory, MiB", "142", "200", hill(0.7F, 0.01F)},
             {"Database, MiB", "1,843", "2,000", hill(0.9F, 0.0F)},
             {"Milliseconds a commit", "2.1", "5", hill(0.4F, 0.1F)},
             {"Sign-ins waiting", "0", "1", {0.0F}}};
  return p;
}

ConsoleProps overview_quiet() {
  ConsoleProps p = overview_page();
  p.overview.alarms.clear();
  p.overview.badge.clear();
  return p;
}

ConsoleProps certificates_page() {
  ConsoleProps p = office_page(Page::certificates);
  CertificatesProps& c = p.certificates;
  c.summary = "good for 87 more days";
  c.chain = {{"This server", "office.example",
              "office.example, chat.office.example, 192.0.2.10, 2001:db8:85a3::8a2e:370:7334, localhost, "
              "127.0.0.1, ::1",
              "Harbour & Sons Wardroom CA", "from 16 November 2026, 09:14 to 14 February 2027, 10:14",
              "5B0C71D22A9E4F7E8D3C6A1190FE2B47"},
             {"The authority", "Harbour & Sons Wardroom CA", "", "",
              "from 3 March 2025, 09:00 to 1 March 2035, 10:00", "3E77A0C14D5B69F82214C0DE8B913A55"}};
  c.names = "office.example, chat.office.example, 192.0.2.10, 2001:db8:85a3::8a2e:370:7334";
  c.link = "wardroom://office.example:7443/?ca=Zm9yIHRoZSBwaWN0dXJlczogbm8gcmVhbCBwaW4gYXQgYWw";
  c.fingerprint = "H6NA-DPDX-4JGR-BTAV-7C2K-WQ5M";
  c.renewal = "The server renews it by itself on 15 January 2027, 10:14.";
  c.can_renew = true;
  return p;
}

ConsoleProps certificates_alarm() {
  ConsoleProps p = certificates_page();
  CertificatesProps& c = p.certificates;
  c.summary = "good for 11 more days";
  c.can_renew = false;
  c.problems = {
      "/var/lib/wardroom/tls/server.crt holds until 2026-11-30T10:14:00.000Z, 11 more days. keys/ca.key "
      "isn't "
      "here, so nothing renews it: make another one where the key is (certs/make-ca.sh renew), or bring the "
      "key back; then reload the server."};
  c.renewal =
      "The authority's key isn't on the server, so nothing renews it by itself. Make the next one where the "
      "key is (make-ca.sh renew), and put it in with: wardroomctl certificate replace FILE";
  return p;
}

ConsoleProps announce_page() {
  ConsoleProps p = office_page(Page::announce);
  AnnounceProps& a = p.announce;
  a.last_choices = {"1 hour", "1 day", "7 days", "30 days", "60 days"};
  a.stands = true;
  a.standing =
      "The office is closed on Friday. Whoever must come in takes the side door and signs the list at the "
      "porter's.";
  a.made = "by Ines Duarte, today 09:14; stands until 26 November 2026, 09:14";
  a.counted = true;
  a.sort = {static_cast<std::size_t>(AcknowledgementsColumn::name), false};
  a.summary = "211 of 214 people have acknowledged it";
  a.rows = {{"Am\xC3\xA9lie Roux-de-la-Fontaine", "amelie.roux", ""},
            {"Jonas Berg", "jonas.berg", ""},
            {"Hideo Tanaka", "hideo.tanaka", ""}};
  return p;
}

ConsoleProps announce_nothing() {
  ConsoleProps p = announce_page();
  const auto choices = p.announce.last_choices;
  p.announce = {};
  p.announce.last_choices = choices;
  return p;
}

ConsoleProps settings_page() {
  ConsoleProps p = office_page(Page::settings);
  SettingsProps& s = p.settings;
  s.sort.column = kNoColumn;
  s.summary = "52 settings, 5 aren't at their defaults";
  s.rows = {{"server.name", "\"Harbour & Sons\"", true, false, "3 March"},
            {"server.hosts", "[\"office.example\", \"chat.office.example\"]", true, false, "12 October"},
            {"server.port", "7443", false, false, ""},
            {"limits.max_connections", "20000", false, true, "today 09:02"},
            {"limits.requests_per_second", "20", false, false, ""},
            {"limits.messages_per_second", "8", true, false, "yesterday 16:40"},
            {"limits.messages_burst", "15", false, false, ""},
            {"limits.ping_seconds", "45", false, false, ""},
            {"hashing.member_memory_mib", "19", false, false, ""},
            {"sign_in.second_factor_roles", "[\"admin\", \"auditor\"]", true, false, "3 March"},
            {"sessions.days", "90", false, false, ""},
            {"rooms.direct_policy", "\"request\"", true, false, "today 09:14"},
            {"audit.syslog", "\"collector.office.example:6514\"", true, false, "3 March"},
            {"backup.folder", "\"/var/backups/wardroom\"", false, false, ""},
            {"log.level", "\"info\"", false, false, ""}};
  s.selected = 5;
  s.card = SettingCard{"limits.messages_per_second",
                       "Messages of one person, sustained, over all devices.",
                       "a whole number from 1 to 1000000",
                       "5",
                       "8",
                       "",
                       "Ines Duarte, yesterday 16:40",
                       "A change takes effect at once.",
                       true};
  return p;
}

ConsoleProps settings_waiting() {
  ConsoleProps p = settings_page();
  SettingsProps& s = p.settings;
  s.problem =
      "/var/lib/wardroom/wardroom.toml:31: limits.ping_seconds must be a whole number from 1 to 3600. "
      "Nothing "
      "can be changed from here before that line is fixed on the server.";
  s.selected = 3;
  s.card = SettingCard{"limits.max_connections",
                       "Open connections in all; over it newcomers are refused and those inside stay.",
                       "a whole number from 10 to 1000000",
                       "20000",
                       "50000",
                       "The file has 50000, and 20000 counts until the server is restarted.",
                       "Somebody in the file; the server saw it today 09:02",
                       "A change is saved, and takes effect when the server is restarted.",
                       true};
  s.form_error = "limits.max_connections must be a whole number from 10 to 1000000.";
  return p;
}

ConsoleProps backups_page() {
  ConsoleProps p = office_page(Page::backups);
  BackupsProps& b = p.backups;
  b.sort = {static_cast<std::size_t>(BackupsColumn::at), true};
  b.summary = "14 in /var/backups/wardroom";
  b.rule = "A backup is made every night. The newest 14 are kept, the others for 30 days.";
  b.last =
      "The rehearsal of 09:12, for ines.duarte: Restored, fully checked and removed again: 48,212 audit "
      "records, the last of 2026-11-19T02:10:04.112Z.";
  for (int day = 19; day > 5; --day) {
    const std::string date = (day < 10 ? "0" : "") + std::to_string(day);
    BackupRow row;
    row.name = "wardroom-2026-11-" + date + "T02-10-04Z.db";
    row.at = day == 19 ? "today 02:10" : day == 18 ? "yesterday 02:10" : std::to_string(day) + " November";
    row.size = std::to_string(1812 - (19 - day) * 7) + " MiB";
    row.checked = row.at;
    b.rows.push_back(std::move(row));
  }
  b.rows[0].verified = "today 09:10";
  b.rows[0].rehearsed = "today 09:13";
  b.rows[4].damaged = true;
  b.selected = 0;
  b.card = BackupCard{b.rows[0].name, "1,812 MiB, kept until at least 19 December 2026, 02:10", "", true, ""};
  return p;
}

ConsoleProps backups_working() {
  ConsoleProps p = backups_page();
  BackupsProps& b = p.backups;
  b.busy = true;
  b.work = "wardroom-2026-11-19T02-10-04Z.db.encrypted is being verified for ines.duarte, since 09:31.";
  b.rule =
      "A backup is made every night. The newest 14 are kept, the others for 30 days; new ones are encrypted.";
  for (auto& row : b.rows) row.encrypted = true;
  b.selected = 4;
  b.card = BackupCard{
      b.rows[4].name + ".encrypted", "1,784 MiB, encrypted, kept until at least 15 December 2026, 02:10",
      "It isn't a backup that this office has checked, byte for byte: it was changed or cut off, or "
      "is another office's. A rehearsal tells what is in it.",
      false, "It can't be opened here: its key isn't on the server. Rehearse it where the key is."};
  return p;
}

}  // namespace wardroom::admin::sample
