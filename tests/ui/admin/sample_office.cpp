#include <algorithm>

#include "tests/ui/admin/sample.hpp"

namespace wardroom::admin::sample {
namespace {

ConsoleProps office_page(Page page) {
  ConsoleProps p = people_page();
  p.pages = {Page::overview,  Page::people,   Page::rooms,    Page::moderation,  Page::audit,
             Page::retention, Page::sessions, Page::announce, Page::certificates};
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
  o.alarms = {{true,
               "The last backup failed. The log says why (audit, server.backup_created); run one by hand: "
               "wardroomd backup"},
              {false,
               "The machine's clock isn't believed, so nothing ends by it. Set it right; if it is right: "
               "wardroomd confirm-clock"}};
  o.tiles = {{"Certificate", "87 days", "until 14 February 2027, 10:14"},
             {"Checked backup", "yesterday 02:10", ""},
             {"Log and tables checked", "today 04:31", ""},
             {"Database", "1.8 GiB", "212 GiB free on its disk"}};
  o.plots = {{"People online", "214", "500", hill(0.5F, 0.01F)},
             {"Requests a second", "38.2", "100", hill(0.45F, 0.2F)},
             {"Changes a second", "11.4", "20", hill(0.6F, 0.25F)},
             {"Milliseconds a commit", "2.1", "5", hill(0.4F, 0.1F)},
             {"Changes that wait", "0", "2", hill(0.05F, 0.1F)},
             {"Refused a second", "0", "1", std::vector<float>(120, 0.0F)},
             {"Memory, MiB", "142", "200", hill(0.7F, 0.01F)},
             {"Sign-ins that wait", "0", "1", {0.0F}}};
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

}  // namespace wardroom::admin::sample
