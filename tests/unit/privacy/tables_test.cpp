#include <algorithm>

#include "common/base/bytes.hpp"
#include "common/evidence/tables_check.hpp"
#include "common/tlog/cosignature.hpp"
#include "tests/unit/privacy/ground.hpp"

// What the tables say, against what the log says: an office that did what offices do passes, and each change
// of a table behind the log's back is found.
using namespace wardroom;
using namespace wardroom::testing;

namespace {

struct TablesGround : PrivacyGround {
  // The ground's accounts are made straight in the database; here each has the records that it would have.
  TablesGround() {
    for (const auto& [name, id] : ids) office.record_person(UserId{id});
  }

  void live() {
    first = post(*bob, room, "the first");
    edited = post(*bob, room, "teh second");
    ask(*bob, "message.edit", {{"room", room}, {"seq", edited}, {"text", "the second"}});
    const auto gone = post(*carol, room, "the third");
    ask(*carol, "message.delete", {{"room", room}, {"seq", gone}});
    ask(*bob, "message.pin", {{"room", room}, {"seq", first}, {"on", true}});
    ask(*carol, "message.post",
        {{"room", room},
         {"client_id", "0199a3c2-77e1-7c1e-9b5b-3f2a7d9c1e00"},
         {"text", "yes"},
         {"reply_to", edited}});
    const auto reply = [&](const char* text, const char* id) {
      ask(*bob, "message.post", {{"room", room}, {"client_id", id}, {"text", text}, {"thread", first}});
    };
    reply("in the thread", "0199a3c2-77e1-7c1e-9b5b-3f2a7d9c1e01");
    reply("there, too", "0199a3c2-77e1-7c1e-9b5b-3f2a7d9c1e02");
    for (const char* emoji : {"\U0001F44D", "\U0001F389"}) react(*carol, first, emoji, true);
    react(*bob, first, "\U0001F44D", true);
    react(*carol, first, "\U0001F389", false);
    ask(*carol, "moderation.report", because({{"room", room}, {"seq", first}}));
    const auto report = ask(*carol, "moderation.report", because({{"room", room}, {"seq", edited}}));
    ask(*mo, "moderation.resolve", because({{"report", report.at("report")}, {"resolution", "dismissed"}}));
    office.clock.advance(std::chrono::seconds{1});
    ask(*mo, "moderation.mute", because({{"user", ids["carol"]}, {"seconds", 600}}));
    office.clock.advance(std::chrono::seconds{1});
    ask(*ada, "admin.hold_place", because({{"user", ids["bob"]}, {"name", "case 7"}}));
    ask(*ada, "admin.retention_set", because({{"kind", "public"}, {"days", 30}}));
    ask(*ada, "admin.invite_create", {{"role", "guest"}});
    ask(*bob, "room.lock", because({{"room", room}, {"on", true}}));
    ask(*bob, "direct.open", {{"users", {ids["carol"]}}});
    ask(*ada, "admin.user_update", {{"user", ids["bob"]}, {"display_name", "Robert"}});
    const tlog::Cosigner device("office.test/pc", Secret(std::string(32, 'd')));
    ask(*bob, "audit.add_witness", {{"key", device.key().to_string()}});
    office.tick();
    ask(*ada, "audit.export", because({}));
    office.settle();
  }
  void react(TestPeer& peer, std::int64_t seq, const char* emoji, bool on) {
    ask(peer, "message.react", {{"room", room}, {"seq", seq}, {"emoji", emoji}, {"on", on}});
  }
  // As the running server checks.
  static std::vector<std::string> check_in_pieces(sqlite::Connection& db) {
    evidence::TablesCheck check;
    for (auto more = check.step(db); more && *more;) more = check.step(db);
    const auto report = check.finish(db);
    REQUIRE(report);
    return report->findings;
  }
  evidence::TablesReport check() {
    const auto db = office.open_database();
    auto report = evidence::check_tables(*db);
    REQUIRE(report);
    CHECK(check_in_pieces(*db) == report->findings);
    return std::move(*report);
  }
  std::string findings() {
    std::string all;
    for (const auto& finding : check().findings) all += finding + "\n";
    return all;
  }

