#include "server/audit/log.hpp"
#include "server/commands/change_job.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/page_limit.hpp"

namespace wardroom::commands {

// Read on a reader thread, then recorded on the writer, and answered when the record is durable: nobody reads
// the log without a trace.
void query_audit(LiveContext& context, AuditQuery::Params params, Reply<AuditQuery> reply) {
  const auto limit = check_limit(params.limit);
  if (!limit) return reply(limit.error());
  Services& services = context.services;
  const bool queued =
      services.readers.submit([&services, &batch = context.batch, reply, params = std::move(params),
                               limit = *limit](sqlite::Connection& db) {
        auto page = audit::query_records(db, params, limit);
        AuditQuery::Result result{std::move(page.records), page.more, audit::count_records(db)};
        if (db.failure()) return reply(*db.failure());
        submit_change<AuditQuery>(services, batch, reply, domain::Right::read_audit,
                                  [result = std::move(result), query = encode(params)](
                                      WriteContext& write) -> Result<AuditQuery::Result> {
                                    audit::Record record = write.call.record(audit::Type::audit_queried);
                                    record.after = query;
                                    write.append(record);
                                    return result;
                                  });
      });
  if (!queued) reply(unavailable("The server is busy. Try again in a moment.", std::chrono::seconds{1}));
}

}  // namespace wardroom::commands
