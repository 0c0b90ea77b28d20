#include <catch2/catch.hpp>

#include "common/tlog/cosignature.hpp"
#include "server/app/forgetting.hpp"
#include "server/app/setup_code.hpp"
#include "server/commands/session/expire.hpp"
#include "server/ops/durable_file.hpp"
#include "tests/unit/server/sign_in.hpp"

// One of everything that ends by time, carried over a moment at which somebody moves the machine's clock:
// while the server is stopped, or while it runs. What the server does each second, minute and hour is done at
// every look.
using namespace wardroom;
using namespace wardroom::testing;
using namespace std::chrono_literals;
using boost::json::object;

namespace {

constexpr std::chrono::hours kMovedYear{24 * 365};

struct CarriedOffice {
  struct Member {
    UserId id;
    std::string token;
    std::shared_ptr<TestPeer> peer;
  };

  CarriedOffice()
      : ada(add("ada", protocol::Role::admin)),
        bob(add("bob", protocol::Role::member)),
        tom(add("tom", protocol::Role::member)) {
    room = ask(ada, "room.create", {{"name", "office"}, {"kind", "public"}}).at("room").at("id").as_int64();
    for (const auto* person : {&bob, &tom}) ask(*person, "room.join", {{"room", room}});
    for (int i = 0; i < 3; ++i) REQUIRE(post(ada).contains("result"));
    ask(ada, "admin.retention_set", {{"kind", "public"}, {"days", 365}, {"reason", "rule"}});
    ask(ada, "admin.invite_create", {{"expires_in_s", 3600}});
    ask(ada, "moderation.mute", {{"user", bob.id.value}, {"seconds", 3600}, {"reason", "loud"}});
    ask(ada, "moderation.ban",
        {{"room", room}, {"user", tom.id.value}, {"seconds", 3600}, {"reason", "loud"}});
    remember_device();
    const auto witness = tlog::Cosigner::of_device("office.test/wardroom", Secret(std::string(32, 'w')));
    ask(ada, "audit.add_witness", {{"key", witness.key().to_string()}});
    office.tick();  // signs a head
    evidence = ask(ada, "audit.export", {{"reason", "case 7"}}).at("id").as_int64();
    upload = upload_people();
  }

  Member add(const std::string& name, protocol::Role role) {
    const auto person = office.add_person(name, role);
    Member made{person.id, person.token, {}};
    sign_in(made);
    return made;
  }
  void sign_in(Member& person) {
    person.peer = office.connect();
    REQUIRE(office.call(*person.peer, "session.resume", {{"token", person.token}}).contains("result"));
  }
  void remember_device() {
    office.set_password(bob.id, kPassword);
    const auto peer = office.connect();
    const auto opened = office.call(
        *peer, "session.open",
        {{"user", "bob"},
         {"password", kPassword},
         {"device", {{"name", "PC"}, {"client", "test 1"}, {"key", "a key that is long enough"}}}});
    REQUIRE(opened.contains("result"));
  }
  object ask(const Member& person, const std::string& method, const object& params) {
    const auto answer = office.call(*person.peer, method, params);
    INFO(method << " " << boost::json::serialize(answer));
    REQUIRE(answer.contains("result"));
    return answer.at("result").as_object();
  }
  object post(const Member& person) {
    char id[40];
    std::snprintf(id, sizeof id, "0199f0a0-0000-7000-8000-%012d", ++tried);
    auto answer =
        office.call(*person.peer, "message.post", {{"room", room}, {"client_id", id}, {"text", "hello"}});
    if (answer.contains("result")) ++posted;
    return answer;
  }
  std::int64_t upload_people() {
    return ask(ada, "admin.user_import_upload", {{"csv", "name\nlena\n"}}).at("import").as_int64();
  }
  bool is_kept(std::int64_t import) {
    const auto answer = office.call(*ada.peer, "admin.user_import", {{"import", import}, {"dry_run", true}});
    const bool is_there = answer.contains("result");
    if (!is_there) CHECK(reason_of(answer) == "not_found");
    // What an upload removes on its way.
    upload_people();
    const auto rows =
        office.open_database()->find<std::int64_t>("SELECT count(*) FROM imports WHERE id = ?", import);
    CHECK(rows == (is_there ? 1 : 0));
    return is_there;
  }
  bool is_exported() {
    const auto page = office.call(*ada.peer, "audit.export_page", {{"id", evidence}});
    if (!page.contains("result")) CHECK(reason_of(page) == "export_over");
    return page.contains("result");
  }
  std::int64_t count(sqlite::Sql sql) { return office.open_database()->find<std::int64_t>(sql).value_or(-1); }

  // The clock is somewhere else from now on.
  void move(std::chrono::hours by, bool stopped) {
    if (!stopped) return office.clock.move_wall(by);
    office.restart(by);
    for (auto* person : {&ada, &bob, &tom}) sign_in(*person);
  }
  // So long after everything was made, by what really passed.
  void go_to(std::chrono::milliseconds since) {
    office.clock.advance(since - passed);
    passed = since;
  }
  // All that the housekeeper does.
  void keep_house() {
    office.tick();
    commands::submit_expiry(office.services(), office.batch());
    app::submit_forgetting(office.services().writer);
    office.apply_retention();
    office.settle();
  }

