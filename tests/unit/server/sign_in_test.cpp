#include "tests/unit/server/sign_in.hpp"

#include <catch2/catch.hpp>

#include "common/base/uuid.hpp"
#include "protocol/limits.hpp"
#include "server/store/users.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

boost::json::object open_params(const std::string& user, const std::string& password) {
  return {{"user", user}, {"password", password}, {"device", {{"name", "PC"}, {"client", "test 1"}}}};
}

std::string error_of(const boost::json::object& response) {
  return boost::json::serialize(response.at("error").at("data").at("code"));
}

}  // namespace

TEST_CASE("a person signs in with their password and is then signed in on this connection") {
  Office office;
  const auto ada = office.add_person("ada");
  office.set_password(ada.id, "correct horse 77");
  auto peer = office.connect();
  const auto response = office.call(*peer, "session.open", open_params("Ada", "correct horse 77"));
  REQUIRE(response.contains("result"));
  CHECK(response.at("result").at("user").at("name") == "ada");
  CHECK(peer->max_request == protocol::kMaxRequestBytes);
  CHECK(office.call(*peer, "room.list", {}).contains("result"));
  CHECK(records(office, "auth.login.ok") == 1);
  CHECK(records(office, "session.created") == 1);
}

TEST_CASE("an unknown name, a wrong password and a disabled account are refused with the same words") {
  Office office;
  const auto ada = office.add_person("ada");
  const auto bob = office.add_person("bob");
  office.set_password(ada.id, "correct horse 77");
  office.set_password(bob.id, "correct horse 77");
  store::update_disabled(*office.open_database(), bob.id, true);
  std::vector<std::string> answers;
  for (const auto& [name, password] :
       std::vector<std::pair<std::string, std::string>>{{"ada", "wrong horse 77"},
                                                        {"nobody", "correct horse 77"},
                                                        {"bob", "correct horse 77"},
                                                        {"not a name", "x"}}) {
    auto peer = office.connect();
    auto error = office.call(*peer, "session.open", open_params(name, password)).at("error").as_object();
    error["data"].as_object().erase("request");
    answers.push_back(boost::json::serialize(error));
    CHECK_FALSE(peer->caller());
  }
  for (const auto& answer : answers) CHECK(answer == answers[0]);
  CHECK(records(office, "auth.login.fail") == 4);
}

TEST_CASE("nothing but the open doors answers before sign-in") {
  Office office;
  auto peer = office.connect();
  for (const auto& command : commands::command_table()) {
    if (command.door != commands::Door::signed_in && command.door != commands::Door::socket) continue;
    INFO(command.method);
    CHECK(error_of(office.call(*peer, std::string(command.method), {})) == "\"unauthenticated\"");
    CHECK(office.post(std::string(command.method), "{}", "").at("status") ==
          (command.door == commands::Door::socket ? 400 : 401));
  }
}

TEST_CASE("a token that is made up, cut or from another server opens nothing") {
  Office office;
  office.add_person("ada");
  for (const std::string token : {"x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", ""}) {
    auto peer = office.connect();
    CHECK(error_of(office.call(*peer, "session.resume", {{"token", token}})) == "\"unauthenticated\"");
    CHECK(office.post("room.list", "{}", token).at("status") == 401);
  }
}

TEST_CASE("a session may resume again on its connection; another session may not") {
  Office office;
  const auto ada = office.add_person("ada");
  const auto bob = office.add_person("bob");
  auto peer = office.connect();
  REQUIRE(office.call(*peer, "session.resume", {{"token", ada.token}}).contains("result"));
  CHECK(office.call(*peer, "session.resume", {{"token", ada.token}}).contains("result"));
  CHECK(error_of(office.call(*peer, "session.resume", {{"token", bob.token}})) == "\"already_signed_in\"");
  CHECK(error_of(office.call(*peer, "session.open", open_params("bob", "x"))) == "\"already_signed_in\"");
}

TEST_CASE("HTTP and WebSocket run the same command behind the same gates") {
  Office office;
  const auto ada = office.add_person("ada");
  CHECK(office.post("room.create", R"({"name":"ops","kind":"public"})", ada.token).at("status") == 200);
  CHECK(office.post("room.create", R"({"name":"ops","kind":"public"})", ada.token).at("code") ==
        "name_taken");
  CHECK(office.post("room.create", R"({"kind":"public"})", ada.token).at("field") == "params.name");
  CHECK(office.post("admin.user_list", "{}", ada.token).at("status") == 403);
  CHECK(office.post("typing.send", R"({"room":1})", ada.token).at("code") == "websocket_only");
  CHECK(office.post("room.list", "[1]", ada.token).at("status") == 400);
  CHECK(office.post("room.list", "{", ada.token).at("status") == 400);
  CHECK(office.post("nope", "{}", ada.token).at("status") == 404);
}

