#include "tests/unit/people/ground.hpp"

#include <catch2/catch.hpp>

namespace wardroom::testing {

PeopleOffice::PeopleOffice() : root(office.add_person("root", protocol::Role::admin)), peer(sign_in(root)) {}

std::shared_ptr<TestPeer> PeopleOffice::sign_in(const Office::Person& who) {
  auto connection = office.connect();
  const auto answer = office.call(*connection, "session.resume", {{"token", who.token}});
  REQUIRE(answer.contains("result"));
  return connection;
}

json::object PeopleOffice::ok(const std::string& method, const json::object& params) {
  auto answer = office.call(*peer, method, params);
  if (!answer.contains("result")) FAIL(method << ": " << json::serialize(answer));
  return answer["result"].as_object();
}

std::string PeopleOffice::refusal(const std::string& method, const json::object& params) {
  auto answer = office.call(*peer, method, params);
  if (!answer.contains("error")) FAIL(method << " succeeded: " << json::serialize(answer));
  return std::string(answer["error"].at("data").at("code").as_string());
}

std::int64_t PeopleOffice::make_room(const std::string& name, const std::string& kind) {
  return ok("room.create", {{"name", name}, {"kind", kind}})["room"].at("id").as_int64();
}

std::int64_t PeopleOffice::upload(const std::string& csv) {
  return ok("admin.user_import_upload", {{"csv", csv}})["import"].as_int64();
}

std::int64_t PeopleOffice::records(const std::string& type) {
  return office.open_database()
      ->find<std::int64_t>("SELECT count(*) FROM audit_records WHERE type = ?", type)
      .value_or(-1);
}

json::object PeopleOffice::record(const std::string& type) {
  const auto line = office.open_database()->find<std::string>(
      "SELECT line FROM audit_records WHERE type = ? ORDER BY idx DESC LIMIT 1", type);
  REQUIRE(line);
  return json::parse(*line).as_object();
}

json::object device() {
  return {{"name", "PC"}, {"client", "test 1"}};
}

}  // namespace wardroom::testing
