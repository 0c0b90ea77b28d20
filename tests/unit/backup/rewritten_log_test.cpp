#include <fstream>
#include <sodium.h>

#include <catch2/catch.hpp>

#include "common/evidence/database_check.hpp"
#include "common/evidence/record_line.hpp"
#include "common/sqlite/transaction.hpp"
#include "common/tlog/cosignature.hpp"
#include "common/tlog/wire.hpp"
#include "common/tlog/witness.hpp"
#include "server/app/appliance.hpp"
#include "server/app/initialise.hpp"
#include "server/app/loss.hpp"
#include "server/app/office_check.hpp"
#include "server/audit/head_signer.hpp"
#include "server/audit/log.hpp"
#include "server/audit/tree.hpp"
#include "server/ops/backup.hpp"
#include "server/ops/kept_head.hpp"
#include "server/store/database.hpp"
#include "server/store/users.hpp"
#include "server/store/witnesses.hpp"
#include "tests/harness/temp_dir.hpp"

// Somebody who can write the database, and has no key, rewrites the log so that it agrees with itself.
using namespace wardroom;
using namespace wardroom::testing;

namespace {

namespace fs = std::filesystem;

struct AttackedHouse {
  AttackedHouse() {
    REQUIRE(sodium_init() >= 0);
    options.server.hosts = {"localhost"};
    options.server.port = 0;
    options.server.listen = {"127.0.0.1"};
    REQUIRE(app::initialise(temp.path() / "data", options, clock));
    dir = *ops::open_data_dir(temp.path() / "data");
    for (int i = 0; i < 3; ++i) REQUIRE(run() == "started");
  }
  std::unique_ptr<sqlite::Connection> open() const {
    auto db = store::open_database(dir.database());
    REQUIRE(db);
    return std::move(*db);
  }
  // "started", or why it isn't; `wardroomd check` gives the same reason.
  std::string run() {
    std::string checked = "started";
    for (const auto& finding : app::check_office(dir, options, clock.now()))
      if (finding.refused) checked = finding.error.reason;
    const auto started = app::Appliance::start(dir, options, clock);
    CHECK((started ? "started" : started.error().reason) == checked);
    if (started) (*started)->stop();
    return checked;
  }
  bool offline_checks_pass() const {
    const auto report = evidence::check_database(*open(), {});
    REQUIRE(report);
    for (const auto& finding : report->findings) UNSCOPED_INFO(finding);
    return report->is_sound();
  }

  TempDir temp;
  FakeClock clock;
  app::Options options;
  ops::DataDir dir;
};

std::vector<std::string> load_lines(sqlite::Connection& db) {
  std::vector<std::string> lines;
  auto row = db.query("SELECT line FROM audit_records ORDER BY idx");
  while (row.step()) lines.push_back(row.get<std::string>(0));
  return lines;
}

// Whoever owns the file isn't held by them.
void drop_triggers(sqlite::Connection& db) {
  std::vector<std::string> names;
  {
    auto row = db.query("SELECT name FROM sqlite_schema WHERE type = 'trigger'");
    while (row.step()) names.push_back(row.get<std::string>(0));
  }
  for (const auto& name : names) REQUIRE(db.run_script(("DROP TRIGGER " + name).c_str()));
}

// The log as these lines, with everything that follows from them, and no head that contradicts it.
void store_log(sqlite::Connection& db, const std::vector<std::string>& lines) {
  drop_triggers(db);
  REQUIRE(db.run_script("DELETE FROM audit_records; DELETE FROM audit_nodes; DELETE FROM audit_checkpoints"));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto record = evidence::parse_record_line(lines[i]);
    REQUIRE(record);
    std::string line = lines[i];
    const std::string number = "\"idx\":" + std::to_string(record->idx) + ",";
    line.replace(line.find(number), number.size(), "\"idx\":" + std::to_string(i) + ",");
    std::chrono::milliseconds at{};
    const auto seconds = db.find<std::int64_t>("SELECT CAST(strftime('%s', ?) AS INTEGER)", record->ts);
    at = std::chrono::seconds{*seconds} +
         std::chrono::milliseconds{std::stoi(record->ts.substr(record->ts.size() - 4, 3))};
    REQUIRE(db.run("INSERT INTO audit_records (idx, at, type, outcome, leaf, line) VALUES (?,?,?,?,?,?)",
                   static_cast<std::int64_t>(i), TimePoint{at}, record->type, record->outcome,
                   tlog::leaf_hash(as_bytes(line)), line));
  }
  REQUIRE(audit::complete_nodes(db));
}

