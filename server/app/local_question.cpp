#include "server/app/local_question.hpp"

#include <future>

#include "common/base/log.hpp"
#include "protocol/codec.hpp"
#include "protocol/json_text.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/local_socket.hpp"
#include "server/audit/log.hpp"

namespace wardroom::app {
namespace {

class RecordsJob final : public store::WriteJob {
 public:
  RecordsJob(std::vector<audit::Record> records, std::promise<Result<void>> done)
      : records_(std::move(records)), done_(std::move(done)) {}
  Result<void> run(store::WriteTx& tx) override {
    for (const auto& record : records_) audit::append_record(tx, record);
    return ok();
  }
  void finished(const Result<void>& outcome) noexcept override { done_.set_value(outcome); }

 private:
  std::vector<audit::Record> records_;
  std::promise<Result<void>> done_;
};

Result<void> append_and_wait(store::Writer& writer, std::vector<audit::Record> records) {
  std::promise<Result<void>> done;
  auto durable = done.get_future();
  writer.submit(std::make_unique<RecordsJob>(std::move(records), std::move(done)));
  return durable.get();
}

LocalAnswer to_answer(const Result<void>& done) {
  return done ? LocalAnswer{} : LocalAnswer{.error = done.error().message};
}

LocalAnswer to_answer(const Result<std::string>& done) {
  return done ? LocalAnswer{.text = *done} : LocalAnswer{.error = done.error().message};
}

LocalAnswer confirm_clock(LocalParts& parts, const std::string& reason) {
  const auto by = parts.clock.doubt();
  // The record first: what ends by this is ended after it.
  const auto confirmed = append_and_wait(parts.writer, {clock_confirmed_record(reason, by)});
  if (!confirmed) return {.error = confirmed.error().message};
  parts.clock.confirm();
  return {.by_ms = by.count()};
}

LocalAnswer end_backup(LocalParts& parts, const LocalQuestion& question) {
  if (question.failure)
    spdlog::error("backup.failed to={} message=\"{}\"", question.to, *question.failure);
  else
    spdlog::info("backup.verified to={} records={} bytes={}", question.to, question.records, question.bytes);
  parts.figures.backup_failed = question.failure.has_value();
  if (!question.failure) parts.figures.backup_verified = to_unix_ms(parts.clock.now());
  return to_answer(append_and_wait(parts.writer, backup_records(question)));
}

LocalAnswer answer(LocalParts& parts, const LocalQuestion& question) {
  switch (question.act) {
    case LocalQuestion::Act::backup_begun:
      return to_answer(append_and_wait(parts.writer, backup_records(question)));
    case LocalQuestion::Act::backup_ended:
      return end_backup(parts, question);
    case LocalQuestion::Act::clock_confirmed:
      return confirm_clock(parts, question.reason);
    case LocalQuestion::Act::reload:
      return to_answer(parts.reload());
    case LocalQuestion::Act::host_added:
      return to_answer(parts.add_host(question.host));
    case LocalQuestion::Act::options:
      return to_answer(parts.compare_options());
    case LocalQuestion::Act::metrics:
      return {.text = parts.metrics()};
    case LocalQuestion::Act::slow_statements:
      return {.text = parts.slow_statements()};
    case LocalQuestion::Act::reindex:
      return to_answer(parts.reindex());
  }
  return {.error = "The question isn't understood."};
}

}  // namespace

Result<LocalAnswer> ask_server(const ops::DataDir& dir, const LocalQuestion& question) {
  const auto line = ask_local(dir.socket(), protocol::encode(question));
  if (!line) return line.error();
  const auto json = protocol::parse_json(*line);
  if (!json) return json.error();
  auto answer = protocol::decode<LocalAnswer>(*json, "answer");
  if (answer && answer->error) return unavailable(*answer->error);
  return answer;
}

std::string answer_local(LocalParts parts, const std::string& line) {
  const auto json = protocol::parse_json(line);
  const auto question =
      json ? protocol::decode<LocalQuestion>(*json, "question") : Result<LocalQuestion>(json.error());
  if (!question) return protocol::encode(LocalAnswer{.error = question.error().message});
  return protocol::encode(answer(parts, *question));
}

}  // namespace wardroom::app
