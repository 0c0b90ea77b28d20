#include "server/app/backup_worker.hpp"

#include <fstream>
#include <sodium.h>
#include <thread>

#include <catch2/catch.hpp>

#include "protocol/json_text.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/initialise.hpp"
#include "server/ops/backup_key.hpp"
#include "server/store/database.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::testing;
using protocol::BackupAct;

namespace {

namespace fs = std::filesystem;

// An office that is served as far as its writer goes, and an administrator who asks.
struct Served {
  explicit Served(bool encrypts = false) {
    REQUIRE(sodium_init() >= 0);
    app::Options options;
    options.server.hosts = {"localhost"};
    options.backup.folder = folder.string();
    if (encrypts) options.backup.recipient = ops::format_recipient(ops::make_backup_keys().recipient);
    REQUIRE(app::initialise(dir.root, options, clock));
    fs::create_directory(folder);
    auto db = store::open_database(dir.database());
    REQUIRE(db);
    writer.emplace(std::move(*db), clock, store::Writer::Limits{});
    writer->start({});
    worker.emplace(dir, *writer, figures, believed);
  }
  ~Served() {
    worker->stop();
    writer->stop();
  }

  Result<protocol::BackupWork> claim(BackupAct act, const std::string& name = {}) {
    audit::Record asked{.type = act == BackupAct::run ? audit::Type::backup_begun
                                                      : audit::Type::backup_rechecked};
    asked.actor = {audit::Actor::Kind::user, UserId{7}, "ines", "admin"};
    return worker->claim(act, name, std::move(asked));
  }
  protocol::AdminBackupList::Result list() {
    auto db = sqlite::Connection::open(dir.database(), sqlite::Connection::Mode::read_only);
    REQUIRE(db);
    auto result = worker->load(**db);
    REQUIRE(result);
    return std::move(*result);
  }
  // Until it has ended.
  protocol::BackupOutcome done(BackupAct act, const std::string& name = {}) {
    clock.advance(std::chrono::seconds{2});
    const auto work = claim(act, name);
    INFO((work ? "" : work.error().message));
    REQUIRE(work);
    worker->begin();
    for (;;) {
      const auto now = list();
      if (!now.work) {
        REQUIRE(now.last);
        CHECK(now.last->act == act);
        CHECK(now.last->name == work->name);
        CHECK(now.last->by == "ines");
        return *now.last;
      }
      std::this_thread::yield();
    }
  }
  // As the next start finds it.
  app::LastBackup last_in_log() {
    auto db = sqlite::Connection::open(dir.database(), sqlite::Connection::Mode::read_only);
    REQUIRE(db);
    return app::find_last_backup(**db);
  }
  boost::json::object newest(const std::string& type) {
    auto db = sqlite::Connection::open(dir.database(), sqlite::Connection::Mode::read_only);
    REQUIRE(db);
    const auto line = (*db)->find<std::string>(
        "SELECT line FROM audit_records WHERE type = ? ORDER BY idx DESC LIMIT 1", type);
    REQUIRE(line);
    return protocol::parse_json(*line)->as_object();
  }

  TempDir temp;
  fs::path folder = temp.path() / "backups";
  FakeClock clock;
  TrustedClock believed{clock, std::nullopt};
  ops::DataDir dir{temp.path() / "data"};
  app::Figures figures;
  std::optional<store::Writer> writer;
  std::optional<app::BackupWorker> worker;
};

void spoil(const fs::path& file) {
  std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
  out.seekp(static_cast<std::streamoff>(fs::file_size(file) / 2));
  out.put('!').put('?');
}

}  // namespace

