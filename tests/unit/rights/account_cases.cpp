#include "tests/unit/rights/builders.hpp"

namespace wardroom::testing {
namespace {

// Guests only those with whom they share a room.
Result<void> knows_everybody(const Ground& g) {
  return g.rule(domain::Right::use_directory) ? ok() : Result<void>(not_found(""));
}

}  // namespace

std::vector<Case> account_cases() {
  const object guess{{"current_password", "not mine at all"}};
  return {
      {"session.close", "", nothing, {}, {}},
      {"session.list", "", nothing, {}, {}},
      {"session.revoke", "", nothing, {}, {}},
      {"account.get", "", nothing, {}, {}},
      {"account.set_profile",
       "",
       [](Ground& g) {
         return object{{"display_name", g.unused_name("N")}};
       },
       {},
       {}},
      {"account.change_password",
       "",
       [](Ground&) {
         return object{{"current_password", "not mine at all"}, {"new_password", "violet harbour 93"}};
       },
       {},
       {"wrong_credentials"}},
      {"account.totp_begin", "", [guess](Ground&) { return guess; }, {}, {"wrong_credentials"}},
      {"account.totp_confirm",
       "",
       [](Ground&) {
         return object{{"code", "123456"}};
       },
       {},
       {"no_second_factor"}},
      {"account.totp_remove",
       "",
       [](Ground&) {
         return object{{"current_password", "not mine at all"}, {"code", "123456"}};
       },
       {},
       {"wrong_credentials", "no_second_factor"}},
      {"user.get",
       "",
       [](Ground& g) {
         return object{{"users", {g.outsider.id.value}}};
       },
       {},
       {}},
      {"user.list", "", nothing, {}, {}},
      {"user.profile",
       "of oneself",
       [](Ground& g) {
         return object{{"user", g.caller.id.value}};
       },
       {},
       {}},
      {"user.profile", "of somebody elsewhere", person_with({}), knows_everybody, {}},
      {"presence.set",
       "",
       [](Ground&) {
         return object{{"state", "away"}};
       },
       {},
       {}},
      {"presence.watch",
       "",
       [](Ground& g) {
         return object{{"users", {g.bystander.id.value}}};
       },
       {},
       {}},
      {"announcement.get", "", nothing, {}, {}},
      {"announcement.acknowledge",
       "",
       [](Ground&) {
         return object{{"announcement", 1'000'000}};
       },
       {},
       {"announcement_over"}},
      {"rpc.discover", "", nothing, {}, {}},
  };
}

}  // namespace wardroom::testing