  // What lasts for longer than an hour.
  void check_days() {
    keep_house();
    CHECK(count("SELECT count(*) FROM messages") == posted);
    CHECK(count("SELECT count(*) FROM sessions WHERE revoked_at IS NOT NULL") == 0);
    CHECK(count("SELECT count(*) FROM devices") == 1);
    CHECK(count("SELECT count(*) FROM witnesses") == 1);
    CHECK(is_exported());
    CHECK(is_kept(upload));
  }
  void check_hour() {
    check_days();
    CHECK(reason_of(post(bob)) == "muted");
    CHECK(reason_of(office.call(*tom.peer, "room.join", {{"room", room}})) == "banned");
    CHECK(ask(ada, "admin.invite_list", {}).at("invites").as_array().size() == 1);
    CHECK(count("SELECT count(*) FROM sanctions WHERE lifted_at IS NOT NULL") == 0);
  }
  void check_hour_is_over() {
    check_days();
    CHECK(post(bob).contains("result"));
    CHECK(office.call(*tom.peer, "room.join", {{"room", room}}).contains("result"));
    CHECK(ask(ada, "admin.invite_list", {}).at("invites").as_array().empty());
    CHECK(count("SELECT count(*) FROM sanctions WHERE lifted_at IS NULL") == 0);
  }

  Office office;
  Member ada, bob, tom;
  std::int64_t room = 0, evidence = 0, upload = 0, posted = 0;
  int tried = 0;
  std::chrono::milliseconds passed{};
};

// `soon`: the clock is put right before anything ends; else what lasts an hour or a day ends before that.
void carry_over(std::chrono::hours by, bool stopped, bool soon) {
  INFO(by.count() << " h, stopped " << stopped << ", soon " << soon);
  CarriedOffice place;
  place.go_to(20min);
  place.move(by, stopped);
  place.check_hour();
  place.go_to(50min);
  place.check_hour();
  const auto late = place.upload_people();
  if (soon) place.move(-by, stopped);
  place.check_hour();
  place.go_to(61min);
  place.check_hour_is_over();
  place.go_to(23h);
  place.check_days();
  place.go_to(25h);
  CHECK_FALSE(place.is_exported());
  CHECK_FALSE(place.is_kept(place.upload));
  CHECK_FALSE(place.is_kept(late));
  if (!soon) place.move(-by, stopped);
  CHECK_FALSE(place.is_exported());

  // Nobody is signed in any more: by the tables alone.
  const auto count_at = [&](int day, sqlite::Sql sql) {
    place.go_to(24h * day);
    place.keep_house();
    return place.count(sql);
  };
  // Three of thirty days and one of ninety.
  CHECK(count_at(29, "SELECT count(*) FROM sessions WHERE revoked_at IS NULL") == 4);
  CHECK(count_at(31, "SELECT count(*) FROM sessions WHERE revoked_at IS NULL") == 1);
  CHECK(count_at(89, "SELECT count(*) FROM witnesses") == 1);
  CHECK(count_at(91, "SELECT count(*) FROM witnesses") == 0);
  CHECK(place.count("SELECT count(*) FROM sessions WHERE revoked_at IS NULL") == 0);
  CHECK(count_at(179, "SELECT count(*) FROM devices") == 1);
  CHECK(count_at(181, "SELECT count(*) FROM devices") == 0);
  CHECK(count_at(364, "SELECT count(*) FROM messages") == place.posted);
  // The newest message of the office stays.
  CHECK(count_at(367, "SELECT count(*) FROM messages") == 1);
}

}  // namespace

TEST_CASE("clocks: what is stored outlasts a start at another time, and ends in its own") {
  for (const auto by : {-10 * kMovedYear, -kMovedYear, kMovedYear, 10 * kMovedYear})
    for (const bool soon : {true, false}) carry_over(by, true, soon);
}

TEST_CASE("clocks: devices, witnesses, uploads and all else outlast a clock that is moved meanwhile, too") {
  for (const auto by : {-10 * kMovedYear, -kMovedYear, kMovedYear, 10 * kMovedYear})
    for (const bool soon : {true, false}) carry_over(by, false, soon);
}

TEST_CASE("clocks: a set-up code is the same one after a start at another time, and holds half an hour") {
  for (const auto by : {-10 * kMovedYear, -kMovedYear, kMovedYear, 10 * kMovedYear}) {
    INFO(by.count() << " h");
    Office office;
    const ops::DataDir dir{office.directory()};
    std::filesystem::create_directory(dir.run());
    const auto code = [&] {
      app::submit_setup_code(office.services().writer, dir);
      office.settle();
      const auto text = ops::read_small_file(app::setup_code_file(dir), 256);
      REQUIRE(text);
      return text->substr(0, text->find('\n'));
    };
    const auto accept = [&](const std::string& token) {
      return office.call(*office.connect("127.0.0.1"), "account.accept_invite",
                         {{"token", token},
                          {"user", "ada"},
                          {"password", kPassword},
                          {"device", {{"name", "PC"}, {"client", "test 1"}}}});
    };
    const std::string first = code();
    office.clock.advance(10min);
    office.restart(by);
    CHECK(code() == first);
    office.clock.advance(19min);
    CHECK(code() == first);
    office.clock.advance(2min);
    CHECK(reason_of(accept(first)) == "invite_expired");
    // One that is made meanwhile holds for as long.
    const std::string second = code();
    CHECK(second != first);
    office.restart(-by);
    office.clock.advance(29min);
    CHECK(code() == second);
    CHECK(accept(second).contains("result"));
  }
}
