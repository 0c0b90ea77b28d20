#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/sqlite/connection.hpp"
#include "server/ops/data_dir.hpp"
#include "server/ops/give_up.hpp"

namespace wardroom::ops {

// The bytes of files in a backup: in its table `backup_contents`, each content once, in parts, so that no
// file is ever whole in memory.
struct ContentsCount {
  std::int64_t whole = 0;
  std::int64_t missing = 0;  // that rows of `files` name and that aren't there, or aren't what they were
};

// Puts beside the copied database what its rows of `files` name. What is missing, or was taken away since the
// copy, is counted and no failure: a backup without one file is better than none.
Result<ContentsCount> store_contents(sqlite::Connection& copy, const DataDir& dir, GiveUp give_up);

// Makes files/ again, each content held against its hash, and takes the table out of the database.
Result<ContentsCount> extract_contents(sqlite::Connection& db, const DataDir& dir, GiveUp give_up);

// Every content that rows name, read anew and held against its hash, and whatever else lies in files/.
struct FilesReport {
  std::int64_t contents = 0;
  std::int64_t bytes = 0;
  std::int64_t wrong = 0;
  std::vector<std::string> findings;  // the first ones, a sentence each
};
// Takes as long as reading them all. `db` is in no transaction: what lies there and belongs to nobody is
// asked for once more at the end.
Result<FilesReport> check_files(sqlite::Connection& db, const DataDir& dir);

}  // namespace wardroom::ops
