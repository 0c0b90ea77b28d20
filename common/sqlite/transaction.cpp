#include "common/sqlite/transaction.hpp"

namespace wardroom::sqlite {
namespace {

// Undoing must work after a failure: the failure is put aside meanwhile and not lost, since whoever opened
// the transaction reads it before. A ROLLBACK that was interrupted is tried once more: every later BEGIN
// would fail in the transaction that it left open.
void roll_back(Connection& db) {
  db.clear_error();
  for (int tries = 0; tries < 2 && db.in_transaction(); ++tries) {
    db.run("ROLLBACK");
    db.clear_error();
  }
}

}  // namespace

Transaction::Transaction(Connection& db, Kind kind) : db_(db) {
  const bool was_in_one = db.in_transaction();
  // A BEGIN that was interrupted may have begun all the same.
  open_ = (kind == Kind::write ? db.run("BEGIN IMMEDIATE") : db.run("BEGIN")) ||
          (!was_in_one && db.in_transaction());
}

Transaction::~Transaction() {
  if (open_) roll_back(db_);
}

Result<void> Transaction::commit() {
  if (open_ && !db_.failure()) db_.run("COMMIT");
  if (db_.failure()) {
    const Error error = *db_.failure();
    failure_code_ = db_.failure_code();  // before undoing, which has results of its own
    open_ = false;
    roll_back(db_);
    return error;
  }
  open_ = false;
  return ok();
}

Savepoint::Savepoint(Connection& db) : db_(db) {
  db_.run("SAVEPOINT job");
}

Savepoint::~Savepoint() {
  if (!open_ || db_.failure()) return;  // after a failure the whole transaction goes
  db_.run("ROLLBACK TO job");
  db_.run("RELEASE job");
}

void Savepoint::keep() {
  open_ = false;
  db_.run("RELEASE job");
}

}  // namespace wardroom::sqlite
