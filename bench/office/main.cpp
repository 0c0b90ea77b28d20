#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sodium.h>
#include <vector>

#include "common/base/utf8.hpp"
#include "common/base/uuid.hpp"
#include "common/sqlite/transaction.hpp"
#include "protocol/codec.hpp"
#include "server/app/initialise.hpp"
#include "server/audit/head_signer.hpp"
#include "server/audit/log.hpp"
#include "server/domain/names.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/kept_head.hpp"
#include "server/store/clock_state.hpp"
#include "server/store/database.hpp"
#include "server/store/message_versions.hpp"
#include "server/store/messages.hpp"
#include "server/store/reactions.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"

// make-office DIRECTORY MESSAGES [TEXTS]: a data directory with an office of 300 people and 100 rooms, which
// wrote that many messages in the year before now, by the statements of the server: half the messages share a
// commit with another one, 4 in 100 are edited, 1 is deleted, 20 get a reaction, and a record of something
// else comes with every third commit. Their texts are the lines of the file TEXTS, again and again, every
// thousandth with a part number of its own; without the file all are alike. For measuring checks and
// searches.

using namespace wardroom;

namespace {

constexpr int kPeople = 300, kRooms = 100, kMembers = 20;
constexpr int kCommitsAtOnce = 500;

class OfficeMaker {
 public:
  OfficeMaker(sqlite::Connection& db, TimePoint from, std::chrono::milliseconds between,
              std::vector<std::string> texts)
      : db_(db), now_(from), between_(between), texts_(std::move(texts)) {}

  void make_people() {
    for (int i = 0; i < kPeople; ++i) {
      const std::string name = "person" + std::to_string(i);
      people_.push_back(*store::insert_user(
          db_, {name, "Person " + std::to_string(i), protocol::Role::member, "", false}, now_));
      audit::Record record{.type = audit::Type::user_created};
      record.target = {"user", people_.back().value, name};
      record.after = {{"role", "member"}};
      append(record);
    }
  }

  void make_rooms() {
    for (int i = 0; i < kRooms; ++i) {
      const std::string name = "Room " + std::to_string(i);
      const UserId maker = people_[static_cast<std::size_t>(i)];
      rooms_.push_back(*store::insert_room(
          db_, {name, domain::room_name_key(name), std::nullopt, protocol::RoomKind::public_, "", maker},
          now_));
      audit::Record made = by(maker, audit::Type::room_created);
      made.room = rooms_.back();
      made.target = {"room", rooms_.back().value, name};
      made.after = {{"kind", "public"}};
      append(made);
      store::insert_member(db_, rooms_.back(), maker, protocol::RoomRole::moderator, now_);
      for (int member = 1; member < kMembers; ++member)
        join(people_[static_cast<std::size_t>((i * 7 + member * 13) % kPeople)]);
    }
  }

  // One commit group; returns how many messages it posted.
  int commit() {
    store::WriteTx tx{db_, now_ += between_, {}};
    const int count = number_ % 2 == 0 ? 1 : 2;
    for (int i = 0; i < count; ++i) post(tx);
    if (number_ % 3 == 0) append_to(tx, by(person(number_), audit::Type::login_ok));
    audit::append_commitments(tx, counts_);
    ++number_;
    return count;
  }

  TimePoint now() const { return now_; }

 private:
  UserId person(std::int64_t n) const { return people_[static_cast<std::size_t>(n * 31 % kPeople)]; }

  void join(UserId who) {
    if (!store::insert_member(db_, rooms_.back(), who, protocol::RoomRole::member, now_)) return;
    audit::Record record = by(who, audit::Type::room_member_added);
    record.room = rooms_.back();
    record.target = {"user", who.value, ""};
    append(record);
  }

  audit::Record by(UserId who, audit::Type type) const {
    audit::Record record{.type = type};
    record.actor = {audit::Actor::Kind::user, who, "person" + std::to_string(who.value), "member"};
    record.ip = "192.0.2." + std::to_string(who.value % 200);
    return record;
  }
  void append(const audit::Record& record) {
    store::WriteTx tx{db_, now_, {}};
    audit::append_record(tx, record);
  }
  static void append_to(store::WriteTx& tx, const audit::Record& record) { audit::append_record(tx, record); }

  std::string next_text() const {
    if (texts_.empty())
      return "Message " + std::to_string(posted_) +
             ", of the length that people write in an office, about a hundred bytes of it.";
    const std::string& text = texts_[static_cast<std::size_t>(posted_) % texts_.size()];
    return posted_ % 1000 == 0 ? text + " XK" + std::to_string(posted_) + "B" : text;
  }

