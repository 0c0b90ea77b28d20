#include "common/evidence/carried_files.hpp"

#include <algorithm>

#include "common/evidence/tables_check.hpp"
#include "tests/harness/transfers.hpp"
#include "tests/unit/evidence/bundle_fixture.hpp"

// Bundles that take along what messages carry.
using namespace wardroom;
using namespace wardroom::testing;

namespace {

struct FileInquiry : Inquiry {
  Somebody ada = arrive("ada");
  std::int64_t room = create(ada, "ops");
  const std::string plan = "the plan", roof = std::string(200'000, 'r');

  std::int64_t post_with(std::int64_t where, const std::vector<std::string>& contents) {
    json::array ids;
    for (const auto& bytes : contents)
      ids.push_back(json::string(upload(office, ada.account.token, where, bytes, "plan.txt")));
    return call(ada, "message.post",
                {{"room", where},
                 {"client_id", to_string(make_uuid7(office.clock.now()))},
                 {"text", "see"},
                 {"files", std::move(ids)}})
        .at("seq")
        .as_int64();
  }
  protocol::AuditExport::Params with_files() {
    protocol::AuditExport::Params scope;
    scope.room = RoomId{room};
    scope.files = true;
    return scope;
  }
  std::filesystem::path target() { return place.path() / "bundle"; }
  std::filesystem::path file_of(const std::string& bytes) {
    return target() / evidence::content_file(sha256(as_bytes(bytes)));
  }
  std::filesystem::path stored(const std::string& bytes) {
    const auto name = to_hex(sha256(as_bytes(bytes)));
    return office.directory() / "files" / name.substr(0, 2) / name.substr(2);
  }
};

std::int64_t begin_export(FileInquiry& t, json::object params) {
  t.office.tick();
  params["reason"] = "case 7";
  return t.call(t.auditor, "audit.export", params).at("id").as_int64();
}

json::object file_of_export(std::int64_t id, const std::string& bytes) {
  return {{"id", id}, {"sha256", json::string(to_hex(sha256(as_bytes(bytes))))}, {"at", 0}};
}

}  // namespace

TEST_CASE("a bundle takes each content along once, whole, and holds") {
  FileInquiry t;
  t.post_with(t.room, {t.plan, t.roof});
  t.post_with(t.room, {t.plan, ""});
  const auto report = t.take(t.target(), t.with_files());
  for (const auto& finding : report.log.findings) UNSCOPED_INFO(finding);
  for (const auto& doubt : report.doubts) UNSCOPED_INFO(doubt);
  CHECK(report.is_proven());
  CHECK(report.takes_files);
  CHECK(report.files == 3);
  CHECK(read_text(t.file_of(t.roof)) == t.roof);
  CHECK(read_text(t.file_of(t.plan)) == t.plan);
  CHECK(read_text(t.file_of("")).empty());
  const auto exported = t.records("audit.exported");
  REQUIRE(exported.size() == 1);
  CHECK(exported[0].find("\"files\":true") != std::string::npos);
}

TEST_CASE("a bundle as a .zip holds with its files, too") {
  FileInquiry t;
  t.post_with(t.room, {t.plan, t.roof});
  CHECK(t.take(t.place.path() / "bundle.zip", t.with_files()).is_proven());
  CHECK(t.check(t.place.path() / "bundle.zip").files == 2);
}

TEST_CASE("a bundle without files has their hashes, and says nothing of taking any along") {
  FileInquiry t;
  t.post_with(t.room, {t.plan});
  const auto report = t.take(t.target());
  CHECK(report.is_proven());
  CHECK_FALSE(report.takes_files);
  CHECK_FALSE(std::filesystem::exists(t.target() / "carried.txt"));
}

TEST_CASE("whatever is done to a file of a bundle is found") {
  FileInquiry t;
  t.post_with(t.room, {t.plan, t.roof});
  t.take(t.target(), t.with_files());
  const auto carried = read_lines(t.target() / "carried.txt");
  const auto finds = [&](const char* what, auto change, bool contradicts = true) {
    INFO(what);
    const auto before = read_text(t.file_of(t.plan));
    change();
    const auto report = t.check(t.target());
    CHECK(report.is_sound() != contradicts);
    CHECK_FALSE(report.is_proven());
    write_text(t.file_of(t.plan), before);
    write_lines(t.target() / "carried.txt", carried);
    REQUIRE(t.check(t.target()).is_proven());
  };
  finds("another byte", [&] { write_text(t.file_of(t.plan), "the plot"); });
  finds("a byte less", [&] { write_text(t.file_of(t.plan), "the pla"); });
  finds("left out", [&] { std::filesystem::remove(t.file_of(t.plan)); });
  finds(
      "left out with its line",
      [&] {
        std::filesystem::remove(t.file_of(t.plan));
        auto lines = carried;
        std::erase_if(lines, [&](const std::string& line) {
          return line.starts_with(to_hex(sha256(as_bytes(t.plan))));
        });
        write_lines(t.target() / "carried.txt", lines);
      },
      false);
  finds("said to be gone, and here", [&] {
    auto lines = carried;
    for (auto& line : lines) line.replace(line.size() - 4, 4, "gone");
    write_lines(t.target() / "carried.txt", lines);
  });
  finds("a line that is none", [&] {
    auto lines = carried;
    lines.emplace_back("nonsense");
    write_lines(t.target() / "carried.txt", lines);
  });
  finds("no carried.txt", [&] { std::filesystem::remove(t.target() / "carried.txt"); });
}

TEST_CASE("what the server has lost is named, and the rest is there") {
  FileInquiry t;
  t.post_with(t.room, {t.plan, t.roof});
  t.office.settle();
  std::filesystem::remove(t.stored(t.plan));
  const auto report = t.take(t.target(), t.with_files());
  CHECK(report.is_sound());
  CHECK_FALSE(report.is_proven());
  CHECK(report.files == 1);
  CHECK_FALSE(std::filesystem::exists(t.file_of(t.plan)));
}

TEST_CASE("bytes that changed on the server's disk are found by the bundle's own check") {
  FileInquiry t;
  t.post_with(t.room, {t.plan});
  t.office.settle();
  write_text(t.stored(t.plan), "the plot");
  CHECK_FALSE(t.take(t.target(), t.with_files()).is_sound());
}

TEST_CASE("only what the export is about comes out of it, to whoever began it with files") {
  FileInquiry t;
  const auto other = t.create(t.ada, "lounge");
  t.post_with(t.room, {t.plan});
  t.post_with(other, {t.roof});
  const auto id = begin_export(t, {{"room", t.room}, {"files", true}});
  const auto piece = t.call(t.auditor, "audit.export_file", file_of_export(id, t.plan));
  CHECK(std::string(piece.at("bytes").as_string()) == to_base64(as_bytes(t.plan)));
  CHECK(piece.at("size").as_int64() == 8);
  CHECK(t.refusal(t.auditor, "audit.export_file", file_of_export(id, t.roof)) == "not_found");
  CHECK(t.refusal(t.ada, "audit.export_file", file_of_export(id, t.plan)) == "role");
  auto second = t.arrive("otto", protocol::Role::auditor);
  CHECK(t.refusal(second, "audit.export_file", file_of_export(id, t.plan)) == "not_found");
  auto params = file_of_export(id, t.plan);
  params["at"] = 9;
  CHECK(t.refusal(t.auditor, "audit.export_file", params) == "params");
  params = file_of_export(id, t.plan);
  params["sha256"] = "nonsense";
  CHECK(t.refusal(t.auditor, "audit.export_file", params) == "params");
  // One that is no message's, and one that was posted after the range.
  upload(t.office, t.ada.account.token, t.room, "unposted");
  CHECK(t.refusal(t.auditor, "audit.export_file", file_of_export(id, "unposted")) == "not_found");
  t.post_with(t.room, {"later"});
  CHECK(t.refusal(t.auditor, "audit.export_file", file_of_export(id, "later")) == "not_found");
  const auto bare = begin_export(t, {{"room", t.room}});
  CHECK(t.refusal(t.auditor, "audit.export_file", file_of_export(bare, t.plan)) == "export_without_files");
  t.office.clock.advance(std::chrono::hours{25});
  CHECK(t.refusal(t.auditor, "audit.export_file", file_of_export(id, t.plan)) == "export_over");
}

TEST_CASE("the tables' check finds an export that is said to have taken no files") {
  FileInquiry t;
  t.post_with(t.room, {t.plan});
  begin_export(t, {{"room", t.room}, {"files", true}});
  t.office.settle();
  auto db = t.office.open_database();
  const auto about_exports = [&] {
    const auto report = evidence::check_tables(*db);
    REQUIRE(report);
    return std::ranges::count_if(report->findings, [](const auto& f) { return f.starts_with("exports"); });
  };
  CHECK(about_exports() == 0);
  REQUIRE(db->run_script("UPDATE exports SET scope = json_remove(scope, '$.files')"));
  CHECK(about_exports() == 1);
}

TEST_CASE("lines of carried.txt are read as they are written, and others not") {
  const evidence::CarriedEntry entry{{sha256(as_bytes("x")), 17}, true};
  const auto read = evidence::parse_carried_entry(evidence::compose_carried_entry(entry));
  REQUIRE(read);
  CHECK(read->content == entry.content);
  CHECK(read->is_here);
  const std::string hash = to_hex(sha256(as_bytes("x")));
  for (const std::string& line :
       {std::string(), hash, hash + " ", hash + " 1", hash + " 1 ", hash + " here", hash + "  here",
        hash + " -1 here", hash + " 1 there", hash + " 1 here ", "X" + hash.substr(1) + " 1 here",
        hash + " 1111111111111111111 here", hash + " 0x1 gone"}) {
    INFO(line);
    CHECK_FALSE(evidence::parse_carried_entry(line));
  }
}
