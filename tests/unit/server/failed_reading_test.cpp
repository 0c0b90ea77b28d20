#include <future>
#include <sqlite3.h>

#include <catch2/catch.hpp>

#include "common/base/uuid.hpp"
#include "tests/unit/server/sign_in.hpp"

// What can't be read (there is no memory, the disk fails) isn't what isn't there: nobody is signed out,
// called a stranger or shown too little because of it.
using namespace wardroom;
using namespace wardroom::testing;
using boost::json::object;

namespace {

// Interrupts SQLite in an office's one reader: once, at the n-th step from arm() on.
class FailingReader {
 public:
  explicit FailingReader(store::Readers& readers) : readers_(readers) {
    on_connection([this](sqlite3* db) {
      db_ = db;
      sqlite3_progress_handler(db, 1, &on_step, this);
    });
  }
  ~FailingReader() {
    on_connection([](sqlite3* db) { sqlite3_progress_handler(db, 0, nullptr, nullptr); });
  }
  FailingReader(const FailingReader&) = delete;
  FailingReader& operator=(const FailingReader&) = delete;

  void arm(std::int64_t n) {
    // Who asked has the answer before the reader's job is over: nothing of it may be left when the steps
    // count.
    on_connection([](sqlite3*) {});
    left_ = n;
  }
  // Whether it failed.
  bool disarm() { return left_.exchange(0) == 0; }

 private:
  void on_connection(const std::function<void(sqlite3*)>& act) {
    std::promise<void> done;
    readers_.submit(
        [&](sqlite::Connection& db) {
          act(db.handle());
          done.set_value();
        },
        [&](const Error&) { done.set_value(); });
    done.get_future().wait();
  }
  static int on_step(void* self) {
    auto& reader = *static_cast<FailingReader*>(self);
    if (reader.left_ <= 0 || reader.is_rolling_back()) return 0;
    return reader.left_.fetch_sub(1) == 1 ? 1 : 0;
  }
  // What ends the job before comes when that job is done; its steps are before and after what it does.
  bool is_rolling_back() const {
    if (sqlite3_get_autocommit(db_) != 0) return true;
    for (auto* one = sqlite3_next_stmt(db_, nullptr); one; one = sqlite3_next_stmt(db_, one))
      if (sqlite3_stmt_busy(one) && std::string_view(sqlite3_sql(one)) == "ROLLBACK") return true;
    return false;
  }

  store::Readers& readers_;
  sqlite3* db_ = nullptr;
  std::atomic<std::int64_t> left_{0};
};

// Does the same again and again, each time with a failure a little later, until none is met any more, or
// until `act` says that it is done and can't be done twice. Farther on in wider steps: there are thousands.
void fail_at_each_step(Office& office, const std::function<bool()>& act) {
  FailingReader reader(office.services().readers);
  for (std::int64_t n = 1;; n += 1 + n / 40) {
    INFO("step " << n);
    reader.arm(n);
    const bool is_done = act();
    if (reader.disarm() && !is_done) continue;
    CHECK(n > 10);
    return;
  }
}

// Of an answer over HTTP: it is what it should be, or says that the database failed.
bool failed_plainly(const object& answer) {
  INFO(boost::json::serialize(answer));
  if (answer.at("status") == 200) return false;
  CHECK(answer.at("code") == "database");
  CHECK(answer.at("status") == 500);
  return true;
}

struct ReadingGround {
  ReadingGround() {
    for (const auto* person : {&ada, &bob}) office.set_password(person->id, kPassword);
    for (auto& [peer, token] : {std::pair(&adas, ada.token), std::pair(&bobs, bob.token)}) {
      *peer = office.connect();
      ask(**peer, "session.resume", {{"token", token}});
    }
    room = ask(*bobs, "room.create", {{"name", "den"}, {"kind", "private"}}).at("room").at("id").as_int64();
    ask(*bobs, "room.add_member", {{"room", room}, {"user", gus.id.value}});
    seq = ask(*bobs, "message.post",
              {{"room", room}, {"client_id", to_string(make_uuid7(office.clock.now()))}, {"text", "hello"}})
              .at("seq")
              .as_int64();
  }
  object ask(TestPeer& peer, const std::string& method, const object& params) {
    const auto answer = office.call(peer, method, params);
    INFO(method << " " << boost::json::serialize(answer));
    REQUIRE(answer.contains("result"));
    return answer.at("result").as_object();
  }

  Office office;
  Office::Person ada = office.add_person("ada", protocol::Role::admin);
  Office::Person bob = office.add_person("bob");
  Office::Person gus = office.add_person("gus", protocol::Role::guest);
  std::shared_ptr<TestPeer> adas, bobs;
  std::int64_t room = 0, seq = 0;
};

}  // namespace

