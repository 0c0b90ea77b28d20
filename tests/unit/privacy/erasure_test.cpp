#include <fstream>

#include "common/tlog/merkle.hpp"
#include "server/ops/backup.hpp"
#include "tests/unit/privacy/ground.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

std::string contents(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The salts of all states of Bob's messages that have a text.
std::vector<Bytes> load_salts(PrivacyGround& ground) {
  std::vector<Bytes> salts;
  auto db = ground.office.open_database();
  auto row = db->query(
      "SELECT salt FROM messages WHERE author_id = ?1 AND deleted = 0 UNION SELECT v.salt FROM "
      "message_versions v"
      " JOIN messages m ON m.room_id = v.room_id AND m.seq = v.seq WHERE m.author_id = ?1 AND v.act <> "
      "'deleted'",
      ground.ids["bob"]);
  while (row.step()) salts.push_back(row.get<Bytes>(0));
  return salts;
}

// A directory that a backup can be made of.
ops::DataDir make_data_dir(const Office& office) {
  const ops::DataDir dir{office.directory()};
  for (const auto& folder : {dir.tls(), dir.keys(), dir.run()}) std::filesystem::create_directories(folder);
  std::ofstream(dir.config()) << "# a test\n";
  return dir;
}

}  // namespace

TEST_CASE(
    "erased texts and salts are in no file of the database and in no new backup, and the log still holds") {
  PrivacyGround ground;
  const std::string planted = "PLANTED-";
  std::vector<std::int64_t> seqs;
  for (int i = 0; i < 40; ++i) {
    const std::string number = std::to_string(i);
    seqs.push_back(ground.post(*ground.bob, ground.room, planted + number + std::string(i * 97, 'x')));
    ground.post(*ground.carol, ground.room, "innocent " + number);
  }
  for (int i = 0; i < 40; i += 2)
    ground.ask(
        *ground.bob, "message.edit",
        {{"room", ground.room}, {"seq", seqs[i]}, {"text", planted + "edited" + std::string(i * 31, 'y')}});
  ground.ask(*ground.bob, "message.delete", {{"room", ground.room}, {"seq", seqs[4]}});
  ground.ask(*ground.carol, "moderation.report", because({{"room", ground.room}, {"seq", seqs[6]}}));
  const auto salts = load_salts(ground);
  REQUIRE(salts.size() == 60);
  const auto expected =
      ground.ask(*ground.ada, "admin.erase_texts", because({{"user", ground.ids["bob"]}, {"dry_run", true}}));
  CHECK(ground.count("SELECT count(*) FROM messages WHERE text GLOB 'PLANTED*'") == 39);

  const auto done = ground.ask(*ground.ada, "admin.erase_texts", because({{"user", ground.ids["bob"]}}));
  CHECK(done.at("messages") == 40);
  CHECK(done.at("texts") == 60);
  CHECK(done.at("reports") == 1);
  CHECK(done.at("files_clean") == true);
  for (const auto* name : {"messages", "texts", "reports", "rooms"})
    CHECK(done.at(name) == expected.at(name));

  const auto dir = make_data_dir(ground.office);
  const TempDir elsewhere;
  const auto backup = elsewhere.path() / "backup.db";
  const auto written = ops::write_backup(dir, backup);
  INFO((written ? "" : written.error().message));
  REQUIRE(written);
  for (const auto& file : {dir.database(), dir.root / "wardroom.db-wal", backup}) {
    INFO(file);
    const std::string bytes = contents(file);
    CHECK(bytes.find(planted) == std::string::npos);
    for (const auto& salt : salts) CHECK(bytes.find(as_text(salt)) == std::string::npos);
  }
  CHECK(contents(backup).find("innocent 7") != std::string::npos);
  ground.check_sound();
}

TEST_CASE(
    "an erased message is a tombstone that can't be brought back, and its versions say that they are "
    "erased") {
  PrivacyGround ground;
  const auto seq = ground.post(*ground.bob, ground.room, "first");
  ground.ask(*ground.bob, "message.edit", {{"room", ground.room}, {"seq", seq}, {"text", "second"}});
  ground.carol->events.clear();
  ground.ask(*ground.ada, "admin.erase_texts", because({{"user", ground.ids["bob"]}}));
  ground.office.run_ready();
  REQUIRE(ground.carol->events.size() == 1);
  CHECK(ground.carol->events.front().at("method") == "message.deleted");
  CHECK(ground.carol->events.front().at("params").at("message") == seq);
  CHECK(ground.carol->events.front().at("params").at("by") == ground.ids["ada"]);

  const object named{{"room", ground.room}, {"seq", seq}};
  CHECK(ground.refused(*ground.mo, "message.restore", because(named)) == "erased");
  ground.ask(*ground.mo, "room.join", {{"room", ground.room}});
  const auto versions = ground.ask(*ground.mo, "message.versions", named).at("versions").as_array();
  REQUIRE(versions.size() == 3);
  for (const int i : {0, 1}) {
    CHECK(versions[i].at("text") == "");
    CHECK(versions[i].at("erased") == true);
  }
  CHECK(versions[0].at("act") == "posted");
  CHECK(versions[1].at("act") == "edited");
  CHECK_FALSE(versions[2].as_object().contains("erased"));
  ground.check_sound();
}

