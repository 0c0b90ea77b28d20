#include <sys/stat.h>

#include "tests/unit/evidence/bundle_fixture.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

// Two people talk; one edits, deletes and restores.
struct Talk : Inquiry {
  Somebody ada = arrive("ada");
  Somebody bob = arrive("bob");
  std::int64_t room = 0;
  std::int64_t first = 0;

  Talk() {
    room = create(ada, "ops", "private");
    call(ada, "room.add_member", {{"room", room}, {"user", bob.id()}});
    first = post(ada, room, "the <b>figures</b> are in the safe");
    post(bob, room, "whose safe? \xF0\x9F\x94\x91");
    call(ada, "message.edit", {{"room", room}, {"seq", first}, {"text", "the figures are gone"}});
    call(ada, "message.delete", {{"room", room}, {"seq", first}});
    call(ada, "message.restore", {{"room", room}, {"seq", first}});
    const auto wrong = post(bob, room, "bob's secret");
    call(ada, "message.delete", {{"room", room}, {"seq", wrong}, {"reason", "not here"}});
  }
};

bool holds(const evidence::BundleReport& report) {
  for (const auto& finding : report.log.findings) UNSCOPED_INFO(finding);
  return report.is_sound();
}

}  // namespace

TEST_CASE("a bundle of everything has each state of each message, and all of it is proven") {
  Talk t;
  const auto report = t.take(t.place.path() / "all");
  CHECK(holds(report));
  CHECK(report.messages == 3);
  CHECK(report.states == 7);
  CHECK(report.unproven == 0);
  CHECK(report.others == 0);
  CHECK(report.hidden == 0);
  CHECK(report.first == 0);
  CHECK(report.last == report.log.size - 1);
  CHECK(read_lines(t.place.path() / "all/messages.txt").size() == 7);
  CHECK(holds(t.check(t.place.path() / "all")));
}

TEST_CASE("a bundle about a person has what they wrote, and of the others nothing but hashes") {
  Talk t;
  protocol::AuditExport::Params scope;
  scope.user_name = "ada";
  const auto bundle = t.place.path() / "ada";
  const auto report = t.take(bundle, scope);
  CHECK(holds(report));
  CHECK(report.messages == 1);
  CHECK(report.states == 4);
  CHECK(report.hidden > 0);
  CHECK(read_text(bundle / "messages.txt").find(to_hex(as_bytes("the figures are gone"))) !=
        std::string::npos);
  for (const auto& file : std::filesystem::directory_iterator(bundle)) {
    const auto text = read_text(file.path());
    INFO(file.path());
    CHECK(text.find("whose safe") == std::string::npos);
    CHECK(text.find(to_hex(as_bytes("whose safe"))) == std::string::npos);
    CHECK(text.find("bob's secret") == std::string::npos);
  }
}

TEST_CASE("a bundle about a room leaves other rooms out") {
  Talk t;
  const auto other = t.create(t.bob, "lunch");
  t.post(t.bob, other, "soup again");
  protocol::AuditExport::Params scope;
  scope.room = RoomId{t.room};
  const auto bundle = t.place.path() / "ops";
  const auto report = t.take(bundle, scope);
  CHECK(holds(report));
  CHECK(report.states == 7);
  CHECK(read_text(bundle / "messages.txt").find(to_hex(as_bytes("soup again"))) == std::string::npos);
  CHECK(read_text(bundle / "records.txt").find("lunch") == std::string::npos);
  CHECK(read_text(bundle / "members.txt").find("bob came in by ada") != std::string::npos);
}

