#include <sodium.h>
#include <sqlite3.h>

#include <catch2/catch.hpp>

#include "common/sqlite/transaction.hpp"
#include "server/app/appliance.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/initialise.hpp"
#include "server/audit/log.hpp"
#include "server/ops/data_dir.hpp"
#include "server/store/database.hpp"
#include "tests/harness/faulty_vfs.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::testing;

TEST_CASE("a server that starts on a full disk has itself backed up, and its clock confirmed") {
  REQUIRE(sodium_init() >= 0);
  FaultyVfs disk;
  REQUIRE(sqlite3_vfs_register(sqlite3_vfs_find(disk.name()), 1) == SQLITE_OK);
  TempDir temp;
  FakeClock clock;
  app::Options options;
  options.server.hosts = {"localhost"};
  options.server.port = 0;
  options.server.listen = {"127.0.0.1"};
  REQUIRE(app::initialise(temp.path() / "data", options, clock));
  const auto dir = *ops::open_data_dir(temp.path() / "data");
  (*app::Appliance::start(dir, options, clock))->stop();

  {  // A record without a head, as a crash leaves it: the start signs it.
    auto db = *store::open_database(dir.database());
    sqlite::Transaction transaction(*db, sqlite::Transaction::Kind::write);
    store::WriteTx tx{*db, clock.now(), {}};
    audit::append_record(tx, {.type = audit::Type::audit_heartbeat});
    REQUIRE(transaction.commit());
  }
  // The first byte that the start writes finds no room; then there is what was kept.
  disk.arm(FaultyVfs::Fault::disk_full, 1, false);
  auto appliance = app::Appliance::start(dir, options, clock);
  INFO((appliance ? "" : appliance.error().message));
  REQUIRE(disk.disarm());
  REQUIRE(appliance);
  const auto metrics = app::ask_server(dir, {.act = app::LocalQuestion::Act::metrics});
  REQUIRE(metrics);
  REQUIRE(metrics->text.find("\nwardroom_writer_healthy 0\n") != std::string::npos);

  const auto to = temp.path() / "other-disk";
  const auto backup = app::back_up_served(dir, to);
  INFO((backup ? "" : backup.error().message));
  CHECK(backup);
  const auto confirmed = app::confirm_clock_served(dir, "looked at my watch");
  INFO((confirmed ? "" : confirmed.error().message));
  CHECK(confirmed);
  (*appliance)->stop();
  auto db = store::open_database(dir.database());
  REQUIRE(db);
  for (const char* type : {"server.backup_begun", "server.backup_verified", "server.clock_confirmed"})
    CHECK((*db)->find<std::int64_t>("SELECT count(*) FROM audit_records WHERE type = ?", type) == 1);
}
