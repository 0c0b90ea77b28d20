#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <sodium.h>
#include <vector>

#include "common/base/uuid.hpp"
#include "common/sqlite/transaction.hpp"
#include "server/audit/log.hpp"
#include "server/store/database.hpp"
#include "server/store/messages.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"

// What it costs to bind messages into the audit log: commits of 1, 16 and 128 messages, synced, with the
// record messages.committed and without, in turns in one run. Prints µs a message; the ratio is what counts.

using namespace wardroom;

namespace {

constexpr int kRounds = 15;

class Store {
 public:
  explicit Store(const std::filesystem::path& file) {
    auto db = store::open_database(file);
    if (!db) std::exit(1);
    db_ = std::move(*db);
    author_ = *store::insert_user(*db_, {"bench", "Bench", protocol::Role::member, "", false}, now_);
    room_ = *store::insert_room(
        *db_, {"bench", "bench", std::nullopt, protocol::RoomKind::public_, "", author_}, now_);
  }

  // One commit; microseconds.
  double commit(int messages, bool bind) {
    const auto start = std::chrono::steady_clock::now();
    sqlite::Transaction transaction(*db_, sqlite::Transaction::Kind::write);
    store::WriteTx tx{*db_, now_ += std::chrono::milliseconds{3}, {}};
    for (int i = 0; i < messages; ++i)
      tx.commitments.push_back(
          {store::insert_message(
               *db_,
               {room_, author_, make_uuid7(now_), now_,
                "A message of the length that people write in an office, about eighty bytes.", std::nullopt})
               .commitment,
           room_, author_});
    if (bind) audit::append_commitments(tx, counts_);
    if (!transaction.commit()) std::exit(1);
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
  }

 private:
  std::unique_ptr<sqlite::Connection> db_;
  audit::CommitmentCounts counts_;
  TimePoint now_ = from_unix_ms(1795160000000);
  UserId author_;
  RoomId room_;
};

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  if (sodium_init() < 0) return 1;
  const std::filesystem::path folder = argc > 1 ? argv[1] : "commitments-bench";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  Store bound(folder / "bound.db"), loose(folder / "loose.db");
  std::printf("%10s %16s %16s %8s\n", "group", "bound, us/msg", "loose, us/msg", "ratio");
  for (const int group : {1, 16, 128}) {
    std::vector<double> with, without;
    for (int round = 0; round < kRounds; ++round) {
      double sums[2] = {0, 0};
      const int commits = std::max(8, 1024 / group);
      for (int i = 0; i < commits; ++i) {
        sums[0] += bound.commit(group, true);
        sums[1] += loose.commit(group, false);
      }
      with.push_back(sums[0] / commits / group);
      without.push_back(sums[1] / commits / group);
    }
    std::printf("%10d %16.1f %16.1f %8.3f\n", group, median(with), median(without),
                median(with) / median(without));
  }
  std::filesystem::remove_all(folder);
}