TEST_CASE("whatever is changed in a bundle is found") {
  Talk t;
  const auto whole = t.place.path() / "whole", bundle = t.place.path() / "changed";
  t.take(whole);
  const auto change = [&](const std::string& name,
                          const std::function<void(std::vector<std::string>&)>& how) {
    std::filesystem::remove_all(bundle);
    std::filesystem::copy(whole, bundle);
    auto lines = read_lines(bundle / name);
    how(lines);
    write_lines(bundle / name, lines);
    const auto report = t.check(bundle);
    return !report.is_sound();
  };
  using Lines = std::vector<std::string>;
  const auto a_byte = [](Lines& lines) { lines[2].back() = lines[2].back() == '}' ? ']' : '}'; };
  CHECK(change("records.txt", a_byte));
  CHECK(change("records.txt", [](Lines& lines) { lines.erase(lines.begin() + 3); }));
  CHECK(change("records.txt", [](Lines& lines) { lines.pop_back(); }));
  CHECK(change("records.txt", [](Lines& lines) { lines.erase(lines.begin()); }));
  CHECK(change("records.txt", [](Lines& lines) { std::swap(lines[2], lines[3]); }));
  CHECK(change("records.txt", [](Lines& lines) { lines.push_back(lines.back()); }));
  CHECK(change("records.txt", [](Lines& lines) {
    lines[4] = lines[4].substr(0, 67) + "-";
    lines[4][10] ^= 1;
  }));
  CHECK(change("groups.txt", [](Lines& lines) { lines.pop_back(); }));
  CHECK(change("groups.txt", [](Lines& lines) { lines[0].back() = lines[0].back() == '0' ? '1' : '0'; }));
  for (std::size_t i = 0; i < 7; ++i)
    CHECK(
        change("messages.txt", [i](Lines& lines) { lines[i].back() = lines[i].back() == '0' ? '1' : '0'; }));
  CHECK(change("messages.txt", [](Lines& lines) { lines[0] = lines[0].replace(0, 1, "9"); }));
  CHECK(change("messages.txt", [](Lines& lines) { lines.push_back(lines[0]); }));
  CHECK(change("checkpoint", [](Lines& lines) { lines[1] = std::to_string(std::stoll(lines[1]) - 1); }));
  CHECK(change("checkpoint", [](Lines& lines) { lines[2][3] = lines[2][3] == 'A' ? 'B' : 'A'; }));
  CHECK(change("key.pem", [](Lines& lines) { lines[1][20] = lines[1][20] == 'A' ? 'B' : 'A'; }));
  CHECK_FALSE(change("README.txt", [](Lines& lines) { lines.clear(); }));  // for reading; it proves nothing
}

TEST_CASE("a head that was kept is met by the bundle of its log, and by no other") {
  Talk t, stranger;
  t.take(t.place.path() / "early");
  const auto early = read_text(t.place.path() / "early/checkpoint");
  t.post(t.ada, t.room, "more");
  const auto late = t.take(t.place.path() / "late");
  CHECK(holds(t.check(t.place.path() / "late", {{early}, {}})));
  CHECK(t.check(t.place.path() / "late", {{early}, {}}).log.confirmed.size() == 1);
  // What came after the bundle, it can't tell, and says so.
  const auto newer = read_text(t.place.path() / "late/checkpoint");
  CHECK_FALSE(t.check(t.place.path() / "early", {{newer}, {}}).is_sound());
  stranger.take(stranger.place.path() / "other");
  CHECK_FALSE(t.check(t.place.path() / "late", {{read_text(stranger.place.path() / "other/checkpoint")}, {}})
                  .is_sound());
  const auto key = read_lines(t.place.path() / "late/key")[0];
  CHECK(holds(t.check(t.place.path() / "late", {{}, key})));
  CHECK_FALSE(
      t.check(t.place.path() / "late", {{}, read_lines(stranger.place.path() / "other/key")[0]}).is_sound());
}

