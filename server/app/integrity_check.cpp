#include "server/app/integrity_check.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <sys/resource.h>
#include <sys/syscall.h>

#include "common/base/log.hpp"
#include "common/evidence/database_check.hpp"
#include "server/app/housekeeper.hpp"

namespace wardroom::app {
namespace {

audit::Record failed(std::string reason) {
  audit::Record record{.type = audit::Type::integrity_checked, .outcome = audit::Outcome::failure};
  record.reason = std::move(reason);
  return record;
}

}  // namespace

audit::Record check_integrity(sqlite::Connection& db) {
  const auto quick = db.find<std::string>("PRAGMA quick_check(1)");
  if (db.failure()) return failed("The database can't be read: " + db.failure()->message);
  if (quick != "ok") return failed("SQLite finds damage: " + quick.value_or("no answer"));
  const auto log = evidence::check_database(db, {});
  if (!log) return failed("The audit log can't be read: " + log.error().message);
  audit::Record record{.type = audit::Type::integrity_checked};
  if (!log->is_sound())
    record = failed(log->findings.empty() ? "The log doesn't hold." : log->findings.front());
  record.after = {{"records", log->size}, {"findings", log->wrong}};
  return record;
}

void IntegrityCheck::begin() {
  if (busy_.exchange(true)) return;
  if (thread_.joinable()) thread_.join();
  thread_ = std::thread([this] {
    run();
    busy_ = false;
  });
}

void IntegrityCheck::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (checking_) sqlite3_interrupt(checking_->handle());
  }
  if (thread_.joinable()) thread_.join();
}

void IntegrityCheck::run() {
  // Of this thread alone, on Linux: whatever else wants the processor comes first.
  setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), 19);
  auto db = sqlite::Connection::open(database_, sqlite::Connection::Mode::read_only);
  if (!db) return spdlog::error("server.integrity_not_checked message=\"{}\"", db.error().message);
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    checking_ = db->get();
  }
  const audit::Record record = check_integrity(**db);
  {
    const std::lock_guard lock(mutex_);
    checking_ = nullptr;
  }
  if (stopping_) return;
  if (record.outcome != audit::Outcome::success)
    spdlog::error("server.integrity message=\"{}\"", record.reason);
  submit_server_record(writer_, record);
}

}  // namespace wardroom::app
