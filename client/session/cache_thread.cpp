#include "client/session/cache_thread.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <spdlog/spdlog.h>

namespace wardroom::client {
namespace {

constexpr std::size_t kMostUnkept = 2'000;

bool is_load(const CacheJob& job) {
  return std::holds_alternative<LoadPage>(job) || std::holds_alternative<SearchCache>(job) ||
         std::holds_alternative<LoadThread>(job);
}

// What the person made and no server has.
bool is_persons_own(const CacheJob& job) {
  return std::holds_alternative<SaveOutbox>(job) || std::holds_alternative<EraseOutbox>(job) ||
         std::holds_alternative<SaveDraft>(job) || std::holds_alternative<SaveSettings>(job) ||
         std::holds_alternative<SaveThreadDraft>(job) || std::holds_alternative<SaveToldDraft>(job) ||
         std::holds_alternative<SaveUpload>(job) || std::holds_alternative<EraseUpload>(job) ||
         std::holds_alternative<EraseCache>(job);
}

// Whoever wrote it is told at once that it isn't safe. A refusal is kept until it is on disk: the row that is
// there would be sent again at the next start.
bool is_new_message(const CacheJob& job) {
  const auto* save = std::get_if<SaveOutbox>(&job);
  return save && save->row.failure.empty();
}

// Of one that is_load().
Event failed_load(const CacheJob& job) {
  if (const auto* search = std::get_if<SearchCache>(&job))
    return CacheSearched{search->room, search->query, {}, false, true};
  // The server has it.
  if (const auto* thread = std::get_if<LoadThread>(&job)) return ThreadLoaded{thread->thread, {}};
  const auto& load = std::get<LoadPage>(job);
  return PageLoaded{load.room, load.before, load.after, {}, true, true};
}

// A message that was stored elsewhere takes its outbox row along, whatever happens to the message.
std::vector<CacheJob> persons_own(std::vector<CacheJob> jobs) {
  std::vector<CacheJob> own;
  for (auto& job : jobs) {
    if (const auto* store = std::get_if<StoreMessages>(&job))
      for (const auto& client_id : store->sent) own.emplace_back(EraseOutbox{client_id});
    if (is_persons_own(job)) own.push_back(std::move(job));
  }
  return own;
}

// What a job is about: a later one about the same says all that the earlier did.
std::string subject_of(const CacheJob& job) {
  if (const auto* save = std::get_if<SaveOutbox>(&job)) return "message " + save->row.client_id;
  if (const auto* erase = std::get_if<EraseOutbox>(&job)) return "message " + erase->client_id;
  if (const auto* draft = std::get_if<SaveDraft>(&job)) return "draft " + std::to_string(draft->room.value);
  if (const auto* save = std::get_if<SaveUpload>(&job)) return "upload " + save->row.key;
  if (const auto* erase = std::get_if<EraseUpload>(&job)) return "upload " + erase->key;
  if (const auto* draft = std::get_if<SaveThreadDraft>(&job))
    return "draft " + std::to_string(draft->thread.room.value) + " " +
           std::to_string(draft->thread.root.value);
  if (const auto* told = std::get_if<SaveToldDraft>(&job))
    return "told " + std::to_string(told->place.room.value) + " " + std::to_string(told->place.thread.value);
  return "settings";
}

// Of the person's own, in their order, the newest about each thing. A refusal must never be lost: the row
// that is there would be sent again at the next start.
std::vector<CacheJob> newest_of_each(std::vector<CacheJob> jobs) {
  std::vector<CacheJob> newest;
  std::set<std::string> told;
  bool is_erased = false;  // by what comes later: all but the settings
  for (auto job = jobs.rbegin(); job != jobs.rend(); ++job) {
    if (is_erased && !std::holds_alternative<SaveSettings>(*job)) continue;
    if (std::holds_alternative<EraseCache>(*job)) {
      is_erased = true;
      newest.push_back(std::move(*job));
      continue;
    }
    const auto* save = std::get_if<SaveOutbox>(&*job);
    const std::string replaced = save ? save->replaces : std::string();
    if (told.insert(subject_of(*job)).second) newest.push_back(std::move(*job));
    // The row that it took the place of goes, whatever became of the one that came.
    if (!replaced.empty() && told.insert("message " + replaced).second)
      newest.emplace_back(EraseOutbox{replaced});
  }
  std::reverse(newest.begin(), newest.end());
  return newest;
}

}  // namespace

CacheThread::CacheThread(std::filesystem::path file, Inbox& inbox, Handlers handlers, const char* vfs)
    : file_(std::move(file)), inbox_(inbox), handlers_(std::move(handlers)), vfs_(vfs), thread_([this] {
        work();
      }) {}

CacheThread::~CacheThread() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  queued_.notify_one();
  thread_.join();
}

