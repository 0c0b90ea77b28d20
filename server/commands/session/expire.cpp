#include "server/commands/session/expire.hpp"

#include "common/base/log.hpp"
#include "server/audit/log.hpp"
#include "server/commands/group_batch.hpp"
#include "server/commands/services.hpp"
#include "server/store/sessions.hpp"

namespace wardroom::commands {
namespace {

constexpr std::int64_t kAtOnce = 200;  // the rest a minute later

class ExpiryJob final : public store::WriteJob {
 public:
  explicit ExpiryJob(GroupBatch& batch) : batch_(batch) {}

  Result<void> run(store::WriteTx& tx) override {
    for (const auto& session : store::expire_sessions(tx.db, tx.trusted, kAtOnce)) {
      audit::Record record{.type = audit::Type::session_expired};
      record.target = {"session", session.id.value, session.user_name};
      record.after = {{"expired_at", session.expires_at}};
      audit::append_record(tx, record);
      out_.push_back(realtime::SessionEnded{session.id, session.user, protocol::CloseCode::expired});
    }
    return ok();
  }
  void finished(const Result<void>& outcome) override {
    if (outcome)
      batch_.add(std::move(out_));
    else
      spdlog::error("session.expiry_failed message=\"{}\"", outcome.error().message);
  }
  bool is_vital() const override { return true; }

 private:
  GroupBatch& batch_;
  realtime::Batch out_;
};

}  // namespace

void submit_expiry(Services& services, GroupBatch& batch) {
  services.writer.submit(std::make_unique<ExpiryJob>(batch));
}

}  // namespace wardroom::commands
