#include "server/app/durable_records.hpp"

#include <future>

#include "server/audit/log.hpp"

namespace wardroom::app {
namespace {

class RecordsJob final : public store::WriteJob {
 public:
  RecordsJob(std::vector<audit::Record> records, std::promise<Result<void>> done)
      : records_(std::move(records)), done_(std::move(done)) {}
  Result<void> run(store::WriteTx& tx) override {
    for (const auto& record : records_) audit::append_record(tx, record);
    return ok();
  }
  void finished(const Result<void>& outcome) override { done_.set_value(outcome); }
  // A backup to another disk is what one wants when this one is full.
  bool is_vital() const override { return true; }

 private:
  std::vector<audit::Record> records_;
  std::promise<Result<void>> done_;
};

}  // namespace

Result<void> append_and_wait(store::Writer& writer, std::vector<audit::Record> records) {
  std::promise<Result<void>> done;
  auto durable = done.get_future();
  writer.submit(std::make_unique<RecordsJob>(std::move(records), std::move(done)));
  return durable.get();
}

}  // namespace wardroom::app
