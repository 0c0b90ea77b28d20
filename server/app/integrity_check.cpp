#include "server/app/integrity_check.hpp"

#include <sqlite3.h>

#include "common/base/give_way.hpp"
#include "common/base/log.hpp"
#include "common/sqlite/transaction.hpp"
#include "server/app/housekeeper.hpp"

namespace wardroom::app {
namespace {

using std::chrono::steady_clock;

// Short enough that no request notices, long enough that pages are still warm for the next piece.
constexpr std::chrono::milliseconds kSlice{10};

}  // namespace

void IntegrityCheck::load_last() {
  auto db = sqlite::Connection::open(database_, sqlite::Connection::Mode::read_only);
  if (!db) return;
  auto last = audit::load_last_check(**db);
  if (!last) return;
  // A time that is still to come was written by a clock that was ahead: how long ago it is isn't known.
  const auto age = clock_.trusted() - last->at;
  const std::lock_guard lock(mutex_);
  last_ = std::move(last);
  if (age >= age.zero() && last_->is_complete) last_ended_ = clock_.steady() - age;
}

void IntegrityCheck::begin() {
  if (busy_) return;
  if (thread_.joinable()) thread_.join();
  busy_ = true;
  try {
    thread_ = std::thread([this] { run_thread(); });
  } catch (const std::exception&) {
    busy_ = false;  // the next time may find room for a thread
    throw;
  }
}

void IntegrityCheck::run_thread() noexcept {
  try {
    run();
  } catch (const std::exception& e) {
    spdlog::error("server.integrity_threw what=\"{}\"", e.what());
  }
  busy_ = false;
}

void IntegrityCheck::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (checking_) sqlite3_interrupt(checking_->handle());
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

CheckStatus IntegrityCheck::status() const {
  const std::lock_guard lock(mutex_);
  CheckStatus status;
  status.last = last_;
  if (last_ended_)
    status.age = std::chrono::duration_cast<std::chrono::seconds>(clock_.steady() - *last_ended_);
  return status;
}

// Rests so long that the work is its share of the time. False when the server stops.
bool IntegrityCheck::pause(std::chrono::nanoseconds worked) {
  std::unique_lock lock(mutex_);
  return !wake_.wait_for(lock, worked * (100 - share_) / share_, [this] { return stopping_.load(); });
}

// Nothing when the server stops.
std::optional<Result<CheckOutcome>> IntegrityCheck::check(sqlite::Connection& db) {
  PiecewiseCheck check;
  for (bool more = true; more;) {
    const auto begun = steady_clock::now();
    {
      const sqlite::Transaction view(db, sqlite::Transaction::Kind::read);
      do {
        const auto stepped = check.step(db);
        if (stopping_) return std::nullopt;
        if (!stepped) return Result<CheckOutcome>(stepped.error());
        more = *stepped;
      } while (more && steady_clock::now() - begun < kSlice);
    }
    if (!pause(steady_clock::now() - begun)) return std::nullopt;
  }
  const sqlite::Transaction view(db, sqlite::Transaction::Kind::read);
  auto outcome = check.finish(db);
  if (stopping_) return std::nullopt;
  return outcome;
}

// As check(); what is thrown is a check that was given up, and not one that found nothing.
std::optional<Result<CheckOutcome>> IntegrityCheck::try_check(sqlite::Connection& db) noexcept {
  try {
    return check(db);
  } catch (const std::exception&) {
    return Result<CheckOutcome>(Error{ErrorCode::internal, "out of memory", {}, {}, {}});
  }
}

void IntegrityCheck::record(const Result<CheckOutcome>& outcome, std::chrono::seconds took) {
  CheckOutcome told;
  if (outcome) told = *outcome;
  if (!outcome) {
    told.add("The database can't be read: " + outcome.error().message);
    told.not_proven = {"everything: the check was given up"};
  }
  const auto record = describe_check(told, took);
  if (record.outcome != audit::Outcome::success)
    spdlog::error("server.integrity findings={} unproven={} message=\"{}\"", told.wrong, told.unproven,
                  record.reason);
  {
    const std::lock_guard lock(mutex_);
    last_ = audit::LastCheck{{}, clock_.now(), told.wrong, told.unproven, took, outcome.has_value()};
    if (outcome) last_ended_ = clock_.steady();
  }
  // First, since a thread of the lowest priority may wait long for its next turn: whoever sees the record can
  // have the next check begun.
  busy_ = false;
  submit_server_record(writer_, record);
}

void IntegrityCheck::run() {
  give_way(19);
  auto db = sqlite::Connection::open(database_, sqlite::Connection::Mode::read_only);
  if (!db) return spdlog::error("server.integrity_not_checked message=\"{}\"", db.error().message);
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    checking_ = db->get();
  }
  const auto begun = steady_clock::now();
  const auto outcome = try_check(**db);
  {
    const std::lock_guard lock(mutex_);
    checking_ = nullptr;
  }
  if (outcome)
    record(*outcome, std::chrono::duration_cast<std::chrono::seconds>(steady_clock::now() - begun));
}

}  // namespace wardroom::app
