#include "common/evidence/bundle_lines.hpp"
#include "common/sqlite/transaction.hpp"
#include "common/tlog/merkle.hpp"
#include "server/audit/commitment_counts.hpp"
#include "server/audit/log.hpp"
#include "server/audit/tree.hpp"
#include "server/store/database.hpp"
#include "tests/unit/evidence/bundle_fixture.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

// Two people in two rooms.
struct TwoRooms : Inquiry {
  Somebody ada = arrive("ada");
  Somebody bob = arrive("bob");
  std::int64_t ops = create(ada, "ops");
  std::int64_t lunch = create(bob, "lunch");

  TwoRooms() {
    call(bob, "room.join", {{"room", ops}});
    post(ada, ops, "first");
    post(bob, lunch, "soup");
    const auto second = post(bob, ops, "second");
    call(bob, "message.edit", {{"room", ops}, {"seq", second}, {"text", "second thoughts"}});
    post(ada, ops, "third");
  }

  std::vector<json::object> groups() {
    std::vector<json::object> said;
    for (const auto& line : records("messages.committed"))
      said.push_back(json::parse(line).at("after").as_object());
    return said;
  }
  // Without these states, and without the groups of their records.
  bool is_proven_without(const std::filesystem::path& whole, const std::vector<std::size_t>& numbers) {
    const auto bundle = place.path() / "changed";
    std::filesystem::remove_all(bundle);
    std::filesystem::copy(whole, bundle);
    auto lines = read_lines(bundle / "messages.txt");
    std::vector<std::string> kept, records;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto state = evidence::parse_state_entry(lines[i]);
      if (std::find(numbers.begin(), numbers.end(), i) == numbers.end())
        kept.push_back(lines[i]);
      else
        records.push_back(std::to_string(*state->record) + " ");
    }
    write_lines(bundle / "messages.txt", kept);
    auto groups = read_lines(bundle / "groups.txt");
    std::erase_if(groups, [&](const std::string& line) {
      return std::any_of(records.begin(), records.end(),
                         [&](const std::string& begin) { return line.starts_with(begin); });
    });
    write_lines(bundle / "groups.txt", groups);
    return check(bundle).is_proven();
  }
};

}  // namespace

TEST_CASE("a record of messages counts them by room and author, and names the records before it") {
  TwoRooms t;
  const auto groups = t.groups();
  REQUIRE(groups.size() == 5);
  const auto ada = t.ada.id(), bob = t.bob.id();
  const auto idx = [&](std::size_t n) {
    return json::parse(t.records("messages.committed")[n]).at("idx").as_int64();
  };
  CHECK(groups[0].at("states") == json::value{{t.ops, ada, 1, -1, -1}});
  CHECK(groups[1].at("states") == json::value{{t.lunch, bob, 1, -1, -1}});
  CHECK(groups[2].at("states") == json::value{{t.ops, bob, 1, idx(0), idx(1)}});
  CHECK(groups[3].at("states") == json::value{{t.ops, bob, 1, idx(2), idx(2)}});
  CHECK(groups[4].at("states") == json::value{{t.ops, ada, 1, idx(3), idx(0)}});
  for (const auto& group : groups) CHECK(group.at("since") == 0);
}

TEST_CASE("whatever a bundle's subject wrote can't be left out of it") {
  TwoRooms t;
  protocol::AuditExport::Params room, person, both;
  room.room = both.room = RoomId{t.ops};
  person.user_name = both.user_name = "bob";
  int number = 0;
  for (const auto& [scope, states] : {std::pair(room, 4), std::pair(person, 3), std::pair(both, 2)}) {
    const auto bundle = t.place.path() / std::to_string(++number);
    const auto report = t.take(bundle, scope);
    for (const auto& doubt : report.doubts) UNSCOPED_INFO(doubt);
    CHECK(report.is_proven());
    CHECK(report.states == states);
    REQUIRE(report.counted_to);
    CHECK(report.counted_from == 0);
    const auto count = static_cast<std::size_t>(states);
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t j = 0; j <= i; ++j) {
        INFO(number << ": " << j << " and " << i);
        CHECK_FALSE(t.is_proven_without(bundle, {j, i}));
      }
  }
}

