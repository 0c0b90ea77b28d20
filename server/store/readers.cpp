#include "server/store/readers.hpp"

#include <exception>

#include "common/base/log.hpp"
#include "common/sqlite/slow_statements.hpp"
#include "common/sqlite/transaction.hpp"

namespace wardroom::store {

Result<std::unique_ptr<Readers>> Readers::open(const std::filesystem::path& file, std::size_t threads,
                                               std::size_t queue, const Prepare& prepare, Mode mode) {
  std::unique_ptr<Readers> readers(new Readers(queue));
  for (std::size_t i = 0; i < threads; ++i) {
    auto db = sqlite::Connection::open(file, mode);
    if (!db) return db.error();
    if (auto done = (*db)->run_script("PRAGMA query_only = 1"); !done) return done.error();
    if (auto done = prepare ? prepare(**db) : ok(); !done) return done.error();
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

void Readers::submit(Job job, Refused refused) {
  bool stopping = false;
  {
    std::lock_guard lock(mutex_);
    stopping = stopping_;
    if (!stopping && tasks_.size() < queue_limit_) {
      tasks_.push_back({std::move(job), std::move(refused), std::chrono::steady_clock::now()});
      wake_.notify_one();
      return;
    }
  }
  refused(stopping ? unavailable("The server is stopping. Try again in a moment.", std::chrono::seconds{2})
                   : unavailable("The server has too much to read. Try again in a moment.",
                                 std::chrono::seconds{1}));
}

void Readers::watch(sqlite::SlowStatements& slow) {
  for (const auto& db : connections_) slow.watch(*db);
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
    Task task;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stopping_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    wait_times_.note_since(task.submitted);
    run(task, db);
  }
}

void Readers::run(const Task& task, sqlite::Connection& db) noexcept {
  try {
    sqlite::Transaction snapshot(db, sqlite::Transaction::Kind::read);
    task.job(db);
    if (db.failure()) spdlog::error("store.read_failed message=\"{}\"", db.failure()->message);
  } catch (const std::exception& e) {
    spdlog::error("store.read_threw what=\"{}\"", e.what());
    try {
      task.refused(make_error(ErrorCode::internal, "The server made a mistake; its log has the details."));
    } catch (const std::exception& again) {
      spdlog::error("store.refusal_threw what=\"{}\"", again.what());
    }
  }
  db.clear_error();
}

}  // namespace wardroom::store
