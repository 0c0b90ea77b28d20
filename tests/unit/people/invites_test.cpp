#include <catch2/catch.hpp>

#include "server/store/users.hpp"
#include "tests/unit/people/ground.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

std::string token_of(const json::object& answer) {
  const std::string link(answer.at("invite").as_string());
  return link.substr(link.find("&t=") + 3);
}

// "" where it lets somebody in, else the error's own code.
std::string accept(Office& office, const std::string& token, const std::string& user) {
  json::object params{{"token", token}, {"password", "correct horse 77"}, {"device", device()}};
  if (!user.empty()) params["user"] = user;
  const auto answer = office.post("account.accept_invite", json::serialize(params), "");
  return answer.at("status") == 200 ? "" : std::string(answer.at("code").as_string());
}

}  // namespace

TEST_CASE("an invite gives what its maker could give now: nothing, once they are no administrator") {
  PeopleOffice at;
  const auto maker = at.office.add_person("maker", protocol::Role::admin);
  const auto makers = at.sign_in(maker);
  const auto roots = std::exchange(at.peer, makers);
  const auto open = token_of(at.ok("admin.invite_create", {{"role", "admin"}}));
  const auto own = token_of(at.ok("admin.user_create", {{"name", "lena"}, {"role", "admin"}}));
  at.peer = roots;
  const auto later = at.ok("admin.user_create", {{"name", "noor"}});

  SECTION("demoted: the invites end, with their records, also for an administrator again") {
    at.ok("admin.user_update", {{"user", maker.id.value}, {"role", "member"}});
    CHECK(accept(at.office, open, "eve") == "invite_invalid");
    CHECK(accept(at.office, own, "") == "invite_invalid");
    CHECK(accept(at.office, token_of(later), "").empty());
    CHECK(at.records("invite.revoked") == 2);
    at.ok("admin.user_update", {{"user", maker.id.value}, {"role", "admin"}});
    CHECK(accept(at.office, open, "eve") == "invite_invalid");
    CHECK(accept(at.office, own, "") == "invite_invalid");
    at.peer = makers;
    const auto anew = token_of(at.ok("admin.invite_create", {{"role", "admin"}}));
    CHECK(accept(at.office, anew, "eve").empty());
  }
  SECTION("disabled: the invites end, with their records, also for who is enabled again") {
    at.ok("admin.user_disable", {{"user", maker.id.value}, {"reason", "left"}});
    CHECK(accept(at.office, open, "eve") == "invite_invalid");
    CHECK(accept(at.office, own, "") == "invite_invalid");
    CHECK(at.records("invite.revoked") == 2);
    at.ok("admin.user_enable", {{"user", maker.id.value}});
    CHECK(accept(at.office, open, "eve") == "invite_invalid");
    CHECK(accept(at.office, own, "") == "invite_invalid");
  }
  SECTION("without a password, and with one again") {
    store::clear_password(*at.office.open_database(), maker.id);
    CHECK(accept(at.office, open, "eve") == "invite_invalid");
    CHECK(accept(at.office, own, "") == "invite_invalid");
    store::update_password(*at.office.open_database(), maker.id, Bytes{std::byte{1}}, false);
    CHECK(accept(at.office, open, "eve").empty());
  }
  SECTION("with a password that was reset: the invites end, with their records") {
    const auto reset =
        at.ok("admin.user_reset_password", {{"user", maker.id.value}, {"reason", "a stolen laptop"}});
    CHECK(at.records("invite.revoked") == 2);
    CHECK(accept(at.office, open, "eve") == "invite_invalid");
    CHECK(accept(at.office, std::string(reset.at("code").as_string()), "").empty());
    CHECK(accept(at.office, open, "eve") == "invite_invalid");
    CHECK(accept(at.office, own, "") == "invite_invalid");
    CHECK(accept(at.office, token_of(later), "").empty());
  }
  SECTION("offboarded: the invites end, with their records") {
    json::object params{{"user", maker.id.value}, {"reason", "left"}, {"dry_run", true}};
    CHECK(at.ok("admin.user_offboard", params).at("invites") == 2);
    CHECK(at.records("invite.revoked") == 0);
    params.erase("dry_run");
    CHECK(at.ok("admin.user_offboard", params).at("invites") == 2);
    CHECK(at.records("invite.revoked") == 2);
    at.ok("admin.user_enable", {{"user", maker.id.value}});
    CHECK(accept(at.office, open, "eve") == "invite_invalid");
    CHECK(accept(at.office, own, "") == "invite_invalid");
  }
}

TEST_CASE("an administrator who resets their own password gets in with the code") {
  PeopleOffice at;
  const auto code = at.ok("admin.user_reset_password", {{"user", at.root.id.value}, {"reason", "forgot"}});
  CHECK(accept(at.office, std::string(code.at("code").as_string()), "").empty());
}

TEST_CASE("a reset code is worth what whoever made it could do now") {
  PeopleOffice at;
  const auto maker = at.office.add_person("maker", protocol::Role::admin);
  const auto ada = at.office.add_person("ada");
  const auto makers = at.sign_in(maker);
  const auto roots = std::exchange(at.peer, makers);
  const auto code = at.ok("admin.user_reset_password", {{"user", ada.id.value}, {"reason", "forgot"}});
  at.peer = roots;
  at.ok("admin.user_update", {{"user", maker.id.value}, {"role", "moderator"}});
  CHECK(accept(at.office, std::string(code.at("code").as_string()), "") == "invite_invalid");
}