TEST_CASE("what a record of an erasure says is the root of exactly the commitments that stay") {
  PrivacyGround ground;
  ground.post(*ground.bob, ground.room, "first");
  ground.ask(*ground.ada, "admin.erase_texts", because({{"user", ground.ids["bob"]}}));
  const auto line = boost::json::parse(ground.newest_line("privacy.subject_erased"));
  CHECK(line.at("target").at("name") == "bob");
  CHECK(line.at("reason") == "it is the law");
  CHECK(line.at("after").at("messages") == 1);
  auto db = ground.office.open_database();
  const auto commitment = to_digest(db->find<Bytes>("SELECT commitment FROM erased_states"));
  REQUIRE(commitment);
  CHECK(line.at("after").at("root").as_string() == to_hex(tlog::leaf_hash(*commitment)));
  // It is the commitment that the log holds since the message was posted.
  const auto leaves = db->find<Bytes>("SELECT leaves FROM audit_groups ORDER BY idx LIMIT 1");
  const auto leaf = tlog::leaf_hash(*commitment);
  CHECK(leaves == Bytes(leaf.begin(), leaf.end()));
}

TEST_CASE("a message of a lost answer that was erased meanwhile is still known") {
  PrivacyGround ground;
  const object message{{"room", ground.room},
                       {"client_id", to_string(make_uuid7(ground.office.clock.now()))},
                       {"text", "hello"}};
  const auto first = ground.ask(*ground.bob, "message.post", message);
  ground.ask(*ground.ada, "admin.erase_texts", because({{"user", ground.ids["bob"]}}));
  CHECK(ground.ask(*ground.bob, "message.post", message) == first);
}

TEST_CASE("evidence of a report loses the erased texts and says so; those of others stay") {
  PrivacyGround ground;
  ground.post(*ground.carol, ground.room, "what carol said");
  const auto seq = ground.post(*ground.bob, ground.room, "what bob said");
  ground.ask(*ground.carol, "moderation.report", because({{"room", ground.room}, {"seq", seq}}));
  ground.ask(*ground.ada, "admin.erase_texts", because({{"user", ground.ids["bob"]}}));
  const auto report = ground.ask(*ground.mo, "moderation.reports", {}).at("reports").at(0).as_object();
  CHECK(report.at("erased") == true);
  CHECK(report.at("evidence").at("message").at("text") == "");
  CHECK(report.at("evidence").at("before").at(0).at("text") == "what carol said");
}

