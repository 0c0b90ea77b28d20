#include <fstream>
#include <sodium.h>
#include <thread>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "common/base/random.hpp"
#include "server/app/appliance.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/initialise.hpp"
#include "server/app/loss.hpp"
#include "server/app/office_check.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/durable_file.hpp"
#include "tests/harness/temp_dir.hpp"

// A directory that has been an office starts as that office or not at all; check and run go by one list.
using namespace wardroom;
using namespace wardroom::testing;

namespace {

namespace fs = std::filesystem;

struct House {
  explicit House(const std::string& name = "data") : root(temp.path() / name) {
    REQUIRE(sodium_init() >= 0);
    options.server.hosts = {"localhost"};
    options.server.port = 0;
    options.server.listen = {"127.0.0.1"};
    REQUIRE(app::initialise(root, options, clock));
    dir = *ops::open_data_dir(root);
  }
  Result<std::unique_ptr<app::Appliance>> start() { return app::Appliance::start(dir, options, clock); }
  void run_once() {
    auto appliance = start();
    INFO((appliance ? "" : appliance.error().message));
    REQUIRE(appliance);
    (*appliance)->stop();
  }
  // Both say it, and for the same reason; afterwards nothing was made in its place.
  std::string refusal() { return refusal_of(dir); }
  std::string refusal_of(const ops::DataDir& office) {
    std::string checked;
    for (const auto& finding : app::check_office(office, options, clock.now()))
      if (finding.refused && checked.empty()) checked = finding.error.message;
    const auto started = app::Appliance::start(office, options, clock);
    if (started) return "started";
    CHECK(started.error().message == checked);
    return started.error().message;
  }

  TempDir temp;
  FakeClock clock;
  fs::path root;
  app::Options options;
  ops::DataDir dir;
};

void replace(const fs::path& from, const fs::path& to) {
  fs::copy_file(from, to, fs::copy_options::overwrite_existing);
}

}  // namespace

TEST_CASE("an office's database that is missing, empty or another's is never replaced in silence") {
  House house;
  house.run_once();
  House other("other");
  const fs::path saved = house.temp.path() / "saved.db";
  replace(house.dir.database(), saved);

  fs::remove(house.dir.database());
  CHECK(house.refusal().find("is missing") != std::string::npos);
  CHECK_FALSE(fs::exists(house.dir.database()));

  std::ofstream(house.dir.database()).close();
  CHECK(house.refusal().find("is empty") != std::string::npos);
  CHECK(fs::file_size(house.dir.database()) == 0);

  {
    fs::remove(house.dir.database());
    auto foreign = sqlite::Connection::open(house.dir.database(), sqlite::Connection::Mode::read_write);
    REQUIRE(foreign);
    REQUIRE((*foreign)->run_script("CREATE TABLE letters (text TEXT)"));
  }
  CHECK(house.refusal().find("isn't a database of Wardroom") != std::string::npos);

  replace(other.dir.database(), house.dir.database());
  CHECK(house.refusal().find("another office") != std::string::npos);
  other.run_once();
  replace(other.dir.database(), house.dir.database());
  CHECK(house.refusal() != "started");

  replace(saved, house.dir.database());
  house.run_once();
}

TEST_CASE("a log that lost its end is named with what is missing, until a person accepts the loss") {
  House house;
  const fs::path older = house.temp.path() / "older.db";
  house.run_once();
  replace(house.dir.database(), older);
  house.run_once();
  replace(older, house.dir.database());
  const std::string refused = house.refusal();
  CHECK(refused.find("are missing") != std::string::npos);
  CHECK(refused.find("accept-loss") != std::string::npos);
  const auto loss = app::accept_loss(house.dir, "the disk", house.clock);
  REQUIRE(loss);
  REQUIRE(loss->kept);
  CHECK(loss->found.size < loss->kept->size);
  house.run_once();
  CHECK_FALSE(app::accept_loss(house.dir, "again", house.clock));
}

