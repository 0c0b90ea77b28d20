#include "server/store/readers.hpp"

#include <future>

#include <catch2/catch.hpp>

#include "server/store/database.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::testing;

TEST_CASE("a query for which there is no memory costs its own answer and nothing else") {
  TempDir dir;
  REQUIRE(store::open_database(dir.path() / "wardroom.db"));
  auto readers = store::Readers::open(dir.path() / "wardroom.db", 1, 10);
  REQUIRE(readers);
  std::promise<Error> refused;
  (*readers)->submit([](sqlite::Connection&) { throw std::bad_alloc(); },
                     [&](const Error& error) { refused.set_value(error); });
  CHECK(refused.get_future().get().code == ErrorCode::internal);
  (*readers)->submit([](sqlite::Connection&) { throw std::bad_alloc(); },
                     [](const Error&) { throw std::bad_alloc(); });
  std::promise<std::int64_t> answer;
  (*readers)->submit(
      [&](sqlite::Connection& db) { answer.set_value(db.find<std::int64_t>("SELECT 7").value_or(0)); },
      [&](const Error&) { answer.set_value(-1); });
  CHECK(answer.get_future().get() == 7);
}

TEST_CASE("a query that isn't taken is told why, once") {
  TempDir dir;
  REQUIRE(store::open_database(dir.path() / "wardroom.db"));
  auto readers = store::Readers::open(dir.path() / "wardroom.db", 1, 1);
  REQUIRE(readers);
  std::promise<void> go;
  std::promise<void> begun;
  std::vector<ErrorCode> refusals;
  const auto refused = [&](const Error& error) { refusals.push_back(error.code); };
  (*readers)->submit(
      [&](sqlite::Connection&) {
        begun.set_value();
        go.get_future().wait();
      },
      refused);
  begun.get_future().wait();
  (*readers)->submit([](sqlite::Connection&) {}, refused);
  (*readers)->submit([](sqlite::Connection&) {}, refused);  // the queue is full
  go.set_value();
  (*readers)->stop();
  (*readers)->submit([](sqlite::Connection&) {}, refused);  // the pool has stopped
  CHECK(refusals == std::vector<ErrorCode>(2, ErrorCode::unavailable));
}
