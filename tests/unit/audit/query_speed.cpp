#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iomanip>
#include <iostream>
#include <random>

#include <catch2/catch.hpp>

#include "common/sqlite/transaction.hpp"
#include "common/tlog/proof.hpp"
#include "server/audit/log.hpp"
#include "server/audit/query.hpp"
#include "server/audit/text_index.hpp"
#include "server/audit/tree.hpp"
#include "server/store/database.hpp"
#include "tests/harness/temp_dir.hpp"

// A log of a million records, what writing it costs, and how long filtered pages of it take. Measures,
// asserts nothing about time: run it on a release build with the name of its tag. RECORDS=… makes a smaller
// one.
using namespace wardroom;
using namespace wardroom::audit;

namespace {

using Params = protocol::AuditQuery::Params;

// On the wall, in milliseconds.
double now_ms() {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

struct Weight {
  Type type;
  int of_a_thousand;
};
constexpr Weight kWeights[] = {{Type::messages_committed, 450},
                               {Type::login_ok, 90},
                               {Type::session_created, 90},
                               {Type::session_resumed, 120},
                               {Type::login_fail, 20},
                               {Type::room_member_added, 50},
                               {Type::room_member_removed, 40},
                               {Type::room_topic_changed, 20},
                               {Type::message_deleted, 40},
                               {Type::message_pinned, 25},
                               {Type::user_disabled, 10},
                               {Type::user_enabled, 10},
                               {Type::muted, 10},
                               {Type::access_denied, 10},
                               {Type::audit_heartbeat, 15}};

class Office {
 public:
  Record next(int i) {
    Record record{.type = pick_type()};
    if (record.type == Type::messages_committed || record.type == Type::audit_heartbeat) {
      record.after = {{"count", 1}, {"root", std::string(64, "0123456789abcdef"[i % 16])}};
      return record;
    }
    // A few are there all day, most now and then.
    const int user =
        random_() % 3 ? 1 + static_cast<int>(random_() % 8) : 1 + static_cast<int>(random_() % 1000);
    const std::string name = kNames[user % 8] + std::to_string(user);
    record.actor = {Actor::Kind::user, UserId{user}, name, "member"};
    record.session = SessionId{user * 3};
    record.device = "PC of " + name;
    record.ip = "10." + std::to_string(user % 4) + "." + std::to_string(user % 250) + "." +
                std::to_string(user % 200 + 1);
    record.client = "wardroom 0.4.0";
    record.request = "1a2b3c4d-" + std::to_string(i);
    fill_act(record);
    return record;
  }

 private:
  static constexpr const char* kNames[] = {"lena", "tom", "ada", "joe", "miriam", "otto", "paul", "nora"};

  Type pick_type() {
    int left = static_cast<int>(random_() % 1000);
    for (const auto& [type, weight] : kWeights)
      if ((left -= weight) < 0) return type;
    return Type::login_ok;
  }
  void fill_act(Record& record) {
    const std::string_view type = catalogue_row(record.type).name;
    if (type.starts_with("room.") || type.starts_with("message."))
      record.room = RoomId{1 + static_cast<std::int64_t>(random_() % 4 ? random_() % 5 : random_() % 200)};
    if (!type.starts_with("auth.") && !type.starts_with("session.")) {
      const auto target = static_cast<std::int64_t>(1 + random_() % 1000);
      record.target = {"user", target, kNames[target % 8] + std::to_string(target)};
    }
    if (record.type == Type::muted)
      record.reason = random_() % 100 ? "noise in the room" : "insults in the night";
    if (record.type == Type::login_fail) record.outcome = Outcome::failure;
    if (record.type == Type::access_denied) record.outcome = Outcome::denied;
    if (record.type == Type::room_topic_changed) {
      record.before = {{"topic", "old things"}};
      record.after = {{"topic", "plans for spring"}};
    }
  }

  std::mt19937 random_{5};
};

void fill(sqlite::Connection& db, int count) {
  Office office;
  double written = 0, indexed = 0;
  for (int i = 0; i < count;) {
    std::vector<Record> records;
    for (int n = 0; n < 1000 && i < count; ++n, ++i) records.push_back(office.next(i));
    auto from = now_ms();
    sqlite::Transaction transaction(db, sqlite::Transaction::Kind::write);
    for (const auto& record : records) {
      store::WriteTx tx{db, from_unix_ms(1'780'000'000'000 + 31'000LL * count_records(db)), {}};
      append_record(tx, record);
    }
    written += now_ms() - from;
    from = now_ms();
    while (index_texts(db, 500)) {
    }
    indexed += now_ms() - from;
    REQUIRE(transaction.commit());
  }
  std::cout << count << " records: append_record " << 1000 * written / count << " us each, index of texts "
            << 1000 * indexed / count << " us each, a moment later\n";
}

struct Search {
  const char* what;
  std::function<void(Params&)> set;
};

const std::vector<Search> kSearches{
    {"no filter", [](Params&) {}},
    {"actor, common", [](Params& p) { p.actor = UserId{3}; }},
    {"actor, rare", [](Params& p) { p.actor = UserId{777}; }},
    {"actor, nobody", [](Params& p) { p.actor = UserId{5000}; }},
    {"target", [](Params& p) { p.target = UserId{12}; }},
    {"room, common", [](Params& p) { p.room = RoomId{2}; }},
    {"type auth.*", [](Params& p) { p.type = "auth.*"; }},
    {"types, three",
     [](Params& p) {
       p.types = std::vector<std::string>{"user.*", "moderation.*", "audit.queried"};
     }},
    {"severity warning", [](Params& p) { p.severity = "warning"; }},
    {"outcome error (none)", [](Params& p) { p.outcome = "error"; }},
    {"address", [](Params& p) { p.address = "10.3.3.4"; }},
    {"network 10.2.", [](Params& p) { p.address = "10.2."; }},
    {"network 192.0.2. (none)", [](Params& p) { p.address = "192.0.2."; }},
    {"time, the oldest day", [](Params& p) { p.until = from_unix_ms(1'780'000'000'000 + 86'400'000); }},
    {"actor + room + type, met",
     [](Params& p) {
       p.actor = UserId{3};
       p.room = RoomId{2};
       p.type = "message.*";
     }},
    {"actor + type, common, never met",
     [](Params& p) {
       p.actor = UserId{3};
       p.type = "messages.committed";
     }},
    {"actor + network, common, never met",
     [](Params& p) {
       p.actor = UserId{3};
       p.address = "10.2.";
     }},
    {"room + type auth.*, never met",
     [](Params& p) {
       p.room = RoomId{2};
       p.type = "auth.*";
     }},
    {"text, rare", [](Params& p) { p.text = "insults in the night"; }},
    {"text, common", [](Params& p) { p.text = "plans for"; }},
    {"text, everywhere", [](Params& p) { p.text = "success"; }},
    {"text, nowhere", [](Params& p) { p.text = "no such text"; }},
    {"text everywhere + actor, rare",
     [](Params& p) {
       p.text = "success";
       p.actor = UserId{777};
     }},
    {"text common + room, never met",
     [](Params& p) {
       p.text = "wardroom 0.4";
       p.room = RoomId{5000};
     }},
    {"text common + type, never met",
     [](Params& p) {
       p.text = "plans for";
       p.type = "auth.*";
     }},
    {"text everywhere + outcome, rare",
     [](Params& p) {
       p.text = "lena";
       p.outcome = "denied";
     }},
};

void measure(sqlite::Connection& db, const Search& search, bool ascending) {
  Params filter;
  search.set(filter);
  if (ascending) filter.after = AuditIndex{-1};
  std::vector<double> took;
  std::size_t found = 0;
  for (int i = 0; i < 5; ++i) {
    const double from = now_ms();
    const auto page = query_records(db, filter, 50);
    took.push_back(now_ms() - from);
    REQUIRE(page);
    found = page->records.size();
  }
  const double first = took[0];
  std::sort(took.begin(), took.end());
  std::cout << std::fixed << std::setprecision(1) << std::setw(40) << std::left << search.what << std::right
            << (ascending ? " oldest" : " newest") << std::setw(8) << first << " ms first" << std::setw(8)
            << took[2] << " ms median" << std::setw(5) << found << " records\n";
}

// Inclusion of one record anywhere, and consistency with a head of any age.
void measure_proofs(sqlite::Connection& db) {
  const auto size = count_records(db);
  std::mt19937_64 random(7);
  std::vector<double> inclusion, consistency;
  for (int i = 0; i < 1000; ++i) {
    const auto at = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(size));
    const double start = now_ms();
    REQUIRE_FALSE(tlog::prove_leaves(node_reader(db), std::span(&at, 1), size).empty());
    const double middle = now_ms();
    tlog::prove_consistency(node_reader(db), at, size);
    inclusion.push_back(middle - start);
    consistency.push_back(now_ms() - middle);
  }
  for (auto* took : {&inclusion, &consistency}) {
    std::sort(took->begin(), took->end());
    std::cout << std::setprecision(3) << (took == &inclusion ? "inclusion  " : "consistency") << "  median "
              << (*took)[500] << " ms, slowest of 1,000 " << took->back() << " ms\n";
  }
}

}  // namespace

TEST_CASE("a million records", "[.measure]") {
  const char* wanted = std::getenv("RECORDS");
  const char* kept = std::getenv("LOG");
  testing::TempDir dir;
  const std::filesystem::path file = kept ? std::filesystem::path(kept) : dir.path() / "wardroom.db";
  if (!std::filesystem::exists(file)) {
    auto made = store::open_database(file);
    REQUIRE(made);
    fill(**made, wanted ? std::atoi(wanted) : 1'000'000);
  }
  // As the server's readers open it.
  auto db = sqlite::Connection::open(file, sqlite::Connection::Mode::read_only);
  REQUIRE(db);
  std::cout << std::filesystem::file_size(file) / 1'000'000 << " MB\n";
  for (const auto& search : kSearches)
    for (const bool ascending : {false, true}) measure(**db, search, ascending);
  measure_proofs(**db);
}
