#include "server/commands/moderation/sanction_ends.hpp"

#include <memory>

#include "common/base/log.hpp"
#include "protocol/events.hpp"
#include "server/commands/context.hpp"
#include "server/commands/group_batch.hpp"
#include "server/commands/room/announce.hpp"
#include "server/commands/room/entry.hpp"
#include "server/store/rooms.hpp"
#include "server/store/sanctions.hpp"

namespace wardroom::commands {
namespace {

using namespace protocol;

constexpr std::int64_t kMaxEnded = 200;  // in one transaction; the others follow in the next second
constexpr std::chrono::seconds kRetry{10};

void append_end(WriteContext& context, const Sanction& ended) {
  const bool is_mute = ended.kind == SanctionKind::mute;
  audit::Record record{.type = is_mute ? audit::Type::unmuted : audit::Type::unbanned};
  record.reason = "its time was over";
  record.target = {"user", ended.user.id.value, ended.user.name};
  if (ended.room) record.room = *ended.room;
  context.append(record);
}

void tell_person(WriteContext& context, const Sanction& ended, const std::optional<Room>& room) {
  std::string name;
  if (room) {
    const auto standing =
        find_standing(context.db(), &*room, ended.user.id, ended.user.role, context.trusted());
    if (!domain::may_know(*room, standing)) return;
    if (domain::may_name(*room, standing)) name = room->name;
  }
  const auto act =
      ended.kind == SanctionKind::mute ? ModerationApplied::Act::unmuted : ModerationApplied::Act::unbanned;
  context.tell_user(ended.user.id, ModerationApplied{act, ended.room, std::move(name), ended.by.id, {}, {}});
}

void tell_end(WriteContext& context, const Sanction& ended) {
  std::optional<Room> room;
  if (ended.room) room = store::find_room(context.db(), *ended.room);
  tell_person(context, ended, room);
  if (ended.kind != SanctionKind::mute) return;
  if (!ended.room) return tell_rooms_of(context, ended.user);
  // Whoever is muted everywhere besides stays as the room knows them.
  if (!store::is_muted(context.db(), ended.room, ended.user.id, context.trusted()))
    tell_member_changed(context, *ended.room, ended.user);
}

class EndJob final : public store::WriteJob {
 public:
  EndJob(Services& services, GroupBatch& batch) : services_(services), batch_(batch) {}

  Result<void> run(store::WriteTx& tx) override {
    const Call nobody;
    WriteContext context{tx, nobody, services_, out_};
    for (const auto& ended : store::end_sanctions(tx.db, tx.trusted, kMaxEnded)) {
      append_end(context, ended);
      tell_end(context, ended);
    }
    next_ = store::find_next_end(tx.db);
    return ok();
  }

  void finished(const Result<void>& outcome) override {
    if (outcome) {
      batch_.add(std::move(out_));
      services_.sanction_ends.note(next_);
    } else {
      spdlog::warn("moderation.ends_failed message=\"{}\"", outcome.error().message);
      services_.sanction_ends.note(services_.clock.trusted() + kRetry);
    }
  }

 private:
  Services& services_;
  GroupBatch& batch_;
  realtime::Batch out_;
  std::optional<TimePoint> next_;
};

}  // namespace

void SanctionEnds::note(std::optional<TimePoint> until) noexcept {
  if (!until) return;
  const std::int64_t at = to_unix_ms(*until);
  std::int64_t seen = next_.load();
  while (at < seen && !next_.compare_exchange_weak(seen, at)) {
  }
}

bool SanctionEnds::take_due(TimePoint now) noexcept {
  std::int64_t seen = next_.load();
  while (seen <= to_unix_ms(now))
    if (next_.compare_exchange_weak(seen, kNone)) return true;
  return false;
}

void submit_due_ends(Services& services, GroupBatch& batch) {
  if (services.sanction_ends.take_due(services.clock.trusted()))
    services.writer.submit(std::make_unique<EndJob>(services, batch));
}

}  // namespace wardroom::commands