TEST_CASE("a range of time is proven under the head of the whole log") {
  Inquiry t;
  auto ada = t.arrive("ada");
  const auto room = t.create(ada, "ops");
  std::vector<TimePoint> days;
  for (int day = 0; day < 5; ++day) {
    days.push_back(t.office.clock.now());
    for (int i = 0; i < 3; ++i) t.post(ada, room, "day " + std::to_string(day));
    t.office.tick();
    t.office.clock.advance(std::chrono::hours{24});
  }
  for (std::size_t from = 0; from < 5; ++from) {
    protocol::AuditExport::Params scope;
    scope.since = days[from];
    if (from < 4) scope.until = days[from + 1];
    const auto report = t.take(t.place.path() / ("day" + std::to_string(from)), scope);
    INFO(from);
    CHECK(holds(report));
    CHECK(report.states == 3);
    CHECK(holds(t.check(t.place.path() / ("day" + std::to_string(from)))));
  }
  protocol::AuditExport::Params nothing;
  nothing.since = t.office.clock.now() + std::chrono::hours{24};
  nothing.reason = "case 7";
  const auto refused = t.try_export(t.auditor, t.place.path() / "nothing", nothing);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "nothing_in_range");
  CHECK_FALSE(std::filesystem::exists(t.place.path() / "nothing"));
}

TEST_CASE("a text that was changed behind the server's back is shown as not proven") {
  Talk t;
  t.office.open_database()->run(
      "UPDATE messages SET text = 'whose safe? nobody''s' WHERE text LIKE 'whose safe%'");
  const auto report = t.take(t.place.path() / "b");
  CHECK(holds(report));
  CHECK_FALSE(report.is_proven());
  CHECK(report.states == 6);
  CHECK(report.unproven == 1);
  CHECK(report.others == 1);
  CHECK(read_text(t.place.path() / "b/index.html").find("NOT PROVEN") != std::string::npos);
}

TEST_CASE("an erased text is shown as erased, and its place is proven") {
  Talk t;
  auto db = t.office.open_database();
  const auto before = t.take(t.place.path() / "before");
  std::string line;
  for (const auto& l : read_lines(t.place.path() / "before/messages.txt"))
    if (l.find(to_hex(as_bytes("whose safe"))) != std::string::npos) line = l;
  const auto preimage = parse_hex(line.substr(line.rfind(' ') + 1));
  REQUIRE(preimage);
  db->run("INSERT INTO erased_states SELECT room_id, seq, 1, ? FROM messages WHERE text LIKE 'whose safe%'",
          sha256(*preimage));
  db->run("UPDATE messages SET text = '', salt = x'', erased = 1 WHERE text LIKE 'whose safe%'");
  const auto after = t.take(t.place.path() / "after");
  CHECK(holds(after));
  CHECK(after.states == before.states);
  CHECK(after.erased == 1);
  CHECK(read_text(t.place.path() / "after/index.html").find("erased for good") != std::string::npos);
}

TEST_CASE("what was stored before the log kept its groups is listed, and not called proven") {
  Talk t;
  auto db = t.office.open_database();
  REQUIRE(
      db->run_script("DROP TRIGGER audit_groups_no_delete; DELETE FROM audit_groups WHERE idx <"
                     " (SELECT max(idx) FROM audit_groups);"));
  const auto report = t.take(t.place.path() / "b");
  CHECK(holds(report));
  CHECK(report.states == 1);
  CHECK(report.unproven == 6);
}

TEST_CASE("a bundle in a zip is the same bundle, and the same files give the same zip") {
  Talk t;
  const auto report = t.take(t.place.path() / "b.zip");
  CHECK(holds(report));
  CHECK(std::filesystem::is_regular_file(t.place.path() / "b.zip"));
  CHECK(std::distance(std::filesystem::directory_iterator(t.place.path()), {}) == 1);
  const auto again = t.check(t.place.path() / "b.zip");
  CHECK(holds(again));
  CHECK(again.states == report.states);
  auto bytes = read_text(t.place.path() / "b.zip");
  bytes.resize(bytes.size() / 2);
  write_text(t.place.path() / "half.zip", bytes);
  const auto half = evidence::check_bundle(t.place.path() / "half.zip");
  CHECK((!half || !half->is_sound()));
}

