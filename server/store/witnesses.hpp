#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.hpp"
#include "common/base/strong.hpp"
#include "common/sqlite/connection.hpp"

// The table `witnesses`: devices that cosign heads of the audit log, each with the newest head that it
// cosigned.
namespace wardroom::store {

struct WitnessRow {
  std::int64_t id = 0;
  UserId user;
  std::string key;         // as tlog::CosignerKey writes it
  AuditIndex record;       // by which the key was made known
  bool is_closed = false;  // its person's account is shut or removed
  std::int64_t size = 0;   // of the head that it cosigned; 0: none yet
  std::string note;        // that head, with the cosignature
};

std::optional<WitnessRow> find_witness(sqlite::Connection& db, std::string_view key);
// Makes a key known, or another person's from now on. Keeps the person's newest thirty-two.
void put_witness(sqlite::Connection& db, UserId user, const std::string& key, AuditIndex record,
                 TimePoint now);
void keep_cosignature(sqlite::Connection& db, std::int64_t id, std::int64_t size, const std::string& note,
                      TimePoint now);
// Heads that no log of this database begins with any more can't be proven to anybody.
void forget_cosignature(sqlite::Connection& db, std::int64_t id);
// Those that weren't heard of since `since`.
void delete_old_witnesses(sqlite::Connection& db, TimePoint since);

// So many that have cosigned a head, other ones each time.
std::vector<WitnessRow> load_some_cosigned(sqlite::Connection& db, std::int64_t limit);
std::vector<WitnessRow> load_cosigned(sqlite::Connection& db);
// Those of open accounts with a greater id, in the order of their ids.
std::vector<WitnessRow> load_witnesses(sqlite::Connection& db, std::int64_t after, std::int64_t limit);

}  // namespace wardroom::store
