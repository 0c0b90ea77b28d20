#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <set>
#include <sodium.h>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "common/base/uuid.hpp"
#include "common/link/blocking_client.hpp"
#include "protocol/catalogue.hpp"
#include "server/app/appliance.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/initialise.hpp"
#include "server/app/setup_code.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/durable_file.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

namespace fs = std::filesystem;

constexpr int kPosters = 3;
constexpr int kPostsBefore = 20;  // of each, so that there is something to lose

// A served office with two rooms, into which people post in turns.
struct BusyOffice {
  BusyOffice() {
    REQUIRE(sodium_init() >= 0);
    options.server.hosts = {"localhost"};
    options.server.listen = {"127.0.0.1"};
    options.server.port = 0;
    options.hashing.admin_memory_mib = 19;
    options.hashing.admin_passes = 2;
    options.limits.messages_per_second = options.limits.messages_burst = 100'000;
    options.limits.requests_per_second = options.limits.requests_burst = 100'000;
    REQUIRE(app::initialise(temp.path() / "data", options, clock));
    dir = *ops::open_data_dir(temp.path() / "data");
    auto started = app::Appliance::start(dir, options, clock);
    INFO((started ? "" : started.error().message));
    REQUIRE(started);
    appliance = std::move(*started);
    server = {"localhost", appliance->port(), *ops::load_pin(dir.ca_certificate())};
    const auto code = ops::read_small_file(app::setup_code_file(dir));
    REQUIRE(code);
    link::BlockingClient client(server);
    const auto lena = client.accept_invite({Secret(code->substr(0, code->find('\n'))),
                                            "lena",
                                            std::nullopt,
                                            Secret(std::string("correct horse battery")),
                                            {},
                                            {"PC", "test", {}}});
    INFO((lena ? "" : lena.error().message));
    REQUIRE(lena);
    token = lena->token;
    for (std::size_t i = 0; i < rooms.size(); ++i) {
      const auto made =
          client.call<protocol::RoomCreate>({"ops-" + std::to_string(i), protocol::RoomKind::public_, {}});
      REQUIRE(made);
      rooms[i] = made->room.id;
    }
  }

  TempDir temp;
  SystemClock clock;  // clients go by the machine's
  app::Options options;
  ops::DataDir dir;
  std::unique_ptr<app::Appliance> appliance;
  protocol::Introduction server;
  Secret token;
  std::array<RoomId, 2> rooms;
};

// Posts "NAME 0", "NAME 1" …, each once the one before is acknowledged and in the other room, until told to
// stop. Its thread checks nothing: Catch isn't made for that.
class Poster {
 public:
  Poster(const BusyOffice& office, std::string name)
      : name_(std::move(name)), thread_([this, &office] { work(office); }) {}
  ~Poster() { stop(); }
  Poster(const Poster&) = delete;
  Poster& operator=(const Poster&) = delete;

  void stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
  }
  const std::string& name() const { return name_; }
  int acknowledged() const { return acknowledged_; }
  bool has_failed() const { return failed_; }

 private:
  void work(const BusyOffice& office) {
    link::BlockingClient client(office.server);
    failed_ = !client.resume(office.token);
    for (int i = 0; !stopping_ && !failed_; ++i) {
      const auto posted = client.call<protocol::MessagePost>({office.rooms[static_cast<std::size_t>(i % 2)],
                                                              to_string(make_uuid7(office.clock.now())),
                                                              name_ + " " + std::to_string(i),
                                                              {}});
      if (posted)
        acknowledged_ = i + 1;
      else
        failed_ = true;
    }
  }

  const std::string name_;
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> failed_ = false;
  std::atomic<int> acknowledged_ = 0;
  std::thread thread_;
};

}  // namespace

TEST_CASE(
    "a backup that is made while people post has all that was acknowledged before it, and of what came "
    "meanwhile the beginning, without a gap") {
  BusyOffice office;
  std::vector<std::unique_ptr<Poster>> posters;
  for (int i = 0; i < kPosters; ++i)
    posters.push_back(std::make_unique<Poster>(office, "poster" + std::to_string(i)));
  const auto all_have = [&](const std::map<std::string, int>& before, int more) {
    return std::all_of(posters.begin(), posters.end(), [&](const auto& poster) {
      return poster->has_failed() || poster->acknowledged() >= before.at(poster->name()) + more;
    });
  };
  std::map<std::string, int> before;
  for (const auto& poster : posters) before[poster->name()] = 0;
  for (int round = 0; round < 3; ++round) {
    INFO("backup " << round);
    while (!all_have(before, kPostsBefore)) std::this_thread::yield();
    for (const auto& poster : posters) before[poster->name()] = poster->acknowledged();
    const fs::path file = office.temp.path() / ("backup" + std::to_string(round) + ".db");
    const auto written = app::back_up_served(office.dir, file);
    INFO((written ? "" : written.error().message));
    REQUIRE(written);
    auto copy = sqlite::Connection::open(file, sqlite::Connection::Mode::read_only);
    REQUIRE(copy);
    for (const auto room : office.rooms) {
      const auto messages =
          (*copy)->find<std::int64_t>("SELECT count(*) FROM messages WHERE room_id = ?", room);
      CHECK((*copy)->find<std::int64_t>("SELECT count FROM rooms WHERE id = ?", room) == messages);
      CHECK((*copy)->find<std::int64_t>("SELECT min(count) FROM messages WHERE room_id = ?", room) == 1);
      CHECK((*copy)->find<std::int64_t>("SELECT max(count) FROM messages WHERE room_id = ?", room) ==
            messages);
    }
    for (const auto& poster : posters) {
      INFO(poster->name());
      std::set<int> kept;
      auto rows = (*copy)->query("SELECT text FROM messages WHERE text LIKE ? || ' %'", poster->name());
      while (rows.step()) kept.insert(std::stoi(rows.get<std::string>(0).substr(poster->name().size() + 1)));
      REQUIRE_FALSE(kept.empty());
      // Each post waited for the one before it, in the other room: a hole would be a commit that is left out.
      CHECK(*kept.begin() == 0);
      CHECK(*kept.rbegin() + 1 == static_cast<int>(kept.size()));
      CHECK(static_cast<int>(kept.size()) >= before.at(poster->name()));
    }
  }
  // They went on meanwhile, or nothing was shown.
  while (!all_have(before, 1)) std::this_thread::yield();
  for (const auto& poster : posters) {
    poster->stop();
    CHECK_FALSE(poster->has_failed());
  }
}
