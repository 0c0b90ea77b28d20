#include "server/store/witnesses.hpp"

#include "common/tlog/cosignature.hpp"
#include "server/commands/handlers.hpp"

// Devices that vouch for the log: each makes a key, and cosigns heads of which it proved that the log only
// grew.
namespace wardroom::commands {
namespace {

constexpr std::size_t kMaxWitnessName = 200;
constexpr std::size_t kMaxCosignature = 1024;
// As far as the checks of a log let a device's clock and the server's differ.
constexpr std::chrono::minutes kClocksDiffer{5};

Result<tlog::CosignerKey> check_witness_key(sqlite::Connection& db, const std::string& text) {
  const auto key = tlog::CosignerKey::parse(text);
  if (!key) return params_error("params.key", key.error().message);
  if (key->name().size() > kMaxWitnessName)
    return params_error("params.key", "The name in params.key must be at most 200 bytes long.");
  for (const auto& own : audit::load_keys(db)) {
    const auto log = tlog::VerifierKey::parse(own.key);
    if (log && log->name() == key->name())
      return params_error("params.key", "The name in params.key is the log's own. Choose another one.");
  }
  return key;
}

// Kept, it would make every check doubt the log for months. While the server's own clock isn't believed,
// nobody can say whose is wrong.
Result<void> check_devices_clock(const WriteContext& context, TimePoint at) {
  const auto off = std::chrono::abs(at - context.trusted());
  if (off <= kClocksDiffer || context.services.clock.doubt().count() != 0) return ok();
  const auto minutes = std::chrono::floor<std::chrono::minutes>(off).count();
  return conflict("clock_wrong", "This PC's clock is " + std::to_string(minutes) + " minutes " +
                                     (at < context.trusted() ? "slow" : "fast") + ". Set it right.");
}

}  // namespace

Result<Empty> add_witness(WriteContext& context, const AuditAddWitness::Params& params) {
  const auto key = check_witness_key(context.db(), params.key);
  if (!key) return key.error();
  const std::string text = key->to_string();
  const auto known = store::find_witness(context.db(), text);
  const UserId user = context.caller().user;
  if (known && known->user == user) return Empty{};
  audit::Record record = context.call.record(audit::Type::witness_added);
  if (known) record.before = {{"user", known->user}};
  record.after = {{"key", text}};
  store::put_witness(context.db(), user, text, AuditIndex{audit::count_records(context.db())},
                     context.trusted());
  context.append(record);
  return Empty{};
}

Result<Empty> cosign_head(WriteContext& context, const AuditCosign::Params& params) {
  const auto witness = store::find_witness(context.db(), params.key);
  // A shut account vouches for nothing; whoever uses its device now makes the key known as theirs.
  if (!witness || witness->is_closed)
    return conflict("unknown_witness",
                    "This device's key isn't known here. Make it known with audit.add_witness.");
  const auto key = tlog::CosignerKey::parse(witness->key);
  if (!key) return key.error();
  const auto& line = params.cosignature;
  if (line.size() > kMaxCosignature || line.find('\n') != line.size() - 1)
    return params_error("params.cosignature",
                        "params.cosignature must be one signature line, with its line feed.");
  const auto head = audit::find_head_note(context.db(), params.size);
  if (!head)
    return conflict("head_gone", "No signed head of " + std::to_string(params.size) +
                                     " records is kept here. Cosign the newest one.");
  const std::string note = *head + line;
  const auto cosigned = tlog::open_cosignature(note, *key);
  if (!cosigned)
    return params_error("params.cosignature",
                        "params.cosignature isn't the witness's on this head: " + cosigned.error().message);
  if (auto fits = check_devices_clock(context, cosigned->at()); !fits) return fits.error();
  if (params.size >= witness->size)
    store::keep_cosignature(context.db(), witness->id, params.size, note, context.trusted());
  return Empty{};
}

}  // namespace wardroom::commands
