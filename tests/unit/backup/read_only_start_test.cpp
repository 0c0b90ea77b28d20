#include <sodium.h>
#include <sqlite3.h>

#include <catch2/catch.hpp>

#include "common/base/uuid.hpp"
#include "common/link/blocking_client.hpp"
#include "common/sqlite/transaction.hpp"
#include "protocol/catalogue.hpp"
#include "server/app/appliance.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/initialise.hpp"
#include "server/app/setup_code.hpp"
#include "server/audit/log.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/durable_file.hpp"
#include "server/store/database.hpp"
#include "tests/harness/faulty_vfs.hpp"
#include "tests/harness/temp_dir.hpp"

// A disk without any room, and no reserve any more. A file system that is really full: e2e/ctl: full_disk.
using namespace wardroom;
using namespace wardroom::testing;

namespace {

const Secret kLenasPassword("correct horse battery");

struct FullOffice {
  FullOffice() {
    REQUIRE(sodium_init() >= 0);
    REQUIRE(sqlite3_vfs_register(sqlite3_vfs_find(disk.name()), 1) == SQLITE_OK);
    options.server.hosts = {"localhost"};
    options.server.listen = {"127.0.0.1"};
    options.server.port = 0;
    options.hashing.admin_memory_mib = 19;
    options.hashing.admin_passes = 2;
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
                                            kLenasPassword,
                                            {},
                                            {"PC", "test", {}}});
    REQUIRE(lena);
    token = lena->token;
    const auto made = client.call<protocol::RoomCreate>({"ops", protocol::RoomKind::public_, {}});
    REQUIRE(made);
    room = made->room.id;
    REQUIRE(post(client, "before"));
  }

  void start() {
    auto started = app::Appliance::start(dir, options, clock);
    INFO((started ? "" : started.error().message));
    REQUIRE(started);
    appliance = std::move(*started);
  }

  // A record without a head, as a crash leaves it: the start has something to write.
  void leave_something_to_write() const {
    auto db = *store::open_database(dir.database());
    sqlite::Transaction transaction(*db, sqlite::Transaction::Kind::write);
    store::WriteTx tx{*db, clock.now(), {}};
    audit::append_record(tx, {.type = audit::Type::audit_heartbeat});
    REQUIRE(transaction.commit());
  }

  Result<protocol::MessagePost::Result> post(link::BlockingClient& client, const std::string& text) const {
    return client.call<protocol::MessagePost>({room, to_string(make_uuid7(clock.now())), text, {}});
  }

  std::vector<std::string> texts(link::BlockingClient& client) const {
    const auto page = client.call<protocol::MessageHistory>({room, {}, {}, {}, 200});
    INFO((page ? "" : page.error().message));
    REQUIRE(page);
    std::vector<std::string> all;
    for (const auto& message : page->messages) all.push_back(message.text);
    return all;
  }

  FaultyVfs disk;
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

TEST_CASE("a server that starts without any room serves reading alone, and writes after a start with room") {
  FullOffice office;
  office.appliance.reset();
  office.leave_something_to_write();
  // The port of before is what it was, and wouldn't be written; another one can't be.
  std::filesystem::remove(office.dir.run() / "port");
  std::filesystem::create_directory(office.dir.run() / "port.new");

  office.disk.arm(FaultyVfs::Fault::disk_full, 1, true);
  office.start();
  REQUIRE(office.appliance->reads_only());
  {
    link::BlockingClient client(office.server);
    const auto resumed = client.resume(office.token);
    INFO((resumed ? "" : resumed.error().message));
    REQUIRE(resumed);
    CHECK(office.texts(client) == std::vector<std::string>{"before"});
    const auto posted = office.post(client, "meanwhile");
    REQUIRE_FALSE(posted);
    CHECK(posted.error().reason == "disk_full");
    const auto found = client.call<protocol::MessageSearch>({.query = "before"});
    INFO((found ? "" : found.error().message));
    CHECK(found);
  }
  {
    link::BlockingClient client(office.server);
    const auto signed_in = client.sign_in({"lena", kLenasPassword, std::nullopt, {"PC", "test", {}}});
    REQUIRE_FALSE(signed_in);
    CHECK(signed_in.error().reason == "disk_full");
  }
  const auto metrics = app::ask_server(office.dir, {.act = app::LocalQuestion::Act::metrics});
  REQUIRE(metrics);
  CHECK(metrics->text.find("\nwardroom_writer_healthy 0\n") != std::string::npos);

  REQUIRE(office.disk.disarm());
  CHECK(office.appliance->has_room_again());
  office.appliance.reset();
  std::filesystem::remove(office.dir.run() / "port.new");
  office.start();
  CHECK_FALSE(office.appliance->reads_only());
  CHECK_FALSE(office.appliance->has_room_again());
  link::BlockingClient client(office.server);
  REQUIRE(client.resume(office.token));
  CHECK(office.post(client, "after"));
  CHECK(office.texts(client) == std::vector<std::string>{"before", "after"});
}

TEST_CASE("a database is read as it lies there, with what its log holds, and nothing of it is touched") {
  TempDir temp;
  const auto file = temp.path() / "wardroom.db";
  const auto copy = temp.path() / "copy.db";
  {
    auto db = *store::open_database(file);
    store::store_epoch(*db, 1);
    REQUIRE(db->run_script("PRAGMA wal_checkpoint(TRUNCATE)"));
    store::store_epoch(*db, 2);
    // As a crash leaves both: the newer value in the log alone.
    std::filesystem::copy_file(file, copy);
    std::filesystem::copy_file(file.string() + "-wal", copy.string() + "-wal");
  }
  const auto log_bytes = std::filesystem::file_size(copy.string() + "-wal");
  REQUIRE(log_bytes > 0);
  {
    using sqlite::Connection;
    const auto one = *Connection::open(copy, Connection::Mode::frozen);
    const auto other = *Connection::open(copy, Connection::Mode::frozen);
    CHECK(store::load_epoch(*one) == 2);
    CHECK(store::load_epoch(*other) == 2);
    CHECK_FALSE(one->run("DELETE FROM meta"));
  }
  CHECK_FALSE(std::filesystem::exists(copy.string() + "-shm"));
  CHECK(std::filesystem::file_size(copy.string() + "-wal") == log_bytes);
}
