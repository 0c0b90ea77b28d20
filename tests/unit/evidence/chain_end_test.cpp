#include "server/audit/chain_end.hpp"

#include "common/evidence/bundle_counts.hpp"
#include "common/evidence/bundle_lines.hpp"
#include "tests/unit/evidence/bundle_fixture.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

// Room 1: the records 3 and 5 count it, 4 counts another one.
evidence::BundleReport count_room(const std::optional<evidence::ExportRecord>& record,
                                  const std::vector<std::int64_t>& shown = {3, 5}) {
  evidence::BundleCounts counts({std::nullopt, 1});
  for (const std::int64_t idx : shown) {
    const std::string before = idx == 3 ? "-1" : "3";
    counts.add_record(idx, R"({"type":"messages.committed","after":{"count":1,"states":[[1,7,1,)" + before +
                               "," + before + R"(]],"since":0}})");
    counts.add_group(idx, 1, {{1, 1}});
  }
  if (record) counts.set_export(*record);
  evidence::BundleReport report;
  report.first = 0;
  report.last = 8;
  counts.report(report);
  return report;
}

evidence::ExportRecord exported(std::optional<std::int64_t> chain_end, std::int64_t last = 8) {
  return {.idx = 9, .room = 1, .last = last, .chain_end = chain_end};
}

// A room in which the last thing that is said may be left out.
struct LastWord : Inquiry {
  Somebody ada = arrive("ada");
  Somebody bob = arrive("bob");
  std::int64_t ops = create(ada, "ops");
  std::int64_t lunch = create(bob, "lunch");
  protocol::AuditExport::Params room, person;

  LastWord() {
    call(bob, "room.join", {{"room", ops}});
    post(ada, ops, "first");
    post(bob, ops, "the last word");
    call(ada, "room.join", {{"room", lunch}});
    post(ada, lunch, "soup");
    room.room = RoomId{ops};
    person.user_name = "bob";
  }

  // The newest record that counts the subject, as a hash only, without its group and its states.
  evidence::BundleReport hide_last(const std::filesystem::path& bundle) {
    auto messages = read_lines(bundle / "messages.txt");
    const auto record = std::to_string(*evidence::parse_state_entry(messages.back())->record) + " ";
    messages.pop_back();
    write_lines(bundle / "messages.txt", messages);
    auto groups = read_lines(bundle / "groups.txt");
    std::erase_if(groups, [&](const std::string& line) { return line.starts_with(record); });
    write_lines(bundle / "groups.txt", groups);
    auto records = read_lines(bundle / "records.txt");
    for (auto& line : records)
      if (line.starts_with(record)) line = line.substr(0, record.size() + 65) + "-";
    write_lines(bundle / "records.txt", records);
    return check(bundle);
  }
};

}  // namespace

TEST_CASE("a chain that reaches the end that the export's record names is whole up to the range's end") {
  const auto report = count_room(exported(5));
  CHECK(report.is_proven());
  CHECK(report.counted_from == 0);
  CHECK(report.counted_to == 8);
}

TEST_CASE("a chain that ends before the end that the export's record names isn't proven") {
  for (const auto& shown : {std::vector<std::int64_t>{3}, std::vector<std::int64_t>{}}) {
    const auto report = count_room(exported(5), shown);
    CHECK(report.is_sound());
    REQUIRE(report.doubts.size() == 1);
    CHECK(report.doubts[0].find("record 5 is the last") != std::string::npos);
  }
}

TEST_CASE("an end before the bundle's own last record contradicts it") {
  CHECK_FALSE(count_room(exported(3)).is_sound());
  CHECK_FALSE(count_room(exported(-1)).is_sound());
  CHECK(count_room(exported(-1), {}).is_proven());
}