std::string replaced(std::string line, const std::string& what, const std::string& by) {
  const auto at = line.find(what);
  REQUIRE(at != std::string::npos);
  return line.replace(at, what.size(), by);
}

// A record is deleted, another one altered, and a forged one says that a backup was put back.
void rewrite(sqlite::Connection& db) {
  auto lines = load_lines(db);
  REQUIRE(lines.size() > 6);
  lines.erase(lines.begin() + 3);
  lines[1] = replaced(lines[1], "\"outcome\":\"success\"", "\"outcome\":\"failure\"");
  lines.push_back(
      replaced(lines.back(), "\"type\":\"server.stopped\"", "\"type\":\"server.backup_restored\""));
  lines.push_back(lines.back());
  store_log(db, lines);
}

// What the server would show of it.
protocol::AuditCheckpoint::Result make_offer(sqlite::Connection& db) {
  const auto head = audit::find_newest_head(db);
  REQUIRE(head);
  protocol::AuditCheckpoint::Result offer;
  offer.note = head->note;
  offer.size = head->size;
  offer.key = audit::load_keys(db).back().key;
  auto row =
      db.query("SELECT idx, leaf, line FROM audit_records WHERE type = 'server.backup_restored' AND idx < ?",
               head->size);
  while (row.step()) {
    const auto idx = row.get<std::int64_t>(0);
    offer.restores.push_back(
        {{AuditIndex{idx}, to_hex(row.get<Bytes>(1)), row.get<std::string>(2)},
         tlog::to_wire(tlog::prove_leaves(audit::node_reader(db), std::span(&idx, 1), head->size))});
  }
  return offer;
}

// A device that cosigned the head of the first `size` records, as the server keeps it.
std::int64_t add_cosigned(sqlite::Connection& db, char seed, std::int64_t size) {
  const auto device = tlog::Cosigner::of_device("localhost/wardroom", Secret(std::string(32, seed)));
  const auto key = device.key().to_string();
  const auto person = store::insert_user(
      db, {std::string("person-") + seed, "Person", protocol::Role::member, "", false}, TimePoint{});
  REQUIRE(person);
  store::put_witness(db, *person, key, AuditIndex{0}, TimePoint{});
  const auto witness = store::find_witness(db, key);
  REQUIRE(witness);
  const auto text = tlog::compose_checkpoint(
      tlog::Checkpoint{device.key().name(), size, tlog::root_at(audit::node_reader(db), size)});
  store::keep_cosignature(db, witness->id, size, text + "\n" + device.cosign_line(text, TimePoint{}), {});
  REQUIRE_FALSE(db.failure());
  return witness->id;
}

std::vector<std::int64_t> load_cosigned_ids(const AttackedHouse& house) {
  std::vector<std::int64_t> ids;
  for (const auto& witness : store::load_cosigned(*house.open())) ids.push_back(witness.id);
  return ids;
}

// What the newest start says of it.
std::string load_taken_up(const AttackedHouse& house) {
  const auto line = house.open()->find<std::string>(
      "SELECT line FROM audit_records WHERE type = 'server.started' ORDER BY idx DESC LIMIT 1");
  REQUIRE(line);
  const auto at = line->find("\"after\":");
  REQUIRE(at != std::string::npos);
  return line->substr(at);
}

