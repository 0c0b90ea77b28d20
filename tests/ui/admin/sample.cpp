#include "tests/ui/admin/sample.hpp"

namespace wardroom::admin::sample {
namespace {

PersonRow person(std::int64_t id, std::string name, std::string display_name, RoleChoice role,
                 PersonRow::State state, std::string last_seen) {
  PersonRow row;
  row.id = UserId{id};
  row.name = name;
  row.display_name = std::move(display_name);
  row.email = name + "@office.example";
  row.role = role;
  row.state = state;
  row.second_factor = role == RoleChoice::admin || role == RoleChoice::moderator;
  row.last_seen = std::move(last_seen);
  row.is_self = id == 1;
  return row;
}

AuditRow record(std::int64_t index, std::string number, std::string time, std::string type, std::string who,
                std::string on, std::string from, OutcomeMark outcome = OutcomeMark::success) {
  return {AuditIndex{index}, std::move(number), std::move(time), std::move(type),
          std::move(who),    std::move(on),     std::move(from), outcome};
}

ConsoleProps base() {
  ConsoleProps p;
  p.screen = Screen::main;
  p.place = "office.example · administrator";
  p.pages = {Page::people, Page::rooms, Page::moderation, Page::audit, Page::retention, Page::sessions};
  p.moderation.badge = "2";
  using State = PersonRow::State;
  p.people.rows = {
      person(1, "ines.duarte", "Ines Duarte", RoleChoice::admin, State::active, "now"),
      person(2, "amara.osei", "Amara Osei", RoleChoice::moderator, State::active, "today 09:03"),
      person(3, "hideo.tanaka", "Hideo Tanaka", RoleChoice::member, State::invited, "never"),
      person(4, "jonas.berg", "Jonas Berg", RoleChoice::member, State::active, "yesterday 17:21"),
      person(5, "lena.moreau", "Lena Moreau", RoleChoice::moderator, State::active, "today 09:04"),
      person(6, "old.account", "Old Account", RoleChoice::guest, State::disabled, "3 March")};
  p.people.summary = "6 people, 1 disabled";
  p.people.may_change = true;
  p.people.selected = UserId{4};
  p.people.details = {
      "3 March 2025",
      "3 devices",
      "",
      {{SessionId{71}, "Jonas's laptop · wardroom 1.0.0", "192.0.2.31 · connected", true, false},
       {SessionId{72}, "Reading room PC 4 · wardroom 1.0.0", "192.0.2.77 · last used yesterday 17:21", false,
        false},
       {SessionId{73}, "build-server · wardroomctl 1.0.0", "192.0.2.5 · last used 3 March", false, false}}};
  p.people.invite_link =
      "wardroom://office.example:7443/?ca=Zk1c0f3bq8v2mJ9yT5wQh7nXsL4rD6aE8uKpGjWiBoY&t=R3VyQmF6Nk1uUzJwVHhZ";
  p.people.invite_for = "Jonas Berg";
  p.people.invite_until = "27 November 2026, 09:14";
  p.people.reset_code = "7QXA-2MPT-R9WD-5KLC";
  return p;
}

}  // namespace

ConsoleProps people_page() {
  return base();
}

ConsoleProps several_people() {
  ConsoleProps p = base();
  for (auto& row : p.people.rows) row.ticked = row.id.value > 1 && row.id.value < 5;
  p.people.ticked = 3;
  p.people.ticked_text = "3 people selected";
  return p;
}

ConsoleProps bulk_results() {
  ConsoleProps p = several_people();
  using State = BulkRow::State;
  p.people.bulk.title = "Disable 3 people";
  p.people.bulk.progress = "2 done, 1 failed";
  p.people.bulk.rows = {{UserId{2}, "Amara Osei", State::done, "disabled"},
                        {UserId{3}, "Hideo Tanaka", State::failed, "This is the last administrator."},
                        {UserId{4}, "Jonas Berg", State::done, "disabled"}};
  p.people.bulk.can_retry = true;
  return p;
}

ConsoleProps reason_dialog() {
  ConsoleProps p = base();
  p.reason_dialog.serial = 1;
  p.reason_dialog.title = "Disable Jonas Berg?";
  p.reason_dialog.consequence =
      "Jonas Berg is signed out of 3 devices within a second, open invite links for this account become "
      "useless, and nobody can sign in with it until it is enabled again. What was written stays.";
  p.reason_dialog.example = "left the company";
  p.reason_dialog.confirm = "Disable";
  return p;
}

ConsoleProps leaver_dialog() {
  ConsoleProps p = base();
  p.people.dialog = PeopleDialog::leaver;
  p.people.leaver.lines = {"Signed out of 3 devices within a second; the account is shut.",
                           "1 open invite link becomes useless.",
                           "Taken out of 7 rooms. What was written stays."};
  p.people.leaver.rooms = {"release-7", "docs"};
  p.people.leaver.needs_successor = true;
  p.people.leaver.candidates = {{UserId{2}, "amara.osei", "Amara Osei"},
                                {UserId{9}, "amelie.roux", "Am\xC3\xA9lie Roux-de-la-Fontaine"}};
  return p;
}

ConsoleProps sessions_page() {
  ConsoleProps p = base();
  p.page = Page::sessions;
  SessionsProps& s = p.sessions;
  s.summary = "5 sessions";
  s.sort = {static_cast<std::size_t>(SessionsColumn::last_used), true};
  const auto row = [&](std::int64_t id, std::int64_t user, std::string name, std::string device,
                       std::string client, std::string from, std::string last, bool connected) {
    s.rows.push_back({SessionId{id}, UserId{user}, std::move(name), std::move(device), std::move(client),
                      std::move(from), "3 March", std::move(last), "18 February 2027, 09:14", connected,
                      id == 1});
  };
  row(1, 1, "Ines Duarte", "Ines's PC", "wardroom-admin 1.0.0", "192.0.2.14", "today 09:14", true);
  row(71, 4, "Jonas Berg", "Jonas's laptop", "wardroom 1.0.0", "192.0.2.31", "today 09:12", true);
  row(5, 5, "Lena Moreau", "Lena's PC", "wardroom 1.0.0", "192.0.2.27", "today 09:04", true);
  row(9, 9, "Am\xC3\xA9lie Roux-de-la-Fontaine", "Meeting room on the third floor, left screen",
      "wardroom 1.0.0", "2001:db8:85a3::8a2e:370:7334", "yesterday 17:21", false);
  row(73, 4, "Jonas Berg", "build-server", "wardroomctl 1.0.0", "192.0.2.5", "3 March", false);
  s.selected = SessionId{71};
  return p;
}

ConsoleProps rooms_page() {
  ConsoleProps p = base();
  p.page = Page::rooms;
  RoomsProps& r = p.rooms;
  r.summary = "4 rooms";
  r.rows = {{RoomId{1}, "board", "private", "Only the board", "6", 6, "open"},
            {RoomId{2}, "docs", "public", "Manuals and pictures", "41", 41, ""},
            {RoomId{3}, "general", "public", "Everything that has no room of its own", "214", 214,
             "open, slow mode 30 s"},
            {RoomId{4}, "release-7", "public", "Freeze on Thursday; what isn't in by then waits for 7.1",
             "14", 14, "locked"}};
  r.selected = RoomId{4};
  r.details.state_known = true;
  r.details.locked = true;
  r.details.members = {{"Amara Osei", "moderator"}, {"Jonas Berg", "member, muted"},
                       {"Lena Moreau", "member"},   {"Wei Chen", "member"},
                       {"Hideo Tanaka", "member"},  {"Priya Nair", "member"}};
  return p;
}

ConsoleProps audit_page() {
  ConsoleProps p = base();
  p.page = Page::audit;
  AuditProps& a = p.audit;
  a.summary = "128,402 records in the log, by number, newest first";
  a.when_choices = {"last 24 hours", "last 7 days", "last 30 days", "ever"};
  a.what_choices = {"anything", "auth.*", "user.*", "room.*", "message.*"};
  a.outcome_choices = {"any", "success", "failure", "denied"};
  a.filter.when = 1;
  a.rows = {record(128402, "128,402", "19 Nov 09:14:06.812", "audit.queried", "Ines Duarte · auditor", "",
                   "192.0.2.14"),
            record(128371, "128,371", "19 Nov 09:04:41.120", "message.deleted", "Lena Moreau · moderator",
                   "Amara Osei, # release-7 4711", "192.0.2.31"),
            record(128340, "128,340", "19 Nov 08:58:30.044", "message.deleted", "Tomasz Wilk · member",
                   "Amara Osei, # release-7 4702", "192.0.2.27", OutcomeMark::denied),
            record(127640, "127,640", "18 Nov 15:02:55.310", "auth.login.fail", "unknown", "", "192.0.2.19",
                   OutcomeMark::failure)};
  a.has_selection = true;
  a.selected = AuditIndex{128371};
  a.details = {"message.deleted",
               "wrong room: names a customer",
               "Lena's PC, wardroom 1.0.0, TLS 1.3",
               "192.0.2.31",
               "0199a3c2-77e1",
               UserId{5},
               "lena.moreau",
               UserId{9},
               "amara.osei",
               RoomId{12},
               "# release-7",
               false,
               true,
               {{"versions", "2", "2", false}, {"state", "posted", "deleted", true}},
               "9f3c07d2a1b4e5968877665544332211ffeeddccbbaa99887766554433e1e1e1",
               VerdictMark::verified,
               "Verified: these bytes stand in the log, under the head that this console has checked.",
               "{\"v\":1}"};
  a.may_export = a.may_open_people = a.may_open_rooms = true;
  for (auto& row : a.rows) row.verdict = VerdictMark::verified;
  a.rows[0].verdict = VerdictMark::newer;
  p.watch_card.text = "Watched since 3 March · 128,390 records · last compared today 09:14";
  return p;
}

}  // namespace wardroom::admin::sample
