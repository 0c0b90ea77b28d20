#include "common/tlog/wire.hpp"
#include "server/audit/chain_end.hpp"
#include "server/audit/export_page.hpp"
#include "server/audit/tree.hpp"
#include "server/commands/audit/own_export.hpp"
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
  bool is_open = false;         // nothing ends the range: it goes up to the export's own records
  std::int64_t seen = 0;        // records of the log that this was read from
  std::int64_t chain_end = -1;  // of the subject, in the range as far as it was seen
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
  Begun begun;
  auto& result = begun.result;
  if (auto found = find_subject(context.db, params, result); !found) return found.error();
  begun.seen = audit::count_records(context.db);
  begun.is_open = !params.until || *params.until > context.now();
  const auto range = audit::find_export_range(context.db, params, begun.seen);
  if (!range) return conflict("nothing_in_range", "The audit log has no record of this time.");
  result.first = range->first;
  result.last = range->last;
  const audit::ExportScope scope(context.db, params);
  if (!scope.is_everything())
    begun.chain_end =
        audit::find_chain_end(context.db, scope, begun.is_open ? begun.seen - 1 : range->last.value);
  begun.holds_texts = audit::may_hold_texts(context.db, scope);
  return begun;
}

audit::Details describe(const AuditExport::Params& params, const AuditExport::Result& result) {
  audit::Details details{
      {"export", result.id}, {"first", result.first}, {"last", result.last}, {"size", result.size}};
  if (params.user) details.add("user", *params.user);
  if (params.since) details.add("since", to_unix_ms(*params.since));
  if (params.until) details.add("until", to_unix_ms(*params.until));
  if (params.files.value_or(false)) details.add("files", true);
  return details;
}

// What was written since it was prepared is in an open range, too, and so are the export's own records.
void extend_range(sqlite::Connection& db, const AuditExport::Params& params, Begun& begun) {
  const audit::ExportScope scope(db, params);
  if (begun.is_open && !scope.is_everything()) {
    begun.chain_end = audit::follow_chain(db, scope, begun.chain_end, begun.seen);
    begun.holds_texts |= begun.chain_end >= begun.seen;
  }
  const std::int64_t own = 1 + begun.holds_texts + params.user.has_value();
  begun.result.size = audit::count_records(db) + own;
  if (begun.is_open) begun.result.last = AuditIndex{begun.result.size - 1};
}

// Signed here and not within the next second, so that the head covers the record of the export, which says
// where the subject's chain ends: nobody can hide its last states then.
Result<void> add_head(WriteContext& context, AuditIndex exported, AuditExport::Result& result) {
  auto& db = context.db();
  const auto head = context.services.signer.sign_if_grown(context.tx);
  if (!head) return head.error();
  if (!*head || (*head)->size != result.size)
    return conflict("log_differs",
                    "The database has a signed head of more records than its log: somebody changed it from "
                    "outside. Keep the files as they are, and run wardroomd check.");
  result.note = (*head)->note;
  result.signed_at = (*head)->at;
  for (auto& key : audit::load_trusted_keys(db)) {
    if (!key.rotation.empty()) result.rotations.push_back(std::move(key.rotation));
    result.key = std::move(key.key);
  }
  result.edges = find_edges(db, {result.first, result.last}, result.size);
  auto row = db.query("SELECT leaf, line FROM audit_records WHERE idx = ?", exported);
  if (!row.step()) return make_error(ErrorCode::internal, "The export's record isn't in the log.");
  const std::int64_t leaf = exported.value;
  result.record = ProvenRecord{
      {exported, to_hex(row.get<Bytes>(0)), row.get<std::string>(1)},
      tlog::to_wire(tlog::prove_leaves(audit::node_reader(db), std::span(&leaf, 1), result.size))};
  return ok();
}

Result<AuditExport::Result> record_export(WriteContext& context, const AuditExport::Params& params,
                                          const std::string& reason, Begun begun) {
  extend_range(context.db(), params, begun);
  auto& result = begun.result;
  const AuditIndex exported{audit::count_records(context.db())};
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
    if (type == audit::Type::audit_exported && (result.user || result.room))
      record.after.add("chain_end", begun.chain_end);
    context.append(record);
  };
  append(audit::Type::audit_exported);
  if (begun.holds_texts) append(audit::Type::export_created);
  if (params.user) append(audit::Type::subject_exported);
  if (auto done = add_head(context, exported, result); !done) return done.error();
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

Result<store::ExportRow> find_own_export(ReadContext& context, ExportId id) {
  auto row = store::find_export(context.db, id);
  if (!row || row->by != context.caller().user) return not_found("You began no such export.");
  if (context.trusted() - row->at >= kExportLife)
    return conflict("export_over", "This export began more than a day ago. Begin a new one.");
  return std::move(*row);
}

Result<AuditExportPage::Result> read_export_page(ReadContext& context,
                                                 const AuditExportPage::Params& params) {
  const auto row = find_own_export(context, params.id);
  if (!row) return row.error();
  return audit::load_export_page(context.db, *row, params.at);
}

}  // namespace wardroom::commands
