#include "common/tlog/wire.hpp"
#include "server/audit/export_page.hpp"
#include "server/audit/tree.hpp"
#include "server/commands/change_job.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/reason.hpp"
#include "server/store/exports.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

constexpr std::chrono::hours kExportLife{24};

// An export that is about to begin: what it will say, and what its records will.
struct Begun {
  AuditExport::Result result;
  bool holds_texts = false;
};

// The person is known by number from here on.
Result<void> find_subject(sqlite::Connection& db, AuditExport::Params& params, AuditExport::Result& result) {
  if (params.user || params.user_name) {
    if (!params.user) {
      const auto typed = store::find_typed_user(db, *params.user_name);
      if (!typed) return typed.error();
      params.user = typed->account.id;
    }
    const auto row = store::find_user(db, *params.user);
    if (!row) return not_found("There is no such person.");
    result.user = row->user();
    params.user_name.reset();
  }
  if (params.room) {
    const auto room = store::find_room(db, *params.room);
    if (!room) return not_found("There is no such room.");
    result.room = ExportRoom{room->id, room->name, room->kind};
  }
  return ok();
}

// What stands left and right of the range. The proof of its two ends names that too, beside nodes of what
// lies between, which is in the bundle itself.
std::vector<TreeNode> find_edges(sqlite::Connection& db, const audit::ExportRange& range, std::int64_t size) {
  std::vector<std::int64_t> ends{range.first.value};
  if (range.last > range.first) ends.push_back(range.last.value);
  auto nodes = tlog::prove_leaves(audit::node_reader(db), ends, size);
  std::erase_if(nodes, [&](const tlog::Node& node) {
    const auto [level, index] = node.id;
    return (index + 1) << level > range.first.value && index << level <= range.last.value;
  });
  return tlog::to_wire(nodes);
}

Result<Begun> prepare(ReadContext& context, AuditExport::Params& params) {
  const auto head = show_head(context, {});
  if (!head) return head.error();
  Begun begun;
  auto& result = begun.result;
  result.note = head->note;
  result.size = head->size;
  result.signed_at = head->at;
  result.key = head->key;
  result.rotations = head->rotations;
  if (auto found = find_subject(context.db, params, result); !found) return found.error();
  const auto range = audit::find_export_range(context.db, params, head->size);
  if (!range)
    return conflict("nothing_in_range",
                    "The audit log has no record of this time, or none that is signed yet.");
  result.first = range->first;
  result.last = range->last;
  result.edges = find_edges(context.db, *range, head->size);
  begun.holds_texts = audit::may_hold_texts(context.db, audit::ExportScope(context.db, params));
  return begun;
}

audit::Details describe(const AuditExport::Params& params, const AuditExport::Result& result) {
  audit::Details details{
      {"export", result.id}, {"first", result.first}, {"last", result.last}, {"size", result.size}};
  if (params.user) details.add("user", *params.user);
  if (params.since) details.add("since", to_unix_ms(*params.since));
  if (params.until) details.add("until", to_unix_ms(*params.until));
  return details;
}

Result<AuditExport::Result> record_export(WriteContext& context, const AuditExport::Params& params,
                                          const std::string& reason, Begun begun) {
  auto& result = begun.result;
  const auto by = store::find_user(context.db(), context.caller().user);
  if (by) result.by = by->user();
  result.at = context.now();
  result.id = store::insert_export(
      context.db(),
      {{}, context.caller().user, context.trusted(), params, result.size, result.first, result.last});
  const auto append = [&](audit::Type type) {
    audit::Record record = context.call.record(type);
    record.reason = reason;
    if (result.user)
      record.target = {"user", result.user->id.value, result.user->name};
    else if (result.room)
      record.target = {"room", result.room->id.value, result.room->name};
    if (result.room) record.room = result.room->id;
    record.after = describe(params, result);
    context.append(record);
  };
  append(audit::Type::audit_exported);
  if (begun.holds_texts) append(audit::Type::export_created);
  if (params.user) append(audit::Type::subject_exported);
  return std::move(result);
}

}  // namespace

// Prepared on a reader thread, recorded on the writer, answered when the records are durable: nothing leaves
// the log without a trace.
void export_evidence(LiveContext& context, AuditExport::Params params, Reply<AuditExport> reply) {
  auto reason = check_reason(params.reason);
  if (!reason) return reply(reason.error());
  Services& services = context.services;
  services.readers.submit(
      [&services, &batch = context.batch, reply, params = std::move(params),
       reason = std::move(*reason)](sqlite::Connection& db) mutable {
        ReadContext read{db, reply.call(), services};
        auto begun = prepare(read, params);
        if (db.failure()) return reply(*db.failure());
        if (!begun) return reply(begun.error());
        submit_change<AuditExport>(services, batch, reply, domain::Right::export_evidence,
                                   [params, reason, begun = std::move(*begun)](WriteContext& write) {
                                     return record_export(write, params, reason, begun);
                                   });
      },
      reply);
}

Result<AuditExportPage::Result> read_export_page(ReadContext& context,
                                                 const AuditExportPage::Params& params) {
  const auto row = store::find_export(context.db, params.id);
  if (!row || row->by != context.caller().user) return not_found("You began no such export.");
  if (context.trusted() - row->at >= kExportLife)
    return conflict("export_over", "This export began more than a day ago. Begin a new one.");
  return audit::load_export_page(context.db, *row, params.at);
}

}  // namespace wardroom::commands
