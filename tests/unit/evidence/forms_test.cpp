#include "common/base/random.hpp"
#include "common/evidence/form_check.hpp"
#include "common/evidence/tables_check.hpp"
#include "common/sqlite/migrations.hpp"
#include "common/sqlite/transaction.hpp"
#include "common/tlog/merkle.hpp"
#include "protocol/commitment.hpp"
#include "schema/migrations.hpp"
#include "server/audit/bound_reactions.hpp"
#include "server/audit/log.hpp"
#include "server/store/messages.hpp"
#include "tests/unit/evidence/bundle_fixture.hpp"

// Messages bind in what they answer from one record on; nobody gets rid of that by going back to the old
// form.
using namespace wardroom;
using namespace wardroom::testing;

namespace {

// A message as a program of before binds it in. The record around it is of this program.
void post_as_before(sqlite::Connection& db, RoomId room, UserId author, TimePoint now) {
  sqlite::Transaction transaction(db, sqlite::Transaction::Kind::write);
  store::WriteTx tx{db, now, {}};
  const auto stored =
      store::insert_message(db, {room, author, make_uuid7(now), now, "as it was", std::nullopt});
  db.run("UPDATE messages SET form = 1 WHERE room_id = ? AND seq = ?", room, stored.seq);
  const auto bytes =
      db.find<Bytes>("SELECT salt FROM messages WHERE room_id = ? AND seq = ?", room, stored.seq);
  REQUIRE(bytes);
  protocol::Salt salt{};
  std::copy_n(bytes->begin(), salt.size(), salt.begin());
  const protocol::PostedState state{room, stored.seq, author, now, "as it was"};
  tx.commitments.push_back({commit_to(salt, state), room, author});
  audit::CommitmentCounts counts;
  audit::append_commitments(tx, counts);
  REQUIRE(transaction.commit());
}

std::string findings(sqlite::Connection& db) {
  const auto report = evidence::check_tables(db);
  REQUIRE(report);
  std::string all;
  for (const auto& finding : report->findings) all += finding + "\n";
  return all;
}

// A database as the version before had it: one room, a message, and a reaction that stands.
std::unique_ptr<sqlite::Connection> make_old_database() {
  auto db = std::move(sqlite::Connection::open(":memory:", sqlite::Connection::Mode::read_write)).value();
  // Migrations are numbered by their place: the first five.
  REQUIRE(sqlite::migrate(*db, schema::migrations().first(5)));
  REQUIRE(db->run_script(
      "INSERT INTO users (id, name, display_name, role, created_at) VALUES (1, 'ada', 'Ada', 'guest', 0);"
      "INSERT INTO rooms (id, name, name_key, kind, created_by, created_at, seq, count)"
      " VALUES (1, 'ops', 'ops', 'public', 1, 0, 2, 1);"
      "INSERT INTO reactions VALUES (1, 1, 'a', 1, 7, 2, 2)"));
  const protocol::Salt salt = random_bytes<16>();
  db->run(
      "INSERT INTO messages (room_id, seq, author_id, client_id, at, count, text, salt, reply_to)"
      " VALUES (1, 1, 1, x'00', 5, 1, 'hello', ?, 1)",
      salt);
  return db;
}

}  // namespace

TEST_CASE("records of messages say since when they have the form v2, all alike") {
  evidence::FormCheck forms;
  forms.meet(3, std::nullopt);
  CHECK(forms.allows(1, 3));
  forms.meet(8, 5);
  forms.meet(9, 5);
  CHECK(forms.findings().empty());
  CHECK(forms.since() == 5);
  CHECK(forms.allows(1, 4));
  CHECK_FALSE(forms.allows(1, 5));
  CHECK(forms.allows(2, 5));
  CHECK(forms.allows(0, 5));
  auto silent = forms, other = forms;
  silent.meet(10, std::nullopt);
  CHECK(silent.findings().size() == 1);
  other.meet(10, 10);
  CHECK(other.findings().size() == 1);
  evidence::FormCheck later;
  later.meet(8, 9);
  CHECK(later.findings().size() == 1);
}

