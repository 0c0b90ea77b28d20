#include <deque>

#include "protocol/events.hpp"
#include "server/commands/change_job.hpp"
#include "server/commands/commitment_root.hpp"
#include "server/commands/file/file_store.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/message/mentions.hpp"
#include "server/commands/message/thread_replies.hpp"
#include "server/commands/reason.hpp"
#include "server/commands/step_job.hpp"
#include "server/store/erasure.hpp"
#include "server/store/holds.hpp"
#include "server/store/messages.hpp"
#include "server/store/profiles.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

constexpr std::size_t kMessagesAStep = 500;
constexpr std::size_t kReportsAStep = 100;

// What one step erases.
struct Batch {
  RoomId room;
  std::vector<Seq> messages;
  std::vector<ReportId> reports;
};

struct Erasure {
  Services& services;
  GroupBatch& batch;
  Reply<AdminEraseTexts> reply;
  User user;
  std::string reason;
  std::deque<Batch> left;
  AdminEraseTexts::Result done{};
  bool contents_gone = true;  // of the files so far
};
using ErasurePtr = std::shared_ptr<Erasure>;

template <class T>
std::vector<T> take_some(std::vector<T>& from, std::size_t limit) {
  const auto n = static_cast<std::ptrdiff_t>(std::min(limit, from.size()));
  std::vector<T> some(from.begin(), from.begin() + n);
  from.erase(from.begin(), from.begin() + n);
  return some;
}

std::deque<Batch> to_batches(store::ErasurePlan plan) {
  std::deque<Batch> batches;
  for (auto& room : plan.rooms)
    while (!room.messages.empty() || !room.reports.empty())
      batches.push_back(
          {room.id, take_some(room.messages, kMessagesAStep), take_some(room.reports, kReportsAStep)});
  // Somebody who never wrote: that it was asked for is recorded all the same.
  if (batches.empty()) batches.push_back({});
  return batches;
}

Result<void> check_no_hold(sqlite::Connection& db, UserId user) {
  const auto hold = store::find_hold_on(db, user);
  if (!hold) return ok();
  return conflict("on_hold", "A legal hold is on this person: \"" + *hold + "\". Lift it first.");
}

struct Counts {
  std::int64_t messages = 0;
  std::int64_t reports = 0;
  std::vector<Digest> commitments;
  std::vector<Digest> contents;  // of files that went
};

Counts erase_batch(WriteContext& context, const Erasure& erasure, const Batch& batch) {
  Counts counts;
  const UserId by = context.caller().user;
  // With each step: what was written for oneself meanwhile goes, too.
  store::erase_own_texts(context.db(), erasure.user.id);
  context.services.presence.clear_status(erasure.user.id);
  for (const Seq seq : batch.messages) {
    const auto message = store::find_message(context.db(), batch.room, seq);
    auto erased = store::erase_message(context.db(), batch.room, seq, by, erasure.reason, context.now());
    if (!erased) continue;
    if (message && !message->deleted)
      follow_mentions(context, {batch.room, seq, message->author, message->text, {}});
    ++counts.messages;
    counts.commitments.insert(counts.commitments.end(), erased->commitments.begin(),
                              erased->commitments.end());
    counts.contents.insert(counts.contents.end(), erased->contents.begin(), erased->contents.end());
    if (!erased->tombstone) continue;
    context.tx.commitments.push_back({erased->tombstone->commitment, batch.room, erasure.user.id});
    context.tell_room(batch.room, MessageDeleted{batch.room, erased->tombstone->seq, context.now(), seq, by,
                                                 erasure.reason});
    if (message) take_reply(context, batch.room, *message, erased->tombstone->seq);
  }
  for (const ReportId report : batch.reports)
    counts.reports += store::erase_evidence(context.db(), report, erasure.user.id);
  return counts;
}

void append_erased(WriteContext& context, const Erasure& erasure, const Batch& batch, const Counts& counts) {
  audit::Record record = context.call.record(audit::Type::subject_erased);
  record.reason = erasure.reason;
  record.target = {"user", erasure.user.id.value, erasure.user.name};
  record.room = batch.room;
  record.after = {{"messages", counts.messages},
                  {"texts", counts.commitments.size()},
                  {"reports", counts.reports},
                  {"root", commitment_root(counts.commitments)}};
  context.append(record);
}

