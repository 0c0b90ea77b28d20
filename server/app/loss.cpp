#include "server/app/loss.hpp"

#include "common/sqlite/transaction.hpp"
#include "server/app/office_check.hpp"
#include "server/audit/log.hpp"
#include "server/store/database.hpp"

namespace wardroom::app {

Result<ops::Shortfall> accept_loss(const ops::DataDir& dir, const std::string& reason, const Clock& machine) {
  const TimePoint at = believed_time(dir, machine);
  auto db = store::open_database(dir.database());
  if (!db) return db.error();
  const auto found = ops::find_shortfall(**db, dir);
  if (!found) return found.error();
  if (!*found)
    return conflict("nothing_missing", "The log has every record that was signed: nothing is missing.");
  sqlite::Transaction transaction(**db, sqlite::Transaction::Kind::write);
  store::WriteTx tx{**db, std::max(at, machine.now()), {}};
  store::store_epoch(tx.db, std::max(to_unix_ms(tx.now), store::load_epoch(tx.db) + 1));
  audit::Record record{.type = audit::Type::loss_accepted};
  record.reason = reason;
  record.before = {{"size", (*found)->kept}};
  record.after = {{"size", (*found)->found}};
  audit::append_record(tx, record);
  if (auto done = transaction.commit(); !done) return done.error();
  std::error_code failed;
  std::filesystem::remove(dir.newest_head(), failed);
  if (failed) return unavailable(dir.newest_head().string() + ": " + failed.message() + ".");
  return **found;
}

}  // namespace wardroom::app