TEST_CASE("a short text can't be guessed from what is left of its report") {
  PrivacyGround ground;
  const auto seq = ground.post(*ground.bob, ground.room, "the PIN is 4711");
  ground.ask(*ground.carol, "moderation.report", because({{"room", ground.room}, {"seq", seq}}));
  const auto db = ground.office.open_database();
  // Somebody who knows everything of it but the four digits.
  const auto whole = db->find<std::string>("SELECT evidence FROM reports");
  REQUIRE(whole);
  ground.ask(*ground.ada, "admin.erase_texts", because({{"user", ground.ids["bob"]}}));
  CHECK(db->find<Bytes>("SELECT evidence_salt FROM reports") == Bytes{});
  const auto hash = db->find<Bytes>("SELECT evidence_hash FROM reports");
  const auto line = ground.newest_line("moderation.report_filed");
  REQUIRE(hash);
  CHECK(line.find(to_hex(*hash)) != std::string::npos);
  const auto at = whole->find("4711");
  REQUIRE(at != std::string::npos);
  int guessed = 0;
  for (int pin = 0; pin < 10'000; ++pin) {
    auto text = *whole;
    text.replace(at, 4, std::to_string(10'000 + pin).substr(1));
    const auto guess = to_hex(sha256(as_bytes(text)));
    guessed += guess == to_hex(*hash) || line.find(guess) != std::string::npos;
  }
  CHECK(guessed == 0);
}

TEST_CASE("a hold on a person refuses erasure; one on a room leaves its messages and counts them") {
  PrivacyGround ground;
  const auto other = ground.make_room("files");
  ground.post(*ground.bob, ground.room, "in ops");
  ground.post(*ground.bob, other, "in files");
  const auto hold =
      ground.ask(*ground.ada, "admin.hold_place", because({{"user", ground.ids["bob"]}, {"name", "Case 7"}}));
  const object erase = because({{"user", ground.ids["bob"]}});
  CHECK(ground.refused(*ground.ada, "admin.erase_texts", erase) == "on_hold");
  ground.ask(*ground.ada, "admin.hold_lift", because({{"hold", hold.at("hold").at("id")}}));
  ground.ask(*ground.ada, "admin.hold_place", because({{"room", other}, {"name", "Case 8"}}));
  const auto done = ground.ask(*ground.ada, "admin.erase_texts", erase);
  CHECK(done.at("messages") == 1);
  CHECK(done.at("held") == 1);
  CHECK(ground.count("SELECT count(*) FROM messages WHERE text = 'in files'") == 1);
  CHECK(ground.count("SELECT count(*) FROM messages WHERE text = 'in ops'") == 0);
}

TEST_CASE("erasing more than fits into one transaction takes several, each with its record") {
  PrivacyGround ground;
  for (int i = 0; i < 520; ++i) ground.post(*ground.bob, ground.room, "line " + std::to_string(i));
  const auto done = ground.ask(*ground.ada, "admin.erase_texts", because({{"user", ground.ids["bob"]}}));
  CHECK(done.at("messages") == 520);
  CHECK(ground.count("SELECT count(*) FROM audit_records WHERE type = 'privacy.subject_erased'") == 2);
  CHECK(ground.count("SELECT count(*) FROM messages WHERE text <> ''") == 0);
  ground.check_sound();
}

// When pages are split, SQLite leaves copies of rows in free space that secure_delete doesn't clear: only a
// database that is rewritten has none of them. Enough changes in mixed order make it happen.
TEST_CASE("copies of erased texts that moved between the database's pages are gone, too") {
  PrivacyGround ground;
  const std::vector<std::int64_t> rooms{ground.room, ground.make_room("two"), ground.make_room("three")};
  struct Posted {
    std::shared_ptr<TestPeer> by;
    std::int64_t room, seq;
  };
  std::vector<Posted> posted;
  std::uint32_t dice = 1;
  const auto roll = [&](std::size_t sides) { return (dice = dice * 1664525 + 1013904223) / 65536 % sides; };
  const auto text = [&](const auto& by) {
    return (by == ground.bob ? "PLANTED-" : "innocent-") + std::string(roll(4) * 300 + roll(40), 'x');
  };
  for (int i = 0; i < 1'500; ++i) {
    ground.office.clock.advance(std::chrono::milliseconds{10});  // below the limit of requests
    if (posted.empty() || roll(2) == 0) {
      const auto by = roll(3) == 0 ? ground.bob : ground.carol;
      const auto room = rooms[roll(rooms.size())];
      posted.push_back({by, room, ground.post(*by, room, text(by))});
    } else {
      const auto& one = posted[roll(posted.size())];
      ground.ask(*one.by, "message.edit", {{"room", one.room}, {"seq", one.seq}, {"text", text(one.by)}});
    }
  }
  const auto done = ground.ask(*ground.ada, "admin.erase_texts", because({{"user", ground.ids["bob"]}}));
  CHECK(done.at("files_clean") == true);
  CHECK(contents(ground.office.directory() / "wardroom.db").find("PLANTED-") == std::string::npos);
  CHECK(contents(ground.office.directory() / "wardroom.db").find("innocent-") != std::string::npos);
}

TEST_CASE("erasing a person's texts takes what they kept for themselves and said of themselves along") {
  PrivacyGround ground;
  const auto root = ground.post(*ground.carol, ground.room, "root");
  ground.ask(*ground.bob, "message.post",
             {{"room", ground.room},
              {"client_id", to_string(make_uuid7(ground.office.clock.now()))},
              {"text", "PLANTED reply"},
              {"thread", root}});
  ground.ask(*ground.bob, "draft.set", {{"room", ground.room}, {"text", "PLANTED draft"}});
  ground.ask(*ground.bob, "sidebar.set",
             {{"sidebar",
               {{"version", 0},
                {"favourites", boost::json::array()},
                {"sections", {{{"name", "PLANTED"}, {"rooms", {ground.room}}, {"folded", false}}}}}}});
  ground.ask(*ground.bob, "account.set_profile", {{"title", "PLANTED title"}});
  ground.ask(*ground.bob, "presence.set", {{"state", "busy"}, {"text", "PLANTED status"}});
  ground.ask(*ground.carol, "draft.set", {{"room", ground.room}, {"text", "hers"}});
  ground.ask(*ground.ada, "admin.erase_texts", because({{"user", ground.ids["bob"]}}));
  for (const auto* name : {"wardroom.db", "wardroom.db-wal"})
    CHECK(contents(ground.office.directory() / name).find("PLANTED") == std::string::npos);
  CHECK(ground.count("SELECT count(*) FROM drafts") == 1);
  const auto profile =
      ground.ask(*ground.carol, "user.profile", {{"user", ground.ids["bob"]}}).at("profile").as_object();
  CHECK_FALSE(profile.contains("title"));
  CHECK_FALSE(profile.contains("status"));
  // The reply is a tombstone, and counts no more.
  CHECK(ground.count("SELECT replies FROM messages WHERE text = 'root'") == 0);
  ground.check_sound();
}
