#include "server/credentials/hashing_pool.hpp"

#include <atomic>
#include <future>
#include <latch>
#include <mutex>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/unit/credentials/cheap.hpp"

using namespace wardroom;
using namespace wardroom::credentials;

namespace {

std::string cheap_hash(const char* password) {
  return *hash_password(Secret{password}, kCheap);
}

Verdict judge(HashingPool& pool, std::string phc, const char* password, HashCost wanted = kCheap) {
  std::promise<Verdict> verdict;
  REQUIRE(pool.verify("192.0.2.1", {std::move(phc), Secret{password}, wanted},
                      [&](Result<Verdict> v) { verdict.set_value(std::move(v).value()); }));
  return verdict.get_future().get();
}

// Keeps a pool's only thread busy until `open()`.
class Gate {
 public:
  explicit Gate(HashingPool& pool) {
    REQUIRE(pool.hash("gate", Secret{"x"}, kCheap, [this](const Result<std::string>&) {
      entered_.count_down();
      opened_.wait();
    }));
    entered_.wait();
  }
  void open() { opened_.count_down(); }

 private:
  std::latch entered_{1};
  std::latch opened_{1};
};

}  // namespace

TEST_CASE("the right password matches, a wrong one and an unknown person don't") {
  HashingPool pool{{}};
  CHECK(judge(pool, cheap_hash("three blind mice"), "three blind mice").matches);
  CHECK_FALSE(judge(pool, cheap_hash("three blind mice"), "three blind cats").matches);
  CHECK_FALSE(judge(pool, "", "three blind mice").matches);
  CHECK_FALSE(judge(pool, "", "").matches);
}

TEST_CASE("a match at an old cost brings a new hash, a mismatch never does") {
  HashingPool pool{{}};
  const HashCost wanted{128, 2};
  const auto verdict = judge(pool, cheap_hash("three blind mice"), "three blind mice", wanted);
  REQUIRE(verdict.rehashed);
  CHECK_FALSE(needs_rehash(*verdict.rehashed, wanted));
  CHECK(verify_password(*verdict.rehashed, Secret{"three blind mice"}));
  CHECK_FALSE(judge(pool, cheap_hash("three blind mice"), "three blind cats", wanted).rehashed);
  CHECK_FALSE(judge(pool, cheap_hash("three blind mice"), "three blind mice").rehashed);
}

TEST_CASE("over the queue's length newcomers are told when to come back, before any hashing") {
  HashingPool pool{{.threads = 1, .queue = 3, .per_address = 100}};
  Gate gate{pool};
  std::latch answered{3};
  const auto ask = [&](const char* address) {
    return pool.hash(address, Secret{"x"}, kCheap,
                     [&](const Result<std::string>&) { answered.count_down(); });
  };
  REQUIRE(ask("192.0.2.1"));
  REQUIRE(ask("192.0.2.2"));
  REQUIRE(ask("192.0.2.3"));
  CHECK(pool.waiting() == 3);
  const auto refused = ask("192.0.2.4");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::unavailable);
  CHECK(refused.error().retry_after.count() > 0);
  gate.open();
  answered.wait();
}

TEST_CASE("one address can't fill the queue, and gets its share back") {
  HashingPool pool{{.threads = 1, .queue = 100, .per_address = 2}};
  Gate gate{pool};
  std::latch answered{3};
  const auto ask = [&](const char* address) {
    return pool.hash(address, Secret{"x"}, kCheap,
                     [&](const Result<std::string>&) { answered.count_down(); });
  };
  REQUIRE(ask("192.0.2.1"));
  REQUIRE(ask("192.0.2.1"));
  CHECK_FALSE(ask("192.0.2.1"));
  CHECK(ask("192.0.2.2"));
  gate.open();
  answered.wait();
  // One thread: when this answer comes, the jobs before it have been released.
  CHECK(judge(pool, "", "x").matches == false);
}

TEST_CASE("who is known doesn't wait behind a full queue of newcomers") {
  HashingPool pool{{.threads = 1, .queue = 3, .per_address = 100}};
  Gate gate{pool};
  std::mutex mutex;
  std::string order;
  std::latch answered{4};
  const auto ask = [&](char who, Lane lane) {
    return pool.hash(
        std::string(1, who), Secret{"x"}, kCheap,
        [&, who](const Result<std::string>&) {
          const std::lock_guard lock{mutex};
          order.push_back(who);
          answered.count_down();
        },
        lane);
  };
  REQUIRE(ask('a', Lane::newcomer));
  REQUIRE(ask('b', Lane::newcomer));
  REQUIRE(ask('c', Lane::newcomer));
  CHECK_FALSE(ask('d', Lane::newcomer));
  REQUIRE(ask('K', Lane::known));
  gate.open();
  answered.wait();
  CHECK(order == "Kabc");
}

TEST_CASE("stopping finishes what runs, drops what waits and refuses newcomers") {
  HashingPool pool{{}};
  Gate gate{pool};
  std::atomic<int> ran = 0;
  REQUIRE(pool.hash("192.0.2.1", Secret{"x"}, kCheap, [&](const Result<std::string>&) { ++ran; }));
  std::thread stopper{[&] { pool.stop(); }};
  while (pool.waiting() > 0) std::this_thread::yield();
  gate.open();
  stopper.join();
  CHECK(ran == 0);
  const auto late = pool.hash("192.0.2.1", Secret{"x"}, kCheap, [&](const Result<std::string>&) { ++ran; });
  CHECK_FALSE(late);
  pool.stop();
}

TEST_CASE("what a completion throws is over with it: the pool goes on") {
  HashingPool pool{{}};
  REQUIRE(pool.hash("192.0.2.1", Secret{"x"}, kCheap,
                    [](const Result<std::string>&) { throw std::bad_alloc(); }));
  CHECK(judge(pool, cheap_hash("three blind mice"), "three blind mice").matches);
}
