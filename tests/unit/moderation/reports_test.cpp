#include <catch2/catch.hpp>

#include "common/base/uuid.hpp"
#include "protocol/codec.hpp"
#include "protocol/methods/moderation.hpp"
#include "tests/harness/office.hpp"

using namespace wardroom;
using namespace wardroom::testing;
using boost::json::object;
using boost::json::value;

namespace {

// Alice's room, Bob's messages in it, Carol who reports, Mo who moderates the office.
struct ReportGround {
  ReportGround() : alice(enter("alice")), bob(enter("bob")), carol(enter("carol")) {
    mo = enter("mo", protocol::Role::moderator);
    room = ask(*alice, "room.create", {{"name", "ops"}, {"kind", "public"}}).at("room").at("id").as_int64();
    ask(*bob, "room.join", {{"room", room}});
    ask(*carol, "room.join", {{"room", room}});
  }

  std::shared_ptr<TestPeer> enter(const std::string& name, protocol::Role role = protocol::Role::member) {
    auto peer = office.connect();
    ask(*peer, "session.resume", {{"token", office.add_person(name, role).token}});
    return peer;
  }
  object ask(TestPeer& peer, const std::string& method, const object& params) {
    auto response = office.call(peer, method, params);
    if (!response.contains("result")) FAIL(method << ": " << boost::json::serialize(response));
    return response["result"].as_object();
  }
  std::int64_t post(const std::string& text) {
    return ask(*bob, "message.post",
               {{"room", room}, {"client_id", to_string(make_uuid7(office.clock.now()))}, {"text", text}})
        .at("seq")
        .as_int64();
  }
  std::int64_t report(std::int64_t seq) {
    return ask(*carol, "moderation.report", {{"room", room}, {"seq", seq}, {"reason", "insult"}})
        .at("report")
        .as_int64();
  }
  object newest_report() { return ask(*mo, "moderation.reports", {}).at("reports").at(0).as_object(); }

  Office office;
  std::shared_ptr<TestPeer> alice, bob, carol, mo;
  std::int64_t room = 0;
};

}  // namespace

TEST_CASE("evidence stays as it was when the message is edited, deleted, and its author renamed") {
  ReportGround ground;
  const auto seq = ground.post("you fools");
  ground.report(seq);
  const auto before = ground.newest_report();
  const object named{{"room", ground.room}, {"seq", seq}};
  ground.ask(*ground.bob, "message.edit", {{"room", ground.room}, {"seq", seq}, {"text", "dear friends"}});
  ground.ask(*ground.bob, "message.delete", named);
  ground.ask(*ground.bob, "account.set_profile", {{"display_name", "A Saint"}});
  CHECK(ground.newest_report() == before);
  CHECK(before.at("evidence").at("message").at("text") == "you fools");
  CHECK(before.at("evidence").at("users").at(0).at("display_name") == "Bob");
}

TEST_CASE("evidence holds the texts before an edit and the five messages before the reported one") {
  ReportGround ground;
  for (int i = 1; i <= 7; ++i) ground.post("line " + std::to_string(i));
  const auto seq = ground.post("you fools");
  ground.ask(*ground.bob, "message.edit", {{"room", ground.room}, {"seq", seq}, {"text", "dear friends"}});
  ground.report(seq);
  const auto evidence = ground.newest_report().at("evidence").as_object();
  CHECK(evidence.at("message").at("text") == "dear friends");
  CHECK(evidence.at("versions").at(0).at("text") == "you fools");
  const auto& earlier = evidence.at("before").as_array();
  REQUIRE(earlier.size() == 5);
  CHECK(earlier.front().at("text") == "line 3");
  CHECK(earlier.back().at("text") == "line 7");
}

TEST_CASE("the audit log holds the hash of exactly the stored evidence, and no word of it") {
  ReportGround ground;
  ground.report(ground.post("you utter fools"));
  auto db = ground.office.open_database();
  const auto line = db->find<std::string>(
      "SELECT line FROM audit_records WHERE type = 'moderation.report_filed' ORDER BY idx DESC LIMIT 1");
  const auto evidence = db->find<std::string>("SELECT evidence FROM reports");
  REQUIRE(line);
  REQUIRE(evidence);
  const auto salt = db->find<Bytes>("SELECT evidence_salt FROM reports");
  REQUIRE(salt);
  CHECK(salt->size() == 16);
  const std::string hash = to_hex(sha256({*salt, as_bytes(*evidence)}));
  CHECK(line->find(hash) != std::string::npos);
  CHECK(std::string(ground.newest_report().at("evidence_hash").as_string()) == hash);
  CHECK(db->find<std::int64_t>("SELECT count(*) FROM audit_records WHERE line LIKE '%utter fools%'") == 0);
  // Whoever gets the evidence over the wire can rebuild the bytes that were hashed.
  const auto again = protocol::decode<protocol::Evidence>(ground.newest_report().at("evidence"), "evidence");
  REQUIRE(again);
  CHECK(std::string(ground.newest_report().at("evidence_salt").as_string()) == to_hex(*salt));
  CHECK(to_hex(sha256({*salt, as_bytes(protocol::encode(*again))})) == hash);
}

TEST_CASE("reading reports of rooms that one isn't in is recorded before it is answered") {
  ReportGround ground;
  const auto seq = ground.post("you fools");
  const auto report = ground.report(seq);
  auto db = ground.office.open_database();
  const auto count = [&] {
    return db->find<std::int64_t>("SELECT count(*) FROM audit_records WHERE type = 'moderation.reports_read'")
        .value_or(-1);
  };
  ground.ask(*ground.alice, "moderation.reports", {});  // the room's own moderator reads what they could see
  CHECK(count() == 0);
  ground.newest_report();
  CHECK(count() == 1);
  const auto line =
      db->find<std::string>("SELECT line FROM audit_records WHERE type = 'moderation.reports_read'");
  CHECK(line->find("\"reports\":[" + std::to_string(report) + "]") != std::string::npos);
  // Somebody who came in after it was written is as far from it as somebody outside.
  REQUIRE(db->run("UPDATE members SET shown_after = ?", seq));
  ground.ask(*ground.alice, "moderation.reports", {});
  CHECK(count() == 2);
  REQUIRE(db->run("UPDATE members SET shown_after = ?", seq - 1));
  ground.ask(*ground.alice, "moderation.reports", {});
  CHECK(count() == 2);
}

TEST_CASE("a page of reports stays far below what a connection may have queued") {
  ReportGround ground;
  const std::string long_text(16 * 1024, 'x');
  for (int i = 0; i < 30; ++i) ground.report(ground.post(long_text));
  std::size_t seen = 0;
  object params{{"limit", 50}};
  for (bool more = true; more;) {
    const auto page = ground.ask(*ground.mo, "moderation.reports", params);
    CHECK(boost::json::serialize(page).size() < 700 * 1024);
    const auto& reports = page.at("reports").as_array();
    REQUIRE_FALSE(reports.empty());
    seen += reports.size();
    params["before"] = reports.back().at("id");
    more = page.at("more").as_bool();
    CHECK(page.at("open") == 30);
  }
  CHECK(seen == 30);
}