// A record as the server would write it, with all that follows from it.
void append_from_outside(const AttackedHouse& house) {
  const auto db = house.open();
  sqlite::Transaction transaction(*db, sqlite::Transaction::Kind::write);
  store::WriteTx tx{*db, house.clock.now(), {}};
  audit::append_record(tx, {.type = audit::Type::user_role_changed});
  REQUIRE(transaction.commit());
}

struct Witness {
  tlog::WitnessMemory memory;

  tlog::Finding connect(const AttackedHouse& house) {
    const auto db = house.open();
    tlog::HeadCheck check(memory, make_offer(*db), house.clock.now());
    while (const auto question = check.question())
      check.answer(protocol::AuditConsistency::Result{
          tlog::to_wire(tlog::prove_consistency(audit::node_reader(*db), question->from, question->to))});
    memory = check.memory();
    return check.finding();
  }
};

}  // namespace

TEST_CASE("a log that was rewritten with a forged restoration is neither signed nor served, and PCs say so") {
  AttackedHouse house;
  Witness pc;
  CHECK(pc.connect(house).kind == tlog::Finding::Kind::first_seen);
  const auto seen = tlog::parse_checkpoint(make_offer(*house.open()).note);
  REQUIRE(seen);
  rewrite(*house.open());
  CHECK(house.offline_checks_pass());
  CHECK(house.run() == "log_differs");
  CHECK_FALSE(audit::find_newest_head(*house.open()));

  const auto loss = app::accept_loss(house.dir, "looked into, case 4", house.clock);
  INFO((loss ? "" : loss.error().message));
  REQUIRE(loss);
  const auto line =
      house.open()->find<std::string>("SELECT line FROM audit_records ORDER BY idx DESC LIMIT 1");
  REQUIRE(line);
  CHECK(line->find("server.loss_accepted") != std::string::npos);
  CHECK(line->find("case 4") != std::string::npos);
  CHECK(line->find("\"before\":{\"size\":" + std::to_string(seen->size) + ",\"root\":\"" +
                   to_hex(seen->root) + "\"}") != std::string::npos);
  CHECK(line->find("\"after\":{\"size\":" + std::to_string(loss->found.size) + ",\"root\":\"" +
                   to_hex(loss->found.root) + "\"}") != std::string::npos);
  CHECK(house.run() == "started");
  CHECK(house.offline_checks_pass());

  for (int i = 0; i < 2; ++i) {
    CHECK(pc.connect(house).is_alarm());
    CHECK(house.run() == "started");
  }
  pc.memory = *tlog::accept_shown(pc.memory, make_offer(*house.open()), house.clock.now(), "case 4");
  CHECK(pc.memory.contradicted.back().size == seen->size);
  CHECK(house.run() == "started");
  CHECK(pc.connect(house).kind == tlog::Finding::Kind::grown);
}

TEST_CASE("what no head covered at a start is signed, and the record of the start says how much that was") {
  AttackedHouse house;
  CHECK(load_taken_up(house) == R"("after":{"taken_up":0}})");
  const auto size = audit::count_records(*house.open());
  append_from_outside(house);
  append_from_outside(house);
  CHECK(house.run() == "started");
  CHECK(load_taken_up(house) == R"("after":{"taken_up":2,"first":)" + std::to_string(size) + "}}");
  CHECK(house.run() == "started");
  CHECK(load_taken_up(house) == R"("after":{"taken_up":0}})");
}

TEST_CASE("what somebody appends while the server runs is under no head until a start says so") {
  AttackedHouse house;
  auto started = app::Appliance::start(house.dir, house.options, house.clock);
  REQUIRE(started);
  append_from_outside(house);
  const auto foreign = audit::count_records(*house.open());
  (*started)->stop();
  started->reset();
  const auto head = audit::find_newest_head(*house.open());
  REQUIRE(head);
  CHECK(head->size < foreign);
  CHECK(house.run() == "started");
  CHECK(load_taken_up(house).find("\"first\":" + std::to_string(head->size) + "}") != std::string::npos);
}

