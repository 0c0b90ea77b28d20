#include <catch2/catch.hpp>

#include "tests/unit/people/ground.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

json::object accept_code(PeopleOffice& at, const json::value& code) {
  auto peer = at.office.connect();
  return at.office.call(*peer, "account.accept_invite",
                        {{"token", code}, {"password", "a fine long password"}, {"device", device()}});
}

json::object open(PeopleOffice& at, const std::string& user, const std::string& password) {
  auto peer = at.office.connect();
  return at.office.call(*peer, "session.open",
                        {{"user", user}, {"password", password}, {"device", device()}});
}

}  // namespace

TEST_CASE("a reset voids password and sessions at once, and gives a code that works once") {
  PeopleOffice at;
  const auto ada = at.office.add_person("ada");
  at.office.set_password(ada.id, "correct horse 77");
  auto adas = at.sign_in(ada);
  CHECK(at.refusal("admin.user_reset_password", {{"user", ada.id.value}, {"reason", ""}}) == "params");
  const auto reset = at.ok("admin.user_reset_password", {{"user", ada.id.value}, {"reason", "forgot it"}});
  at.office.run_ready();
  CHECK(adas->closed == protocol::CloseCode::revoked);
  CHECK(open(at, "ada", "correct horse 77").contains("error"));
  const auto record = at.record("auth.password.reset_issued");
  CHECK(record.at("reason") == "forgot it");
  CHECK(record.at("target").at("name") == "ada");
  CHECK(at.record("session.revoked").at("reason") == "password reset");
  const auto lines = at.office.open_database()->find<std::int64_t>(
      "SELECT count(*) FROM audit_records WHERE instr(line, ?)", std::string(reset.at("code").as_string()));
  CHECK(lines == 0);

  REQUIRE(accept_code(at, reset.at("code")).contains("result"));
  CHECK(accept_code(at, reset.at("code")).contains("error"));
  CHECK(open(at, "ada", "a fine long password").contains("result"));
  CHECK(at.records("auth.password.reset_used") == 1);
}

TEST_CASE("a later reset voids the earlier code, and a code lasts a day") {
  PeopleOffice at;
  const auto ada = at.office.add_person("ada");
  const json::object params{{"user", ada.id.value}, {"reason", "forgot it"}};
  const auto first = at.ok("admin.user_reset_password", params);
  const auto second = at.ok("admin.user_reset_password", params);
  CHECK(accept_code(at, first.at("code")).contains("error"));
  at.office.clock.advance(std::chrono::hours{24});
  CHECK(accept_code(at, second.at("code")).contains("error"));
  at.ok("admin.user_disable", {{"user", ada.id.value}, {"reason", "left"}});
  CHECK(at.refusal("admin.user_reset_password", params) == "disabled");
}

TEST_CASE("the last administrator can be reset: until the code is used, a set-up code makes another") {
  PeopleOffice at;
  const auto reset =
      at.ok("admin.user_reset_password", {{"user", at.root.id.value}, {"reason", "forgot it"}});
  // What app/setup_code asks before it keeps a code on the server's own machine.
  CHECK(at.office.open_database()->find<std::int64_t>(
            "SELECT count(*) FROM users WHERE role = 'admin' AND disabled = 0 AND password IS NOT NULL") ==
        0);
  REQUIRE(accept_code(at, reset.at("code")).contains("result"));
  CHECK(open(at, "root", "a fine long password").contains("result"));
}

TEST_CASE("who waits for a new password doesn't count as an administrator who could let others in") {
  PeopleOffice at;
  const auto other = at.office.add_person("other", protocol::Role::admin);
  at.ok("admin.user_reset_password", {{"user", other.id.value}, {"reason", "forgot it"}});
  CHECK(at.refusal("admin.user_update", {{"user", at.root.id.value}, {"role", "member"}}) == "last_admin");
  CHECK(at.refusal("admin.user_disable", {{"user", at.root.id.value}, {"reason", "x"}}) == "last_admin");
  CHECK(at.refusal("admin.user_offboard", {{"user", at.root.id.value}, {"reason", "x"}}) == "last_admin");
  at.ok("admin.user_update", {{"user", other.id.value}, {"role", "member"}});
}

TEST_CASE("a new password is asked for, once, with its record") {
  PeopleOffice at;
  const auto ada = at.office.add_person("ada");
  const json::object ask{{"user", ada.id.value}, {"must_change_password", true}};
  CHECK(at.ok("admin.user_update", ask).at("user").at("must_change_password") == true);
  at.ok("admin.user_update", ask);
  CHECK(at.records("auth.password.change_asked") == 1);
  CHECK(json::serialize(at.record("auth.password.change_asked").at("after")) ==
        R"({"must_change_password":true})");
  const auto invited = at.ok("admin.user_create", {{"name", "mia"}}).at("user").at("id");
  CHECK(at.refusal("admin.user_update", {{"user", invited}, {"must_change_password", true}}) ==
        "no_password");
}

