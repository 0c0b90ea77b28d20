#include "server/app/authority.hpp"

#include "common/base/log.hpp"
#include "protocol/invite_link.hpp"
#include "server/audit/log.hpp"

namespace wardroom::app {
namespace {

using ops::RotationPhase;

// As the newest record has it. Its type says the phase, also when its line was pruned; then the keys aren't
// known.
struct RecordedAuthority {
  RotationPhase phase = RotationPhase::none;
  std::optional<std::string> fingerprint, next;
};

RecordedAuthority load_recorded(sqlite::Connection& db) {
  RecordedAuthority recorded;
  auto row = db.query(
      "SELECT type, iif(line = '', NULL, json_extract(line, '$.after.fingerprint')),"
      " iif(line = '', NULL, json_extract(line, '$.after.next')) FROM audit_records WHERE type IN"
      " ('server.authority_announced', 'server.authority_cancelled', 'server.authority_switched',"
      " 'server.authority_retired') ORDER BY idx DESC LIMIT 1");
  if (!row.step()) return recorded;
  const auto type = row.get<std::string_view>(0);
  if (type == "server.authority_announced") recorded.phase = RotationPhase::announced;
  if (type == "server.authority_switched") recorded.phase = RotationPhase::switched;
  recorded.fingerprint = row.get<std::optional<std::string>>(1);
  recorded.next = row.get<std::optional<std::string>>(2);
  return recorded;
}

audit::Type type_of_change(const RecordedAuthority& before, RotationPhase now,
                           const std::string& fingerprint) {
  if (now == RotationPhase::announced) return audit::Type::authority_announced;
  if (now == RotationPhase::switched) return audit::Type::authority_switched;
  // By the key that is left where it is known, since a step in between may have left no record.
  const bool is_old_left =
      before.fingerprint ? *before.fingerprint == fingerprint : before.phase == RotationPhase::announced;
  return is_old_left ? audit::Type::authority_cancelled : audit::Type::authority_retired;
}

class AuthorityJob final : public store::WriteJob {
 public:
  AuthorityJob(commands::CurrentSettings& settings, const ops::Rotation& rotation)
      : settings_(settings), rotation_(rotation) {}

  Result<void> run(store::WriteTx& tx) override {
    settings_.update([this](commands::Settings& next) {
      next.ca_pin = rotation_.pin;
      next.next_ca_pin = rotation_.next_pin;
    });
    if (const auto record = compose_authority_record(tx.db, rotation_)) audit::append_record(tx, *record);
    return ok();
  }
  void finished(const Result<void>& outcome) noexcept override {
    if (!outcome) spdlog::error("audit.record_failed type=server.authority");
  }
  bool is_vital() const override { return true; }

 private:
  commands::CurrentSettings& settings_;
  const ops::Rotation rotation_;
};

}  // namespace

std::optional<audit::Record> compose_authority_record(sqlite::Connection& db, const ops::Rotation& rotation) {
  const RecordedAuthority before = load_recorded(db);
  const std::string fingerprint = protocol::fingerprint(rotation.pin);
  std::optional<std::string> next;
  if (rotation.next_pin) next = protocol::fingerprint(*rotation.next_pin);
  const bool has_same_keys =
      !before.fingerprint || (before.fingerprint == fingerprint && before.next == next);
  if (before.phase == rotation.phase && has_same_keys) return std::nullopt;
  audit::Record record{.type = type_of_change(before, rotation.phase, fingerprint)};
  record.after = {{"fingerprint", fingerprint}};
  if (next) record.after.add("next", *next);
  return record;
}

Result<void> take_authority_step(const ops::DataDir& dir, AuthorityStep step,
                                 const std::vector<ops::HostName>& hosts, TimePoint now) {
  switch (step) {
    case AuthorityStep::rotate:
      return ops::announce_authority(dir, hosts, now);
    case AuthorityStep::cancel:
      return ops::cancel_rotation(dir, hosts, now);
    case AuthorityStep::finish:
      return ops::switch_authority(dir, hosts, now);
    case AuthorityStep::retire:
      return ops::retire_authority(dir, hosts, now);
  }
  return ok();
}

void submit_authority_record(store::Writer& writer, commands::CurrentSettings& settings,
                             const ops::Rotation& rotation) {
  writer.submit(std::make_unique<AuthorityJob>(settings, rotation));
}

}  // namespace wardroom::app
