#include <catch2/catch.hpp>

#include "server/commands/command_table.hpp"
#include "tests/unit/rights/cases.hpp"

// What the reserve is for: on a full disk each method of the table is called.
using namespace wardroom;
using namespace wardroom::testing;
using boost::json::object;

namespace {

// The changes that are made from it. Of sign-ins, which the walk doesn't call: the tests below.
const std::set<std::string_view> kMadeFromReserve{
    // who signs in or out
    "session.close", "account.change_password", "account.totp_begin", "account.totp_confirm",
    // who is shut out, or was by mistake
    "session.revoke", "admin.user_update", "admin.user_disable", "admin.user_enable",
    "admin.user_reset_password", "admin.user_offboard", "admin.session_revoke", "admin.user_remove_totp",
    "admin.invite_revoke", "moderation.mute", "moderation.unmute", "moderation.kick", "moderation.ban",
    "moderation.unban", "room.remove_member",
    // readings that leave a record
    "message.versions", "moderation.sanctions", "moderation.reports", "audit.query", "audit.export",
    "admin.user_list", "admin.session_list", "admin.invite_list", "admin.hold_list", "admin.user_import_list",
    "admin.announce_status", "admin.access_private_room", "admin.search_private_rooms",
    // who answers for an alarm
    "audit.accept_head"};

// Changes that work where there is nothing to write, as the walk calls them.
const std::set<std::string_view> kMayFindNothing{"admin.audit_prune", "admin.erase_texts",
                                                 "admin.user_import"};

std::string code_of(const object& answer) {
  return answer.contains("error") ? std::string(answer.at("error").at("data").at("code").as_string()) : "";
}

struct Called {
  bool worked = false;
  bool refused = false;  // because the disk is full
};

// By the name of the method.
std::map<std::string_view, Called> call_all_on_full_disk() {
  Office office;
  Ground ground(office);
  std::map<std::string_view, Called> all;
  for (const auto& one : all_cases()) {
    ground.prepare({.role = protocol::Role::admin, .membership = protocol::RoomRole::moderator});
    const auto peer = office.connect();
    REQUIRE(office.call(*peer, "session.resume", {{"token", ground.caller.token}}).contains("result"));
    const auto params = one.params(ground);
    office.settle();
    office.services().writer.begin_saving();
    const auto answer = office.call(*peer, std::string(one.method), params);
    office.services().writer.end_saving();
    office.disconnect(peer);
    Called& called = all[one.method];
    called.worked = called.worked || answer.contains("result");
    called.refused = called.refused || code_of(answer) == "disk_full";
  }
  return all;
}

}  // namespace

TEST_CASE("a full disk leaves room for who signs in, who is shut out, and what is read with a record") {
  const auto all = call_all_on_full_disk();
  CHECK(all.size() > 80);
  int refused = 0;
  for (const auto& [method, called] : all) {
    INFO(method);
    const auto* command = commands::find_command(method);
    REQUIRE(command);
    const bool is_written = command->changes || !command->audits.empty();
    CHECK(command->is_vital == kMadeFromReserve.contains(method));
    // Of the others some are refused before anything would be written.
    if (command->is_vital || !is_written)
      CHECK_FALSE(called.refused);
    else if (!kMayFindNothing.contains(method))
      CHECK_FALSE(called.worked);
    refused += called.refused ? 1 : 0;
  }
  CHECK(refused > 25);
}

TEST_CASE("on a full disk people sign in, and who guesses wrong is told so") {
  Office office;
  const auto ada = office.add_person("ada", protocol::Role::admin);
  const auto bob = office.add_person("bob");
  const std::string password = "correct horse 77";
  for (const auto* person : {&ada, &bob}) office.set_password(person->id, password);
  const auto made = office.post("admin.invite_create", R"({"expires_in_s":3600})", ada.token);
  const std::string link(made.at("invite").as_string());
  office.services().writer.begin_saving();

  const object device{{"name", "PC"}, {"client", "test 1"}};
  const auto open = [&](const std::string& with) {
    return office.call(*office.connect(), "session.open",
                       {{"user", "bob"}, {"password", with}, {"device", device}});
  };
  CHECK(open(password).contains("result"));
  CHECK(code_of(open("wrong horse 77")) == "wrong_credentials");
  CHECK(
      office.call(*office.connect("192.0.2.9"), "session.resume", {{"token", bob.token}}).contains("result"));
  CHECK(office
            .call(*office.connect(), "account.accept_invite",
                  {{"token", link.substr(link.find("&t=") + 3)},
                   {"user", "lena"},
                   {"password", password},
                   {"device", device}})
            .contains("result"));
  CHECK(office
            .post("account.change_password",
                  R"({"current_password":"wrong","new_password":"another horse 78"})", bob.token)
            .at("code") == "wrong_credentials");
  CHECK(office.post("room.create", R"({"name":"den","kind":"public"})", bob.token).at("code") == "disk_full");
  office.services().writer.end_saving();
  office.settle();
  const auto count = [&](const std::string& type, const std::string& outcome) {
    return office.open_database()->find<std::int64_t>(
        "SELECT count(*) FROM audit_records WHERE type = ? AND outcome = ?", type, outcome);
  };
  CHECK(count("auth.login.ok", "success") == 1);
  CHECK(count("auth.login.fail", "failure") == 1);
  CHECK(count("session.resumed", "success") == 1);
  CHECK(count("auth.password.changed", "denied") == 1);
}
