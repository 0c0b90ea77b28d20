#include "server/app/backup_job.hpp"

#include <future>

#include "common/base/target_file.hpp"
#include "common/sqlite/transaction.hpp"
#include "protocol/codec.hpp"
#include "protocol/json_text.hpp"
#include "server/app/local_socket.hpp"
#include "server/audit/log.hpp"
#include "server/store/clock_state.hpp"
#include "server/store/database.hpp"

namespace wardroom::app {

// Described, so that the protocol's codec writes and reads them.
struct LocalQuestion {
  enum class Act { backup_created, backup_verified, clock_confirmed };
  Act act = Act::backup_created;
  std::string to;
  std::optional<std::string> failure;  // of the copy
  std::int64_t records = 0;
  std::int64_t bytes = 0;
  std::string reason;  // of the person who says that the clock is right
};
BOOST_DESCRIBE_ENUM(LocalQuestion::Act, backup_created, backup_verified, clock_confirmed)
BOOST_DESCRIBE_STRUCT(LocalQuestion, (), (act, to, failure, records, bytes, reason))
struct LocalAnswer {
  std::optional<std::string> error;
  std::int64_t by_ms = 0;  // how far the clock was doubted
};
BOOST_DESCRIBE_STRUCT(LocalAnswer, (), (error, by_ms))

namespace {

using Act = LocalQuestion::Act;

LocalQuestion begun(const std::filesystem::path& to) {
  return {.act = Act::backup_created, .to = to.string()};
}

LocalQuestion ended(const Result<ops::BackupSummary>& written) {
  LocalQuestion question{.act = Act::backup_verified};
  if (written) {
    question.records = written->records;
    question.bytes = static_cast<std::int64_t>(written->bytes);
  } else {
    question.failure = written.error().message;
  }
  return question;
}

audit::Record created_record(const LocalQuestion& question) {
  audit::Record record{.type = audit::Type::backup_created};
  record.after = {{"to", question.to}};
  return record;
}

audit::Record verified_record(const LocalQuestion& question) {
  audit::Record record{.type = audit::Type::backup_verified};
  if (question.failure) {
    record.outcome = audit::Outcome::failure;
    record.reason = *question.failure;
  } else {
    record.after = {{"records", question.records}, {"bytes", question.bytes}};
  }
  return record;
}

audit::Record confirmed_record(const std::string& reason, std::chrono::milliseconds by) {
  audit::Record record{.type = audit::Type::clock_confirmed};
  record.reason = reason;
  record.after = {{"by_ms", by.count()}};
  return record;
}

audit::Record to_record(const LocalQuestion& question) {
  return question.act == Act::backup_created ? created_record(question) : verified_record(question);
}

class RecordJob final : public store::WriteJob {
 public:
  RecordJob(audit::Record record, std::promise<Result<void>> done)
      : record_(std::move(record)), done_(std::move(done)) {}
  Result<void> run(store::WriteTx& tx) override {
    audit::append_record(tx, record_);
    return ok();
  }
  void finished(const Result<void>& outcome) noexcept override { done_.set_value(outcome); }

 private:
  audit::Record record_;
  std::promise<Result<void>> done_;
};

Result<void> append_and_wait(store::Writer& writer, audit::Record record) {
  std::promise<Result<void>> done;
  auto durable = done.get_future();
  writer.submit(std::make_unique<RecordJob>(std::move(record), std::move(done)));
  return durable.get();
}

Result<void> append_offline(sqlite::Connection& db, const audit::Record& record, TimePoint now) {
  sqlite::Transaction transaction(db, sqlite::Transaction::Kind::write);
  store::WriteTx tx{db, now, {}};
  audit::append_record(tx, record);
  return transaction.commit();
}

Result<LocalAnswer> ask_server(const ops::DataDir& dir, const LocalQuestion& question) {
  const auto line = ask_local(dir.socket(), protocol::encode(question));
  if (!line) return line.error();
  const auto json = protocol::parse_json(*line);
  if (!json) return json.error();
  auto answer = protocol::decode<LocalAnswer>(*json, "answer");
  if (answer && answer->error) return unavailable(*answer->error);
  return answer;
}

}  // namespace

Result<ops::BackupSummary> back_up_offline(const ops::DataDir& dir, const std::filesystem::path& to,
                                           TimePoint now) {
  // Before anything is written, also into the log.
  if (auto checked = check_target(to); !checked) return checked.error();
  auto db = store::open_database(dir.database());
  if (!db) return db.error();
  const auto place = std::filesystem::absolute(to);
  if (auto recorded = append_offline(**db, to_record(begun(place)), now); !recorded) return recorded.error();
  auto written = ops::write_backup(dir, place);
  if (auto recorded = append_offline(**db, to_record(ended(written)), now); !recorded)
    return recorded.error();
  return written;
}

Result<ops::BackupSummary> back_up_served(const ops::DataDir& dir, const std::filesystem::path& to) {
  if (auto checked = check_target(to); !checked) return checked.error();
  const auto place = std::filesystem::absolute(to);
  if (auto recorded = ask_server(dir, begun(place)); !recorded) return recorded.error();
  auto written = ops::write_backup(dir, place);
  if (auto recorded = ask_server(dir, ended(written)); !recorded) return recorded.error();
  return written;
}

Result<std::chrono::milliseconds> confirm_clock_offline(const ops::DataDir& dir, const std::string& reason,
                                                        const Clock& machine) {
  auto db = store::open_database(dir.database());
  if (!db) return db.error();
  TrustedClock clock(machine, store::load_clock(**db, machine.now()));
  const auto by = clock.confirm();
  sqlite::Transaction transaction(**db, sqlite::Transaction::Kind::write);
  store::WriteTx tx{**db, clock.now(), {}};
  audit::append_record(tx, confirmed_record(reason, by));
  store::store_clock(tx.db, clock.kept());
  if (auto done = transaction.commit(); !done) return done.error();
  return by;
}

Result<std::chrono::milliseconds> confirm_clock_served(const ops::DataDir& dir, const std::string& reason) {
  const auto answer = ask_server(dir, {.act = Act::clock_confirmed, .reason = reason});
  if (!answer) return answer.error();
  return std::chrono::milliseconds{answer->by_ms};
}

std::string answer_local(store::Writer& writer, TrustedClock& clock, const std::string& line) {
  const auto json = protocol::parse_json(line);
  const auto question =
      json ? protocol::decode<LocalQuestion>(*json, "question") : Result<LocalQuestion>(json.error());
  if (!question) return protocol::encode(LocalAnswer{question.error().message});
  if (question->act == Act::clock_confirmed) {
    const auto by = clock.doubt();
    // The record first: what ends by this is ended after it.
    const auto confirmed = append_and_wait(writer, confirmed_record(question->reason, by));
    if (!confirmed) return protocol::encode(LocalAnswer{confirmed.error().message});
    clock.confirm();
    return protocol::encode(LocalAnswer{{}, by.count()});
  }
  const auto recorded = append_and_wait(writer, to_record(*question));
  return protocol::encode(recorded ? LocalAnswer{} : LocalAnswer{recorded.error().message});
}

}  // namespace wardroom::app