TEST_CASE("a loss that is accepted forgets the cosignatures of what isn't there, and only those") {
  AttackedHouse house;
  const auto of_first_record = add_cosigned(*house.open(), 'a', 1);
  const auto of_all = add_cosigned(*house.open(), 'b', audit::count_records(*house.open()));
  CHECK(load_cosigned_ids(house) == std::vector{of_first_record, of_all});
  rewrite(*house.open());
  REQUIRE(house.run() == "log_differs");
  CHECK(load_cosigned_ids(house) == std::vector{of_first_record, of_all});
  REQUIRE(app::accept_loss(house.dir, "looked into, case 5", house.clock));
  CHECK(load_cosigned_ids(house) == std::vector{of_first_record});
}

TEST_CASE("whatever the database's own heads say, only what extends the kept head is served") {
  AttackedHouse house;
  auto db = house.open();
  auto lines = load_lines(*db);
  SECTION("as many records, one of them another") {
    lines[2] = replaced(lines[2], "\"outcome\":\"success\"", "\"outcome\":\"failure\"");
    store_log(*db, lines);
  }
  SECTION("more records, one of the old ones another") {
    lines[2] = replaced(lines[2], "\"outcome\":\"success\"", "\"outcome\":\"failure\"");
    for (int i = 0; i < 9; ++i) lines.push_back(lines.back());
    store_log(*db, lines);
  }
  SECTION("the old tree stays where the kept head is computed from it, the rest is another's") {
    lines[2] = replaced(lines[2], "\"outcome\":\"success\"", "\"outcome\":\"failure\"");
    std::vector<std::pair<std::int64_t, Bytes>> nodes;
    {
      auto row = db->query("SELECT number, hash FROM audit_nodes");
      while (row.step()) nodes.emplace_back(row.get<std::int64_t>(0), row.get<Bytes>(1));
    }
    while (lines.size() < 32) lines.push_back(lines.back());
    store_log(*db, lines);
    for (const auto& [number, hash] : nodes)
      db->run("UPDATE audit_nodes SET hash = ? WHERE number = ?", hash, number);
    REQUIRE_FALSE(db->failure());
  }
  db.reset();
  CHECK(house.run() == "log_differs");
  CHECK(house.run() == "log_differs");
}

