#include "tests/ui/admin/sample.hpp"

namespace wardroom::admin::sample {
namespace {

PersonRow person(std::int64_t id, std::string name, std::string display_name, RoleChoice role,
                 PersonRow::State state, std::string last_seen) {
  return {UserId{id}, name,  std::move(display_name), name + "@office.example",
          role,       state, std::move(last_seen),    id == 1};
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
  p.manages_people = true;
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
  p.people.consequence =
      "Jonas Berg is signed out of 3 devices within a second and can't sign in again. His messages stay.";
  p.people.invite_link =
      "wardroom://office.example:7443/?ca=Zk1c0f3bq8v2mJ9yT5wQh7nXsL4rD6aE8uKpGjWiBoY&t=R3VyQmF6Nk1uUzJwVHhZ";
  p.people.invite_for = "Jonas Berg";
  p.people.invite_until = "27 November 2026, 09:14";
  return p;
}

}  // namespace

ConsoleProps people_page() {
  return base();
}

ConsoleProps audit_page() {
  ConsoleProps p = base();
  p.page = Page::audit;
  AuditProps& a = p.audit;
  a.summary = "128,402 records";
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
               {{"versions", "2", false}, {"state", "posted", false}},
               {{"versions", "2", false}, {"state", "deleted", true}},
               "9f3c07d2a1b4e5968877665544332211ffeeddccbbaa99887766554433e1e1e1",
               true,
               "{\"v\":1}"};
  return p;
}

}  // namespace wardroom::admin::sample