TEST_CASE("a log that began to count later says from where on") {
  TwoRooms t;
  // As an older version left it.
  REQUIRE(t.office.open_database()->run_script("DELETE FROM commitment_chains"));
  t.office.restart();
  for (auto* who : {&t.ada, &t.bob, &t.auditor}) t.reconnect(*who);
  t.post(t.ada, t.ops, "from now on");
  const auto groups = t.groups();
  const auto idx = json::parse(t.records("messages.committed").back()).at("idx").as_int64();
  CHECK(groups.back().at("since") == idx);
  protocol::AuditExport::Params scope;
  scope.room = RoomId{t.ops};
  const auto report = t.take(t.place.path() / "b", scope);
  CHECK(report.is_sound());
  CHECK_FALSE(report.is_proven());
  CHECK(report.counted_to == report.last);
  CHECK(read_text(t.place.path() / "b/README.txt").find("The log counts states from record") !=
        std::string::npos);
}

namespace {

// What 40 groups say of whose states they bind in, between which `between` happens.
std::vector<std::string> count_groups(
    const std::function<void(sqlite::Connection&, audit::CommitmentCounts&)>& between) {
  TempDir dir;
  auto db = store::open_database(dir.path() / "wardroom.db");
  REQUIRE(db);
  audit::CommitmentCounts counts;
  std::vector<std::string> said;
  for (std::int64_t group = 0; group < 40; ++group) {
    between(**db, counts);
    sqlite::Transaction transaction(**db, sqlite::Transaction::Kind::write);
    store::WriteTx tx{**db, from_unix_ms(1'795'160'000'000 + group), {}};
    for (std::int64_t i = 0; i < 1 + group % 5; ++i)
      tx.commitments.push_back(
          {Digest{}, RoomId{1 + (group * 7 + i) % 13}, UserId{1 + (group * 5 + i * 3) % 11}});
    audit::append_commitments(tx, counts);
    REQUIRE(transaction.commit());
    said.push_back(
        (*db)
            ->find<std::string>("SELECT line -> '$.after' FROM audit_records ORDER BY idx DESC LIMIT 1")
            .value_or(""));
  }
  return said;
}

}  // namespace

TEST_CASE("chains go on where they ended, after a restart and after a group that was undone") {
  const auto expected = count_groups([](auto&, auto&) {});
  CHECK(expected.back().find(":[[") != std::string::npos);
  CHECK(count_groups([](auto&, audit::CommitmentCounts& counts) { counts = {}; }) == expected);
  const auto undo = [](sqlite::Connection& db, audit::CommitmentCounts& counts) {
    sqlite::Transaction transaction(db, sqlite::Transaction::Kind::write);
    store::WriteTx tx{db, from_unix_ms(1'795'160'000'000), {}};
    for (std::int64_t i = 1; i < 9; ++i) tx.commitments.push_back({Digest{}, RoomId{i}, UserId{i}});
    audit::append_commitments(tx, counts);
    for (; !tx.undo.empty(); tx.undo.pop_back()) tx.undo.back()();
  };
  CHECK(count_groups(undo) == expected);
}

TEST_CASE("the chains' table is never further behind than twice as many groups as there are chains") {
  std::int64_t behind = 0;
  count_groups([&](sqlite::Connection& db, auto&) {
    const auto gap = db.find<std::int64_t>(
        "SELECT (SELECT max(idx) FROM audit_records) - idx FROM commitment_chains WHERE kind = 'log' AND id "
        "= 1");
    behind = std::max(behind, gap.value_or(0));
  });
  CHECK(behind > 0);
  CHECK(behind <= (13 + 11) / 2);
}

TEST_CASE(
    "a group of more people than a record counts says nothing of them, and stays below 8 KiB otherwise") {
  Inquiry t;
  auto db = t.office.open_database();
  audit::CommitmentCounts counts;
  for (const std::size_t pairs : {audit::kMaxCountedPairs, audit::kMaxCountedPairs + 1}) {
    sqlite::Transaction transaction(*db, sqlite::Transaction::Kind::write);
    store::WriteTx tx{*db, t.office.clock.now(), {}};
    for (std::size_t i = 0; i < pairs; ++i)
      tx.commitments.push_back({Digest{}, RoomId{1000}, UserId{1'000'000 + static_cast<std::int64_t>(i)}});
    audit::append_commitments(tx, counts);
    REQUIRE(transaction.commit());
  }
  const auto lines = t.records("messages.committed");
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].size() < 8192);
  CHECK(json::parse(lines[0]).at("after").as_object().contains("states"));
  CHECK_FALSE(json::parse(lines[1]).at("after").as_object().contains("states"));
}