void erase_next(const ErasurePtr& erasure) {
  if (erasure->left.empty())
    return erasure->services.cleaner.clean([erasure](bool clean) {
      erasure->done.files_clean = clean && erasure->contents_gone;
      erasure->reply(erasure->done);
    });
  Step step{erasure->reply.shared_call(), AdminEraseTexts::kName, domain::Right::keep_records, {}, {}};
  const auto counts = std::make_shared<Counts>();
  step.work = [erasure, counts](WriteContext& context) -> Result<void> {
    const Batch& batch = erasure->left.front();
    // A hold may have been placed since the last step.
    if (auto free = check_no_hold(context.db(), erasure->user.id); !free) return free;
    const bool held = batch.room.is_set() && store::find_hold_on(context.db(), batch.room).has_value();
    if (held) {
      erasure->done.held += static_cast<std::int64_t>(batch.messages.size());
      return ok();
    }
    *counts = erase_batch(context, *erasure, batch);
    append_erased(context, *erasure, batch, *counts);
    return ok();
  };
  step.then = [erasure, counts](const Result<void>& outcome) {
    if (!outcome) return erasure->reply(outcome.error());
    erasure->done.messages += counts->messages;
    erasure->done.texts += static_cast<std::int64_t>(counts->commitments.size());
    erasure->done.reports += counts->reports;
    erasure->left.pop_front();
    if (!erasure->services.files) return erase_next(erasure);
    erasure->services.files->remove_unused(std::move(counts->contents), [erasure](bool clean) {
      erasure->contents_gone = erasure->contents_gone && clean;
      erase_next(erasure);
    });
  };
  submit_step(erasure->services, erasure->batch, std::move(step));
}

AdminEraseTexts::Result count_plan(const store::ErasurePlan& plan) {
  AdminEraseTexts::Result counts{.texts = plan.texts, .held = plan.held};
  for (const auto& room : plan.rooms) {
    counts.messages += static_cast<std::int64_t>(room.messages.size());
    counts.reports += static_cast<std::int64_t>(room.reports.size());
    counts.rooms += room.messages.empty() ? 0 : 1;
  }
  return counts;
}

// How much somebody wrote, in private rooms, too, is a reading of its own. Answers when the record is
// durable.
void record_counts(Services& services, GroupBatch& batch, const Reply<AdminEraseTexts>& reply, UserId user,
                   const AdminEraseTexts::Result& counts) {
  submit_change<AdminEraseTexts>(
      services, batch, reply, domain::Right::keep_records,
      [user, counts](WriteContext& write) -> Result<AdminEraseTexts::Result> {
        audit::Record record = write.call.record(audit::Type::access_listed);
        record.target = {"method", 0, std::string(AdminEraseTexts::kName)};
        record.after =
            audit::Details(protocol::RawJson{"{\"filter\":{\"user\":" + std::to_string(user.value) + "}}"});
        write.append(record);
        return counts;
      });
}

}  // namespace

// What is to be erased is looked up on a reader thread; what is written in the meantime stays.
void erase_texts(LiveContext& context, AdminEraseTexts::Params params, Reply<AdminEraseTexts> reply) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reply(reason.error());
  Services& services = context.services;
  services.readers.submit(
      [&services, &batch = context.batch, reply, reason = *reason, params](sqlite::Connection& db) {
        const auto user = store::find_user(db, params.user);
        if (db.failure()) return reply(*db.failure());
        if (!user) return reply(not_found("There is no such person."));
        if (auto free = check_no_hold(db, params.user); !free) return reply(free.error());
        auto plan = store::load_erasure_plan(db, params.user);
        if (db.failure()) return reply(*db.failure());
        const auto counts = count_plan(plan);
        if (params.dry_run.value_or(false)) return record_counts(services, batch, reply, params.user, counts);
        const ErasurePtr erasure(
            new Erasure{services, batch, reply, user->user(), reason, to_batches(std::move(plan))});
        erasure->done.rooms = counts.rooms;
        erasure->done.held = counts.held;
        erase_next(erasure);
      },
      reply);
}

}  // namespace wardroom::commands