  std::int64_t first = 0, edited = 0;
};

const char* const kTamperings[] = {
    "UPDATE messages SET text = 'forged' WHERE seq = (SELECT min(seq) FROM messages)",
    "UPDATE messages SET author_id = author_id + 1 WHERE seq = (SELECT min(seq) FROM messages)",
    "UPDATE messages SET at = at + 1 WHERE seq = (SELECT min(seq) FROM messages)",
    "UPDATE messages SET text = 'forged' WHERE version = 2",
    "UPDATE messages SET deleted = 0 WHERE deleted = 1",
    "UPDATE messages SET deleted_by = 1 WHERE deleted = 1",
    "UPDATE message_versions SET text = 'forged' WHERE version = 1",
    "UPDATE message_versions SET text = 'forged' WHERE version = 2",
    "UPDATE message_versions SET by_id = 1 WHERE version = 2",
    "DELETE FROM message_versions WHERE version = 1",
    "DELETE FROM message_versions WHERE version = 2",
    "DELETE FROM messages WHERE version = 1",
    "UPDATE messages SET erased = 1, text = '', salt = x'' WHERE version = 1",
    "UPDATE messages SET reply_to = reply_to - 1 WHERE reply_to IS NOT NULL",
    "UPDATE messages SET reply_to = NULL WHERE reply_to IS NOT NULL",
    "UPDATE messages SET reply_to = 1 WHERE text = 'the second'",
    "UPDATE messages SET thread = NULL WHERE text = 'in the thread'",
    "UPDATE messages SET thread = NULL, form = 2 WHERE text = 'in the thread'",
    "UPDATE messages SET thread = thread + 1 WHERE text = 'in the thread'",
    "UPDATE messages SET thread = 1 WHERE text = 'yes'",
    "UPDATE messages SET thread = 1, form = 3 WHERE text = 'yes'",
    "UPDATE messages SET form = 2 WHERE text = 'in the thread'",
    "UPDATE messages SET form = 4 WHERE text = 'in the thread'",
    "UPDATE messages SET replies = 1 WHERE replies = 2",
    "UPDATE messages SET replies = 0 WHERE replies = 2",
    "UPDATE messages SET replies = 1 WHERE text = 'yes'",
    "UPDATE messages SET client_id = randomblob(16) WHERE text = 'yes'",
    "UPDATE messages SET form = 1 WHERE text = 'yes'",
    "UPDATE messages SET form = 3 WHERE text = 'yes'",
    "UPDATE messages SET edited_at = edited_at + 1 WHERE edited_at IS NOT NULL",
    "UPDATE meta SET value = 7 WHERE key = 'messages_v2_since'",
    "DELETE FROM reactions",
    "UPDATE reactions SET emoji = 'x'",
    "UPDATE reactions SET user_id = 1 WHERE emoji = '\U0001F44D' AND user_id = (SELECT max(user_id) FROM "
    "reactions)",
    "UPDATE reactions SET at = at + 1",
    "INSERT INTO reactions SELECT room_id, seq, '\U0001F389', user_id, at, number + 1, since FROM reactions",
    "DELETE FROM reaction_states",
    "DELETE FROM reaction_states WHERE added = 0",
    "UPDATE reaction_states SET emoji = 'x'",
    "UPDATE reaction_states SET added = 1",
    "UPDATE reaction_states SET record = NULL",
    "UPDATE reaction_states SET seq = NULL; DELETE FROM reactions",
    "DROP TRIGGER audit_groups_no_delete; DELETE FROM audit_groups",
    "UPDATE messages SET pinned = NULL",
    "UPDATE messages SET pinned = seq WHERE version = 2 AND deleted = 0",
    "UPDATE users SET role = 'admin' WHERE name = 'bob'",
    "UPDATE users SET disabled = 1 WHERE name = 'bob'",
    "UPDATE users SET imported = 1 WHERE name = 'bob'",
    "UPDATE users SET name = 'anna' WHERE name = 'bob'",
    "INSERT INTO users (name, display_name, role, created_at) VALUES ('eve', 'Eve', 'admin', 0)",
    "UPDATE members SET role = 'moderator'",
    "INSERT INTO members (room_id, user_id, role, joined_at) SELECT max(room_id), 1, 'member', 0 FROM "
    "members",
    "DELETE FROM members WHERE role = 'moderator'",
    "INSERT INTO sessions (user_id, token_hash, device, client, ip, created_at, last_used_at, expires_at)"
    " VALUES (1, x'00', 'test', '', '', 0, 0, 9999999999999)",
    "UPDATE sessions SET user_id = 1",
    "UPDATE sessions SET client = 'Wardroom 9'",
    "UPDATE sanctions SET at = at + 1000",
    "UPDATE sanctions SET at = at - 1000",
    "UPDATE holds SET at = at + 1000",
    "UPDATE retention_rules SET at = at + 1000",
    "UPDATE reports SET at = at + 1000",
    "UPDATE reports SET resolved_by = 1 WHERE resolved_by IS NOT NULL",
    "UPDATE reports SET resolution_reason = 'forged' WHERE resolved_by IS NOT NULL",
    "UPDATE reports SET resolved_at = resolved_at + 1 WHERE resolved_by IS NOT NULL",
    "UPDATE reports SET evidence_salt = NULL",
    "UPDATE reports SET evidence_salt = randomblob(16)",
    "DELETE FROM sanctions",
    "UPDATE sanctions SET until = until - 60000",
    "UPDATE sanctions SET lifted_at = 1",
    "UPDATE users SET display_name = 'Ada' WHERE name = 'bob'",
    "UPDATE invites SET token_hash = zeroblob(32)",
    "UPDATE members SET shown_after = 9 WHERE role = 'moderator'",
    "UPDATE members SET accepted = 0",
    "UPDATE rooms SET history_from = 9 WHERE kind = 'public'",
    "UPDATE rooms SET created_by = created_by + 1",
    "UPDATE rooms SET direct_key = '1,2' WHERE kind = 'direct'",
    "UPDATE exports SET by_id = by_id + 1",
    "UPDATE exports SET first = first + 1",
    "DELETE FROM exports",
    "UPDATE witnesses SET user_id = user_id + 1",
    "UPDATE witnesses SET record = record - 1",
    "INSERT INTO witnesses (user_id, key, record, heard_at) SELECT user_id, key || 'A', record, heard_at "
    "FROM "
    "witnesses",
    "UPDATE commitment_chains SET idx = idx - 1 WHERE kind = 'room'",
    "UPDATE commitment_chains SET idx = 0 WHERE kind = 'author'",
    "UPDATE commitment_chains SET idx = 1000000 WHERE kind = 'log' AND id = 1",
    "DELETE FROM commitment_chains WHERE kind = 'room'",
    "DELETE FROM commitment_chains WHERE kind = 'log'",
    "INSERT INTO second_factors (user_id, secret, confirmed_at) VALUES (1, x'00', 1)",
    "INSERT INTO imports (created_by, created_at, done_at) VALUES (1, 0, 1)",
    "UPDATE invites SET role = 'admin'",
    "UPDATE invites SET expires_at = expires_at + 1000",
    "UPDATE invites SET user_id = 1",
    "INSERT INTO invites (token_hash, role, created_at, expires_at) VALUES (x'00', 'admin', 0, "
    "9999999999999)",
    "UPDATE rooms SET kind = 'private' WHERE kind = 'public'",
    "UPDATE rooms SET locked = 0",
    "UPDATE rooms SET created_by = 1 WHERE kind = 'public'",
    "UPDATE rooms SET created_at = created_at + 1",
    "UPDATE rooms SET archived = 1",
    "UPDATE rooms SET direct_state = 'ended' WHERE kind = 'direct'",
    "DELETE FROM holds",
    "UPDATE holds SET lifted_at = 1",
    "UPDATE retention_rules SET days = 1",
    "DELETE FROM retention_rules",
    "UPDATE reports SET evidence = evidence || ' '",
    "UPDATE reports SET evidence = '{}', erased = 1",
    "UPDATE reports SET evidence_hash = x'00'",
    "UPDATE reports SET resolution = 'dismissed'",
    "DELETE FROM reports",
    "CREATE TRIGGER forged AFTER INSERT ON messages BEGIN DELETE FROM sanctions; END",
    "DROP INDEX messages_pinned",
    "DROP TRIGGER audit_records_no_delete",
    "CREATE VIEW forged AS SELECT 1"};

// Long ago, and pruned since.
void let_it_grow_old(TablesGround& ground) {
  ground.first = ground.post(*ground.bob, ground.room, "the first");
  ground.ask(*ground.carol, "moderation.report", because({{"room", ground.room}, {"seq", ground.first}}));
  ground.ask(*ground.bob, "message.pin", {{"room", ground.room}, {"seq", ground.first}, {"on", true}});
  ground.ask(*ground.bob, "room.create", {{"name", "board"}, {"kind", "private"}});
  ground.ask(*ground.mo, "moderation.mute", because({{"user", ground.ids["carol"]}}));
  // A later one that is over: its record goes, Carol's stays.
  ground.ask(*ground.mo, "moderation.mute", because({{"user", ground.ids["bob"]}}));
  ground.ask(*ground.mo, "moderation.unmute", because({{"user", ground.ids["bob"]}}));
  ground.ask(*ground.ada, "admin.user_update", {{"user", ground.ids["carol"]}, {"role", "moderator"}});
  ground.ask(*ground.ada, "admin.user_update", {{"user", ground.ids["bob"]}, {"display_name", "Rob"}});
  ground.ask(*ground.ada, "admin.user_update", {{"user", ground.ids["bob"]}, {"display_name", "Robert"}});
  ground.refused(*ground.bob, "admin.user_list", {});
  ground.office.settle();  // the record of the refusal comes behind the answer
  ground.office.clock.advance(std::chrono::days{100});
  const auto before = to_unix_ms(ground.office.clock.now() - std::chrono::days{95});
  ground.ask(*ground.ada, "admin.audit_prune", because({{"before", before}}));
  REQUIRE(ground.count("SELECT count(*) FROM audit_records WHERE line = '' AND type = 'user.renamed'") == 1);
  REQUIRE(ground.count("SELECT count(*) FROM audit_records WHERE line = '' AND type = 'moderation.muted'") ==
          1);
}

// Without their records: as an office is whose earlier version pruned them.
void prune_as_before(sqlite::Connection& db) {
  REQUIRE(db.run_script(
      "DROP TRIGGER audit_records_no_update;"
      "UPDATE audit_records SET line = '', actor_id = NULL, room_id = NULL, target_user = NULL, address = "
      "NULL"
      " WHERE type IN ('user.created', 'user.role_changed', 'room.member_added', 'room.role_changed',"
      " 'moderation.report_filed')"));
}

}  // namespace

