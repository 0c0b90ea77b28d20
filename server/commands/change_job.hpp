#pragma once

#include "server/commands/context.hpp"
#include "server/commands/group_batch.hpp"
#include "server/domain/rights.hpp"

namespace wardroom::commands {

// A call whose caller is as they are now. Copied only where that isn't how they were when the call came in.
class ConfirmedCall {
 public:
  // `call` outlives it.
  explicit ConfirmedCall(const Call& call) : call_(&call) {}
  ConfirmedCall(const ConfirmedCall&) = delete;
  ConfirmedCall& operator=(const ConfirmedCall&) = delete;

  // Checks within the transaction that the session still holds and takes the person's role and duties as they
  // are now: whoever was disabled in an earlier job of the same group changes nothing any more. For a post
  // the writer may know them. Without a caller there is nothing to check.
  Result<void> confirm(store::WriteTx& tx, const Settings& settings, std::string_view method,
                       std::optional<domain::Right> right);
  const Call& get() const { return *call_; }

 private:
  const Call* call_;
  std::optional<Call> changed_;
};

// A change on its way through the writer: does its work, and when that is durable publishes what it made
// known and answers.
class ChangeJob : public store::WriteJob {
 public:
  ChangeJob(Services& services, GroupBatch& batch, JsonReply reply, std::string_view method,
            std::optional<domain::Right> right)
      : services_(services), batch_(batch), reply_(std::move(reply)), method_(method), right_(right) {}

  Result<void> run(store::WriteTx& tx) final;
  void finished(const Result<void>& outcome) final;
  bool is_vital() const final;
  bool checks_first() const final;

 private:
  // The result as JSON. Writer thread, within the transaction.
  virtual Result<std::string> work(WriteContext& context) = 0;

  Services& services_;
  GroupBatch& batch_;
  JsonReply reply_;
  std::string_view method_;  // of the catalogue
  std::optional<domain::Right> right_;
  realtime::Batch out_;
  std::string result_;
  std::optional<Error> refusal_;
  bool ran_ = false;
  bool posted_ = false;
};

// `work` is a callable Result<typename M::Result>(WriteContext&).
template <class M, class Work>
void submit_change(Services& services, GroupBatch& batch, Reply<M> reply, std::optional<domain::Right> right,
                   Work work) {
  class Job final : public ChangeJob {
   public:
    Job(Services& services, GroupBatch& batch, JsonReply reply, std::optional<domain::Right> right, Work run)
        : ChangeJob(services, batch, std::move(reply), M::kName, right), work_(std::move(run)) {}

   private:
    Result<std::string> work(WriteContext& context) override { return encode_result(work_(context)); }

    Work work_;
  };
  services.writer.submit(std::make_unique<Job>(services, batch, std::move(reply), right, std::move(work)));
}

}  // namespace wardroom::commands