TEST_CASE("a backup from afar is made, checked and listed as a nightly one, with the name of who asked") {
  Served s;
  const auto made = s.done(BackupAct::run);
  INFO(made.text);
  CHECK(made.ok);
  const auto list = s.list();
  REQUIRE(list.backups.size() == 1);
  const auto& backup = list.backups.front();
  CHECK(backup.name == made.name);
  CHECK(backup.checked_at);
  CHECK_FALSE(backup.encrypted);
  CHECK_FALSE(backup.problem);
  CHECK(backup.kept_until == backup.at + std::chrono::days{30});
  CHECK(s.figures.backup_verified != 0);
  CHECK_FALSE(s.figures.backup_failed);
  for (const auto* type : {"server.backup_begun", "server.backup_created", "server.backup_verified"}) {
    INFO(type);
    const auto record = s.newest(type);
    CHECK(std::string(record.at("actor").at("name").as_string()) == "ines");
    CHECK(std::string(record.at("outcome").as_string()) == "success");
  }
}

TEST_CASE("a backup is verified and its restore rehearsed, with records, and nothing of it stays") {
  Served s;
  const auto name = s.done(BackupAct::run).name;
  const auto verified = s.done(BackupAct::verify, name);
  INFO(verified.text);
  CHECK(verified.ok);
  CHECK(verified.text.find("byte for byte") != std::string::npos);
  CHECK(verified.text.find("opened and checked again") != std::string::npos);
  const auto rehearsed = s.done(BackupAct::rehearse, name);
  INFO(rehearsed.text);
  CHECK(rehearsed.ok);
  CHECK_FALSE(fs::exists(s.dir.rehearsal()));
  CHECK_FALSE(s.figures.recheck_failed);
  CHECK(s.last_in_log().unsound.empty());
  const auto record = s.newest("server.backup_rechecked");
  CHECK(std::string(record.at("after").at("how").as_string()) == "rehearse");
  CHECK(std::string(record.at("after").at("to").as_string()) == (s.folder / name).string());
  const auto backup = s.list().backups.front();
  CHECK(backup.verified_at);
  CHECK(backup.rehearsed_at);
  // The age of the newest backup is that of the backup, not of the last look at it.
  CHECK(from_unix_ms(s.figures.backup_verified) < *backup.verified_at);
}

TEST_CASE("a backup that was changed fails, on record, and the list says so") {
  Served s;
  const auto name = s.done(BackupAct::run).name;
  spoil(s.folder / name);
  const auto verified = s.done(BackupAct::verify, name);
  CHECK_FALSE(verified.ok);
  CHECK(verified.text.find("byte for byte") != std::string::npos);
  CHECK(std::string(s.newest("server.backup_rechecked").at("outcome").as_string()) == "failure");
  CHECK(s.figures.recheck_failed);
  CHECK(s.last_in_log().unsound == audit::FailedLooks{{name, "verify"}});
  CHECK(s.list().backups.front().problem == verified.text);
  std::ofstream(s.folder / name, std::ios::trunc) << "cut off";
  const auto list = s.list();
  REQUIRE(list.backups.front().problem);
  CHECK(list.backups.front().problem->find("bytes") != std::string::npos);
  const auto rehearsed = s.done(BackupAct::rehearse, name);
  CHECK_FALSE(rehearsed.ok);
  CHECK_FALSE(fs::exists(s.dir.rehearsal()));
}

TEST_CASE("a bad backup is an alarm until a look of the same kind at it is good, or it is gone") {
  Served s;
  const auto bad = s.done(BackupAct::run).name;
  const auto good = s.done(BackupAct::run).name;
  const auto whole = s.temp.path() / "whole";
  fs::copy_file(s.folder / bad, whole);
  spoil(s.folder / bad);
  CHECK_FALSE(s.done(BackupAct::verify, bad).ok);
  CHECK(s.done(BackupAct::verify, good).ok);
  CHECK(s.figures.recheck_failed);
  fs::copy_file(whole, s.folder / bad, fs::copy_options::overwrite_existing);
  CHECK(s.done(BackupAct::rehearse, bad).ok);
  CHECK(s.figures.recheck_failed);
  CHECK(s.last_in_log().unsound == audit::FailedLooks{{bad, "verify"}});
  CHECK(s.done(BackupAct::verify, bad).ok);
  CHECK_FALSE(s.figures.recheck_failed);
  CHECK(s.last_in_log().unsound.empty());
  spoil(s.folder / bad);
  CHECK_FALSE(s.done(BackupAct::verify, bad).ok);
  CHECK(s.figures.recheck_failed);
  fs::remove(s.folder / bad);
  s.list();
  CHECK_FALSE(s.figures.recheck_failed);
  // As a start finds it: what it knows of is looked for at the next look into the folder.
  s.worker->note_unsound(s.last_in_log().unsound);
  CHECK(s.figures.recheck_failed);
  s.list();
  CHECK_FALSE(s.figures.recheck_failed);
}

