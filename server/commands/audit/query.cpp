#include "server/audit/query.hpp"

#include "server/commands/audit/recorded.hpp"
#include "server/commands/change_job.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/page_limit.hpp"

namespace wardroom::commands {
namespace {

// How long one record speaks for further pages of the same search.
constexpr std::chrono::minutes kSpeaksFor{10};

// What is looked for, without the place in it.
audit::Details describe_search(AuditQuery::Params params) {
  params.before = params.after = std::nullopt;
  params.limit = std::nullopt;
  return audit::Details(RawJson{encode(params)});
}

}  // namespace

// Read on a reader thread, then recorded on the writer, and answered when the record is durable: nobody reads
// the log without a trace. Further pages, and the new records that somebody follows, are the same search.
void query_audit(LiveContext& context, AuditQuery::Params params, Reply<AuditQuery> reply) {
  const auto limit = check_limit(params.limit);
  if (!limit) return reply(limit.error());
  Services& services = context.services;
  services.readers.submit(
      [&services, &batch = context.batch, reply, params = std::move(params),
       limit = *limit](sqlite::Connection& db) {
        auto page = audit::query_records(db, params, limit);
        if (!page) return reply(page.error());
        AuditQuery::Result result{std::move(page->records), page->more, audit::count_records(db)};
        const audit::Details search = describe_search(params);
        const bool recorded =
            is_recorded(db, {audit::Type::audit_queried, *reply.call().caller,
                             "\"after\":" + search.json() + ",", services.clock.now(), kSpeaksFor});
        if (db.failure()) return reply(*db.failure());
        if (recorded) return reply(result);
        submit_change<AuditQuery>(
            services, batch, reply, domain::Right::read_audit,
            [result = std::move(result), search](WriteContext& write) -> Result<AuditQuery::Result> {
              audit::Record record = write.call.record(audit::Type::audit_queried);
              record.after = search;
              write.append(record);
              return result;
            });
      },
      reply);
}

}  // namespace wardroom::commands
