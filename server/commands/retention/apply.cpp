#include "server/commands/retention/apply.hpp"

#include <algorithm>

#include "common/base/log.hpp"
#include "protocol/events.hpp"
#include "server/commands/commitment_root.hpp"
#include "server/commands/file/file_store.hpp"
#include "server/commands/step_job.hpp"
#include "server/store/drafts.hpp"
#include "server/store/retention.hpp"

namespace wardroom::commands {
namespace {

constexpr std::int64_t kMessagesAStep = 500;

// What is left of one round, handed from thread to thread.
struct Round {
  Services& services;
  GroupBatch& batch;
  TimePoint now;
  std::vector<store::RuledRoom> rooms;
  std::size_t at = 0;  // of rooms
  Seq after;           // messages of that room up to here are done
  Seq removed;         // the last one of that room that was removed

  ~Round() { services.retention.end(); }
  const store::RuledRoom& room() const { return rooms[at]; }
  TimePoint before(const store::RuledRoom& of) const { return now - std::chrono::days{of.days}; }
  TimePoint before() const { return before(room()); }
  void next_room() {
    ++at;
    after = removed = Seq{};
  }
};
using RoundPtr = std::shared_ptr<Round>;

void append_applied(WriteContext& context, const Round& round, const store::Removed& removed) {
  audit::Record record{.type = audit::Type::retention_applied};
  record.room = round.room().id;
  record.target = {"room", round.room().id.value, round.room().name};
  record.after = {{"messages", removed.messages},
                  {"days", round.room().days},
                  {"before", round.before()},
                  {"last", removed.last},
                  {"states", removed.commitments.size()},
                  {"root", commitment_root(removed.commitments)},
                  {"reactions", removed.reactions}};
  context.append(record);
}

// After the last message of this round that had to go.
void tell_trimmed(WriteContext& context, const Round& round) {
  const RoomId room = round.room().id;
  const auto trimmed = store::settle_trim(context.db(), room, round.before(), round.removed);
  context.tell_room(room, protocol::RoomTrimmed{room, trimmed.seq, context.now(), round.before()});
  for (const auto& moved : trimmed.markers)
    context.tell_user(moved.user, protocol::MarkerMoved{room, moved.marker, moved.mentions});
}

void go_on(RoundPtr round);

void submit_removal(const RoundPtr& round, std::vector<Seq> due, bool more) {
  Step step{std::make_shared<const Call>(), {}, {}, {}, {}};
  const auto contents = std::make_shared<std::vector<Digest>>();
  step.work = [round, due, more, contents](WriteContext& context) -> Result<void> {
    auto removed = store::remove_due(context.db(), round->room().id, round->before(), due);
    if (removed.messages > 0) {
      round->removed = removed.last;
      append_applied(context, *round, removed);
      *contents = std::move(removed.contents);
    }
    if (!more && round->removed.is_set()) tell_trimmed(context, *round);
    return ok();
  };
  step.then = [round, last = due.back(), more, contents](const Result<void>& outcome) {
    if (!outcome) {
      spdlog::warn("retention.failed room={} message=\"{}\"", round->room().id.value,
                   outcome.error().message);
      return;
    }
    if (round->services.files) round->services.files->remove_unused(std::move(*contents));
    round->after = last;
    if (!more) round->next_room();
    go_on(round);
  };
  submit_step(round->services, round->batch, std::move(step));
}

void put_off(const Error& error) {
  spdlog::warn("retention.put_off message=\"{}\"", error.message);
}

void go_on(RoundPtr round) {
  Services& services = round->services;
  services.readers.submit(
      [round](sqlite::Connection& db) {
        for (; round->at < round->rooms.size(); round->next_room()) {
          auto due = store::load_due(db, round->room().id, round->before(), round->after, kMessagesAStep + 1);
          if (db.failure()) return put_off(*db.failure());
          if (due.empty()) continue;
          const bool more = static_cast<std::int64_t>(due.size()) > kMessagesAStep;
          if (more) due.pop_back();
          return submit_removal(round, std::move(due), more);
        }
      },
      put_off);
}

// What somebody began to write in a room is kept no longer there than what they posted.
void submit_draft_removal(const RoundPtr& round) {
  Step step{std::make_shared<const Call>(), {}, {}, {}, {}};
  step.work = [round](WriteContext& context) -> Result<void> {
    for (const auto& room : round->rooms)
      store::remove_due_drafts(context.db(), room.id, round->before(room));
    return ok();
  };
  step.then = [round](const Result<void>& outcome) {
    if (!outcome) return put_off(outcome.error());
    go_on(round);
  };
  submit_step(round->services, round->batch, std::move(step));
}

}  // namespace

void submit_retention(Services& services, GroupBatch& batch) {
  if (!services.retention.begin()) return;
  RoundPtr round(new Round{services, batch, services.clock.trusted(), {}, 0, {}, {}});
  services.readers.submit(
      [round](sqlite::Connection& db) {
        round->rooms = store::load_ruled_rooms(db);
        const bool has_drafts = std::ranges::any_of(round->rooms, [&](const store::RuledRoom& room) {
          return store::has_due_drafts(db, room.id, round->before(room));
        });
        if (db.failure()) return put_off(*db.failure());
        if (has_drafts) return submit_draft_removal(round);
        go_on(round);
      },
      put_off);
}

}  // namespace wardroom::commands