TEST_CASE("the tables of an office that did what offices do are those that its log leads to") {
  TablesGround ground;
  ground.live();
  INFO(ground.findings());
  const auto report = ground.check();
  CHECK(report.is_sound());
  CHECK(report.confirmed.size() > 10);
  CHECK(report.not_proven.size() == 7);
}

TEST_CASE("what was erased or removed by record is explained, and no more than that") {
  TablesGround ground;
  ground.post(*ground.carol, ground.room, "her text");
  ground.post(*ground.bob, ground.room, "his text");
  ground.ask(*ground.ada, "admin.erase_texts", because({{"user", ground.ids["carol"]}}));
  {
    INFO(ground.findings());
    CHECK(ground.check().is_sound());
  }
  REQUIRE(ground.office.open_database()->run_script(
      "INSERT INTO erased_states SELECT room_id, seq, 1, x'00' FROM messages WHERE text = 'his text'"));
  CHECK_FALSE(ground.check().is_sound());
}

TEST_CASE("reactions of messages that retention removed are explained, and no others") {
  TablesGround ground;
  const auto old = ground.post(*ground.bob, ground.room, "old");
  ground.react(*ground.carol, old, "\U0001F44D", true);
  ground.react(*ground.carol, old, "\U0001F44D", false);
  ground.office.clock.advance(std::chrono::days{31});
  const auto young = ground.post(*ground.bob, ground.room, "new");
  ground.react(*ground.carol, young, "\U0001F44D", true);
  ground.ask(*ground.ada, "admin.retention_set", because({{"room", ground.room}, {"days", 30}}));
  ground.office.apply_retention();
  {
    INFO(ground.findings());
    CHECK(ground.check().is_sound());
  }
  REQUIRE(ground.office.open_database()->run_script(
      "DELETE FROM reactions; UPDATE reaction_states SET seq = NULL, emoji = NULL, salt = NULL"));
  CHECK_FALSE(ground.check().is_sound());
}

