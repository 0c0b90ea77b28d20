#include <map>
#include <sqlite3.h>

#include <catch2/catch.hpp>

#include "server/commands/command_table.hpp"
#include "tests/unit/rights/cases.hpp"

// When the audit log can't be written, nothing that belongs into it happens: each method of the table is
// called with a log that refuses every record.
using namespace wardroom;
using namespace wardroom::testing;

namespace {

constexpr Situation kAtHome{.role = protocol::Role::admin, .membership = protocol::RoomRole::moderator};

using Table = std::vector<std::string>;  // its rows, every byte of them

std::vector<std::string> table_names(sqlite::Connection& db) {
  std::vector<std::string> names;
  auto row = db.query(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE "
      "'audit%'");
  while (row.step()) names.push_back(row.get<std::string>(0));
  return names;
}

// Everything in the database but the log.
std::map<std::string, Table> contents(sqlite::Connection& db) {
  std::map<std::string, Table> all;
  for (const auto& name : table_names(db)) {
    sqlite3_stmt* statement = nullptr;
    const std::string sql = "SELECT * FROM \"" + name + "\"";
    REQUIRE(sqlite3_prepare_v2(db.handle(), sql.c_str(), -1, &statement, nullptr) == SQLITE_OK);
    Table& table = all[name];
    while (sqlite3_step(statement) == SQLITE_ROW) {
      std::string row;
      for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        const void* bytes = sqlite3_column_blob(statement, i);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, i));
        row += std::to_string(size) + (bytes ? ":" : "-");
        if (bytes) row.append(static_cast<const char*>(bytes), size);
      }
      table.push_back(std::move(row));
    }
    sqlite3_finalize(statement);
  }
  return all;
}

std::int64_t count_records(sqlite::Connection& db) {
  return db.find<std::int64_t>("SELECT count(*) FROM audit_records").value_or(-1);
}

class Walk {
 public:
  Walk() : ground_(office_), db_(office_.open_database()) {}

  // Whether the method works and leaves a record, when it can.
  bool is_audited(const Case& one) {
    prepare();
    const auto before = count_records(*db_);
    const bool worked = call(one);
    office_.settle();
    return worked && count_records(*db_) > before;
  }

  void refuse(const Case& one) {
    prepare();
    const auto params = one.params(ground_);
    office_.settle();
    REQUIRE(
        db_->run_script("CREATE TRIGGER refuse BEFORE INSERT ON audit_records BEGIN SELECT RAISE(ABORT, "
                        "'not now'); END"));
    const auto before = contents(*db_);
    const bool worked = call(one.method, params);
    office_.settle();
    const auto after = contents(*db_);
    REQUIRE(db_->run_script("DROP TRIGGER refuse"));
    CHECK_FALSE(worked);
    for (const auto& [name, table] : after) {
      INFO("the table " << name);
      CHECK(table == before.at(name));
    }
  }

 private:
  void prepare() {
    ground_.prepare(kAtHome);
    peer_ = office_.connect();
    REQUIRE(office_.call(*peer_, "session.resume", {{"token", ground_.caller.token}}).contains("result"));
    office_.settle();
  }
  bool call(const Case& one) { return call(one.method, one.params(ground_)); }
  bool call(std::string_view method, const boost::json::object& params) {
    const auto answer = office_.call(*peer_, std::string(method), params);
    office_.disconnect(peer_);
    return answer.contains("result");
  }

  Office office_;
  Ground ground_;
  std::unique_ptr<sqlite::Connection> db_;
  std::shared_ptr<TestPeer> peer_;
};

}  // namespace

TEST_CASE("what can't be recorded doesn't happen") {
  Walk walk;
  int audited = 0;
  for (const auto& one : all_cases()) {
    INFO(one.method << " " << one.what);
    if (!walk.is_audited(one)) continue;
    ++audited;
    walk.refuse(one);
  }
  // Most changing methods work as the walk calls them.
  CHECK(audited > 30);
}