TEST_CASE("a bundle never overwrites anything, and leaves nothing behind when it fails") {
  Talk t;
  t.take(t.place.path() / "b");
  protocol::AuditExport::Params scope;
  scope.reason = "again";
  const auto again = t.try_export(t.auditor, t.place.path() / "b", scope);
  REQUIRE_FALSE(again);
  CHECK(again.error().reason == "target_exists");
  scope.user_name = "nobody";
  CHECK_FALSE(t.try_export(t.auditor, t.place.path() / "c", scope));
  CHECK(std::distance(std::filesystem::directory_iterator(t.place.path()), {}) == 1);
}

TEST_CASE("the page shows texts as texts") {
  Talk t;
  t.post(t.bob, t.room, "<script>alert(1)</script> \"'&");
  protocol::AuditExport::Params scope;
  scope.reason = "<img src=x onerror=alert(2)>";
  t.take(t.place.path() / "b", scope);
  const auto page = read_text(t.place.path() / "b/index.html");
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find("<img") == std::string::npos);
  CHECK(page.find("&lt;script&gt;alert(1)&lt;/script&gt; &quot;&#39;&amp;") != std::string::npos);
  CHECK(page.find("the &lt;b&gt;figures&lt;/b&gt; are in the safe") != std::string::npos);
  CHECK(page.find("reason: <bdi>not here</bdi>") != std::string::npos);
}

TEST_CASE("an export that is given up ends at its next line, wherever it is, and leaves nothing behind") {
  Talk t;
  protocol::AuditExport::Params scope;
  scope.reason = "case 7";
  const auto folder = t.place.path() / "exports";
  std::filesystem::create_directory(folder);
  for (const char* name : {"b", "b.zip"}) {
    int looks = 0;
    const auto take = [&](int until) {
      looks = 0;
      t.office.tick();
      return evidence::export_bundle(
          [&](const std::string& method, const std::string& params) {
            return t.ask(t.auditor, method, params);
          },
          scope, folder / name, {}, [&] { return ++looks > until; });
    };
    REQUIRE(take(1'000'000));
    const int all = looks;
    std::filesystem::remove_all(folder / name);
    for (int until = 0; until < all; until += 1 + all / 12) {
      INFO(name << " given up at " << until << " of " << all);
      const auto report = take(until);
      REQUIRE_FALSE(report);
      CHECK(report.error().reason == "stopped");
      CHECK(std::filesystem::is_empty(folder));
    }
  }
}

TEST_CASE("a busy server isn't waited for, nor asked again, once an export was given up") {
  const TempDir place;
  int asked = 0;
  const auto report = evidence::export_bundle(
      [&](const std::string&, const std::string&) -> Result<json::value> {
        ++asked;
        Error busy = make_error(ErrorCode::rate_limited, "Not so fast.", "");
        busy.retry_after = std::chrono::seconds{1};
        return busy;
      },
      {}, place.path() / "b", {}, [&] { return asked > 0; });
  REQUIRE_FALSE(report);
  CHECK(report.error().reason == "stopped");
  CHECK(asked == 1);
  CHECK(std::filesystem::is_empty(place.path()));
}

TEST_CASE("a bundle is its owner's alone, a directory and each of its files as much as a .zip") {
  Talk t;
  const auto before = ::umask(0);
  t.take(t.place.path() / "b");
  t.take(t.place.path() / "b.zip");
  ::umask(before);
  const auto mode = [](const std::filesystem::path& file) {
    struct stat info {};
    REQUIRE(::stat(file.c_str(), &info) == 0);
    return info.st_mode & 0777;
  };
  CHECK(mode(t.place.path() / "b") == 0700);
  CHECK(mode(t.place.path() / "b.zip") == 0600);
  for (const auto& entry : std::filesystem::directory_iterator(t.place.path() / "b")) {
    INFO(entry.path());
    CHECK(mode(entry.path()) == 0600);
  }
}
