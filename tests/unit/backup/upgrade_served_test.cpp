#include <condition_variable>
#include <mutex>
#include <sodium.h>

#include <catch2/catch.hpp>

#include "common/base/uuid.hpp"
#include "common/evidence/database_check.hpp"
#include "common/evidence/tables_check.hpp"
#include "common/link/blocking_client.hpp"
#include "protocol/catalogue.hpp"
#include "server/app/appliance.hpp"
#include "server/app/initialise.hpp"
#include "server/app/schema_upgrade.hpp"
#include "server/app/setup_code.hpp"
#include "server/ops/backup.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/durable_file.hpp"
#include "server/store/database.hpp"
#include "tests/harness/old_schema.hpp"
#include "tests/harness/temp_dir.hpp"

// An office with people in it is brought to a newer schema: they come back by themselves, and lose nothing.
using namespace wardroom;
using namespace wardroom::testing;

namespace {

namespace fs = std::filesystem;
using link::LinkState;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr std::string_view kPassword = "correct horse battery";

// One PC: what its link told, and since when it is online.
class Pc {
 public:
  Pc(const protocol::Introduction& server, const Secret& token) {
    link::Handlers handlers;
    handlers.status = [this](const link::Status& status) {
      const std::lock_guard lock(mutex_);
      if (status.state == LinkState::online) ++online_;
      is_final_ = status.final;
      told_.notify_all();
    };
    connection_.emplace(server, std::move(handlers));
    connection_->enter(token);
  }
  // The link's thread uses what is declared after it: it goes first.
  ~Pc() { connection_.reset(); }

  // Until it has come online so many times in all.
  void wait_online(int times) {
    std::unique_lock lock(mutex_);
    REQUIRE(told_.wait_for(lock, seconds{60}, [&] { return online_ >= times || is_final_; }));
    REQUIRE_FALSE(is_final_);
  }

  // Nothing: whether it happened is unknown.
  std::optional<Seq> post(RoomId room, const std::string& id, const std::string& text) {
    std::optional<Result<protocol::MessagePost::Result>> answer;
    connection_->call<protocol::MessagePost>({room, id, text, {}}, [&](auto result) {
      const std::lock_guard lock(mutex_);
      answer = std::move(result);
      told_.notify_all();
    });
    std::unique_lock lock(mutex_);
    REQUIRE(told_.wait_for(lock, seconds{60}, [&] { return answer.has_value(); }));
    return *answer ? std::optional((*answer)->seq) : std::nullopt;
  }

 private:
  std::mutex mutex_;
  std::condition_variable told_;
  int online_ = 0;
  bool is_final_ = false;
  std::optional<link::Connection> connection_;
};

struct ServedOffice {
  ServedOffice() {
    REQUIRE(sodium_init() >= 0);
    options.server.hosts = {"localhost"};
    options.server.listen = {"127.0.0.1"};
    options.server.port = 0;
    options.hashing.admin_memory_mib = 19;
    options.hashing.admin_passes = 2;
    options.limits.messages_per_second = options.limits.messages_burst = 1000;
    REQUIRE(app::initialise(temp.path() / "data", options, clock));
    dir = *ops::open_data_dir(temp.path() / "data");
    start();
    options.server.port = appliance->port();  // the same after each restart
    server = {"localhost", appliance->port(), *ops::load_pin(dir.ca_certificate())};
    const auto code = ops::read_small_file(app::setup_code_file(dir));
    REQUIRE(code);
    link::BlockingClient client(server);
    const auto lena = client.accept_invite({Secret(code->substr(0, code->find('\n'))),
                                            "lena",
                                            std::nullopt,
                                            Secret(std::string(kPassword)),
                                            {},
                                            {"PC", "test", {}}});
    INFO((lena ? "" : lena.error().message));
    REQUIRE(lena);
    token = lena->token;
    const auto made = client.call<protocol::RoomCreate>({"ops", protocol::RoomKind::public_, {}});
    REQUIRE(made);
    room = made->room.id;
  }
  void start() {
    auto started = app::Appliance::start(dir, options, clock);
    INFO((started ? "" : started.error().message));
    REQUIRE(started);
    appliance = std::move(*started);
  }
  void stop() { appliance.reset(); }
  // Everything that the room holds, in its order.
  std::vector<std::string> texts() const {
    link::BlockingClient client(server);
    REQUIRE(client.resume(token));
    const auto page = client.call<protocol::MessageHistory>({room, {}, {}, {}, 200});
    REQUIRE(page);
    std::vector<std::string> all;
    for (const auto& message : page->messages) all.push_back(message.text);
    return all;
  }

