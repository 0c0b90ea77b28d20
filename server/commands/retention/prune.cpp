#include "server/audit/pruning.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/reason.hpp"
#include "server/commands/step_job.hpp"

namespace wardroom::commands {
namespace {

constexpr std::chrono::days kLeastAge{90};
constexpr std::int64_t kRecordsAStep = 5'000;

struct Pruning {
  Services& services;
  GroupBatch& batch;
  Reply<AdminAuditPrune> reply;
  TimePoint before;
  std::string reason;
  std::int64_t next = 0;
  std::int64_t last = -1;
  AdminAuditPrune::Result done{};
};
using PruningPtr = std::shared_ptr<Pruning>;

void append_pruned(WriteContext& context, const Pruning& pruning, const audit::PrunedRange& range) {
  audit::Record record = context.call.record(audit::Type::audit_pruned);
  record.reason = pruning.reason;
  record.after = {{"before", pruning.before},
                  {"first", range.first},
                  {"last", range.last},
                  {"count", range.count},
                  {"rule", audit::kPruningRule}};
  context.append(record);
}

void prune_next(const PruningPtr& pruning) {
  if (pruning->next > pruning->last)
    return pruning->services.cleaner.clean([pruning](bool clean) {
      pruning->done.files_clean = clean;
      pruning->reply(pruning->done);
    });
  const auto range = std::make_shared<audit::PrunedRange>();
  Step step{pruning->reply.shared_call(), AdminAuditPrune::kName, domain::Right::keep_records, {}, {}};
  step.work = [pruning, range](WriteContext& context) -> Result<void> {
    const std::int64_t last = std::min(pruning->last, pruning->next + kRecordsAStep - 1);
    *range = audit::prune_records(context.db(), pruning->next, last, pruning->before);
    if (range->count > 0) append_pruned(context, *pruning, *range);
    return ok();
  };
  step.then = [pruning, range](const Result<void>& outcome) {
    if (!outcome) return pruning->reply(outcome.error());
    pruning->done.records += range->count;
    pruning->next += kRecordsAStep;
    prune_next(pruning);
  };
  submit_step(pruning->services, pruning->batch, std::move(step));
}

}  // namespace

void prune_audit(LiveContext& context, AdminAuditPrune::Params params, Reply<AdminAuditPrune> reply) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reply(reason.error());
  Services& services = context.services;
  if (params.before > services.clock.trusted() - kLeastAge)
    return reply(conflict("too_young", "Records are kept whole for at least 90 days. Name an earlier day."));
  services.readers.submit(
      [&services, &batch = context.batch, reply, reason = *reason, params](sqlite::Connection& db) {
        const auto count = audit::count_prunable(db, params.before);
        if (db.failure()) return reply(*db.failure());
        AdminAuditPrune::Result result{count.records, count.kept, count.held, false};
        if (params.dry_run.value_or(false) || count.records == 0) return reply(result);
        result.records = 0;
        prune_next(PruningPtr(
            new Pruning{services, batch, reply, params.before, reason, count.first, count.last, result}));
      },
      reply);
}

}  // namespace wardroom::commands
