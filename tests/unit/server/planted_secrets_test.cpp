#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include "server/credentials/token.hpp"
#include "server/credentials/totp.hpp"
#include "server/store/second_factors.hpp"
#include "server/store/sessions.hpp"
#include "tests/harness/office.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

constexpr const char* kPlantedPassword = "planted-password-7f3a91";
constexpr const char* kPlantedNewPassword = "planted-password-c4e022";
constexpr const char* kPlantedWrongPassword = "planted-password-0d1e55";
constexpr const char* kPlantedDeviceKey = "planted-device-key-5b2d88";

// Everything that is logged while it lives, at the most talkative level.
class Log {
 public:
  Log() : before_(spdlog::default_logger()) {
    auto logger =
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(text_));
    logger->set_level(spdlog::level::trace);
    spdlog::set_default_logger(logger);
  }
  ~Log() { spdlog::set_default_logger(before_); }
  std::string text() const { return text_.str(); }

 private:
  std::ostringstream text_;
  std::shared_ptr<spdlog::logger> before_;
};

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string without_hyphens(std::string text) {
  std::erase(text, '-');
  return text;
}

// What mustn't be found, and every answer that isn't the one that hands it out.
struct Planted {
  std::vector<std::string> secrets{kPlantedPassword, kPlantedNewPassword, kPlantedWrongPassword,
                                   kPlantedDeviceKey};
  std::string answers;

  void add(const boost::json::value& text) { secrets.emplace_back(text.as_string()); }
  // An answer that hands nothing out.
  void heard(const boost::json::object& answer) { answers += boost::json::serialize(answer) + "\n"; }
};

boost::json::object planted_params(const std::string& password, const std::string& code = {}) {
  boost::json::object params{{"user", "ada"},
                             {"password", password},
                             {"device", {{"name", "PC"}, {"client", "t"}, {"key", kPlantedDeviceKey}}}};
  if (!code.empty()) params["code"] = code;
  return params;
}

// Enrols the second factor on the connection and remembers its secret in every form.
void enrol(Office& office, TestPeer& peer, UserId user, Planted& planted) {
  planted.heard(office.call(peer, "account.totp_begin", {{"current_password", kPlantedWrongPassword}}));
  const auto begun = office.call(peer, "account.totp_begin", {{"current_password", kPlantedPassword}});
  REQUIRE(begun.contains("result"));
  planted.add(begun.at("result").at("secret"));
  const auto row = store::find_second_factor(*office.open_database(), user);
  const auto raw = office.seal().open(user, row->secret, credentials::SealedFor::second_factor);
  REQUIRE(raw);
  planted.secrets.push_back(*raw);
  planted.secrets.push_back(to_hex(as_bytes(*raw)));
  const auto step = std::chrono::floor<std::chrono::seconds>(office.clock.now()).time_since_epoch() /
                    credentials::kTotpStep;
  const auto confirmed =
      office.call(peer, "account.totp_confirm", {{"code", credentials::totp_code(Secret(*raw), step)}});
  REQUIRE(confirmed.contains("result"));
  for (const auto& code : confirmed.at("result").at("recovery_codes").as_array()) {
    planted.add(code);
    planted.secrets.push_back(without_hyphens(std::string(code.as_string())));
  }
}

}  // namespace

TEST_CASE(
    "no password, token, second factor, recovery code or device key is found in logs, database or replies") {
  Log log;
  Office office;
  Planted planted;
  const auto ada = office.add_person("ada", protocol::Role::admin);
  planted.secrets.push_back(ada.token);
  office.set_password(ada.id, kPlantedPassword);

  auto peer = office.connect();
  planted.heard(office.call(*peer, "session.open", planted_params(kPlantedWrongPassword)));
  auto mistyped = planted_params(kPlantedPassword);
  mistyped["device"] = kPlantedDeviceKey;
  planted.heard(office.call(*peer, "session.open", mistyped));
  planted.heard(office.post("session.open", std::string("{\"password\":\"") + kPlantedPassword, ""));
  const auto opened = office.call(*peer, "session.open", planted_params(kPlantedPassword));
  REQUIRE(opened.contains("result"));
  planted.add(opened.at("result").at("token"));
  planted.heard(
      office.post("account.get", "{}", std::string(opened.at("result").at("token").as_string()) + "x"));
  enrol(office, *peer, ada.id, planted);

  planted.heard(office.call(*office.connect(), "session.open", planted_params(kPlantedPassword)));
  planted.heard(office.call(*office.connect(), "session.open",
                            planted_params(kPlantedPassword, "AAAA-AAAA-AAAA-AAAA-AAAA")));
  const std::string recovery = planted.secrets.back();
  const auto second =
      office.call(*office.connect(), "session.open", planted_params(kPlantedPassword, recovery));
  REQUIRE(second.contains("result"));
  planted.add(second.at("result").at("token"));
  planted.heard(office.call(*peer, "account.change_password",
                            {{"current_password", kPlantedPassword}, {"new_password", kPlantedNewPassword}}));
  for (const char* method : {"account.get", "session.list", "admin.user_list"})
    planted.heard(office.call(*peer, method, {}));
  planted.heard(office.call(*peer, "audit.query", {}));
  for (const auto& event : peer->events) planted.heard(event);

  std::string database;
  for (const auto& entry : std::filesystem::directory_iterator(office.directory()))
    if (entry.path().filename().string().starts_with("wardroom.db")) database += read(entry.path());
  REQUIRE(database.size() > 10'000);
  REQUIRE(planted.answers.find("auth.recovery.used") != std::string::npos);  // audit lines are among them
  for (const auto& secret : planted.secrets) {
    REQUIRE(secret.size() >= 16);
    INFO(secret);
    CHECK(log.text().find(secret) == std::string::npos);
    CHECK(database.find(secret) == std::string::npos);
    CHECK(planted.answers.find(secret) == std::string::npos);
  }
}
