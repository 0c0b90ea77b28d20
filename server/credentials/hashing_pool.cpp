#include "server/credentials/hashing_pool.hpp"

#include <algorithm>
#include <cassert>
#include <memory>

#include "common/base/give_way.hpp"
#include "common/base/log.hpp"
#include "server/credentials/token.hpp"

namespace wardroom::credentials {
namespace {

constexpr std::chrono::milliseconds kShortestRetry{250};
constexpr int kNice = 10;

// A hash that no password matches: its password is random and forgotten.
std::string make_dummy(HashCost cost) {
  auto phc = hash_password(make_token().text, cost);
  return phc ? *std::move(phc) : std::string{};
}

Verdict judge(const Claim& claim, const std::string& dummy) {
  const bool unknown = claim.phc.empty();
  const bool matches = verify_password(unknown ? dummy : claim.phc, claim.password) && !unknown;
  Verdict verdict{matches, std::nullopt};
  if (matches && needs_rehash(claim.phc, claim.wanted))
    if (auto phc = hash_password(claim.password, claim.wanted)) verdict.rehashed = *std::move(phc);
  return verdict;
}

// What went wrong for want of memory is the answer to one attempt, not the end of the server.
template <class T, class Work>
Result<T> attempt(const Work& work) {
  try {
    return work();
  } catch (const std::exception& e) {
    spdlog::error("credentials.hashing_threw what=\"{}\"", e.what());
    return make_error(ErrorCode::internal, "The server made a mistake; its log has the details.");
  }
}

}  // namespace

HashingPool::HashingPool(HashingLimits limits) : limits_(limits), dummy_(make_dummy(limits.unknown)) {
  assert(limits.threads > 0);
  threads_.reserve(limits.threads);
  for (unsigned i = 0; i < limits.threads; ++i) threads_.emplace_back([this] { work(); });
}

HashingPool::~HashingPool() {
  stop();
}

Result<void> HashingPool::verify(std::string address, Claim claim, std::function<void(Result<Verdict>)> done,
                                 Lane lane) {
  return submit(lane, std::move(address), [this, claim = std::move(claim), done = std::move(done)] {
    done(attempt<Verdict>([&]() -> Result<Verdict> { return judge(claim, dummy_); }));
  });
}

Result<void> HashingPool::hash(std::string address, Secret password, HashCost cost,
                               std::function<void(Result<std::string>)> done, Lane lane) {
  return submit(lane, std::move(address), [password = std::move(password), cost, done = std::move(done)] {
    done(attempt<std::string>([&] { return hash_password(password, cost); }));
  });
}

std::size_t HashingPool::waiting() const {
  const std::lock_guard lock{mutex_};
  return known_.size() + newcomers_.size();
}

void HashingPool::stop() {
  Queue dropped, dropped_newcomers;  // destroyed outside the lock: a completion's captures may call anything
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
    dropped.swap(known_);
    dropped_newcomers.swap(newcomers_);
  }
  wake_.notify_all();
  for (auto& thread : threads_)
    if (thread.joinable()) thread.join();
}

Result<void> HashingPool::submit(Lane lane, std::string address, std::function<void()> run) {
  {
    const std::lock_guard lock{mutex_};
    if (stopping_) return unavailable("The server is stopping. Sign in again when it is back.");
    Queue& queue = lane == Lane::known ? known_ : newcomers_;
    const auto before = by_address_.find(address);
    const std::size_t already = before == by_address_.end() ? 0 : before->second;
    if (queue.size() >= limits_.queue || already >= limits_.per_address) return busy(queue);
    ++by_address_[address];
    queue.push_back({std::move(address), std::move(run)});
  }
  wake_.notify_one();
  return ok();
}

HashingPool::Job HashingPool::take_next() {
  Queue& queue = known_.empty() ? newcomers_ : known_;
  Job job = std::move(queue.front());
  queue.pop_front();
  return job;
}

void HashingPool::work() {
  give_way(kNice);
  std::unique_lock lock{mutex_};
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || !known_.empty() || !newcomers_.empty(); });
    if (stopping_) return;
    Job job = take_next();
    lock.unlock();
    const auto start = std::chrono::steady_clock::now();
    try {
      job.run();
    } catch (const std::exception& e) {  // of who handed the result on
      spdlog::error("credentials.completion_threw what=\"{}\"", e.what());
    }
    job.run = nullptr;  // wipes the password before the lock is taken
    const auto took =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
    lock.lock();
    typical_ = (typical_ * 7 + took) / 8;
    release(job.address);
  }
}

void HashingPool::release(const std::string& address) {
  const auto known = by_address_.find(address);
  assert(known != by_address_.end());
  if (--known->second == 0) by_address_.erase(known);
}

Error HashingPool::busy(const Queue& queue) const {
  const auto wait = typical_ * static_cast<int>(queue.size() + 1) / static_cast<int>(limits_.threads);
  return unavailable("Many people are signing in right now. Try again in a moment.",
                     std::max(kShortestRetry, wait));
}

}  // namespace wardroom::credentials
