#include <future>
#include <thread>

#include <catch2/catch.hpp>

#include "common/base/turn.hpp"
#include "server/store/database.hpp"
#include "server/store/writer.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

class TellingJob final : public store::WriteJob {
 public:
  explicit TellingJob(std::promise<Result<void>> told) : told_(std::move(told)) {}
  Result<void> run(store::WriteTx&) override { return ok(); }
  void finished(const Result<void>& outcome) noexcept override { told_.set_value(outcome); }

 private:
  std::promise<Result<void>> told_;
};

std::future<Result<void>> bring(store::Writer& writer) {
  std::promise<Result<void>> told;
  auto outcome = told.get_future();
  writer.submit(std::make_unique<TellingJob>(std::move(told)));
  return outcome;
}

}  // namespace

TEST_CASE("what is brought within a turn is written after its end; another thread waits for no turn") {
  TempDir dir;
  FakeClock clock;
  auto db = store::open_database(dir.path() / "wardroom.db");
  REQUIRE(db);
  store::Writer writer(std::move(*db), clock, store::Writer::Limits{});
  writer.start({});
  std::thread([&] {
    begin_turns();
    auto first = bring(writer);
    auto second = bring(writer);
    CHECK(std::async(std::launch::async, [&] { return bring(writer).get(); }).get());
    auto third = bring(writer);
    end_turn();
    CHECK(first.get());
    CHECK(second.get());
    CHECK(third.get());
  }).join();
}
