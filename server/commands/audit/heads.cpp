#include <algorithm>

#include "common/tlog/wire.hpp"
#include "protocol/limits.hpp"
#include "server/audit/last_check.hpp"
#include "server/audit/tree.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/reason.hpp"
#include "server/store/witnesses.hpp"

namespace wardroom::commands {
namespace {

constexpr std::int64_t kCosignedShown = 4;

Error no_head() {
  return unavailable("No head of the audit log is signed yet. Try again in a second.",
                     std::chrono::seconds{1});
}

// The size of the newest signed head: proofs are about what was signed.
Result<std::int64_t> load_signed_size(sqlite::Connection& db) {
  const auto head = audit::find_newest_head(db);
  if (!head) return no_head();
  return head->size;
}

// Restorations of backups that a tree of `size` holds, each with its proof.
std::vector<ProvenRecord> load_restores(sqlite::Connection& db, std::int64_t size) {
  std::vector<ProvenRecord> restores;
  auto row = db.query(
      "SELECT idx, leaf, line FROM audit_records WHERE type = 'server.backup_restored' AND idx < ? ORDER BY "
      "idx",
      size);
  while (row.step())
    restores.push_back({{row.get<AuditIndex>(0), to_hex(row.get<Bytes>(1)), row.get<std::string>(2)}, {}});
  for (auto& restore : restores) {
    const std::int64_t leaf = restore.record.idx.value;
    restore.nodes = tlog::to_wire(tlog::prove_leaves(audit::node_reader(db), std::span(&leaf, 1), size));
  }
  return restores;
}

// What a few devices saw: a PC that holds it against what it is shown itself finds two histories.
std::optional<std::vector<CosignedHead>> load_cosigned_heads(sqlite::Connection& db, std::int64_t size) {
  std::vector<CosignedHead> heads;
  for (auto& witness : store::load_some_cosigned(db, kCosignedShown)) {
    const auto proof = tlog::prove_consistency(audit::node_reader(db), witness.size, size);
    heads.push_back({std::move(witness.key), std::move(witness.note), tlog::to_wire(proof)});
  }
  return heads.empty() ? std::nullopt : std::optional(std::move(heads));
}

// Ascending, each once, all below `size`.
Result<std::vector<std::int64_t>> check_records(const std::vector<AuditIndex>& records, std::int64_t size) {
  if (records.empty() || records.size() > protocol::kMaxPage)
    return params_error("params.records", "params.records must name 1 to 200 records.");
  std::vector<std::int64_t> leaves;
  for (const AuditIndex record : records) leaves.push_back(record.value);
  std::sort(leaves.begin(), leaves.end());
  leaves.erase(std::unique(leaves.begin(), leaves.end()), leaves.end());
  if (leaves.front() < 0 || leaves.back() >= size)
    return params_error("params.records", "params.records names a record that a tree of " +
                                              std::to_string(size) + " doesn't have.");
  return leaves;
}

}  // namespace

Result<AuditCheckpoint::Result> show_head(ReadContext& context, const Empty&) {
  const auto head = audit::find_newest_head(context.db);
  if (!head) return no_head();
  AuditCheckpoint::Result result;
  result.note = head->note;
  result.size = head->size;
  result.at = head->at;
  // Up to the key that signed it: a rotation may be committed that no head shows yet.
  for (const auto& key : audit::load_trusted_keys(context.db)) {
    if (!key.rotation.empty()) result.rotations.push_back(key.rotation);
    const auto verifier = tlog::VerifierKey::parse(key.key);
    result.key = key.key;
    if (verifier && tlog::open_checkpoint(head->note, *verifier)) break;
  }
  result.restores = load_restores(context.db, head->size);
  if (const auto doubt = context.services.clock.doubt(); doubt.count() != 0)
    result.clock_doubt_ms = doubt.count();
  if (const auto check = audit::load_last_check(context.db)) {
    // A clock that was ahead dates it later than now.
    const auto age =
        std::chrono::duration_cast<std::chrono::seconds>(context.services.clock.trusted() - check->at);
    result.check = {check->record, std::max<std::int64_t>(age.count(), 0), check->wrong, check->unproven};
  }
  result.cosigned = load_cosigned_heads(context.db, head->size);
  return result;
}

Result<AuditProof::Result> prove_records(ReadContext& context, const AuditProof::Params& params) {
  const auto newest = load_signed_size(context.db);
  if (!newest) return newest.error();
  const std::int64_t size = params.size.value_or(*newest);
  if (size < 1 || size > *newest)
    return params_error("params.size", "params.size must be from 1 to " + std::to_string(*newest) +
                                           ", the records under the newest signed head.");
  const auto leaves = check_records(params.records, size);
  if (!leaves) return leaves.error();
  return AuditProof::Result{size,
                            tlog::to_wire(tlog::prove_leaves(audit::node_reader(context.db), *leaves, size))};
}

Result<AuditConsistency::Result> prove_consistency(ReadContext& context,
                                                   const AuditConsistency::Params& params) {
  const auto newest = load_signed_size(context.db);
  if (!newest) return newest.error();
  if (params.to < 1 || params.to > *newest)
    return params_error("params.to", "params.to must be from 1 to " + std::to_string(*newest) +
                                         ", the records under the newest signed head.");
  if (params.from < 0 || params.from > params.to)
    return params_error("params.from", "params.from must be from 0 to params.to.");
  return AuditConsistency::Result{
      tlog::to_wire(tlog::prove_consistency(audit::node_reader(context.db), params.from, params.to))};
}

Result<AuditRotateKey::Result> rotate_key(WriteContext& context, const AuditRotateKey::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  audit::Record record = context.call.record(audit::Type::key_rotated);
  record.reason = *reason;
  const auto key = context.services.signer.rotate(context.tx, std::move(record));
  if (!key) return key.error();
  return AuditRotateKey::Result{key->to_string()};
}

}  // namespace wardroom::commands
