#include "tests/unit/catalogue/stage.hpp"

#include "server/credentials/totp.hpp"
#include "server/store/second_factors.hpp"

namespace wardroom::testing {

Stage::Stage() {
  root = join("root", protocol::Role::admin);
  otto = join("otto", protocol::Role::auditor);
  mia = join("mia", protocol::Role::moderator);
  lena = join("lena", protocol::Role::member);
  tom = join("tom", protocol::Role::member);
  room = call(lena, "room.create", {{"name", "ops"}, {"kind", "public"}}).at("room").at("id").as_int64();
  call(tom, "room.join", {{"room", room}});
}

Stage::Player Stage::join(const std::string& name, protocol::Role role) {
  Player player{name, office.add_person(name, role), office.connect()};
  office.set_password(player.account.id, kPassword);
  office.record_person(player.account.id);
  call(player, "session.resume", {{"token", player.account.token}});
  return player;
}

object Stage::try_call(const Player& who, const std::string& method, const object& params) {
  return office.call(*who.peer, method, params);
}

object Stage::call(const Player& who, const std::string& method, const object& params) {
  const auto answer = try_call(who, method, params);
  INFO(who.name << " " << method << " " << boost::json::serialize(params) << " -> "
                << boost::json::serialize(answer));
  REQUIRE(answer.contains("result"));
  const auto& result = answer.at("result");
  return result.is_object() ? result.as_object() : object{};
}

std::string Stage::uuid() {
  char text[40];
  std::snprintf(text, sizeof text, "01990000-0000-7000-8000-%012d", ++uuids_);
  return text;
}

std::int64_t Stage::post(const Player& who, const std::string& text) {
  return call(who, "message.post", {{"room", room}, {"client_id", uuid()}, {"text", text}})
      .at("seq")
      .as_int64();
}

std::string Stage::totp(const Player& who) const {
  auto& self = const_cast<Office&>(office);
  const auto row = store::find_second_factor(*self.open_database(), who.account.id);
  REQUIRE(row);
  auto text = office.seal().open(who.account.id, row->secret, credentials::SealedFor::second_factor);
  REQUIRE(text);
  const auto second = std::chrono::floor<std::chrono::seconds>(office.clock.now()).time_since_epoch().count();
  return credentials::totp_code(Secret(std::move(*text)), second / 30);
}

std::vector<std::string> Stage::enrol(const Player& who) {
  call(who, "account.totp_begin", {{"current_password", kPassword}});
  const auto confirmed = call(who, "account.totp_confirm", {{"code", totp(who)}});
  std::vector<std::string> codes;
  for (const auto& code : confirmed.at("recovery_codes").as_array()) codes.emplace_back(code.as_string());
  office.clock.advance(std::chrono::seconds{30});  // a code is good once
  return codes;
}

std::optional<object> find_record(sqlite::Connection& db, audit::Type type) {
  const auto line =
      db.find<std::string>("SELECT line FROM audit_records WHERE type = ? ORDER BY idx DESC LIMIT 1",
                           audit::catalogue_row(type).name);
  if (!line) return std::nullopt;
  return boost::json::parse(*line).as_object();
}

}  // namespace wardroom::testing
