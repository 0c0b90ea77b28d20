#include "server/app/appliance.hpp"

#include <filesystem>
#include <fstream>

#include "server/app/backup_job.hpp"
#include "server/app/initialise.hpp"
#include "server/app/loss.hpp"
#include "server/app/options.hpp"
#include "server/ops/data_dir.hpp"
#include "server/store/database.hpp"
#include "tests/harness/temp_dir.hpp"
#include "tests/unit/catalogue/acts.hpp"

// The records that a whole server writes about its own life.
using namespace wardroom;
using namespace wardroom::testing;
using audit::Type;

namespace wardroom::testing {

const std::vector<Type> kOfAppliance{
    Type::server_initialised,  Type::server_started,     Type::server_stopped, Type::server_recovered,
    Type::certificate_renewed, Type::certificate_failed, Type::backup_created, Type::backup_verified,
    Type::backup_restored,     Type::clock_confirmed,    Type::loss_accepted};

}  // namespace wardroom::testing

namespace {

struct House {
  House() {
    options.server.hosts = {"localhost"};
    options.server.port = 0;
    options.server.listen = {"127.0.0.1"};
    REQUIRE(app::initialise(root(), options, clock));
    auto opened = ops::open_data_dir(root());
    REQUIRE(opened);
    dir = *opened;
  }
  std::filesystem::path root() const { return temp.path() / "data"; }
  std::unique_ptr<app::Appliance> start(const ops::DataDir& where) {
    auto appliance = app::Appliance::start(where, options, clock);
    REQUIRE(appliance);
    return std::move(*appliance);
  }

  TempDir temp;
  FakeClock clock;
  app::Options options;
  ops::DataDir dir;
};

void check_one(const ops::DataDir& dir, Type type, const std::string& outcome = "success") {
  auto db = sqlite::Connection::open(dir.database(), sqlite::Connection::Mode::read_only);
  REQUIRE(db);
  const auto record = find_record(**db, type);
  INFO(audit::catalogue_row(type).name);
  REQUIRE(record);
  check_record(*record, {type, {}, "", "", false, outcome});
}

void wait_for_record(const ops::DataDir& dir, Type type) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{60};
  for (;;) {
    auto db = sqlite::Connection::open(dir.database(), sqlite::Connection::Mode::read_only);
    REQUIRE(db);
    if (find_record(**db, type)) return;
    if (std::chrono::steady_clock::now() > deadline) FAIL("the record didn't come within 60 s");
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
}

}  // namespace

TEST_CASE("a server records that it was made, that it started and that it was stopped") {
  House house;
  check_one(house.dir, Type::server_initialised);
  auto appliance = house.start(house.dir);
  appliance->stop();
  check_one(house.dir, Type::server_started);
  check_one(house.dir, Type::server_stopped);
}

TEST_CASE("a server that was not stopped says so at its next start") {
  House house;
  auto appliance = house.start(house.dir);
  wait_for_record(house.dir, Type::server_started);
  // What a crash leaves: the files as they are while it runs.
  const auto copy = house.temp.path() / "crashed";
  std::filesystem::create_directory(copy);
  std::filesystem::permissions(copy, std::filesystem::perms::owner_all);
  for (const auto& entry : std::filesystem::directory_iterator(house.root()))
    if (entry.path().filename() != "run")
      std::filesystem::copy(entry.path(), copy / entry.path().filename(),
                            std::filesystem::copy_options::recursive);
  std::filesystem::create_directory(copy / "run");
  const auto crashed = ops::open_data_dir(copy);
  REQUIRE(crashed);
  house.start(*crashed)->stop();
  check_one(*crashed, Type::server_recovered);
}

TEST_CASE("a renewed certificate is recorded, and one that couldn't be renewed") {
  House house;
  const auto pass = [&] {
    house.clock.advance(std::chrono::days{61});
    REQUIRE(app::confirm_clock_offline(house.dir, "was off", house.clock));
  };
  pass();
  {
    auto appliance = house.start(house.dir);
    wait_for_record(house.dir, Type::certificate_renewed);
  }
  check_one(house.dir, Type::certificate_renewed);
  check_one(house.dir, Type::clock_confirmed);
  pass();
  std::ofstream(house.dir.ca_key()) << "not a key";
  {
    auto appliance = house.start(house.dir);
    wait_for_record(house.dir, Type::certificate_failed);
  }
  check_one(house.dir, Type::certificate_failed, "error");
}

TEST_CASE("a backup, its check and its return are recorded") {
  House house;
  const auto file = house.temp.path() / "backup";
  REQUIRE(app::back_up_offline(house.dir, file, house.clock.now()));
  check_one(house.dir, Type::backup_created);
  check_one(house.dir, Type::backup_verified);
  const auto root = house.temp.path() / "restored";
  REQUIRE(ops::restore_backup(file, root, "rehearsal", house.clock.now()));
  const auto restored = ops::open_data_dir(root);
  REQUIRE(restored);
  check_one(*restored, Type::backup_restored);
}

TEST_CASE("a loss that a person accepts is recorded with its size") {
  House house;
  const auto older = house.temp.path() / "older.db";
  house.start(house.dir)->stop();
  std::filesystem::copy_file(house.dir.database(), older);
  house.start(house.dir)->stop();
  std::filesystem::copy_file(older, house.dir.database(), std::filesystem::copy_options::overwrite_existing);
  REQUIRE(app::accept_loss(house.dir, "the disk", house.clock));
  check_one(house.dir, Type::loss_accepted);
}