TEST_CASE("what a lost, cut or damaged WAL took with it after a crash is named, by run and by check") {
  House house;
  house.run_once();
  const auto appliance = house.start();
  REQUIRE(appliance);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
  const auto covers_the_start = [&] {
    const auto head = ops::read_small_file(house.dir.newest_head());
    const auto db = sqlite::Connection::open(house.dir.database(), sqlite::Connection::Mode::read_only);
    const auto size = (*db)->find<std::int64_t>("SELECT max(idx) + 1 FROM audit_records");
    const auto starts =
        (*db)->find<std::int64_t>("SELECT count(*) FROM audit_records WHERE type = 'server.started'");
    return starts == 2 && head && head->find("\n" + std::to_string(*size) + "\n") != std::string::npos;
  };
  while (!covers_the_start() && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  REQUIRE(covers_the_start());
  // A copy of the files while it runs is what a crash leaves.
  const auto crash = [&](const std::string& name, auto damage) {
    const fs::path root = house.temp.path() / name;
    fs::create_directory(root);
    for (const auto& entry : fs::directory_iterator(house.root))
      if (entry.path() != house.dir.run())
        fs::copy(entry, root / entry.path().filename(), fs::copy_options::recursive);
    fs::create_directory(root / "run");
    fs::permissions(root, fs::perms::owner_all);
    const auto dir = ops::open_data_dir(root);
    REQUIRE(dir);
    fs::path wal = dir->database();
    wal += "-wal";
    REQUIRE(fs::file_size(wal) > 4096);
    damage(wal);
    return house.refusal_of(*dir);
  };
  CHECK(crash("whole", [](const fs::path&) {}) == "started");
  CHECK(crash("deleted", [](const fs::path& wal) { fs::remove(wal); }).find("are missing") !=
        std::string::npos);
  CHECK(crash("halved", [](const fs::path& wal) {
          fs::resize_file(wal, fs::file_size(wal) / 2);
        }).find("are missing") != std::string::npos);
  CHECK(crash("flipped", [](const fs::path& wal) {
          std::fstream file(wal, std::ios::in | std::ios::out | std::ios::binary);
          file.seekg(5000);
          const int byte = file.get();
          file.seekp(5000);
          file.put(static_cast<char>(byte ^ 1));
        }).find("are missing") != std::string::npos);
}

TEST_CASE(
    "check finds whatever keeps run from starting: keys and certificates that are missing or don't fit") {
  for (const auto* name : {"keys/seal.key", "tls/server.key", "tls/ca.crt"}) {
    INFO(name);
    House house;
    house.run_once();
    fs::remove(house.root / name);
    CHECK(house.refusal() != "started");
  }
  for (const auto* name : {"tls/server.key", "tls/ca.crt"}) {
    INFO("another office's " << name);
    House house;
    const House other("other");
    replace(other.root / name, house.root / name);
    CHECK(house.refusal() != "started");
  }
  {
    INFO("audit key");
    House house;
    house.run_once();
    for (const auto& entry : fs::directory_iterator(house.dir.keys()))
      if (entry.path().filename().string().starts_with("audit-")) std::ofstream(entry.path()) << "no key";
    CHECK(house.refusal() != "started");
  }
  House house;
  ::chmod(house.dir.server_key().c_str(), 0644);
  CHECK(house.refusal().find("chmod 600") != std::string::npos);
}

TEST_CASE(
    "a certificate without its authority isn't served, at the start or at a reload, and the old one stays") {
  House house;
  auto appliance = house.start();
  REQUIRE(appliance);
  REQUIRE((*appliance)->reload());
  const std::string pem = *ops::read_small_file(house.dir.server_certificate());
  const auto second = pem.find("-----BEGIN", 10);
  REQUIRE(ops::write_durably(house.dir.server_certificate(), pem.substr(0, second), 0644));
  const auto refused = (*appliance)->reload();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "chain_incomplete");
  appliance->reset();
  CHECK(house.refusal().find("lacks the certificate of the authority") != std::string::npos);
}

TEST_CASE(
    "a name in hosts that the certificate doesn't stand for is a finding, and doesn't keep those out who use "
    "others") {
  House house;
  house.options.server.hosts = {"chat.elsewhere.example", "localhost"};
  const auto findings = app::check_office(house.dir, house.options, house.clock.now());
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].error.reason == "host_not_in_certificate");
  CHECK_FALSE(findings[0].refused);
  house.run_once();
}

TEST_CASE(
    "a certificate that is missing or dated by a clock ahead is issued by what is believed of the time") {
  House house;
  house.run_once();
  fs::remove(house.dir.server_certificate());
  // The clock goes 61 days ahead while the server is off: no certificate of then.
  house.clock.move_wall(std::chrono::days{61});
  {
    auto appliance = house.start();
    REQUIRE(appliance);
    (*appliance)->stop();
  }
  house.clock.move_wall(-std::chrono::days{61});
  const auto info = ops::load_certificate_info(house.dir.server_certificate());
  REQUIRE(info);
  CHECK(info->not_before <= house.clock.now());
  REQUIRE(ops::issue_certificate(house.dir, *ops::parse_hosts("localhost"),
                                 house.clock.now() + std::chrono::days{61}));
  house.run_once();
  CHECK(ops::load_certificate_info(house.dir.server_certificate())->not_before <= house.clock.now());
}

