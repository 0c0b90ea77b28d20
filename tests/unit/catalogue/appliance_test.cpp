#include "server/app/appliance.hpp"

#include <filesystem>
#include <fstream>

#include "server/app/backup_job.hpp"
#include "server/app/initialise.hpp"
#include "server/app/local_question.hpp"
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

// What happens to a server as a whole, and the records that it leaves.
struct HouseAct {
  const char* what;
  std::vector<std::pair<Type, std::string>> records;  // with their outcomes
  ops::DataDir (*perform)(House&);                    // where they are then
};

ops::DataDir start_and_stop(House& house) {
  house.start(house.dir)->stop();
  return house.dir;
}

// What a crash leaves: the files as they are while it runs.
ops::DataDir crash_and_start(House& house) {
  auto appliance = house.start(house.dir);
  wait_for_record(house.dir, Type::server_started);
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
  return *crashed;
}

void let_certificate_age(House& house) {
  house.clock.advance(std::chrono::days{61});
  REQUIRE(app::confirm_clock_offline(house.dir, "was off", house.clock));
}

ops::DataDir renew_certificate(House& house) {
  let_certificate_age(house);
  auto appliance = house.start(house.dir);
  wait_for_record(house.dir, Type::certificate_renewed);
  return house.dir;
}

ops::DataDir fail_to_renew(House& house) {
  let_certificate_age(house);
  std::ofstream(house.dir.ca_key()) << "not a key";
  auto appliance = house.start(house.dir);
  wait_for_record(house.dir, Type::certificate_failed);
  return house.dir;
}

ops::DataDir rotate_authority(House& house) {
  using app::AuthorityStep;
  auto appliance = house.start(house.dir);
  const std::pair<AuthorityStep, Type> steps[] = {{AuthorityStep::rotate, Type::authority_announced},
                                                  {AuthorityStep::cancel, Type::authority_cancelled},
                                                  {AuthorityStep::rotate, Type::authority_announced},
                                                  {AuthorityStep::finish, Type::authority_switched},
                                                  {AuthorityStep::retire, Type::authority_retired}};
  for (const auto& [step, type] : steps) {
    const auto done = app::ask_server(house.dir, {.act = app::LocalQuestion::Act::authority, .step = step});
    INFO((done ? "" : done.error().message));
    REQUIRE(done);
    wait_for_record(house.dir, type);
  }
  return house.dir;
}

// A step whose record a crash left out, or whose files were put in from where the key is.
ops::DataDir find_authority_rotated(House& house) {
  REQUIRE(ops::announce_authority(house.dir, *ops::parse_hosts("localhost"), house.clock.now()));
  house.start(house.dir)->stop();
  return house.dir;
}

ops::DataDir back_up(House& house) {
  REQUIRE(app::back_up_offline(house.dir, house.temp.path() / "backup", house.clock));
  return house.dir;
}

ops::DataDir restore(House& house) {
  back_up(house);
  const auto root = house.temp.path() / "restored";
  REQUIRE(ops::restore_backup(house.temp.path() / "backup", root, "rehearsal", house.clock));
  const auto restored = ops::open_data_dir(root);
  REQUIRE(restored);
  return *restored;
}

ops::DataDir accept_a_loss(House& house) {
  const auto older = house.temp.path() / "older.db";
  start_and_stop(house);
  std::filesystem::copy_file(house.dir.database(), older);
  start_and_stop(house);
  std::filesystem::copy_file(older, house.dir.database(), std::filesystem::copy_options::overwrite_existing);
  REQUIRE(app::accept_loss(house.dir, "the disk", house.clock));
  return house.dir;
}

const HouseAct kHouseActs[] = {
    {"it was made, started and stopped",
     {{Type::server_initialised, "success"},
      {Type::server_started, "success"},
      {Type::server_stopped, "success"}},
     &start_and_stop},
    {"it wasn't stopped before this start", {{Type::server_recovered, "success"}}, &crash_and_start},
    {"its certificate was renewed",
     {{Type::certificate_renewed, "success"}, {Type::clock_confirmed, "success"}},
     &renew_certificate},
    {"its certificate couldn't be renewed", {{Type::certificate_failed, "error"}}, &fail_to_renew},
    {"its authority was rotated",
     {{Type::authority_announced, "success"},
      {Type::authority_cancelled, "success"},
      {Type::authority_switched, "success"},
      {Type::authority_retired, "success"}},
     &rotate_authority},
    {"its authority had been rotated", {{Type::authority_announced, "success"}}, &find_authority_rotated},
    {"a backup was made and checked",
     {{Type::backup_begun, "success"}, {Type::backup_created, "success"}, {Type::backup_verified, "success"}},
     &back_up},
    {"a backup was put back", {{Type::backup_restored, "success"}}, &restore},
    {"a person accepted a loss", {{Type::loss_accepted, "success"}}, &accept_a_loss},
};

}  // namespace

namespace wardroom::testing {

std::vector<Type> types_of_appliance() {
  std::vector<Type> types;
  for (const auto& act : kHouseActs)
    for (const auto& [type, outcome] : act.records) types.push_back(type);
  return types;
}

}  // namespace wardroom::testing

TEST_CASE("what happens to a server as a whole leaves the records that are documented") {
  for (const auto& act : kHouseActs) {
    DYNAMIC_SECTION(act.what) {
      House house;
      const auto dir = act.perform(house);
      for (const auto& [type, outcome] : act.records) check_one(dir, type, outcome);
    }
  }
}
