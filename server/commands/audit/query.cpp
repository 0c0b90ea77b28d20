#include "server/audit/query.hpp"

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

// Whether this session's search stands in the log already, since a short while.
bool is_recorded(sqlite::Connection& db, const realtime::Caller& caller, const audit::Details& search,
                 TimePoint now) {
  return db
      .find<std::int64_t>(
          "SELECT 1 FROM audit_records INDEXED BY audit_records_type WHERE type = 'audit.queried'"
          " AND idx >= (SELECT idx FROM audit_records WHERE at > ?1 AND at <= ?5 ORDER BY at LIMIT 1)"
          " AND actor_id = ?2 AND instr(line, ?3) AND instr(line, ?4) LIMIT 1",
          now - kSpeaksFor, caller.user, "\"session\":{\"id\":" + std::to_string(caller.session.value) + ",",
          "\"after\":" + search.json() + ",", now)
      .has_value();
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
        const bool recorded = is_recorded(db, *reply.call().caller, search, services.clock.now());
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
