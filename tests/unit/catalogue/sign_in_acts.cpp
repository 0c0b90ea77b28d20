#include "server/commands/session/expire.hpp"
#include "tests/unit/catalogue/acts.hpp"

namespace wardroom::testing {
namespace {

using audit::Type;

const object kDevice{{"name", "PC"}, {"client", "test 1"}};

object sign_in(Stage& s, const std::string& user, const std::string& password, const std::string& code = {}) {
  object params{{"user", user}, {"password", password}, {"device", kDevice}};
  if (!code.empty()) params["code"] = code;
  return s.office.call(*s.office.connect("192.0.2.9"), "session.open", params);
}

object accept(Stage& s, const std::string& token, object more) {
  more["token"] = token;
  more["password"] = "violet harbour 93";
  more["device"] = kDevice;
  const auto answer = s.office.call(*s.office.connect("192.0.2.9"), "account.accept_invite", more);
  INFO(boost::json::serialize(answer));
  REQUIRE(answer.contains("result"));
  return answer;
}

// The token in an invite link.
std::string token_of(const object& result) {
  const std::string link(result.at("invite").as_string());
  return link.substr(link.rfind("t=") + 2);
}

void expire(Stage& s) {
  s.office.clock.advance(std::chrono::days{31});
  commands::submit_expiry(s.office.services(), s.office.batch());
  s.office.settle();
}

void flood(Stage& s) {
  for (int i = 0; i < 25; ++i) sign_in(s, "ghost", "wrong horse 77");
  s.office.clock.advance(std::chrono::seconds{61});
  sign_in(s, "ghost", "wrong horse 77");
  s.office.settle();
}

void come_back_elsewhere(Stage& s) {
  s.call({"tom", s.tom.account, s.office.connect("198.51.100.7")}, "session.resume",
         {{"token", s.tom.account.token}});
  s.office.settle();
}

}  // namespace

std::vector<Act> sign_in_acts() {
  return {
      {Type::login_ok, [](Stage& s) { REQUIRE(sign_in(s, "tom", Stage::kPassword).contains("result")); },
       "tom", ""},
      {Type::login_fail, [](Stage& s) { sign_in(s, "tom", "wrong horse 77"); }, "", "user tom", false,
       "failure"},
      {Type::login_throttled, flood, "", "", false, "denied"},
      {Type::password_reset_issued,
       [](Stage& s) {
         s.call(s.root, "admin.user_reset_password",
                {{"user", s.tom.account.id.value}, {"reason", "forgot"}});
       },
       "root", "user tom"},
      {Type::password_reset_used,
       [](Stage& s) {
         const auto reset = s.call(s.root, "admin.user_reset_password",
                                   {{"user", s.tom.account.id.value}, {"reason", "forgot"}});
         accept(s, std::string(reset.at("code").as_string()), {});
       },
       "tom", "user tom"},
      {Type::password_change_asked,
       [](Stage& s) {
         s.call(s.root, "admin.user_update",
                {{"user", s.tom.account.id.value}, {"must_change_password", true}});
       },
       "root", "user tom"},
      {Type::totp_enrolled, [](Stage& s) { s.enrol(s.tom); }, "tom", "user tom"},
      {Type::totp_removed,
       [](Stage& s) {
         s.enrol(s.tom);
         s.call(s.tom, "account.totp_remove",
                {{"current_password", Stage::kPassword}, {"code", s.totp(s.tom)}});
       },
       "tom", "user tom"},
      {Type::totp_fail,
       [](Stage& s) {
         s.enrol(s.tom);
         sign_in(s, "tom", Stage::kPassword, "000000");
       },
       "tom", "", false, "failure"},
      {Type::recovery_used,
       [](Stage& s) {
         const auto codes = s.enrol(s.tom);
         REQUIRE(sign_in(s, "tom", Stage::kPassword, codes[0]).contains("result"));
       },
       "tom", ""},
      {Type::recovery_renewed,
       [](Stage& s) {
         s.enrol(s.tom);
         s.call(s.tom, "account.totp_confirm", {{"code", s.totp(s.tom)}});
       },
       "tom", "user tom"},
      {Type::logout, [](Stage& s) { s.call(s.tom, "session.close", {}); }, "tom", ""},
      {Type::password_changed,
       [](Stage& s) {
         s.call(s.tom, "account.change_password",
                {{"current_password", Stage::kPassword}, {"new_password", "violet harbour 93"}});
       },
       "tom", ""},
      {Type::session_created, [](Stage& s) { sign_in(s, "tom", Stage::kPassword); }, "tom", "session PC"},
      {Type::session_resumed, come_back_elsewhere, "tom", ""},
      {Type::session_revoked,
       [](Stage& s) {
         s.call(s.root, "admin.session_revoke", {{"user", s.tom.account.id.value}, {"reason", "lost PC"}});
       },
       "root", "session tom"},
      {Type::session_expired, expire, "", "session tom"},
      {Type::invite_created, [](Stage& s) { s.call(s.root, "admin.invite_create", {}); }, "root", "invite"},
      {Type::invite_used,
       [](Stage& s) {
         accept(s, token_of(s.call(s.root, "admin.invite_create", {})), {{"user", "nora"}});
       },
       "nora", "invite"},
      {Type::invite_revoked,
       [](Stage& s) {
         const auto invite = s.call(s.root, "admin.invite_create", {});
         s.call(s.root, "admin.invite_revoke", {{"invite", invite.at("id")}});
       },
       "root", "invite"},
      {Type::access_denied,
       [](Stage& s) {
         s.try_call(s.tom, "admin.user_list", {});
         s.office.settle();
       },
       "tom", "method admin.user_list", false, "denied"},
      {Type::access_listed,
       [](Stage& s) {
         s.call(s.root, "admin.user_list", {{"role", "member"}});
       },
       "root", "method admin.user_list"},
      {Type::access_listed,
       [](Stage& s) {
         s.call(s.mia, "moderation.sanctions", {{"room", s.room}});
       },
       "mia", "method moderation.sanctions", true},
  };
}

}  // namespace wardroom::testing