void CacheThread::enqueue(CacheJob job) {
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(job));
  }
  queued_.notify_one();
}

void CacheThread::work() {
  open();
  std::unique_lock lock(mutex_);
  for (;;) {
    queued_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (queue_.empty() && unkept_.empty()) return;
    const bool is_last = queue_.empty();
    std::vector<CacheJob> jobs;
    jobs.swap(queue_);
    lock.unlock();
    write(std::move(jobs));
    if (is_last) return;
    lock.lock();
  }
}

void CacheThread::open() {
  Loaded loaded;
  if (auto opened = CacheFile::open(file_, vfs_)) {
    cache_ = std::move(opened->cache);
    loaded = {std::move(opened->state), opened->settings, std::move(opened->note)};
  } else {
    unusable_ = opened.error().message;
    loaded.note = "Nothing can be saved on this PC. " + unusable_;
    spdlog::error("cache.open failed reason={}", opened.error().reason);
  }
  inbox_.post([this, loaded = std::move(loaded)]() mutable { handlers_.loaded(std::move(loaded)); });
}

void CacheThread::write(std::vector<CacheJob> jobs) {
  std::vector<Event> events;
  if (outbox_only_ || !cache_) {
    for (const auto& job : jobs)
      if (is_load(job)) events.push_back(failed_load(job));
    jobs = persons_own(std::move(jobs));
  }
  unkept_.insert(unkept_.end(), std::make_move_iterator(jobs.begin()), std::make_move_iterator(jobs.end()));
  jobs.swap(unkept_);
  unkept_.clear();
  std::vector<PageLoaded> pages;
  const Result<void> kept = cache_ ? cache_->apply(jobs, pages) : unavailable(unusable_);
  for (const auto& job : jobs) {
    if (const auto* save = std::get_if<SaveOutbox>(&job))
      events.emplace_back(OutboxSaved{save->row.client_id, kept});
    if (!kept && is_load(job)) events.push_back(failed_load(job));
  }
  if (kept)
    for (auto& page : pages) events.emplace_back(std::move(page));
  if (kept && cache_)
    for (const auto& found : cache_->searched()) events.emplace_back(found);
  if (kept && cache_)
    for (const auto& thread : cache_->threads()) events.emplace_back(thread);
  if (kept && cache_)
    for (const auto& trimmed : cache_->trimmed()) events.emplace_back(trimmed);
  tell(std::move(events));
  if (!kept) recover(kept.error(), std::move(jobs));
}

void CacheThread::recover(const Error& error, std::vector<CacheJob> jobs) {
  std::erase_if(jobs, [](const CacheJob& job) { return is_load(job) || is_new_message(job); });
  spdlog::error("cache.write failed reason={}", error.reason);
  if (!cache_) return;
  const bool damaged = error.reason == "database_damaged";
  if (!damaged && jobs.size() <= kMostUnkept) {
    unkept_ = std::move(jobs);
    return;
  }
  unkept_ = newest_of_each(persons_own(std::move(jobs)));
  if (outbox_only_ && !damaged) return;
  outbox_only_ = true;
  if (damaged) {
    cache_.reset();
    if (auto opened = CacheFile::remake(file_, vfs_))
      cache_ = std::move(opened->cache);
    else
      unusable_ = opened.error().message;
  }
  tell({desk::SavingFailed{"Messages aren't saved on this PC until the program is started again. " +
                           error.message}});
}

void CacheThread::tell(std::vector<Event> events) {
  if (events.empty()) return;
  inbox_.post([this, events = std::move(events)] {
    for (const auto& event : events) handlers_.event(event);
  });
}

}  // namespace wardroom::client