TEST_CASE("an expired certificate is renewed by a start, and by a reload once the authority's key is back") {
  House house;
  const auto hosts = *ops::parse_hosts("localhost");
  const TimePoint now = house.clock.now();
  for (const auto& file : {house.dir.ca_key(), house.dir.ca_certificate(), house.dir.server_certificate()})
    fs::remove(file);
  REQUIRE(ops::create_authority(house.dir, "Harbour", hosts, now - std::chrono::days{200}));
  REQUIRE(ops::issue_certificate(house.dir, hosts, now - std::chrono::days{100}));
  const std::string expired = *ops::read_small_file(house.dir.server_certificate());
  const auto holds = [&] { return ops::check_dates(house.dir, now).has_value(); };
  REQUIRE_FALSE(holds());
  house.run_once();
  CHECK(holds());

  // Without the key it is served as it is, so that whoever looks is told.
  const fs::path away = house.temp.path() / "ca.key";
  fs::rename(house.dir.ca_key(), away);
  REQUIRE(ops::write_durably(house.dir.server_certificate(), expired, 0644));
  auto appliance = house.start();
  REQUIRE(appliance);
  const auto refused = (*appliance)->reload();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "certificate_dates");
  CHECK(refused.error().message.find("keys/ca.key") != std::string::npos);
  fs::rename(away, house.dir.ca_key());
  const auto reloaded = (*appliance)->reload();
  INFO((reloaded ? "" : reloaded.error().message));
  REQUIRE(reloaded);
  CHECK(holds());
  appliance->reset();
  const auto db = sqlite::Connection::open(house.dir.database(), sqlite::Connection::Mode::read_only);
  REQUIRE(db);
  CHECK((*db)->find<std::int64_t>(
            "SELECT count(*) FROM audit_records WHERE type = 'server.certificate_renewed'") == 2);
}

TEST_CASE("an expired certificate whose authority is over as well keeps no office from starting") {
  House house;
  const auto hosts = *ops::parse_hosts("localhost");
  const TimePoint then = house.clock.now() - ops::kAuthorityLifetime - std::chrono::days{10};
  for (const auto& file : {house.dir.ca_key(), house.dir.ca_certificate(), house.dir.server_certificate()})
    fs::remove(file);
  REQUIRE(ops::create_authority(house.dir, "Harbour", hosts, then));
  REQUIRE(ops::issue_certificate(house.dir, hosts, then));
  house.run_once();
}

TEST_CASE("a database that others can read becomes its owner's alone") {
  House house;
  ::chmod(house.dir.database().c_str(), 0666);
  house.run_once();
  struct stat info {};
  REQUIRE(::stat(house.dir.database().c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
}

TEST_CASE("a backup is never written into the data directory, and nothing is recorded of a refused one") {
  House house;
  house.run_once();
  const std::string before = *ops::read_small_file(house.dir.seal_key());
  for (const fs::path& to :
       {house.dir.database(), house.dir.seal_key(), house.dir.config(), house.root / "new", fs::path()}) {
    INFO(to);
    const auto refused = app::back_up_offline(house.dir, to, house.clock);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().reason == "target_refused");
  }
  CHECK(*ops::read_small_file(house.dir.seal_key()) == before);
  house.run_once();
}

TEST_CASE("an empty configuration isn't an office with the defaults") {
  House house;
  std::ofstream(house.dir.config(), std::ios::trunc) << " \n";
  const auto refused = app::load_options(house.dir.config());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("is empty") != std::string::npos);
}

TEST_CASE("the check says of the copies of the log what it looked at, and what it didn't") {
  app::Options options;
  CHECK(app::describe_copies(options, false) == "none asked for");
  options.audit.heads_file = "/var/backups/heads";
  CHECK(app::describe_copies(options, false) == "can be made");
  CHECK(app::describe_copies(options, true).find("root can't tell") != std::string::npos);
  options.audit.syslog = "collector.example:6514";
  CHECK(app::describe_copies(options, false) ==
        "can be made; whether collector.example:6514 answers wasn't tried");
}