TEST_CASE("a key that didn't hand over to the office's signs no head that counts, wherever its row stands") {
  AttackedHouse house;
  auto db = house.open();
  const auto real = tlog::VerifierKey::parse(audit::load_keys(*db).back().key);
  REQUIRE(real);
  const tlog::SigningKey foreign(real->name(), Secret(std::string(32, 'f')));
  const auto add_key = [&](int number, const std::optional<std::string>& rotation = {}) {
    REQUIRE(db->run("INSERT INTO audit_keys (number, key, at, rotation) VALUES (?, ?, 0, ?)", number,
                    foreign.verifier().to_string(), rotation));
  };
  const auto read_kept = [&] { return *ops::load_kept_head(house.dir); };
  const auto before = read_kept();
  auto lines = load_lines(*db);
  lines[2] = replaced(lines[2], "\"outcome\":\"success\"", "\"outcome\":\"failure\"");
  for (int i = 0; i < 9; ++i) lines.push_back(lines.back());
  store_log(*db, lines);
  auto head = audit::load_present_head(*db);
  head.origin = real->name();
  const auto forged = foreign.sign(tlog::compose_checkpoint(head));

  SECTION("the head lies in the file, and the row before the office's") {
    add_key(GENERATE(-1, 0));
    REQUIRE(ops::keep_head(house.dir, forged));
    db.reset();
    CHECK(house.run() == "database_foreign");
    // A server that believed it had signed one of its own.
    CHECK_FALSE(audit::find_newest_head(*house.open()));
  }
  SECTION("the row hands over to the office's key, as only one of both said") {
    add_key(0);
    REQUIRE(db->run(
        "UPDATE audit_keys SET rotation = ? WHERE number = 1",
        foreign.sign(real->name() + "\nwardroom audit key rotation v1\n1\n" + real->to_string() + "\n")));
    REQUIRE(ops::keep_head(house.dir, forged));
    db.reset();
    CHECK(house.run() == "database_foreign");
  }
  SECTION("nobody's row is there: a key's file that is gone for now is no sign of somebody") {
    for (const auto& entry : std::filesystem::directory_iterator(house.dir.keys()))
      if (entry.path().filename().string().starts_with("audit-")) std::filesystem::remove(entry.path());
    REQUIRE(db->run("INSERT INTO audit_checkpoints (size, at, note) VALUES (?, 0, ?)", head.size, before));
    ops::KeptHead thread(house.dir);
    thread.start();
    thread.stop();
    CHECK(thread.trouble() == audit::HeadTrouble::none);
    CHECK(read_kept() == before);
  }
  SECTION("the head lies in the database while the server runs") {
    SECTION("and the row before the office's") {
      add_key(-1);
    }
    SECTION("and the row behind it") {
      add_key(99);
    }
    REQUIRE(db->run("INSERT INTO audit_checkpoints (size, at, note) VALUES (?, 0, ?)", head.size, forged));
    ops::KeptHead thread(house.dir);
    CHECK(thread.trouble() == audit::HeadTrouble::none);
    thread.start();
    thread.stop();
    CHECK(thread.trouble() == audit::HeadTrouble::differs);
    CHECK(read_kept() == before);
    REQUIRE(db->run("DELETE FROM audit_keys WHERE key = ?", foreign.verifier().to_string()));
    db.reset();
    CHECK(house.run() == "log_differs");
  }
}

TEST_CASE("without the kept head an office that was served isn't served again, whether or not it has heads") {
  AttackedHouse house;
  SECTION("the file was deleted") {
    fs::remove(house.dir.newest_head());
  }
  SECTION("the file was deleted, and the log rewritten") {
    fs::remove(house.dir.newest_head());
    rewrite(*house.open());
  }
  SECTION("the file was deleted, the heads emptied, and no record says any more that it was served") {
    fs::remove(house.dir.newest_head());
    auto db = house.open();
    auto lines = load_lines(*db);
    for (auto& line : lines)
      if (line.find("\"type\":\"server.started\"") != std::string::npos)
        line = replaced(line, "server.started", "server.stopped");
    store_log(*db, lines);
    REQUIRE_FALSE(db->find<std::int64_t>("SELECT 1 FROM audit_checkpoints"));
  }
  SECTION("the file holds no head") {
    std::ofstream(house.dir.newest_head(), std::ios::trunc) << "nonsense\n";
  }
  CHECK(house.run() == "kept_head_missing");
  const auto loss = app::accept_loss(house.dir, "the disk", house.clock);
  REQUIRE(loss);
  CHECK_FALSE(loss->kept);
  CHECK(house.run() == "started");
}

TEST_CASE("a backup that is restored as it should be starts, and is an alarm on the PCs that saw more") {
  AttackedHouse house;
  Witness pc;
  pc.connect(house);
  const fs::path file = house.temp.path() / "backup.db";
  REQUIRE(ops::write_backup(house.dir, file));
  REQUIRE(house.run() == "started");
  CHECK(pc.connect(house).kind == tlog::Finding::Kind::grown);
  fs::rename(house.dir.root, house.temp.path() / "broken");
  REQUIRE(ops::restore_backup(file, house.dir.root, "the disk died", house.clock));
  CHECK(house.run() == "started");
  const auto finding = pc.connect(house);
  CHECK(finding.kind == tlog::Finding::Kind::restored);
  CHECK(finding.is_alarm());
  CHECK(pc.connect(house).is_alarm());
}
