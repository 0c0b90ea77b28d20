#include "server/app/backup_job.hpp"

#include <future>

#include "common/sqlite/transaction.hpp"
#include "protocol/codec.hpp"
#include "protocol/json_text.hpp"
#include "server/audit/log.hpp"
#include "server/store/database.hpp"

namespace wardroom::app {

// Described, so that the protocol's codec writes and reads them.
struct BackupQuestion {
  std::string backup_to;
};
BOOST_DESCRIBE_STRUCT(BackupQuestion, (), (backup_to))
struct BackupAnswer {
  std::optional<std::string> error;
  std::int64_t records = 0;
  TimePoint at;
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(BackupAnswer, (), (error, records, at, bytes))

namespace {

audit::Record created_record(const std::filesystem::path& to) {
  audit::Record record{.type = audit::Type::backup_created};
  record.after = R"({"to":)";
  protocol::append_json_string(record.after, to.string());
  record.after.push_back('}');
  return record;
}

audit::Record verified_record(const Result<ops::BackupSummary>& written) {
  audit::Record record{.type = audit::Type::backup_verified};
  if (written) {
    record.after = R"({"records":)" + std::to_string(written->records) + R"(,"bytes":)" +
                   std::to_string(written->bytes) + "}";
  } else {
    record.outcome = audit::Outcome::failure;
    record.reason = written.error().message;
  }
  return record;
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

}  // namespace

Result<ops::BackupSummary> back_up(store::Writer& writer, const ops::DataDir& dir,
                                   const std::filesystem::path& to) {
  if (auto recorded = append_and_wait(writer, created_record(to)); !recorded) return recorded.error();
  auto written = ops::write_backup(dir, to);
  if (auto recorded = append_and_wait(writer, verified_record(written)); !recorded) return recorded.error();
  return written;
}

Result<ops::BackupSummary> back_up_offline(const ops::DataDir& dir, const std::filesystem::path& to,
                                           TimePoint now) {
  auto db = store::open_database(dir.database());
  if (!db) return db.error();
  if (auto recorded = append_offline(**db, created_record(to), now); !recorded) return recorded.error();
  auto written = ops::write_backup(dir, to);
  if (auto recorded = append_offline(**db, verified_record(written), now); !recorded) return recorded.error();
  return written;
}

std::string compose_backup_question(const std::filesystem::path& to) {
  return protocol::encode(BackupQuestion{std::filesystem::absolute(to).string()});
}

std::string answer_local(store::Writer& writer, const ops::DataDir& dir, const std::string& question) {
  const auto json = protocol::parse_json(question);
  const auto asked =
      json ? protocol::decode<BackupQuestion>(*json, "question") : Result<BackupQuestion>(json.error());
  if (!asked) return protocol::encode(BackupAnswer{.error = asked.error().message});
  const auto written = back_up(writer, dir, asked->backup_to);
  if (!written) return protocol::encode(BackupAnswer{.error = written.error().message});
  return protocol::encode(
      BackupAnswer{{}, written->records, written->at, static_cast<std::int64_t>(written->bytes)});
}

Result<ops::BackupSummary> parse_backup_answer(const std::string& answer) {
  const auto json = protocol::parse_json(answer);
  if (!json) return json.error();
  const auto said = protocol::decode<BackupAnswer>(*json, "answer");
  if (!said) return said.error();
  if (said->error) return unavailable(*said->error);
  return ops::BackupSummary{said->records, said->at, static_cast<std::uintmax_t>(said->bytes)};
}

}  // namespace wardroom::app
