#include <fstream>
#include <thread>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "common/base/random.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/loss.hpp"
#include "server/audit/head_signer.hpp"
#include "server/credentials/seal.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/durable_file.hpp"
#include "server/ops/kept_head.hpp"
#include "server/store/users.hpp"
#include "tests/unit/backup/office_house.hpp"

// A directory that has been an office starts as that office or not at all; check and run go by one list.
using namespace wardroom;
using namespace wardroom::testing;

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
  CHECK(house.refusal().find("The key that signs the audit log can't be used") != std::string::npos);
  {
    auto keyless = sqlite::Connection::open(house.dir.database(), sqlite::Connection::Mode::read_write);
    REQUIRE(keyless);
    REQUIRE((*keyless)->run_script("DELETE FROM audit_keys"));
  }
  CHECK(house.refusal().find("another office") != std::string::npos);
  other.run_once();
  replace(other.dir.database(), house.dir.database());
  CHECK(house.refusal() != "started");

  replace(saved, house.dir.database());
  house.run_once();
}

TEST_CASE(
    "the log's key and first head are there before the configuration, so no start is left half-way with "
    "them") {
  House house;
  const auto load_keys = [&] {
    const auto db = sqlite::Connection::open(house.dir.database(), sqlite::Connection::Mode::read_only);
    REQUIRE(db);
    return audit::load_keys(**db);
  };
  const auto keys = load_keys();
  REQUIRE(keys.size() == 1);
  CHECK(audit::check_signing_key(house.dir.keys(), keys[0]));
  const auto key = tlog::VerifierKey::parse(keys[0].key);
  const auto note = ops::load_kept_head(house.dir);
  REQUIRE((key && note && *note));
  const auto head = tlog::open_checkpoint(**note, *key);
  REQUIRE(head);
  CHECK(head->size > 0);
  CHECK(fs::last_write_time(house.dir.newest_head()) <= fs::last_write_time(house.dir.config()));

  const fs::path away = house.temp.path() / "newest-head";
  fs::rename(house.dir.newest_head(), away);
  CHECK(house.refusal().find("newest-head is missing") != std::string::npos);
  fs::rename(away, house.dir.newest_head());
  house.run_once();
  REQUIRE(load_keys().size() == 1);
  CHECK(load_keys()[0].key == keys[0].key);
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

TEST_CASE("an office whose passwords another key sealed doesn't start, and says which key it needs") {
  House house;
  house.run_once();
  {
    const auto db = *sqlite::Connection::open(house.dir.database(), sqlite::Connection::Mode::read_write);
    const auto id = store::insert_user(*db, {.name = "lena", .display_name = "Lena"}, house.clock.now());
    REQUIRE(id);
    const auto seal = credentials::Seal::load(house.dir.seal_key());
    REQUIRE(seal);
    store::update_password(*db, *id, seal->seal(*id, "a hash"), false);
    REQUIRE_FALSE(db->failure());
  }
  house.run_once();
  const House other("other");
  replace(other.dir.seal_key(), house.dir.seal_key());
  CHECK(house.refusal().find("isn't the key that this office's passwords were sealed with") !=
        std::string::npos);
}

TEST_CASE("an empty configuration isn't an office with the defaults") {
  House house;
  std::ofstream(house.dir.config(), std::ios::trunc) << " \n";
  const auto refused = app::load_options(house.dir.config());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("is empty") != std::string::npos);
}

TEST_CASE(
    "a configuration that lost the office's name is named, and one that sets nothing isn't started with") {
  House house;
  REQUIRE(ops::add_host(house.dir, *ops::parse_hosts("localhost,chat.example"),
                        *ops::parse_host("chat.example"), house.clock.now()));
  const auto lost = [&](const app::Options& options) -> std::optional<app::Finding> {
    for (auto& finding : app::check_office(house.dir, options, house.clock.now()))
      if (finding.error.reason == "hosts_not_set") return finding;
    return std::nullopt;
  };
  // As [server] alone, or all of it in remarks, is read.
  const app::Options nothing = *app::parse_options("[server]\n[limits]\n[backup]\n", "wardroom.toml");
  REQUIRE(lost(nothing));
  CHECK(lost(nothing)->refused);
  CHECK(lost(nothing)->error.message.find("hosts = [\"chat.example\"]") != std::string::npos);
  // Short, and still somebody's.
  const app::Options brief = *app::parse_options("[server]\nname = \"Harbour\"\n", "wardroom.toml");
  REQUIRE(lost(brief));
  CHECK_FALSE(lost(brief)->refused);
  CHECK_FALSE(lost(*app::parse_options("[server]\nhosts = [\"chat.example\"]\n", "wardroom.toml")));
  // An office for trying is called localhost, and may have no line but its sections'.
  const House trial("trial");
  for (const auto& finding : app::check_office(trial.dir, nothing, trial.clock.now()))
    CHECK(finding.error.reason != "hosts_not_set");
}

TEST_CASE("a disk that fills is a finding before it is full, from the part on that the options say") {
  constexpr std::uint64_t kGiB = std::uint64_t{1} << 30;
  app::Options options;
  const auto is_said = [&](std::uint64_t free, std::uint64_t bytes) {
    const auto findings = app::check_disk(ops::DiskSpace{free * kGiB, bytes * kGiB}, options);
    return !findings.empty() && findings[0].error.reason == "disk_low" && !findings[0].refused;
  };
  CHECK_FALSE(is_said(6, 100));
  CHECK(is_said(4, 100));
  options.store.disk_low_percent = 10;
  CHECK(is_said(9, 100));
  // Of a small disk 1 GiB.
  CHECK(is_said(0, 2));
  CHECK_FALSE(is_said(1, 2));
  CHECK(app::check_disk(std::nullopt, options).empty());

  std::uint64_t free = 40;
  ops::DiskWatch watch([&] { return ops::DiskSpace{free * kGiB, 100 * kGiB}; }, 30);
  CHECK_FALSE(watch.look());
  free = 29;
  REQUIRE(watch.look());
  CHECK(watch.is_low());
  free = 31;
  CHECK_FALSE(watch.look());
  CHECK(watch.is_low());
  free = 46;
  REQUIRE(watch.look());
  CHECK_FALSE(watch.is_low());
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