TEST_CASE("a session that can't be read isn't over: its client tries again and hears all of its rooms") {
  ReadingGround ground;
  Office& office = ground.office;
  int answered = 0;
  fail_at_each_step(office, [&] {
    auto peer = office.connect();
    const auto answer =
        office.call(*peer, "session.resume",
                    {{"token", ground.bob.token}, {"rooms", {{std::to_string(ground.room), 0}}}});
    INFO(boost::json::serialize(answer));
    if (answer.contains("result")) {
      ++answered;
      CHECK(answer.at("result").at("rooms").at(0).at("changes").as_array().size() == 1);
      CHECK(office.services().hub.local(0).hears(*peer, RoomId{ground.room}));
    } else if (answer.contains("closed")) {
      CHECK(peer->closed == protocol::CloseCode::failed);  // not `revoked`, after which nobody comes back
    } else {
      CHECK(reason_of(answer) == "database");
    }
    office.disconnect(peer);
    return false;
  });
  CHECK(answered > 0);
}

TEST_CASE("a call over HTTP whose session can't be read is told so, not that its token is worthless") {
  ReadingGround ground;
  fail_at_each_step(ground.office, [&] {
    const auto answer = ground.office.post("room.list", "{}", ground.bob.token);
    if (!failed_plainly(answer)) CHECK(answer.at("rooms").as_array().size() == 1);
    return false;
  });
}

TEST_CASE("who signs in while the database fails didn't guess wrong") {
  ReadingGround ground;
  Office& office = ground.office;
  const std::string opens =
      std::string(R"({"user":"bob","password":")") + kPassword +
      R"(","device":{"name":"PC","client":"test 1","key":"a key that is long enough"}})";
  fail_at_each_step(office, [&] { return !failed_plainly(office.post("session.open", opens, "")); });
  const std::string changes =
      std::string(R"({"current_password":")") + kPassword + R"(","new_password":"quite another horse 78"})";
  fail_at_each_step(office, [&] {
    return !failed_plainly(office.post("account.change_password", changes, ground.ada.token));
  });
  CHECK(records(office, "auth.login.fail") == 0);
  CHECK(records(office, "auth.password.changed") == 1);
}

TEST_CASE("an invite that can't be read is neither used up nor counted as made up") {
  ReadingGround ground;
  Office& office = ground.office;
  const auto made = office.post("admin.invite_create", R"({"expires_in_s":3600})", ground.ada.token);
  const std::string link(made.at("invite").as_string());
  const std::string accepts = R"({"token":")" + link.substr(link.find("&t=") + 3) +
                              R"(","user":"lena","password":")" + kPassword +
                              R"(","device":{"name":"PC","client":"t"}})";
  fail_at_each_step(office,
                    [&] { return !failed_plainly(office.post("account.accept_invite", accepts, "")); });
  CHECK(records(office, "invite.used") == 1);
}

TEST_CASE("of people, rooms and rights that can't be read nobody is told that they aren't there") {
  ReadingGround ground;
  Office& office = ground.office;
  const std::string room = std::to_string(ground.room);
  ground.ask(*ground.bobs, "moderation.report",
             {{"room", ground.room}, {"seq", ground.seq}, {"reason", "insult"}});

  SECTION("of people whom a guest watches") {
    auto guests = office.connect();
    ground.ask(*guests, "session.resume", {{"token", ground.gus.token}});
    fail_at_each_step(office, [&] {
      const auto answer = office.call(*guests, "presence.watch", {{"users", {ground.bob.id.value}}});
      if (answer.contains("error"))
        CHECK(reason_of(answer) == "database");
      else
        CHECK(answer.at("result").at("presence").as_array().size() == 1);
      return false;
    });
  }
  SECTION("of reports in the rooms that somebody moderates") {
    // Of somebody else's message: nobody sees the reports of their own.
    auto guests = office.connect();
    ground.ask(*guests, "session.resume", {{"token", ground.gus.token}});
    const auto seq = ground
                         .ask(*guests, "message.post",
                              {{"room", ground.room},
                               {"client_id", to_string(make_uuid7(office.clock.now()))},
                               {"text", "rude"}})
                         .at("seq")
                         .as_int64();
    ground.ask(*ground.bobs, "moderation.report",
               {{"room", ground.room}, {"seq", seq}, {"reason", "insult"}});
    fail_at_each_step(office, [&] {
      const auto answer = office.post("moderation.reports", "{}", ground.bob.token);
      if (!failed_plainly(answer)) CHECK(answer.at("reports").as_array().size() == 1);
      return false;
    });
    CHECK(records(office, "access.denied") == 0);
  }
  SECTION("of a private room that an administrator opens") {
    fail_at_each_step(office, [&] {
      const auto answer = office.post("admin.access_private_room",
                                      R"({"room":)" + room + R"(,"reason":"case 7"})", ground.ada.token);
      if (!failed_plainly(answer)) CHECK(answer.at("messages").as_array().size() == 1);
      return false;
    });
  }
  SECTION("of somebody whose texts are to be erased") {
    const std::string asked =
        R"({"user":)" + std::to_string(ground.bob.id.value) + R"(,"reason":"case 7","dry_run":true})";
    fail_at_each_step(office, [&] {
      const auto answer = office.post("admin.erase_texts", asked, ground.ada.token);
      if (!failed_plainly(answer)) CHECK(answer.at("messages") == 1);
      return false;
    });
  }
}
