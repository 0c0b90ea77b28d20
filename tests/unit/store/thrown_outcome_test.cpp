#include <atomic>
#include <future>
#include <new>

#include <catch2/catch.hpp>

#include "server/store/database.hpp"
#include "server/store/writer.hpp"
#include "tests/harness/temp_dir.hpp"

// What is thrown on the writer's thread after a group.
using namespace wardroom;

namespace {

class ToldJob final : public store::WriteJob {
 public:
  ToldJob(std::promise<Result<void>> done, bool throws) : done_(std::move(done)), throws_(throws) {}
  Result<void> run(store::WriteTx&) override { return ok(); }
  void finished(const Result<void>& outcome) override {
    done_.set_value(outcome);
    if (throws_) throw std::bad_alloc();
  }

 private:
  std::promise<Result<void>> done_;
  const bool throws_;
};

std::future<Result<void>> submit_told(store::Writer& writer, bool throws = false) {
  std::promise<Result<void>> done;
  auto outcome = done.get_future();
  writer.submit(std::make_unique<ToldJob>(std::move(done), throws));
  return outcome;
}

}  // namespace

TEST_CASE("a job that throws where it is told its outcome costs the others of its group nothing") {
  testing::TempDir dir;
  FakeClock clock;
  auto db = store::open_database(dir.path() / "wardroom.db");
  REQUIRE(db);
  store::Writer writer(std::move(*db), clock, store::Writer::Limits{});
  std::atomic<int> lost = 0, groups = 0;
  // What was submitted before the start is one group.
  auto first = submit_told(writer, true);
  auto second = submit_told(writer);
  writer.start({{}, [&] { ++groups; }, {}, [&] { ++lost; }});
  CHECK(first.get());
  CHECK(second.get());
  CHECK(submit_told(writer).get());
  writer.stop();
  CHECK(lost == 1);
  CHECK(groups == 2);
}

TEST_CASE("a hook that throws after a group doesn't end the writer") {
  testing::TempDir dir;
  FakeClock clock;
  auto db = store::open_database(dir.path() / "wardroom.db");
  REQUIRE(db);
  store::Writer writer(std::move(*db), clock, store::Writer::Limits{});
  writer.start({{}, [] { throw std::bad_alloc(); }, {}, {}});
  CHECK(submit_told(writer).get());
  CHECK(submit_told(writer).get());
}
