#include "server/credentials/hashing_pool.hpp"

#include <algorithm>
#include <cassert>
#include <memory>

#include "server/credentials/token.hpp"

namespace wardroom::credentials {
namespace {

constexpr std::chrono::milliseconds kShortestRetry{250};

// A hash that no password matches: its password is random and forgotten.
std::string make_dummy() {
  auto phc = hash_password(make_token().text, kMemberCost);
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

}  // namespace

HashingPool::HashingPool(HashingLimits limits) : limits_(limits), dummy_(make_dummy()) {
  assert(limits.threads > 0);
  threads_.reserve(limits.threads);
  for (unsigned i = 0; i < limits.threads; ++i) threads_.emplace_back([this] { work(); });
}

HashingPool::~HashingPool() {
  stop();
}

Result<void> HashingPool::verify(std::string address, Claim claim, std::function<void(Verdict)> done) {
  return submit(std::move(address),
                [this, claim = std::move(claim), done = std::move(done)] { done(judge(claim, dummy_)); });
}

Result<void> HashingPool::hash(std::string address, Secret password, HashCost cost,
                               std::function<void(Result<std::string>)> done) {
  return submit(std::move(address), [password = std::move(password), cost, done = std::move(done)] {
    done(hash_password(password, cost));
  });
}

std::size_t HashingPool::waiting() const {
  const std::lock_guard lock{mutex_};
  return queue_.size();
}

void HashingPool::stop() {
  std::deque<Job> dropped;  // destroyed outside the lock: a completion's captures may call anything
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
    dropped.swap(queue_);
  }
  wake_.notify_all();
  for (auto& thread : threads_)
    if (thread.joinable()) thread.join();
}

Result<void> HashingPool::submit(std::string address, std::function<void()> run) {
  {
    const std::lock_guard lock{mutex_};
    if (stopping_) return unavailable("The server is stopping. Sign in again when it is back.");
    const auto known = by_address_.find(address);
    const std::size_t already = known == by_address_.end() ? 0 : known->second;
    if (queue_.size() >= limits_.queue || already >= limits_.per_address) return busy();
    ++by_address_[address];
    queue_.push_back({std::move(address), std::move(run)});
  }
  wake_.notify_one();
  return ok();
}

void HashingPool::work() {
  std::unique_lock lock{mutex_};
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    Job job = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    const auto start = std::chrono::steady_clock::now();
    job.run();
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

Error HashingPool::busy() const {
  const auto wait = typical_ * static_cast<int>(queue_.size() + 1) / static_cast<int>(limits_.threads);
  return unavailable("Many people are signing in right now. Try again in a moment.",
                     std::max(kShortestRetry, wait));
}

}  // namespace wardroom::credentials
