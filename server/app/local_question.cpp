#include "server/app/local_question.hpp"

#include "protocol/codec.hpp"
#include "protocol/json_text.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/durable_records.hpp"
#include "server/app/local_socket.hpp"

namespace wardroom::app {
namespace {

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

LocalAnswer answer(LocalParts& parts, const LocalQuestion& question) {
  switch (question.act) {
    case LocalQuestion::Act::backup_begun:
      return to_answer(append_and_wait(parts.writer, backup_records(question)));
    case LocalQuestion::Act::backup_ended:
      note_backup(question, parts.figures, parts.clock);
      return to_answer(append_and_wait(parts.writer, backup_records(question)));
    case LocalQuestion::Act::clock_confirmed:
      return confirm_clock(parts, question.reason);
    case LocalQuestion::Act::reload:
      return to_answer(parts.reload());
    case LocalQuestion::Act::host_added:
      return to_answer(parts.add_host(question.host));
    case LocalQuestion::Act::authority:
      return to_answer(parts.change_authority(question.step));
    case LocalQuestion::Act::options:
      return to_answer(parts.compare_options());
    case LocalQuestion::Act::metrics:
      return {.text = parts.metrics()};
    case LocalQuestion::Act::alarms:
      return {.text = parts.alarms()};
    case LocalQuestion::Act::certificates:
      return {.text = parts.certificates()};
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
