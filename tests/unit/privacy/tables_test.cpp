#include "common/evidence/tables_check.hpp"
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
    ask(*carol, "moderation.report", because({{"room", room}, {"seq", first}}));
    ask(*mo, "moderation.mute", because({{"user", ids["carol"]}, {"seconds", 600}}));
    ask(*ada, "admin.hold_place", because({{"user", ids["bob"]}, {"name", "case 7"}}));
    ask(*ada, "admin.retention_set", because({{"kind", "public"}, {"days", 30}}));
    ask(*ada, "admin.invite_create", {{"role", "guest"}});
    ask(*bob, "room.lock", because({{"room", room}, {"on", true}}));
    ask(*bob, "direct.open", {{"users", {ids["carol"]}}});
    office.settle();
  }
  evidence::TablesReport check() {
    auto report = evidence::check_tables(*office.open_database());
    REQUIRE(report);
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
    "DELETE FROM sanctions",
    "UPDATE sanctions SET until = until - 60000",
    "UPDATE sanctions SET lifted_at = 1",
    "UPDATE invites SET role = 'admin'",
    "UPDATE invites SET expires_at = expires_at + 1000",
    "UPDATE invites SET user_id = 1",
    "INSERT INTO invites (token_hash, role, created_at, expires_at) VALUES (x'00', 'admin', 0, "
    "9999999999999)",
    "UPDATE rooms SET kind = 'private' WHERE kind = 'public'",
    "UPDATE rooms SET locked = 0",
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

}  // namespace

TEST_CASE("the tables of an office that did what offices do are those that its log leads to") {
  TablesGround ground;
  ground.live();
  INFO(ground.findings());
  const auto report = ground.check();
  CHECK(report.is_sound());
  CHECK(report.confirmed.size() > 10);
  CHECK(report.not_proven.size() == 6);
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
