#include <catch2/catch.hpp>

#include "server/credentials/token.hpp"
#include "server/credentials/totp.hpp"
#include "server/store/second_factors.hpp"
#include "server/store/sessions.hpp"
#include "tests/unit/server/sign_in.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

// Somebody with a second factor: the test plays their authenticator app.
struct Owner {
  Office::Person account;
  Secret secret;
  std::vector<std::string> recovery_codes;

  std::string code(const Office& office, int steps_from_now = 0) const {
    const auto second =
        std::chrono::floor<std::chrono::seconds>(office.clock.now()).time_since_epoch().count();
    return credentials::totp_code(secret, second / 30 + steps_from_now);
  }
};

Secret stored_secret(Office& office, UserId user) {
  const auto row = store::find_second_factor(*office.open_database(), user);
  REQUIRE(row);
  auto text = office.seal().open(user, row->secret, credentials::SealedFor::second_factor);
  REQUIRE(text);
  return Secret(std::move(*text));
}

Owner enrol(Office& office, const std::string& name, protocol::Role role = protocol::Role::member) {
  Owner owner{office.add_person(name, role), {}, {}};
  office.set_password(owner.account.id, kPassword);
  auto peer = office.connect();
  REQUIRE(office.call(*peer, "session.resume", {{"token", owner.account.token}}).contains("result"));
  REQUIRE(office.call(*peer, "account.totp_begin", {{"current_password", kPassword}}).contains("result"));
  owner.secret = stored_secret(office, owner.account.id);
  const auto confirmed = office.call(*peer, "account.totp_confirm", {{"code", owner.code(office)}});
  REQUIRE(confirmed.contains("result"));
  for (const auto& code : confirmed.at("result").at("recovery_codes").as_array())
    owner.recovery_codes.emplace_back(code.as_string());
  office.disconnect(peer);
  return owner;
}

boost::json::object open_with_code(Office& office, const std::string& user, const std::string& code,
                                   const std::string& ip = "192.0.2.9") {
  boost::json::object params{
      {"user", user}, {"password", kPassword}, {"device", {{"name", "PC"}, {"client", "test 1"}}}};
  if (!code.empty()) params["code"] = code;
  return office.call(*office.connect(ip), "session.open", params);
}

}  // namespace

TEST_CASE("a password alone opens nothing once a second factor is on") {
  Office office;
  const auto ada = enrol(office, "ada");
  CHECK(records(office, "auth.totp.enrolled") == 1);
  CHECK(reason_of(open_with_code(office, "ada", "")) == "second_factor_required");
  office.clock.advance(std::chrono::seconds{30});
  CHECK(open_with_code(office, "ada", ada.code(office)).contains("result"));
}

TEST_CASE("a code is good once, also for the code that turned the factor on") {
  Office office;
  const auto ada = enrol(office, "ada");
  CHECK(reason_of(open_with_code(office, "ada", ada.code(office))) == "wrong_second_factor");
  office.clock.advance(std::chrono::seconds{30});
  const auto code = ada.code(office);
  CHECK(open_with_code(office, "ada", code).contains("result"));
  CHECK(reason_of(open_with_code(office, "ada", code)) == "wrong_second_factor");
  // The step before was never used, and yet it is over once a later one was.
  CHECK(reason_of(open_with_code(office, "ada", ada.code(office, -1))) == "wrong_second_factor");
  CHECK(records(office, "auth.totp.fail") == 3);
}

TEST_CASE("each of ten recovery codes opens once, however it is typed") {
  Office office;
  const auto ada = enrol(office, "ada");
  REQUIRE(ada.recovery_codes.size() == 10);
  std::string typed = ada.recovery_codes[3];
  for (char& c : typed) c = c == '-' ? ' ' : static_cast<char>(std::tolower(c));
  CHECK(open_with_code(office, "ada", typed).contains("result"));
  CHECK(records(office, "auth.recovery.used") == 1);
  CHECK(reason_of(open_with_code(office, "ada", ada.recovery_codes[3])) == "wrong_second_factor");
  CHECK(open_with_code(office, "ada", ada.recovery_codes[4]).contains("result"));
  const auto account = office.post("account.get", "{}", ada.account.token);
  CHECK(account.at("recovery_codes_left") == 8);
  CHECK(account.at("second_factor") == true);
}

TEST_CASE("guessing at codes is held up like guessing at passwords") {
  Office office;
  const auto ada = enrol(office, "ada");
  office.clock.advance(std::chrono::seconds{30});
  for (int i = 0; i < 6; ++i)
    CHECK(reason_of(open_with_code(office, "ada", "AAAA-AAAA-AAAA-AAAA-AAAA")) == "wrong_second_factor");
  // Held up: not even the right code, and not a word about it.
  CHECK(reason_of(open_with_code(office, "ada", ada.code(office))) == "wrong_credentials");
  office.clock.advance(std::chrono::seconds{15});
  CHECK(open_with_code(office, "ada", ada.code(office)).contains("result"));
}

