#pragma once

#include "common/sqlite/connection.hpp"

namespace wardroom::sqlite {

// BEGIN … COMMIT; rolls back unless commit() succeeded.
class Transaction {
 public:
  // read: a stable view of the database. write: takes the write lock at once (BEGIN IMMEDIATE).
  enum class Kind { read, write };
  Transaction(Connection& db, Kind kind);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // Refused when any statement failed since the start; then nothing of the transaction stays.
  Result<void> commit();
  // SQLite's extended result code of what kept commit() from it; 0: nothing did.
  int failure_code() const { return failure_code_; }

 private:
  Connection& db_;
  bool open_;
  int failure_code_ = 0;
};

// A part of a transaction that can be undone alone.
class Savepoint {
 public:
  explicit Savepoint(Connection& db);
  // Undoes unless keep() was called.
  ~Savepoint();
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;

  void keep();

 private:
  Connection& db_;
  bool open_ = true;
};

}  // namespace wardroom::sqlite
