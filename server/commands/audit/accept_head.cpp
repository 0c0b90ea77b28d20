#include "common/tlog/checkpoint.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/reason.hpp"

// A PC that saw another log goes on with the one that it is shown: who said so, and why.
namespace wardroom::commands {
namespace {

constexpr std::size_t kMaxKey = 300;

Result<Digest> check_root(const std::string& field, const std::string& root) {
  const auto digest = to_digest(parse_hex(root));
  if (!digest) return params_error(field, field + " must be a SHA-256 hash in hexadecimal.");
  return *digest;
}

// What the PC says that it saw proves nothing here and excuses nothing: it is written down as said.
Result<audit::Details> check_seen(const std::optional<GivenUpHead>& seen) {
  if (!seen) return audit::Details{};
  if (seen->size < 0) return params_error("params.seen.size", "params.seen.size must be 0 or more.");
  const auto root = check_root("params.seen.root", seen->root);
  if (!root) return root.error();
  const auto key = tlog::VerifierKey::parse(seen->key);
  if (!key || seen->key.size() > kMaxKey)
    return params_error("params.seen.key", "params.seen.key must be a log's key: NAME+ID+BASE64.");
  return audit::Details{{"size", seen->size}, {"root", to_hex(*root)}, {"key", key->to_string()}};
}

}  // namespace

Result<Empty> accept_head(WriteContext& context, const AuditAcceptHead::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  auto seen = check_seen(params.seen);
  if (!seen) return seen.error();
  const auto root = check_root("params.shown.root", params.shown.root);
  if (!root) return root.error();
  const auto note = audit::find_head_note(context.db(), params.shown.size);
  const auto head = note ? tlog::parse_checkpoint(*note) : Result<tlog::Checkpoint>(unavailable(""));
  if (!head || head->root != *root)
    return conflict("head_gone", "This server keeps no such head of " + std::to_string(params.shown.size) +
                                     " records. Compare again, and take the one that it shows then.");
  audit::Record record = context.call.record(audit::Type::head_accepted);
  record.reason = *reason;
  record.before = *std::move(seen);
  record.after = {{"size", params.shown.size}, {"root", to_hex(*root)}};
  context.append(record);
  return Empty{};
}

}  // namespace wardroom::commands
