#include "server/store/file_cleaner.hpp"

#include <future>

#include <catch2/catch.hpp>

#include "common/sqlite/transaction.hpp"
#include "server/store/database.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

class InsertJob final : public store::WriteJob {
 public:
  explicit InsertJob(std::promise<Result<void>> done) : done_(std::move(done)) {}
  Result<void> run(store::WriteTx& tx) override {
    store::store_epoch(tx.db, 7);
    return ok();
  }
  void finished(const Result<void>& outcome) noexcept override { done_.set_value(outcome); }

 private:
  std::promise<Result<void>> done_;
};

bool write_something(store::Writer& writer) {
  std::promise<Result<void>> done;
  auto outcome = done.get_future();
  writer.submit(std::make_unique<InsertJob>(std::move(done)));
  return outcome.get().has_value();
}

bool clean(store::FileCleaner& cleaner) {
  const auto done = std::make_shared<std::promise<bool>>();
  auto outcome = done->get_future();
  cleaner.clean([done](bool is_clean) { done->set_value(is_clean); });
  return outcome.get();
}

}  // namespace

TEST_CASE(
    "files aren't called clean while somebody reads the old state, and are cleaned when they are done") {
  TempDir dir;
  FakeClock clock;
  auto db = store::open_database(dir.path() / "wardroom.db");
  REQUIRE(db);
  store::Writer writer(std::move(*db), clock, {});
  writer.start({});
  store::FileCleaner cleaner(writer);
  const auto log = dir.path() / "wardroom.db-wal";
  REQUIRE(write_something(writer));
  CHECK(std::filesystem::file_size(log) > 0);
  CHECK(clean(cleaner));
  CHECK(std::filesystem::file_size(log) == 0);

  REQUIRE(write_something(writer));
  auto reader = sqlite::Connection::open(dir.path() / "wardroom.db", sqlite::Connection::Mode::read_only);
  REQUIRE(reader);
  {
    sqlite::Transaction snapshot(**reader, sqlite::Transaction::Kind::read);
    CHECK(store::load_epoch(**reader) == 7);
    CHECK_FALSE(clean(cleaner));
    CHECK(write_something(writer));  // nobody else is held up for good
  }
  cleaner.retry();
  CHECK(clean(cleaner));
  CHECK(std::filesystem::file_size(log) == 0);
  writer.stop();
}
