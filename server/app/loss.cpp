#include "server/app/loss.hpp"

#include "common/sqlite/transaction.hpp"
#include "server/app/office_check.hpp"
#include "server/app/schema_upgrade.hpp"
#include "server/audit/head_signer.hpp"
#include "server/audit/kept_clock.hpp"
#include "server/audit/tree.hpp"
#include "server/store/clock_state.hpp"
#include "server/store/database.hpp"

namespace wardroom::app {

namespace {

audit::Record describe_loss(const ops::HeadMismatch& mismatch, const std::string& reason) {
  audit::Record record{.type = audit::Type::loss_accepted};
  record.reason = reason;
  if (const auto& kept = mismatch.kept) record.before = {{"size", kept->size}, {"root", to_hex(kept->root)}};
  record.after = {{"size", mismatch.found.size}, {"root", to_hex(mismatch.found.root)}};
  return record;
}

Result<audit::StoredHead> record_loss(sqlite::Connection& db, audit::HeadSigner& signer,
                                      const audit::Record& record, TrustedClock& clock) {
  const TimePoint now = clock.now();
  sqlite::Transaction transaction(db, sqlite::Transaction::Kind::write);
  store::WriteTx tx{db, now, {}};
  audit::keep_clock_offline(tx, clock);
  store::store_epoch(db, std::max(to_unix_ms(now), store::load_epoch(db) + 1));
  audit::append_record(tx, record);
  auto head = signer.sign_on_a_persons_word(tx);
  if (!head) return head;
  if (auto done = transaction.commit(); !done) return done.error();
  signer.committed(*head);
  return head;
}

}  // namespace

Result<ops::HeadMismatch> accept_loss(const ops::DataDir& dir, const std::string& reason,
                                      const Clock& machine) {
  const TimePoint now = std::max(believed_time(dir, machine), machine.now());
  auto db = open_upgraded(dir, now);
  if (!db) return db.error();
  if (auto complete = audit::complete_nodes(**db); !complete) return complete.error();
  const auto mismatch = ops::compare_kept_head(**db, dir);
  if (!mismatch) return mismatch.error();
  if (!*mismatch)
    return conflict("nothing_missing", "The log has every record that was signed: nothing is missing.");
  // Else the signer would make the first key of a log that others have signed.
  if (audit::load_keys(**db).empty())
    return conflict("database_foreign",
                    "wardroom.db has no key that signed its log: it isn't this office's. Restore a backup.");
  TrustedClock clock(machine, store::load_clock(**db, machine.now()));
  if ((*db)->failure()) return *(*db)->failure();
  auto signer = audit::HeadSigner::open(**db, dir.keys(), "", now);
  if (!signer) return signer.error();
  const auto head = record_loss(**db, *signer, describe_loss(**mismatch, reason), clock);
  if (!head) return head.error();
  if (auto kept = ops::keep_head(dir, head->note); !kept) return kept.error();
  return **mismatch;
}

}  // namespace wardroom::app