TEST_CASE("an invite makes one account, once, and not after its time") {
  Office office;
  const auto root = office.add_person("root", protocol::Role::admin);
  const auto made =
      office.post("admin.user_create", R"({"name":"lena","display_name":"Lena Moreau"})", root.token);
  REQUIRE(made.at("status") == 200);
  const std::string link(made.at("invite").as_string());
  const std::string token = link.substr(link.find("&t=") + 3);
  const auto accept = [&](const std::string& password) {
    return office.post("account.accept_invite",
                       R"({"token":")" + token + R"(","password":")" + password +
                           R"(","device":{"name":"PC","client":"t"}})",
                       "");
  };
  // How the client asks whether an invite holds, before its owner fills in a form.
  CHECK(accept("").at("code") == "weak_password");
  CHECK(accept("short").at("code") == "weak_password");
  CHECK(accept("password1").at("code") == "weak_password");
  const auto signed_in = accept("correct horse 77");
  REQUIRE(signed_in.at("status") == 200);
  CHECK(signed_in.at("user").at("name") == "lena");
  CHECK(accept("correct horse 77").at("code") == "invite_invalid");

  const auto late = office.post("admin.invite_create", R"({"expires_in_s":60})", root.token);
  const std::string late_link(late.at("invite").as_string());
  const auto ask = [&] {
    return office.post("account.accept_invite",
                       R"({"token":")" + late_link.substr(late_link.find("&t=") + 3) +
                           R"(","password":"","device":{"name":"PC","client":"t"}})",
                       "");
  };
  CHECK(ask().at("field") == "params.user");
  office.clock.advance(std::chrono::seconds{61});
  const auto expired =
      office.post("account.accept_invite",
                  R"({"token":")" + late_link.substr(late_link.find("&t=") + 3) +
                      R"(","user":"max","password":"correct horse 77","device":{"name":"PC","client":"t"}})",
                  "");
  CHECK(expired.at("code") == "invite_expired");
  CHECK(ask().at("code") == "invite_expired");
}

TEST_CASE("a changed password ends the sessions on other devices and keeps this one") {
  Office office;
  const auto ada = office.add_person("ada");
  office.set_password(ada.id, "correct horse 77");
  auto here = office.connect();
  auto there = office.connect();
  REQUIRE(office.call(*here, "session.resume", {{"token", ada.token}}).contains("result"));
  REQUIRE(office.call(*there, "session.open", open_params("ada", "correct horse 77")).contains("result"));
  CHECK(office
            .call(*here, "account.change_password",
                  {{"current_password", "wrong one 1"}, {"new_password", "battery staple 9"}})
            .contains("error"));
  REQUIRE(office
              .call(*here, "account.change_password",
                    {{"current_password", "correct horse 77"}, {"new_password", "battery staple 9"}})
              .contains("result"));
  office.run_ready();
  CHECK(there->closed == protocol::CloseCode::revoked);
  CHECK_FALSE(here->closed);
  CHECK(office.call(*office.connect(), "session.open", open_params("ada", "correct horse 77"))
            .contains("error"));
  CHECK(office.call(*office.connect(), "session.open", open_params("ada", "battery staple 9"))
            .contains("result"));
}

TEST_CASE("a flood of failures leaves twenty records a minute and one summary") {
  Office office;
  auto peer = office.connect();
  for (int i = 0; i < 30; ++i) office.call(*peer, "session.open", open_params("ghost", "wrong horse 77"));
  CHECK(records(office, "auth.login.fail") == 20);
  office.clock.advance(std::chrono::seconds{61});
  office.call(*peer, "session.open", open_params("ghost", "wrong horse 77"));
  CHECK(records(office, "auth.login.throttled") == 1);
  CHECK(records(office, "auth.login.fail") == 21);
}

TEST_CASE("who asks too fast is told when to come back, and is cut off at three times the rate") {
  Office office;
  office.settings.request_rate = {20, 60};
  office.restart();
  const auto ada = office.add_person("ada");
  auto peer = office.connect();
  REQUIRE(office.call(*peer, "session.resume", {{"token", ada.token}}).contains("result"));
  boost::json::object response;
  for (int i = 0; i < 61; ++i) response = office.call(*peer, "account.get", {});
  REQUIRE(response.contains("error"));
  CHECK(error_of(response) == "\"rate_limited\"");
  CHECK(response.at("error").at("data").at("retry_after_ms").as_int64() > 0);
  for (int i = 0; i < 400 && !peer->closed; ++i) office.call(*peer, "account.get", {});
  CHECK(peer->closed == protocol::CloseCode::flood);
}

TEST_CASE("a person may post fifteen at once, then five a second") {
  Office office;
  office.settings.message_rate = {5, 15};
  office.restart();
  const auto ada = office.add_person("ada");
  REQUIRE(office.post("room.create", R"({"name":"ops","kind":"public"})", ada.token).at("status") == 200);
  const auto post = [&] {
    return office.post(
        "message.post",
        R"({"room":1,"client_id":")" + to_string(make_uuid7(office.clock.now())) + R"(","text":"x"})",
        ada.token);
  };
  int accepted = 0;
  for (int i = 0; i < 20; ++i) accepted += post().at("status") == 200;
  CHECK(accepted == 15);
  office.clock.advance(std::chrono::seconds{3});
  CHECK(post().at("status") == 200);
}