TEST_CASE(
    "a bundle's page calls people and rooms what the records call them, not what the server does today") {
  TwoRooms t;
  auto db = t.office.open_database();
  db->run("UPDATE users SET display_name = 'Mallory' WHERE name = 'ada'");
  db->run("UPDATE rooms SET name = 'elsewhere' WHERE id = ?", t.ops);
  t.take(t.place.path() / "b");
  const auto page = read_text(t.place.path() / "b/index.html");
  CHECK(page.find("<b>ada</b>") != std::string::npos);
  CHECK(page.find("Mallory") == std::string::npos);
  CHECK(page.find("<h3>#ops</h3>") != std::string::npos);
  CHECK(page.find("elsewhere") == std::string::npos);

  protocol::AuditExport::Params scope;
  scope.user_name = "ada";
  t.take(t.place.path() / "ada", scope);
  const auto about_ada = read_text(t.place.path() / "ada/index.html");
  CHECK(about_ada.find("<title>Evidence: ada</title>") != std::string::npos);
  CHECK(about_ada.find("<h1>ada</h1>") != std::string::npos);
  CHECK(about_ada.find("Mallory") == std::string::npos);
}

TEST_CASE("a record whose time falls is named, unless the clock was set") {
  TwoRooms t;
  t.office.tick();
  const auto append = [&](audit::Type type, std::chrono::hours earlier) {
    auto db = t.office.open_database();
    sqlite::Transaction transaction(*db, sqlite::Transaction::Kind::write);
    store::WriteTx tx{*db, t.office.clock.now() - earlier, {}};
    audit::append_record(tx, {.type = type});
    REQUIRE(transaction.commit());
  };
  // As a server that was tampered with would write it: append_record() doesn't.
  const auto forge = [&](std::chrono::hours earlier) {
    auto db = t.office.open_database();
    sqlite::Transaction transaction(*db, sqlite::Transaction::Kind::write);
    const AuditIndex idx{audit::count_records(*db)};
    const TimePoint at = t.office.clock.now() - earlier;
    const auto line = audit::compose_line({.type = audit::Type::audit_heartbeat}, idx, at);
    db->run(
        "INSERT INTO audit_records (idx, at, type, outcome, leaf, line) VALUES "
        "(?,?,'audit.heartbeat','success',?,?)",
        idx, at, tlog::leaf_hash(as_bytes(line)), line);
    audit::append_nodes(*db, idx.value + 1);
    REQUIRE(transaction.commit());
  };
  append(audit::Type::clock_jump, std::chrono::hours{1});
  append(audit::Type::audit_heartbeat, std::chrono::hours{1});
  t.call(t.ada, "room.update", {{"room", t.ops}, {"topic", "on"}});
  CHECK(t.take(t.place.path() / "told").is_proven());
  forge(std::chrono::hours{2});
  const auto report = t.take(t.place.path() / "not-told");
  REQUIRE(report.doubts.size() == 1);
  CHECK(report.doubts[0].find("bears an earlier time") != std::string::npos);
}

TEST_CASE("reasons stand on a bundle's page as they were typed, and are no part of the page") {
  TwoRooms t;
  const auto rude = t.post(t.bob, t.ops, "rude");
  t.call(t.ada, "message.delete", {{"room", t.ops}, {"seq", rude}, {"reason", "<i>rude</i>"}});
  protocol::AuditExport::Params scope;
  scope.reason = "<script>alert(1)</script> & \"more\"";
  t.take(t.place.path() / "b", scope);
  const auto page = read_text(t.place.path() / "b/index.html");
  CHECK(page.find("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;") != std::string::npos);
  CHECK(page.find("<script>alert") == std::string::npos);
  CHECK(page.find("reason: <bdi>&lt;i&gt;rude&lt;/i&gt;</bdi>") != std::string::npos);
  CHECK(page.find("<i>rude") == std::string::npos);
}