  TempDir temp;
  SystemClock clock;  // clients go by the machine's
  app::Options options;
  ops::DataDir dir;
  std::unique_ptr<app::Appliance> appliance;
  protocol::Introduction server;
  Secret token;
  RoomId room;
};

}  // namespace

TEST_CASE(
    "who is connected during an upgrade is back within 5 s and loses nothing, and so it is on the way back") {
  ServedOffice office;
  const int newest = store::newest_schema_version();
  constexpr int kPcs = 5;
  std::vector<std::unique_ptr<Pc>> pcs;
  for (int i = 0; i < kPcs; ++i) pcs.push_back(std::make_unique<Pc>(office.server, office.token));
  for (auto& pc : pcs) pc->wait_online(1);
  std::vector<std::string> wanted;
  for (int i = 0; i < 20; ++i) {
    wanted.push_back("before " + std::to_string(i));
    REQUIRE(pcs[static_cast<std::size_t>(i) % kPcs]->post(
        office.room, to_string(make_uuid7(office.clock.now())), wanted.back()));
  }

  // What the package does: the server stops, and another program starts, which finds an earlier schema.
  const auto restart = [&](int online_before) {
    const auto begun = steady_clock::now();
    office.start();
    const auto ready = steady_clock::now();
    for (auto& pc : pcs) pc->wait_online(online_before + 1);
    const auto back = steady_clock::now();
    const auto ms = [](auto span) {
      return std::chrono::duration_cast<std::chrono::milliseconds>(span).count();
    };
    INFO("ready after " << ms(ready - begun) << " ms, everybody is back " << ms(back - ready) << " ms later");
    CHECK(back - ready < seconds{5});  // the promise itself is a time
  };
  office.stop();
  turn_back_schema(office.dir, newest - 1);
  restart(1);
  const auto way_back = app::find_way_back(office.dir);
  REQUIRE(way_back);
  CHECK(office.texts() == wanted);

  // A message whose answer the restart cut off is sent again under its id, and stands there once.
  const std::string id = to_string(make_uuid7(office.clock.now()));
  REQUIRE(pcs[0]->post(office.room, id, "after"));
  REQUIRE(pcs[0]->post(office.room, id, "after"));
  auto after = wanted;
  after.push_back("after");
  CHECK(office.texts() == after);
  {
    auto db = sqlite::Connection::open(office.dir.database(), sqlite::Connection::Mode::read_only);
    REQUIRE(db);
    CHECK(*sqlite::schema_version(**db) == newest);
    CHECK(evidence::check_database(**db, {})->is_sound());
    CHECK(evidence::check_tables(**db)->is_sound());
  }

  // And back: what the upgrade kept is restored, served again, and holds what was there before it.
  office.stop();
  const fs::path newer = office.dir.root.string() + ".newer";
  fs::rename(office.dir.root, newer);
  const auto restored = ops::restore_backup(newer / way_back->lexically_relative(office.dir.root),
                                            office.dir.root, "back to the version of before", office.clock);
  INFO((restored ? "" : restored.error().message));
  REQUIRE(restored);
  restart(2);
  CHECK(office.texts() == wanted);
}