TEST_CASE("a factor that was only begun asks for nothing and can be begun again") {
  Office office;
  const auto ada = office.add_person("ada");
  office.set_password(ada.id, kPassword);
  auto peer = office.connect();
  REQUIRE(office.call(*peer, "session.resume", {{"token", ada.token}}).contains("result"));
  CHECK(reason_of(office.call(*peer, "account.totp_confirm", {{"code", "123456"}})) == "no_second_factor");
  CHECK(reason_of(office.call(*peer, "account.totp_begin", {{"current_password", "x"}})) ==
        "wrong_credentials");
  const auto first = office.call(*peer, "account.totp_begin", {{"current_password", kPassword}});
  REQUIRE(first.contains("result"));
  CHECK(std::string(first.at("result").at("uri").as_string())
            .starts_with("otpauth://totp/Wardroom:ada?secret="));
  CHECK(open_with_code(office, "ada", "").contains("result"));
  const auto second = office.call(*peer, "account.totp_begin", {{"current_password", kPassword}});
  CHECK(second.at("result").at("secret") != first.at("result").at("secret"));
}

TEST_CASE("it is turned off with password and code, unless the office asks for it") {
  Office office;
  const auto ada = enrol(office, "ada");
  auto peer = office.connect();
  REQUIRE(office.call(*peer, "session.resume", {{"token", ada.account.token}}).contains("result"));
  const auto remove = [&](const std::string& password, const std::string& code) {
    return office.call(*peer, "account.totp_remove", {{"current_password", password}, {"code", code}});
  };
  CHECK(reason_of(remove("wrong horse 77", ada.recovery_codes[0])) == "wrong_credentials");
  CHECK(reason_of(remove(kPassword, "000000")) == "wrong_second_factor");
  CHECK(reason_of(office.call(*peer, "account.totp_begin", {{"current_password", kPassword}})) ==
        "second_factor_exists");
  CHECK(remove(kPassword, ada.recovery_codes[0]).contains("result"));
  CHECK(open_with_code(office, "ada", "").contains("result"));
  CHECK(reason_of(remove(kPassword, ada.recovery_codes[1])) == "no_second_factor");

  office.settings.second_factor_roles = {protocol::Role::admin};
  office.restart();
  const auto root = enrol(office, "root", protocol::Role::admin);
  peer = office.connect();
  REQUIRE(office.call(*peer, "session.resume", {{"token", root.account.token}}).contains("result"));
  CHECK(reason_of(remove(kPassword, root.recovery_codes[0])) == "second_factor_required");
}

TEST_CASE("an app code gives ten new recovery codes, and the old ones are void") {
  Office office;
  const auto ada = enrol(office, "ada");
  auto peer = office.connect();
  REQUIRE(office.call(*peer, "session.resume", {{"token", ada.account.token}}).contains("result"));
  office.clock.advance(std::chrono::seconds{30});
  const auto renewed = office.call(*peer, "account.totp_confirm", {{"code", ada.code(office)}});
  REQUIRE(renewed.contains("result"));
  CHECK(records(office, "auth.recovery.renewed") == 1);
  CHECK(reason_of(open_with_code(office, "ada", ada.recovery_codes[0])) == "wrong_second_factor");
  const auto fresh = renewed.at("result").at("recovery_codes").as_array()[0].as_string();
  CHECK(open_with_code(office, "ada", std::string(fresh)).contains("result"));
}

TEST_CASE("an administrator takes a lost factor away from somebody else, with a reason") {
  Office office;
  const auto root = office.add_person("root", protocol::Role::admin);
  const auto ada = enrol(office, "ada");
  const auto remove = [&](UserId user, const std::string& reason) {
    return office.post("admin.user_remove_totp",
                       R"({"user":)" + std::to_string(user.value) + R"(,"reason":")" + reason + "\"}",
                       root.token);
  };
  CHECK(remove(ada.account.id, "").at("field") == "params.reason");
  CHECK(remove(root.id, "mine").at("field") == "params.user");
  CHECK(remove(ada.account.id, "lost the phone").at("user").at("second_factor") == false);
  CHECK(remove(ada.account.id, "again").at("code") == "no_second_factor");
  CHECK(records(office, "auth.totp.removed") == 1);
  CHECK(open_with_code(office, "ada", "").contains("result"));
}

TEST_CASE("a reset code asks for the second factor, too") {
  Office office;
  const auto ada = enrol(office, "ada");
  const auto code = credentials::make_code();
  store::insert_invite(*office.open_database(),
                       {.token_hash = code.digest,
                        .user = ada.account.id,
                        .expires_at = office.clock.now() + std::chrono::hours{1},
                        .reset = true},
                       office.clock.now());
  const auto accept = [&](const std::string& factor) {
    return office.post("account.accept_invite",
                       R"({"token":")" + std::string(code.text.reveal()) +
                           R"(","password":"battery staple 9","code":")" + factor +
                           R"(","device":{"name":"PC","client":"t"}})",
                       "");
  };
  CHECK(accept("").at("code") == "second_factor_required");
  CHECK(accept("000000").at("code") == "wrong_second_factor");
  CHECK(accept(ada.recovery_codes[0]).at("status") == 200);
  CHECK(records(office, "auth.password.reset_used") == 1);
  CHECK(accept(ada.recovery_codes[1]).at("code") == "invite_invalid");
  CHECK(reason_of(open_with_code(office, "ada", ada.recovery_codes[1])) == "wrong_credentials");
}