  void post(store::WriteTx& tx) {
    const RoomId room = rooms_[static_cast<std::size_t>(posted_ * 17 % kRooms)];
    const UserId author = person(posted_);
    const auto stored =
        store::insert_message(db_, {room, author, make_uuid7(now_), now_, next_text(), std::nullopt});
    tx.commitments.push_back({stored.commitment, room, author});
    if (posted_ % 5 == 0)
      tx.reactions.push_back(
          store::insert_reaction(db_, {room, stored.seq, "\U0001F44D", person(posted_ + 1)}, now_).bound);
    if (posted_ % 25 == 3) change(tx, room, stored.seq, author, protocol::MessageVersion::Act::edited);
    if (posted_ % 100 == 7) change(tx, room, stored.seq, author, protocol::MessageVersion::Act::deleted);
    ++posted_;
  }
  void change(store::WriteTx& tx, RoomId room, Seq seq, UserId author, protocol::MessageVersion::Act act) {
    const bool deletes = act == protocol::MessageVersion::Act::deleted;
    const auto row = store::find_message(db_, room, seq);
    const auto stored = store::insert_version(
        db_, room, *row,
        {act, author, now_, deletes ? "" : "As it was meant to be, corrected a moment later.", ""});
    tx.commitments.push_back({stored.commitment, room, author});
    if (!deletes) return;
    audit::Record record = by(author, audit::Type::message_deleted);
    record.room = room;
    record.target = {"message", seq.value, ""};
    record.before = {{"author", author}, {"version", 1}};
    record.after = {{"version", stored.version}};
    append_to(tx, record);
  }

  sqlite::Connection& db_;
  TimePoint now_;
  const std::chrono::milliseconds between_;
  const std::vector<std::string> texts_;
  std::vector<UserId> people_;
  std::vector<RoomId> rooms_;
  audit::CommitmentCounts counts_;
  std::int64_t number_ = 0, posted_ = 0;
};

// As a server leaves it that ran until then.
Result<void> sign(sqlite::Connection& db, const ops::DataDir& dir, TimePoint now) {
  auto signer = audit::HeadSigner::open(db, dir.keys(), "localhost/wardroom", now);
  if (!signer) return signer.error();
  sqlite::Transaction transaction(db, sqlite::Transaction::Kind::write);
  store::WriteTx tx{db, now, {}};
  store::store_clock(db, {now, now, {}});
  const auto head = signer->sign_if_grown(tx);
  if (!head) return head.error();
  if (auto done = transaction.commit(); !done) return done;
  return ops::keep_head(dir, head->value().note);
}

Result<void> make_office(const std::filesystem::path& directory, std::int64_t messages,
                         std::vector<std::string> texts) {
  constexpr std::chrono::milliseconds kPast = std::chrono::days{365};
  const FakeClock then(SystemClock().now() - kPast);
  app::Options options;
  options.server.hosts = {"localhost", "127.0.0.1"};
  options.server.port = 0;
  if (auto made = app::initialise(directory, options, then); !made) return made.error();
  auto db = store::open_database(directory / "wardroom.db");
  if (!db) return db.error();
  if (auto fast = (*db)->run_script("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000"); !fast)
    return fast;
  OfficeMaker office(**db, then.now(), (kPast - std::chrono::minutes{1}) / (messages * 2 / 3 + 1),
                     std::move(texts));
  {
    sqlite::Transaction transaction(**db, sqlite::Transaction::Kind::write);
    office.make_people();
    office.make_rooms();
    if (auto done = transaction.commit(); !done) return done;
  }
  for (std::int64_t posted = 0; posted < messages;) {
    sqlite::Transaction transaction(**db, sqlite::Transaction::Kind::write);
    for (int i = 0; i < kCommitsAtOnce && posted < messages; ++i) posted += office.commit();
    if (auto done = transaction.commit(); !done) return done;
  }
  const auto dir = ops::open_data_dir(directory);
  if (!dir) return dir.error();
  if (auto done = sign(**db, *dir, office.now()); !done) return done;
  // The one of then has expired.
  if (auto issued = ops::issue_certificate(
          *dir, {*ops::parse_host("localhost"), *ops::parse_host("127.0.0.1")}, SystemClock().now());
      !issued)
    return issued;
  return (*db)->run_script("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace

int main(int argc, char** argv) {
  std::int64_t messages = 0;
  if (argc < 3 || argc > 4 || sodium_init() < 0 ||
      std::from_chars(argv[2], argv[2] + std::char_traits<char>::length(argv[2]), messages).ec !=
          std::errc{}) {
    std::fprintf(stderr, "usage: make-office DIRECTORY MESSAGES [TEXTS]\n");
    return 2;
  }
  std::vector<std::string> texts;
  if (argc == 4) {
    std::ifstream in(argv[3]);
    for (std::string line; std::getline(in, line);)
      if (!line.empty() && is_valid_utf8(line)) texts.push_back(line);
    if (texts.empty()) {
      std::fprintf(stderr, "%s holds no text.\n", argv[3]);
      return 2;
    }
  }
  if (const auto made = make_office(argv[1], messages, std::move(texts)); !made) {
    std::fprintf(stderr, "%s\n", made.error().message.c_str());
    return 1;
  }
  return 0;
}
