#pragma once

#include "server/commands/context.hpp"
#include "server/commands/group_batch.hpp"
#include "server/domain/rights.hpp"

namespace wardroom::commands {

// Checks within the transaction that the session still holds and takes the person's role and duties as they
// are now: whoever was disabled in an earlier job of the same group changes nothing any more.
Result<void> confirm_caller(sqlite::Connection& db, const Settings& settings, Call& call, TimePoint now,
                            std::string_view method, std::optional<domain::Right> right);

// A change on its way through the writer: runs the work, and when it is durable publishes what it made known
// and answers. `Work` is a callable Result<typename M::Result>(WriteContext&).
template <class M, class Work>
class ChangeJob final : public store::WriteJob {
 public:
  ChangeJob(Services& services, GroupBatch& batch, Reply<M> reply, std::optional<domain::Right> right,
            Work work)
      : services_(services), batch_(batch), reply_(std::move(reply)), right_(right), work_(std::move(work)) {}

  Result<void> run(store::WriteTx& tx) override {
    ran_ = true;
    Call call = reply_.call();
    if (call.caller)
      if (auto confirmed = confirm_caller(tx.db, services_.settings, call, tx.trusted, M::kName, right_);
          !confirmed)
        return confirmed;
    WriteContext context{tx, call, services_, out_};
    auto result = work_(context);
    if (!result) return result.error();
    result_ = std::move(*result);
    refusal_ = std::move(context.refusal);
    return ok();
  }

  void finished(const Result<void>& outcome) noexcept override {
    const Result<typename M::Result> answer = !outcome   ? Result<typename M::Result>(outcome.error())
                                              : refusal_ ? Result<typename M::Result>(*refusal_)
                                                         : Result<typename M::Result>(std::move(result_));
    if (!ran_)
      return reply_(answer);  // refused or undone before its turn: perhaps not even on the writer thread
    // The answer first: what is published may close the very connection that asked.
    batch_.add(realtime::ToPeer{reply_.call().peer, reply_.act(answer)});
    if (outcome) batch_.add(std::move(out_));
  }

 private:
  Services& services_;
  GroupBatch& batch_;
  Reply<M> reply_;
  std::optional<domain::Right> right_;
  Work work_;
  realtime::Batch out_;
  typename M::Result result_{};
  std::optional<Error> refusal_;
  bool ran_ = false;
};

template <class M, class Work>
void submit_change(Services& services, GroupBatch& batch, Reply<M> reply, std::optional<domain::Right> right,
                   Work work) {
  services.writer.submit(
      std::make_unique<ChangeJob<M, Work>>(services, batch, std::move(reply), right, std::move(work)));
}

}  // namespace wardroom::commands