TEST_CASE("a backup that a stop gives up is no failure and no alarm") {
  Served s;
  s.clock.advance(std::chrono::seconds{2});
  REQUIRE(s.done(BackupAct::run).ok);
  s.clock.advance(std::chrono::seconds{2});
  REQUIRE(s.claim(BackupAct::run));
  s.worker->begin();
  s.worker->stop();
  CHECK_FALSE(s.figures.backup_failed);
  CHECK_FALSE(s.last_in_log().failed);
}

TEST_CASE("an encrypted backup is compared, and what can't be done without its key is said") {
  Served s(true);
  const auto made = s.done(BackupAct::run);
  INFO(made.text);
  CHECK(made.ok);
  CHECK(made.name.ends_with(".encrypted"));
  CHECK(s.list().backups.front().encrypted);
  const auto verified = s.done(BackupAct::verify, made.name);
  CHECK(verified.ok);
  CHECK(verified.text.find("key isn't on this server") != std::string::npos);
  const auto refused = s.done(BackupAct::rehearse, made.name);
  CHECK_FALSE(refused.ok);
  CHECK(refused.text.find("Verify it here") != std::string::npos);
  CHECK_FALSE(s.figures.recheck_failed);
}

TEST_CASE("one at a time, only what lies in the folder, and none without a folder") {
  Served s;
  const auto name = s.done(BackupAct::run).name;
  for (const auto* foreign :
       {"../data/wardroom.db", "/etc/passwd", "wardroom-2020-01-01T02-00-00Z.db/x", ""}) {
    INFO(foreign);
    const auto refused = s.claim(BackupAct::verify, foreign);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::not_found);
  }
  const auto none = s.done(BackupAct::verify, "wardroom-2020-01-01T02-00-00Z.db");
  CHECK_FALSE(none.ok);
  CHECK(none.text.find("There is no backup") != std::string::npos);
  // It says nothing of a backup.
  CHECK(std::string(s.newest("server.backup_rechecked").at("outcome").as_string()) == "error");
  CHECK(s.last_in_log().unsound.empty());
  CHECK_FALSE(s.figures.recheck_failed);
  REQUIRE(s.claim(BackupAct::verify, name));
  const auto second = s.claim(BackupAct::run);
  REQUIRE_FALSE(second);
  CHECK(second.error().reason == "backup_running");
  CHECK(second.error().message.find("ines") != std::string::npos);
  s.worker->give_up();
  CHECK_FALSE(s.list().work);
  fs::remove_all(s.folder);
  const auto closed = s.done(BackupAct::run);
  CHECK_FALSE(closed.ok);
  CHECK(closed.text.find("isn't there") != std::string::npos);
  CHECK(s.figures.backup_failed);
  CHECK(s.list().problem);
}

TEST_CASE("a failure to write is a record with its reason, and an alarm") {
  Served s;
  s.clock.advance(std::chrono::seconds{2});
  const auto work = s.claim(BackupAct::run);
  REQUIRE(work);
  fs::remove_all(s.folder);
  s.worker->begin();
  while (s.list().work) std::this_thread::yield();
  const auto list = s.list();
  REQUIRE(list.last);
  CHECK_FALSE(list.last->ok);
  CHECK(s.figures.backup_failed);
  const auto record = s.newest("server.backup_created");
  CHECK(std::string(record.at("outcome").as_string()) == "failure");
  CHECK_FALSE(record.at("reason").as_string().empty());
}

TEST_CASE("after its stop nothing is begun") {
  Served s;
  REQUIRE(s.claim(BackupAct::run));
  s.worker->stop();
  s.worker->begin();
  CHECK_FALSE(s.list().work);
  CHECK_FALSE(s.claim(BackupAct::run));
}
