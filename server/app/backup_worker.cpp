#include "server/app/backup_worker.hpp"

#include <algorithm>

#include "common/base/give_way.hpp"
#include "common/base/log.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/durable_records.hpp"
#include "server/audit/backup_log.hpp"
#include "server/ops/backup_folder.hpp"
#include "server/ops/encrypted_backup.hpp"

namespace wardroom::app {
namespace {

namespace fs = std::filesystem;
using protocol::BackupAct;

// As the nightly one's process.
constexpr int kNice = 10;
// After this long, a folder that somebody looks into hangs.
constexpr std::chrono::seconds kFolderAnswers{5};

const char* doing(BackupAct act) {
  switch (act) {
    case BackupAct::run:
      return "is being made";
    case BackupAct::verify:
      return "is being verified";
    case BackupAct::rehearse:
      break;
  }
  return "is being restored on trial";
}

Result<BackupOptions> load_backup_options(const ops::DataDir& dir) {
  const auto options = load_options(dir.config());
  if (options) return options->backup;
  return conflict("settings_unreadable", options.error().message);
}

// As the records say it.
const char* how_of(BackupAct act) {
  return act == BackupAct::rehearse ? "rehearse" : "verify";
}

protocol::BackupFile describe_file(const ops::KeptBackup& backup, const audit::BackupHistory& history,
                                   std::chrono::days age) {
  protocol::BackupFile file;
  file.name = backup.file.filename().string();
  file.at = backup.at;
  file.bytes = static_cast<std::int64_t>(backup.bytes);
  file.checked_at = history.checked_at;
  file.verified_at = history.verified_at;
  file.rehearsed_at = history.rehearsed_at;
  file.problem = history.failed();
  file.kept_until = backup.at + age;
  if (const auto is_encrypted = ops::is_encrypted_backup(backup.file))
    file.encrypted = *is_encrypted;
  else
    file.problem = is_encrypted.error().message;
  if (history.checked_at && file.bytes != history.bytes)
    file.problem = "It has " + std::to_string(file.bytes) + " bytes, and had " +
                   std::to_string(history.bytes) + " when it was checked: it isn't that backup any more.";
  return file;
}

}  // namespace

void BackupWorker::note_unsound(audit::FailedLooks failed) {
  const std::lock_guard lock(mutex_);
  unsound_ = std::move(failed);
  figures_.recheck_failed = !unsound_.empty();
}

// A bad backup that was removed is no alarm any more.
void BackupWorker::forget_gone(const std::vector<ops::KeptBackup>& there) const {
  const std::lock_guard lock(mutex_);
  std::erase_if(unsound_, [&](const auto& failed) {
    return std::none_of(there.begin(), there.end(), [&](const ops::KeptBackup& backup) {
      return backup.file.filename() == failed.first;
    });
  });
  figures_.recheck_failed = !unsound_.empty();
}

Result<protocol::AdminBackupList::Result> BackupWorker::load(sqlite::Connection& db) const {
  protocol::AdminBackupList::Result result;
  const auto options = load_backup_options(dir_);
  if (options) {
    result.folder = options->folder;
    result.keep = static_cast<std::int64_t>(options->keep);
    result.days = options->days.count();
    result.encrypts = !options->recipient.empty();
  } else {
    result.problem = options.error().message;
  }
  const std::unique_lock look(looking_, std::try_to_lock);
  std::optional<Task> task;
  {
    const std::lock_guard lock(mutex_);
    result.last = last_;
    task = task_;
    if (task) result.work = task->work;
    if (!options) return result;
    if (!look) {
      if (clock_.steady() - looking_since_ > kFolderAnswers)
        result.problem = options->folder +
                         " hasn't answered for some seconds: look at its disk or mount. What is listed was "
                         "seen before.";
      else if (!seen_)
        result.problem = options->folder + " is being looked at. Ask again in a moment.";
      result.backups = seen_.value_or(std::vector<protocol::BackupFile>{});
      return result;
    }
    looking_since_ = clock_.steady();
  }
  if (task) result.work->bytes = written_so_far(*task);
  const auto backups = ops::list_backups(options->folder);
  if (!backups) {
    result.problem = backups.error().message;
    return result;
  }
  const auto histories = audit::load_backup_histories(db);
  for (const auto& backup : *backups) {
    const auto said = histories.find(backup.file.filename().string());
    result.backups.push_back(describe_file(
        backup, said == histories.end() ? audit::BackupHistory{} : said->second, options->days));
  }
  if (!task) forget_gone(*backups);
  const std::lock_guard lock(mutex_);
  seen_ = result.backups;
  return result;
}

// On the writer's thread, for which a folder that hangs would stop the office: nothing here looks into it.
Result<protocol::BackupWork> BackupWorker::claim(BackupAct act, const std::string& name,
                                                 audit::Record asked) {
  const auto options = load_backup_options(dir_);
  if (!options) return options.error();
  // So no path comes over the wire.
  if (act != BackupAct::run && !ops::is_backup_name(name)) return no_such_backup(options->folder, name);
  const std::lock_guard lock(mutex_);
  if (stopping_) return unavailable("The server is being stopped.");
  if (task_)
    return conflict("backup_running", task_->work.name + " " + doing(task_->work.act) + ", for " +
                                          task_->work.by + ". Wait for its end.");
  const TimePoint now = clock_.now();
  Task task{{act, act == BackupAct::run ? ops::backup_name(now, !options->recipient.empty()) : name,
             asked.actor.name, now, 0},
            std::move(asked),
            *options};
  auto work = task.work;  // before it is claimed: copying may throw
  task_ = std::move(task);
  return work;
}

void BackupWorker::begin() {
  const std::lock_guard lock(mutex_);
  if (!task_) return;
  if (stopping_) return task_.reset();
  // The one before has ended: there was no task.
  if (thread_.joinable()) thread_.join();
  try {
    thread_ = std::thread([this, task = *task_] { work(task); });
  } catch (const std::exception& error) {
    spdlog::error("backup.not_begun message=\"{}\"", error.what());
    const Task refused = *std::exchange(task_, std::nullopt);
    last_ = outcome_of(refused, {false, std::string("The server has no thread for it: ") + error.what(), 0});
  }
}

void BackupWorker::give_up() {
  const std::lock_guard lock(mutex_);
  task_.reset();
}

void BackupWorker::stop() {
  stopping_ = true;
  std::thread last;
  {
    const std::lock_guard lock(mutex_);
    last.swap(thread_);
  }
  if (last.joinable()) last.join();
}

// Nothing that is thrown leaves this thread, and whatever happens, the next one may be begun.
void BackupWorker::work(const Task& task) {
  give_way(kNice);
  std::optional<protocol::BackupOutcome> outcome;
  try {
    outcome = outcome_of(task, carry_out(task));
  } catch (const std::exception& error) {
    spdlog::error("backup.broken_off message=\"{}\"", error.what());
    try {
      outcome = outcome_of(task, break_off(task, error.what()));
    } catch (const std::exception&) {  // no memory for a sentence either
    }
  }
  const std::lock_guard lock(mutex_);
  if (outcome) last_ = std::move(outcome);
  task_.reset();
}

BackupWorker::Ended BackupWorker::carry_out(const Task& task) {
  const BackupAct act = task.work.act;
  if (act == BackupAct::run) {
    Ended ended = make_backup(task);
    if (const auto there = ops::list_backups(task.options.folder)) forget_gone(*there);
    return ended;
  }
  Ended ended = act == BackupAct::verify ? verify(task) : rehearse(task);
  if (auto written = append_recheck(task, ended); !written)
    return {false, "It has no record in the log: " + written.error().message, 0, false};
  return ended;
}

BackupWorker::Ended BackupWorker::break_off(const Task& task, const std::string& why) {
  Ended ended{false, "The server couldn't go on with it: " + why, 0, false};
  const auto recorded =
      task.work.act == BackupAct::run
          ? tell(task, {.act = LocalQuestion::Act::backup_ended, .to = task.file(), .failure = ended.text})
          : append_recheck(task, ended);
  if (!recorded) ended.text += " It has no record in the log: " + recorded.error().message;
  return ended;
}

protocol::BackupOutcome BackupWorker::outcome_of(const Task& task, const Ended& ended) const {
  return {task.work.act, task.work.name, task.work.by, task.work.begun_at,
          clock_.now(),  ended.ok,       ended.text};
}

// The records of a backup with the name of who asked. One that a stop gave up is no failure, and no alarm.
Result<void> BackupWorker::tell(const Task& task, const LocalQuestion& question) {
  LocalQuestion said = question;
  const bool is_given_up = said.failure && stopping_;
  if (is_given_up) said.failure = told({}).message;
  if (said.act == LocalQuestion::Act::backup_ended && !is_given_up) note_backup(said, figures_, clock_);
  auto records = backup_records(said);
  for (auto& record : records) {
    audit::Record named = task.asked;
    named.type = record.type;
    named.outcome = is_given_up ? audit::Outcome::error : record.outcome;
    named.reason = record.reason;
    named.after = record.after;
    record = std::move(named);
  }
  return append_and_wait(writer_, std::move(records));
}

Result<void> BackupWorker::append_recheck(const Task& task, const Ended& ended) {
  audit::Record record = task.asked;
  record.after = {{"to", task.file().string()}, {"how", how_of(task.work.act)}};
  if (ended.records > 0) record.after.add("records", ended.records);
  if (ended.ok) {
    spdlog::info("backup.rechecked file={} rehearsed={}", task.file().string(),
                 task.work.act == BackupAct::rehearse);
  } else {
    record.outcome = ended.is_verdict ? audit::Outcome::failure : audit::Outcome::error;
    record.reason = ended.text;
    spdlog::error("backup.recheck_failed file={} message=\"{}\"", task.file().string(), ended.text);
  }
  if (ended.is_verdict) note_verdict(task, ended);
  return append_and_wait(writer_, {record});
}

// Only a good look of the same kind at the same backup takes back that it was bad.
void BackupWorker::note_verdict(const Task& task, const Ended& ended) {
  const std::lock_guard lock(mutex_);
  const std::pair<std::string, std::string> look{task.work.name, how_of(task.work.act)};
  if (ended.ok)
    unsound_.erase(look);
  else
    unsound_.insert(look);
  figures_.recheck_failed = !unsound_.empty();
}

}  // namespace wardroom::app