TEST_CASE("a leaver's rooms get another moderator before they leave them") {
  PeopleOffice at;
  const auto ada = at.office.add_person("ada");
  const auto bob = at.office.add_person("bob");
  auto adas = at.sign_in(ada);
  const auto bobs = at.sign_in(bob);
  std::swap(at.peer, adas);
  const auto ops = at.make_room("ops");
  at.ok("room.add_member", {{"room", ops}, {"user", bob.id.value}});
  const auto own = at.make_room("alone");
  const auto direct = at.ok("direct.open", {{"users", {bob.id.value}}}).at("room").at("id");
  std::swap(at.peer, adas);

  const json::object bare{{"user", ada.id.value}, {"reason", "left the company"}};
  json::object params = bare;
  params["dry_run"] = true;
  const auto dry = at.ok("admin.user_offboard", params);
  CHECK(dry.at("sessions") == 1);
  CHECK(dry.at("rooms_left") == 2);
  CHECK(dry.at("rooms_handed_over") == json::array{"ops"});
  CHECK(at.records("user.offboarded") == 0);
  CHECK_FALSE(adas->closed);

  CHECK(at.refusal("admin.user_offboard", bare) == "successor_needed");
  CHECK(at.records("room.member_removed") == 0);
  params = bare;
  params["successor"] = ada.id.value;
  CHECK(at.refusal("admin.user_offboard", params) == "params");
  params["successor"] = bob.id.value;
  const auto left = at.ok("admin.user_offboard", params);
  CHECK(left.at("rooms_handed_over") == json::array{"alone", "ops"});
  at.office.run_ready();
  CHECK(adas->closed == protocol::CloseCode::revoked);
  at.peer = bobs;
  for (const auto room : {ops, own}) {
    const auto members = at.ok("room.members", {{"room", room}}).at("members").as_array();
    REQUIRE(members.size() == 1);
    CHECK(members[0].at("role") == "moderator");
  }
  // The conversation with somebody who left can still be read.
  CHECK(at.ok("message.history", {{"room", direct}}).at("messages").as_array().empty());
  CHECK(at.records("room.role_changed") == 1);
  CHECK(at.records("room.member_removed") == 2);
  CHECK(at.record("user.disabled").at("reason") == "left the company");
  CHECK(json::serialize(at.record("user.offboarded").at("after")) ==
        R"({"sessions":1,"invites":0,"rooms_left":2,"rooms_handed_over":2})");
}

TEST_CASE("an administrator sees who is signed in where, and ends it with a reason") {
  PeopleOffice at;
  const auto ada = at.office.add_person("ada");
  auto adas = at.sign_in(ada);
  const json::object of_ada{{"user", ada.id.value}};
  const auto sessions = at.ok("admin.session_list", of_ada).at("sessions").as_array();
  REQUIRE(sessions.size() == 1);
  CHECK(sessions[0].at("user").at("name") == "ada");
  CHECK(sessions[0].at("connected") == true);
  CHECK(sessions[0].at("current") == false);
  const auto page = at.ok("admin.session_list", {{"limit", 1}});
  CHECK(page.at("more") == true);
  const auto rest = at.ok("admin.session_list", {{"after", page.at("sessions").as_array()[0].at("id")}});
  CHECK(rest.at("sessions").as_array().size() == 1);

  const auto id = sessions[0].at("id");
  CHECK(at.refusal("admin.session_revoke", {{"session", id}, {"reason", ""}}) == "params");
  CHECK(at.refusal("admin.session_revoke", {{"reason", "why"}}) == "params");
  CHECK(at.refusal("admin.session_revoke", {{"session", 999}, {"reason", "why"}}) == "not_found");
  CHECK(at.ok("admin.session_revoke", {{"session", id}, {"reason", "lost laptop"}}).at("ended") == 1);
  at.office.run_ready();
  CHECK(adas->closed == protocol::CloseCode::revoked);
  CHECK(at.record("session.revoked").at("reason") == "lost laptop");
  CHECK(at.ok("admin.session_revoke", {{"user", ada.id.value}, {"reason", "all"}}).at("ended") == 0);
  CHECK(at.ok("admin.session_list", of_ada).at("sessions").as_array().empty());
}

TEST_CASE("room names that can be taken for each other don't both exist") {
  PeopleOffice at;
  const auto cop = at.make_room("cop");
  CHECK(at.refusal("room.create", {{"name", "сор"}, {"kind", "public"}}) == "name_taken");
  CHECK(at.refusal("room.create", {{"name", "COP"}, {"kind", "public"}}) == "name_taken");
  CHECK(at.refusal("room.create", {{"name", "сop"}, {"kind", "public"}}) == "params");
  const auto other = at.make_room("other");
  CHECK(at.refusal("room.update", {{"room", other}, {"name", "соР"}}) == "name_taken");
  at.ok("room.update", {{"room", cop}, {"name", "Cop"}});
}
