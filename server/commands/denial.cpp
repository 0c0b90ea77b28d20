#include "server/commands/denial.hpp"

#include <algorithm>

#include "server/domain/rights.hpp"

namespace wardroom::commands {
namespace {

constexpr std::string_view kDenials[] = {"role",           "outranked",  "not_a_moderator",
                                         "not_a_member",   "not_author", "last_admin",
                                         "last_moderator", "on_hold",    "not_shown"};

// What the record gives as its reason; empty: it isn't a denial.
std::string reason_of(const Error& refusal) {
  if (domain::is_unknown_room(refusal)) return "unknown_room";
  if (refusal.code != ErrorCode::forbidden && refusal.code != ErrorCode::conflict) return {};
  return std::ranges::find(kDenials, refusal.reason) != std::end(kDenials) ? refusal.reason : std::string();
}

class DenialJob final : public store::WriteJob {
 public:
  DenialJob(audit::DenialLog& denials, audit::Record record)
      : denials_(denials), record_(std::move(record)) {}
  Result<void> run(store::WriteTx& tx) override {
    denials_.append(tx, record_);
    return ok();
  }
  void finished(const Result<void>&) override {}
  bool is_vital() const override { return true; }

 private:
  audit::DenialLog& denials_;
  audit::Record record_;
};

}  // namespace

void record_denial(Services& services, const Call& call, std::string_view method, const Error& refusal) {
  if (!call.caller) return;
  const std::string reason = reason_of(refusal);
  if (reason.empty()) return;
  audit::Record record = call.record(audit::Type::access_denied);
  record.outcome = audit::Outcome::denied;
  record.reason = reason;
  record.target = {"method", 0, std::string(method)};
  services.writer.submit(std::make_unique<DenialJob>(services.denials, std::move(record)));
}

}  // namespace wardroom::commands
