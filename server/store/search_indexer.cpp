#include "server/store/search_indexer.hpp"

#include "common/base/give_way.hpp"
#include "common/base/log.hpp"

namespace wardroom::store {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{250}, kBetweenLooksIfMuch{500};
// New messages in one look, from which on it is much.
constexpr std::int64_t kMuch = 25;
// What one piece takes in: a fraction of a second, so that a stop doesn't wait.
constexpr std::int64_t kPiece = 4000;
constexpr int kCleanAttempts = 20;

Error stopped() {
  return unavailable("The server is stopping. Try again in a moment.", std::chrono::seconds{2});
}

}  // namespace

void SearchIndexer::start() {
  {
    const std::lock_guard lock(mutex_);
    runs_ = true;
  }
  thread_ = std::thread([this] { run_thread(); });
}

void SearchIndexer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    runs_ = false;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
  std::vector<Done> waiting;
  {
    const std::lock_guard lock(mutex_);
    waiting.swap(waiting_);
  }
  for (const auto& done : waiting) done(false);
  const std::lock_guard lock(index_mutex_);
  index_.reset();
}

Result<void> SearchIndexer::catch_up() {
  const std::lock_guard lock(index_mutex_);
  for (;;) {
    if (!index_) return stopped();
    const auto more = index_->step(kPiece);
    if (!more) return more.error();
    if (!*more) return ok();
  }
}

Result<void> SearchIndexer::begin_again() {
  Result<void> begun = ok();
  {
    const std::lock_guard lock(index_mutex_);
    begun = index_ ? index_->begin_again() : stopped();
  }
  wake_.notify_all();
  return begun;
}

void SearchIndexer::clean(Done done) {
  {
    const std::lock_guard lock(mutex_);
    if (runs_) {
      waiting_.push_back(std::move(done));
      wake_.notify_all();
      return;
    }
  }
  done(try_to_clean());
}

bool SearchIndexer::try_to_clean() {
  if (!catch_up()) return false;
  for (int attempt = 0; attempt < kCleanAttempts; ++attempt) {
    const std::lock_guard lock(index_mutex_);
    if (!index_) return false;
    const auto clean = index_->clean();
    if (!clean) spdlog::warn("search.not_clean message=\"{}\"", clean.error().message);
    if (!clean) return false;
    if (*clean) return true;
  }
  return false;
}

// What doesn't work, because somebody reads the old pages, is tried again with the next look.
void SearchIndexer::clean_when_wanted() {
  std::vector<Done> waiting;
  {
    const std::lock_guard lock(mutex_);
    waiting.swap(waiting_);
  }
  if (waiting.empty() && !must_clean_) return;
  const bool clean = try_to_clean();
  must_clean_ = !clean;
  for (const auto& done : waiting) done(clean);
}

bool SearchIndexer::run_piece() {
  const std::lock_guard lock(index_mutex_);
  was_much_ = false;
  if (index_->has_news()) {
    const auto before = index_->last();
    const auto more = index_->step(kPiece);
    was_much_ = index_->last() - before >= kMuch;
    if (!more) spdlog::error("search.not_indexed message=\"{}\"", more.error().message);
    // More of the same view of the database: there is no news, and yet work.
    if (more && *more) index_->look_again();
    return more && *more;
  }
  const auto left = index_->tidy();
  if (!left) spdlog::error("search.not_tidied message=\"{}\"", left.error().message);
  return left && *left;
}

void SearchIndexer::run_thread() {
  give_way(19);
  for (;;) {
    bool more = false;
    try {
      clean_when_wanted();
      more = run_piece();
    } catch (const std::exception& e) {  // no memory: the next look tries again
      spdlog::error("search.threw what=\"{}\"", e.what());
    }
    std::unique_lock lock(mutex_);
    if (stopping_) return;
    if (more) continue;
    wake_.wait_for(lock, was_much_ ? kBetweenLooksIfMuch : kBetweenLooks,
                   [this] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
  }
}

}  // namespace wardroom::store