TEST_CASE("no record of the export, one of something else, or one of a shorter range proves no end") {
  auto person = exported(5), other = exported(5);
  person.person = 7;
  other.room = 2;
  for (const auto& record :
       {std::optional<evidence::ExportRecord>(), std::optional(person), std::optional(other),
        std::optional(exported(std::nullopt)), std::optional(exported(5, 7))}) {
    const auto report = count_room(record);
    CHECK(report.is_sound());
    CHECK(report.doubts.size() == 1);
    CHECK(report.counted_to == 5);
  }
}

TEST_CASE("the last states of a subject can't be left out of a bundle with their record") {
  LastWord t;
  int number = 0;
  for (const auto& scope : {t.room, t.person}) {
    const auto bundle = t.place.path() / std::to_string(++number);
    const auto report = t.take(bundle, scope);
    for (const auto& doubt : report.doubts) UNSCOPED_INFO(doubt);
    CHECK(report.is_proven());
    CHECK(report.counted_to == report.last);
    const auto changed = t.hide_last(bundle);
    CHECK(changed.is_sound());
    CHECK(changed.doubts.size() == 1);
  }
}

TEST_CASE("the head of an export covers its record, with nothing signed in between") {
  LastWord t;
  const auto begun = t.call(t.auditor, "audit.export", {{"room", t.ops}, {"reason", "case 7"}});
  const auto& proven = begun.at("record").as_object();
  const auto record = json::parse(proven.at("record").at("line").as_string()).as_object();
  CHECK(record.at("type") == "audit.exported");
  CHECK(record.at("idx").as_int64() < begun.at("size").as_int64());
  CHECK(record.at("after").at("size") == begun.at("size"));
  CHECK(record.at("after").at("last") == begun.at("last"));
  CHECK(begun.at("last").as_int64() + 1 == begun.at("size").as_int64());
  // The signer of each second goes on from there, and makes the head known.
  t.office.tick();
  t.post(t.ada, t.ops, "on");
  t.office.tick();
  CHECK(t.take(t.place.path() / "b", t.room).is_proven());
}

TEST_CASE("of a range of time the chain ends with the last record in it, whatever came behind") {
  LastWord t;
  t.office.clock.advance(std::chrono::hours{1});
  t.room.until = t.office.clock.now();
  t.office.clock.advance(std::chrono::hours{1});
  for (int i = 0; i < 5; ++i) t.post(t.bob, t.ops, "later");
  const auto report = t.take(t.place.path() / "b", t.room);
  for (const auto& doubt : report.doubts) UNSCOPED_INFO(doubt);
  CHECK(report.is_proven());
  CHECK(report.states == 2);
  CHECK(report.counted_to == report.last);
  CHECK(t.hide_last(t.place.path() / "b").doubts.size() == 1);
}

TEST_CASE("a chain's end is found after a restart, too, and for who never wrote there is none") {
  LastWord t;
  auto db = t.office.open_database();
  const auto newest = [&](const char* like) {
    return db->find<std::int64_t>(
        "SELECT max(idx) FROM audit_records WHERE type = 'messages.committed' AND line LIKE ?",
        std::string("%") + like + std::to_string(t.ops) + ",%");
  };
  const audit::ExportScope scope(*db, t.room);
  const auto end = newest("[");
  REQUIRE(end);
  CHECK(audit::find_chain_end(*db, scope, INT64_MAX) == *end);
  CHECK(audit::find_chain_end(*db, scope, *end - 1) < *end);
  CHECK(audit::find_chain_end(*db, scope, 0) == -1);
  REQUIRE(
      db->run_script("UPDATE commitment_chains SET idx = 0 WHERE kind = 'log' AND id = 1;"
                     "DELETE FROM commitment_chains WHERE kind <> 'log'"));
  CHECK(audit::find_chain_end(*db, scope, INT64_MAX) == *end);
  protocol::AuditExport::Params nobody;
  nobody.user = UserId{t.auditor.id()};
  CHECK(audit::find_chain_end(*db, audit::ExportScope(*db, nobody), INT64_MAX) == -1);
}
