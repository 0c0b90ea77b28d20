#include "server/commands/step_job.hpp"

namespace wardroom::commands {
namespace {

class StepJob final : public store::WriteJob {
 public:
  StepJob(Services& services, GroupBatch& batch, Step step)
      : services_(services), batch_(batch), step_(std::move(step)) {}

  Result<void> run(store::WriteTx& tx) override {
    ConfirmedCall call(*step_.call);
    if (auto confirmed = call.confirm(tx, *services_.settings.load(), step_.method, step_.right); !confirmed)
      return confirmed;
    WriteContext context{tx, call.get(), services_, out_};
    return step_.work(context);
  }

  void finished(const Result<void>& outcome) override {
    if (outcome) batch_.add(std::move(out_));
    step_.then(outcome);
  }

  bool is_vital() const override { return step_.is_vital; }

 private:
  Services& services_;
  GroupBatch& batch_;
  Step step_;
  realtime::Batch out_;
};

}  // namespace

void submit_step(Services& services, GroupBatch& batch, Step step) {
  services.writer.submit(std::make_unique<StepJob>(services, batch, std::move(step)));
}

}  // namespace wardroom::commands
