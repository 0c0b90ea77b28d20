#include "server/commands/audit/sign_head.hpp"

#include "common/base/log.hpp"
#include "protocol/events.hpp"
#include "server/commands/context.hpp"
#include "server/commands/group_batch.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

class SignHeadJob final : public store::WriteJob {
 public:
  SignHeadJob(Services& services, GroupBatch& batch) : services_(services), batch_(batch) {}

  Result<void> run(store::WriteTx& tx) override {
    auto head = services_.signer.sign_if_grown(tx);
    if (!head) {
      was_refused_ = true;
      return head.error();
    }
    head_ = std::move(*head);
    if (head_) readers_ = store::find_audit_readers(tx.db);
    return ok();
  }

  bool is_vital() const override { return true; }
  void finished(const Result<void>& outcome) override {
    // A disk or a queue that is full has an alarm of its own.
    if (outcome || was_refused_) services_.heads.note(outcome);
    if (!outcome) return spdlog::error("audit.head_not_signed message=\"{}\"", outcome.error().message);
    if (!head_) return;
    services_.signer.committed(*head_);
    const auto frame = realtime::make_frame(
        protocol::compose_event(protocol::AuditCheckpointSigned{head_->note, head_->size, head_->at}),
        realtime::Delivery::ephemeral);
    for (const UserId user : readers_) batch_.add(realtime::ToUser{user, frame});
  }

 private:
  Services& services_;
  GroupBatch& batch_;
  std::optional<audit::StoredHead> head_;
  bool was_refused_ = false;  // by the signer
  std::vector<UserId> readers_;
};

}  // namespace

void submit_sign_head(Services& services, GroupBatch& batch) {
  if (services.writer.reads_only()) return;  // else each second would have its line
  services.writer.submit(std::make_unique<SignHeadJob>(services, batch));
}

}  // namespace wardroom::commands
