#include "server/ops/syslog_forwarder.hpp"

#include "common/base/log.hpp"
#include "common/evidence/record_format.hpp"

namespace wardroom::ops {
namespace {

constexpr std::int64_t kAtOnce = 200;
constexpr std::chrono::minutes kHeadEvery{1};
constexpr const char* kNextKey = "audit_syslog_next";
constexpr const char* kHeadKey = "audit_syslog_head";

class KeepJob final : public store::WriteJob {
 public:
  KeepJob(const char* key, std::int64_t value) : key_(key), value_(value) {}
  Result<void> run(store::WriteTx& tx) override {
    tx.db.run(
        "INSERT INTO meta (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        key_, std::to_string(value_));
    return ok();
  }
  void finished(const Result<void>&) override {}  // else it is sent again

 private:
  const char* key_;
  std::int64_t value_;
};

std::int64_t find_kept(sqlite::Connection& db, const char* key) {
  return db.find<std::int64_t>("SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?", key).value_or(0);
}

// RFC 5425 section 4.3.
std::string framed(const std::string& message) {
  return std::to_string(message.size()) + " " + message;
}

}  // namespace

SyslogForwarder::SyslogForwarder(Settings settings, std::filesystem::path database, store::Writer& writer)
    : settings_(std::move(settings)),
      database_(std::move(database)),
      writer_(writer),
      thread_(settings_.pause, [this](bool last) { work(last); }) {}

void SyslogForwarder::work(bool last) {
  if (last && !sender_) return;
  failing_.note(true);  // until it is there: the collector may hang as well as refuse
  const auto sent = send_new(last);
  if (sent) {
    failing_.note(false);
    if (std::exchange(told_, false)) spdlog::info("syslog.sending_again");
    return;
  }
  sender_.reset();
  if (!std::exchange(told_, true))
    spdlog::error("syslog.not_sent message=\"{}\" sent_later=yes", sent.error().message);
}

Result<void> SyslogForwarder::open() {
  if (!db_) {
    auto db = sqlite::Connection::open(database_, sqlite::Connection::Mode::read_only);
    if (!db) return db.error();
    db_ = std::move(*db);
    next_ = find_kept(*db_, kNextKey);
    head_ = find_kept(*db_, kHeadKey);
    // Of a log that isn't that long any more, a backup's, everything is new.
    const auto size = db_->find<std::int64_t>("SELECT coalesce(max(idx) + 1, 0) FROM audit_records");
    if (next_ > size.value_or(0)) next_ = 0;
    // What couldn't be read isn't a log of which nothing was sent.
    if (db_->failure()) {
      const Error failure = *db_->failure();
      db_.reset();
      return failure;
    }
  }
  if (sender_) return ok();
  auto sender = TlsSender::connect(settings_.collector);
  if (!sender) return sender.error();
  sender_ = std::move(*sender);
  return ok();
}

Result<void> SyslogForwarder::send_new(bool last) {
  if (auto opened = open(); !opened) return opened;
  for (;;) {
    const auto more = send_batch();
    if (db_->failure()) {
      const Error failure = *db_->failure();
      db_->clear_error();
      return failure;
    }
    if (!more) return more.error();
    if (!*more) break;
    // A log that is new to the collector takes its time.
    failing_.note(false);
    failing_.note(true);
  }
  return send_head(last);
}

// Whether there may be more.
Result<bool> SyslogForwarder::send_batch() {
  std::string bytes;
  std::int64_t count = 0;
  {
    auto row =
        db_->query("SELECT line FROM audit_records WHERE idx >= ? ORDER BY idx LIMIT ?", next_, kAtOnce);
    for (; row.step(); ++count) {
      const auto line = row.get<std::string_view>(0);
      if (line.empty()) continue;  // pruned since
      const auto message = evidence::to_syslog(line, settings_.own_name);
      if (message) bytes += framed(*message);
    }
  }
  if (db_->failure() || count == 0) return false;
  if (!bytes.empty()) {
    if (auto sent = sender_->send(bytes); !sent) return sent.error();
    if (auto received = sender_->wait_until_received(); !received) return received.error();
  }
  next_ += count;
  keep(kNextKey, next_);
  return count == kAtOnce;
}

Result<void> SyslogForwarder::send_head(bool last) {
  const auto now = std::chrono::steady_clock::now();
  if (!last && head_sent_ && now - *head_sent_ < kHeadEvery) return ok();
  std::int64_t size = 0;
  std::string message;
  {
    auto row = db_->query(
        "SELECT size, at, note FROM audit_checkpoints WHERE size > ? ORDER BY size DESC LIMIT 1", head_);
    if (!row.step()) return ok();
    size = row.get<std::int64_t>(0);
    message = evidence::head_to_syslog(row.get<std::string>(2), size, to_rfc3339(row.get<TimePoint>(1)),
                                       settings_.own_name);
  }
  if (auto sent = sender_->send(framed(message)); !sent) return sent;
  if (auto received = sender_->wait_until_received(); !received) return received;
  head_ = size;
  head_sent_ = now;
  keep(kHeadKey, head_);
  return ok();
}

void SyslogForwarder::keep(const char* key, std::int64_t value) {
  writer_.submit(std::make_unique<KeepJob>(key, value));
}

}  // namespace wardroom::ops