// Whoever gets at the database while the server is down can't have their reaction bound in by its next
// commit.
TEST_CASE("a reaction that is put into the tables is bound in by nobody") {
  TablesGround ground;
  ground.live();
  REQUIRE(ground.office.open_database()->run_script(
      "INSERT INTO reactions SELECT room_id, seq, '\U0001F389', user_id, at, number + 1, since FROM "
      "reactions;"
      "INSERT INTO reaction_states (room_id, seq, number, user_id, at, added, emoji, salt)"
      " SELECT room_id, seq, number, user_id, at, 1, emoji, randomblob(16) FROM reactions"
      " WHERE emoji = '\U0001F389'"));
  ground.react(*ground.bob, ground.edited, "\U0001F44D", true);
  CHECK(ground.count("SELECT count(*) FROM reaction_states WHERE record IS NULL") == 2);
  CHECK_FALSE(ground.check().is_sound());
}

TEST_CASE("each change of a table behind the log's back is found") {
  for (const char* tampering : kTamperings) {
    DYNAMIC_SECTION(tampering) {
      TablesGround ground;
      ground.live();
      const std::string script = std::string("PRAGMA foreign_keys = OFF; ") + tampering;
      REQUIRE(ground.office.open_database()->run_script(script));
      CHECK_FALSE(ground.check().is_sound());
    }
  }
}

