#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sodium.h>

#include "common/base/random.hpp"
#include "common/sqlite/transaction.hpp"
#include "server/audit/head_signer.hpp"
#include "server/audit/log.hpp"
#include "server/store/database.hpp"

// make_log DIRECTORY RECORDS: a log such as an office writes, in DIRECTORY/wardroom.db, with its newest
// signed head in DIRECTORY/head.txt and the key's public half in DIRECTORY/key.txt.

using namespace wardroom;

namespace {

audit::Record make_record(std::int64_t i) {
  static constexpr audit::Type kTypes[] = {audit::Type::login_ok,     audit::Type::session_created,
                                           audit::Type::room_created, audit::Type::login_fail,
                                           audit::Type::muted,        audit::Type::audit_heartbeat};
  audit::Record record{.type = kTypes[i % 6]};
  if (record.type == audit::Type::audit_heartbeat) return record;
  record.outcome = record.type == audit::Type::login_fail ? audit::Outcome::denied : audit::Outcome::success;
  record.actor = {audit::Actor::Kind::user, UserId{1 + i % 40}, "person" + std::to_string(i % 40), "member"};
  record.ip = "192.0.2." + std::to_string(i % 200);
  record.target = {"user", 1 + i % 17, "someone" + std::to_string(i % 17)};
  record.reason = i % 5 == 0 ? "because of \"" + std::to_string(i) + "\"" : "";
  if (record.type == audit::Type::room_created || record.type == audit::Type::muted)
    record.room = RoomId{1 + i % 9};
  record.after = {{"number", i}};
  return record;
}

// One commit group, sometimes with messages.
void append_group(store::WriteTx& tx, audit::CommitmentCounts& counts, std::int64_t& next,
                  std::int64_t records) {
  for (int i = 0; i < 3 && next < records; ++i) audit::append_record(tx, make_record(next++));
  if (next >= records) return;
  for (int i = 0; i < 1 + next % 4; ++i)
    tx.commitments.push_back({random_bytes<32>(), RoomId{1 + i % 2}, UserId{1 + next % 5}});
  audit::append_commitments(tx, counts);
  ++next;
}

Result<void> make_log(const std::filesystem::path& directory, std::int64_t records) {
  auto db = store::open_database(directory / "wardroom.db");
  if (!db) return db.error();
  TimePoint now = from_unix_ms(1795160000000);
  auto signer = audit::HeadSigner::open(**db, directory, "office.test/wardroom", now);
  if (!signer) return signer.error();
  std::string head;
  audit::CommitmentCounts counts;
  for (std::int64_t next = 0; next < records;) {
    sqlite::Transaction transaction(**db, sqlite::Transaction::Kind::write);
    for (int groups = 0; groups < 25 && next < records; ++groups) {
      store::WriteTx tx{**db, now += std::chrono::milliseconds{137}, {}};
      append_group(tx, counts, next, records);
    }
    store::WriteTx tx{**db, now, {}};
    auto signed_head = signer->sign_if_grown(tx);
    if (!signed_head) return signed_head.error();
    if (*signed_head) head = (*signed_head)->note;
    if (auto done = transaction.commit(); !done) return done.error();
  }
  std::ofstream(directory / "head.txt") << head;
  std::ofstream(directory / "key.txt") << audit::load_keys(**db).back().key << "\n";
  return (*db)->run_script("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE");
}

}  // namespace

int main(int argc, char** argv) {
  std::int64_t records = 0;
  if (argc != 3 || sodium_init() < 0 ||
      std::from_chars(argv[2], argv[2] + std::char_traits<char>::length(argv[2]), records).ec !=
          std::errc{}) {
    std::cerr << "usage: make_log DIRECTORY RECORDS\n";
    return 2;
  }
  if (const auto made = make_log(argv[1], records); !made) {
    std::cerr << made.error().message << "\n";
    return 1;
  }
  return 0;
}
