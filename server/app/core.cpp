#include "server/app/core.hpp"

#include "common/base/log.hpp"
#include "protocol/events.hpp"
#include "protocol/json_rpc.hpp"
#include "server/audit/log.hpp"
#include "server/commands/audit/sign_head.hpp"
#include "server/store/profiles.hpp"

namespace wardroom::app {
namespace {

std::unique_ptr<sqlite::Connection> watched(sqlite::SlowStatements& slow,
                                            std::unique_ptr<sqlite::Connection> db) {
  slow.watch(*db);
  return db;
}

std::unique_ptr<store::Readers> watched(sqlite::SlowStatements& slow,
                                        std::unique_ptr<store::Readers> readers) {
  readers->watch(slow);
  return readers;
}

}  // namespace

Core::Core(const Clock& clock, Stored stored, const Limits& limits, commands::Settings settings,
           commands::Dispatcher::Pages pages)
    : seal(std::move(stored.seal)),
      signer(std::move(stored.signer)),
      writer(watched(slow, std::move(stored.db)), clock, limits.writer),
      readers(watched(slow, std::move(stored.readers))),
      searchers(watched(slow, std::move(stored.searchers))),
      indexer(std::move(stored.search)),
      refusals(limits.refusal),
      hashing(limits.hashing),
      files(std::move(stored.files)),
      services{
          clock,    writer,  *readers, *searchers,    hub,       presence, hashing,      seal,
          failures, denials, signer,   message_rates, throttles, refusals, stored.epoch, std::move(settings)},
      batch(hub),
      dispatcher(services, batch, std::move(pages)) {
  services.files = files.get();
}

Core::~Core() {
  end_answers();
  writer.finish();
  indexer.stop();
  writer.stop();
}

void Core::start(std::vector<realtime::Executor*> loops, std::function<void(store::WriteTx&)> before_commit,
                 std::function<bool()> release_reserve) {
  hub.attach(std::move(loops));
  if (files) files->sweep();
  readers->submit(
      [this](sqlite::Connection& db) {
        for (auto& status : store::load_statuses(db, services.clock.trusted()))
          presence.recall(status.user, {std::move(status.text), status.until});
      },
      [](const Error& error) { spdlog::warn("presence.not_recalled message=\"{}\"", error.message); });
  services.cleaner.clean_also([this](store::FileCleaner::Done done) { indexer.clean(std::move(done)); });
  writer.start({[this, before_commit = std::move(before_commit)](store::WriteTx& tx) {
                  audit::append_commitments(tx, counts);
                  if (before_commit) before_commit(tx);
                },
                [this] { batch.publish(); }, std::move(release_reserve), [this] { batch.lose(); },
                [this](const store::WriteTx& tx) { signer.note_committed(tx.records); }});
}

void Core::each_second() {
  realtime::Batch changes;
  for (const auto& change : presence.take_changes(services.clock.trusted())) {
    const protocol::PresenceChanged event{change.user, change.state, change.text, change.until};
    changes.push_back(realtime::ToWatchers{
        change.user, realtime::make_frame(protocol::compose_event(event), realtime::Delivery::ephemeral)});
  }
  hub.publish(std::move(changes));
  commands::submit_due_ends(services, batch);
  commands::submit_sign_head(services, batch);
}

void Core::end_answers() {
  refusals.stop();
  hashing.stop();
  readers->stop();
  searchers->stop();
  if (files) files->stop();
}

}  // namespace wardroom::app