TEST_CASE("after a pruning, rows that give or say something are still those that the log leads to") {
  TablesGround ground;
  let_it_grow_old(ground);
  {
    INFO(ground.findings());
    CHECK(ground.check().is_sound());
  }
  const std::string tampering =
      GENERATE(as<std::string>{}, "UPDATE users SET role = 'admin' WHERE name = 'bob'",
               "UPDATE users SET display_name = 'Rob'",
               "UPDATE users SET role = 'admin', removed = 1 WHERE name = 'bob'",
               "UPDATE users SET role = 'admin', removed = 1, disabled = 1, name = 'removed:' || id"
               " WHERE name = 'bob'",
               "UPDATE sanctions SET lifted_at = 1 WHERE lifted_at IS NULL",
               "UPDATE sanctions SET until = 1, lifted_at = 1 WHERE lifted_at IS NULL",
               "INSERT INTO members (room_id, user_id, role, joined_at) SELECT max(room_id), 1, 'member', 0"
               " FROM members",
               "UPDATE members SET role = 'moderator'", "DELETE FROM members WHERE role = 'moderator'",
               "UPDATE messages SET pinned = NULL", "UPDATE sanctions SET lifted_at = 1",
               "UPDATE rooms SET kind = 'public'", "UPDATE reports SET reason = 'another'");
  INFO(tampering);
  REQUIRE(ground.office.open_database()->run_script(tampering));
  CHECK_FALSE(ground.check().is_sound());
}

TEST_CASE("a mute that was lifted stays explained while a hold keeps the record that imposed it") {
  TablesGround ground;
  ground.ask(*ground.ada, "admin.hold_place", because({{"user", ground.ids["mo"]}, {"name", "Case"}}));
  ground.ask(*ground.mo, "moderation.mute", because({{"user", ground.ids["carol"]}}));
  ground.ask(*ground.ada, "moderation.unmute", because({{"user", ground.ids["carol"]}}));
  ground.refused(*ground.bob, "admin.user_list", {});
  ground.office.settle();  // the record of the refusal comes behind the answer
  ground.office.clock.advance(std::chrono::days{100});
  const auto before = to_unix_ms(ground.office.clock.now() - std::chrono::days{95});
  ground.ask(*ground.ada, "admin.audit_prune", because({{"before", before}}));
  REQUIRE(ground.count("SELECT count(*) FROM audit_records WHERE line = ''") > 0);
  INFO(ground.findings());
  CHECK(ground.check().is_sound());
}

TEST_CASE("evidence that is rewritten with its salt and hash is found after a pruning, too") {
  TablesGround ground;
  let_it_grow_old(ground);
  const Bytes salt(16, std::byte{7});
  const std::string_view evidence = "{}";
  const Digest hash = sha256({salt, as_bytes(evidence)});
  REQUIRE(ground.office.open_database()->run(
      "UPDATE reports SET evidence = ?, evidence_salt = ?, evidence_hash = ?", evidence, salt,
      Bytes(hash.begin(), hash.end())));
  CHECK_FALSE(ground.check().is_sound());
}

TEST_CASE(
    "where an earlier version pruned what rights rest on, they are unproven, and the check isn't content") {
  TablesGround ground;
  let_it_grow_old(ground);
  auto db = ground.office.open_database();
  prune_as_before(*db);
  const auto report = evidence::check_tables(*db);
  REQUIRE(report);
  CHECK(report->unproven > 0);
  CHECK_FALSE(report->is_sound());
  const auto says_so = [](const std::string& line) {
    return line.starts_with("members: ") && line.find("backup from before the pruning") != std::string::npos;
  };
  CHECK(std::ranges::any_of(report->not_proven, says_so));
}

TEST_CASE(
    "a record of messages whose states don't add up, or which names another as the one before, is found") {
  TablesGround ground;
  ground.live();
  auto db = ground.office.open_database();
  const auto trigger =
      db->find<std::string>("SELECT sql FROM sqlite_schema WHERE name = 'audit_records_no_update'");
  REQUIRE(trigger);
  const std::string change = GENERATE(as<std::string>{}, "'$.after.count', 9", "'$.after.states[0][2]', 9",
                                      "'$.after.states[0][3]', -1", "'$.after.states[0][4]', 0");
  INFO(change);
  REQUIRE(db->run_script(
      "DROP TRIGGER audit_records_no_update;"
      "UPDATE audit_records SET line = json_set(line, " +
      change + ") WHERE idx = (SELECT max(idx) FROM audit_records WHERE type = 'messages.committed');" +
      *trigger));
  CHECK_FALSE(ground.check().is_sound());
}
