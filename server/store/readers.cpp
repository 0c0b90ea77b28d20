#include "server/store/readers.hpp"

#include "common/base/log.hpp"
#include "common/sqlite/transaction.hpp"

namespace wardroom::store {

Result<std::unique_ptr<Readers>> Readers::open(const std::filesystem::path& file, std::size_t threads,
                                               std::size_t queue) {
  std::unique_ptr<Readers> readers(new Readers(queue));
  for (std::size_t i = 0; i < threads; ++i) {
    auto db = sqlite::Connection::open(file, sqlite::Connection::Mode::read_only);
    if (!db) return db.error();
    if (auto done = (*db)->run_script("PRAGMA query_only = 1"); !done) return done.error();
    readers->connections_.push_back(std::move(*db));
  }
  for (auto& db : readers->connections_)
    readers->threads_.emplace_back(
        [r = readers.get(), connection = db.get()] { r->run_thread(*connection); });
  return readers;
}

Readers::~Readers() {
  stop();
}

bool Readers::submit(Job job) {
  {
    std::lock_guard lock(mutex_);
    if (stopping_ || jobs_.size() >= queue_limit_) return false;
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
  return true;
}

void Readers::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_)
    if (thread.joinable()) thread.join();
  connections_.clear();
}

void Readers::run_thread(sqlite::Connection& db) {
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stopping_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    sqlite::Transaction snapshot(db, sqlite::Transaction::Kind::read);
    job(db);
    if (db.failure()) spdlog::error("store.read_failed message=\"{}\"", db.failure()->message);
    db.clear_error();
  }
}

}  // namespace wardroom::store