TEST_CASE("a message that is bound in as before is found by the check of the tables and of a bundle") {
  Inquiry t;
  auto ada = t.arrive("ada");
  const RoomId room{t.create(ada, "ops")};
  t.post(ada, room.value, "first");
  auto db = t.office.open_database();
  CHECK(findings(*db).find("doesn't hold any more") == std::string::npos);
  CHECK(t.take(t.place.path() / "before").is_sound());
  post_as_before(*db, room, UserId{ada.id()}, t.office.clock.now());
  CHECK(findings(*db).find("doesn't hold any more") != std::string::npos);
  const auto report = t.take(t.place.path() / "after");
  REQUIRE(report.log.findings.size() == 1);
  CHECK(report.log.findings[0].find("doesn't hold any more since record 0") != std::string::npos);
}

TEST_CASE("a bundle's page says what a message answers") {
  Inquiry t;
  auto ada = t.arrive("ada");
  const auto room = t.create(ada, "ops");
  const auto first = t.post(ada, room, "may I?");
  t.call(ada, "message.post",
         {{"room", room},
          {"client_id", to_string(make_uuid7(t.office.clock.now()))},
          {"text", "yes"},
          {"reply_to", first}});
  CHECK(t.take(t.place.path() / "b").is_proven());
  CHECK(read_text(t.place.path() / "b/index.html").find("answers message " + std::to_string(first)) !=
        std::string::npos);
}

TEST_CASE("a database of before keeps the form of its messages, and its reactions are bound in once") {
  auto db = make_old_database();
  const auto now = from_unix_ms(1795160000000);
  {
    sqlite::Transaction transaction(*db, sqlite::Transaction::Kind::write);
    store::WriteTx tx{*db, now, {}};
    const auto salt = db->find<Bytes>("SELECT salt FROM messages");
    protocol::Salt known{};
    std::copy_n(salt->begin(), known.size(), known.begin());
    const protocol::PostedState state{RoomId{1}, Seq{1}, UserId{1}, from_unix_ms(5), "hello"};
    const Digest leaf = tlog::leaf_hash(commit_to(known, state));
    audit::Record record{.type = audit::Type::messages_committed};
    record.after = {{"count", 1}, {"root", to_hex(leaf)}};
    db->run("INSERT INTO audit_groups (idx, last_message, leaves) VALUES (0, 1, ?)", leaf);
    audit::append_record(tx, record);
    REQUIRE(transaction.commit());
  }
  REQUIRE(sqlite::migrate(*db, schema::migrations()));
  CHECK(db->find<std::int64_t>("SELECT form FROM messages") == 1);
  CHECK(db->find<std::string>("SELECT value FROM meta WHERE key = 'messages_v2_since'") == "1");
  const auto seal = [&] { return audit::seal_reactions(*db, now); };
  REQUIRE(seal());
  CHECK(db->find<std::int64_t>("SELECT record FROM reaction_states WHERE leaf IS NOT NULL") == 1);
  const auto said = findings(*db);
  CHECK(said.find("messages") == std::string::npos);
  CHECK(said.find("reaction") == std::string::npos);
  CHECK(evidence::check_tables(*db)->not_proven.size() > 0);

  // Once the server has started, nothing else is bound in.
  {
    sqlite::Transaction transaction(*db, sqlite::Transaction::Kind::write);
    store::WriteTx tx{*db, now, {}};
    audit::append_record(tx, {.type = audit::Type::server_started});
    REQUIRE(transaction.commit());
  }
  REQUIRE(
      db->run_script("INSERT INTO reactions VALUES (1, 1, 'b', 1, 8, 3, 3);"
                     "INSERT INTO reaction_states (room_id, seq, number, user_id, at, added, emoji, salt)"
                     " VALUES (1, 1, 3, 1, 8, 1, 'b', randomblob(16))"));
  REQUIRE(seal());
  CHECK(db->find<std::int64_t>("SELECT count(*) FROM reaction_states WHERE record IS NULL") == 1);
  CHECK(findings(*db).find("bound in by no record") != std::string::npos);
}
