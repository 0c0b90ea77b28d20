#include "server/store/posting_cache.hpp"

#include <random>
#include <set>
#include <sqlite3.h>

#include "common/sqlite/transaction.hpp"
#include "server/store/sanctions.hpp"
#include "server/store/second_factors.hpp"
#include "server/store/sessions.hpp"
#include "tests/unit/store/room_fixture.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

using KnownPosts = store::PostingCache;

struct CachedRoom : RoomFixture {
  UserId bob = add_person("bob");
  SessionId session = store::insert_session(
      *db, {bob, sha256(as_bytes("token")), "PC", "test 1", "192.0.2.1", from_unix_ms(500)}, from_unix_ms(1));
  KnownPosts known{*db};

  CachedRoom() { enter(); }
  void enter() { store::insert_member(*db, RoomId{1}, bob, protocol::RoomRole::member, from_unix_ms(1)); }
  std::unique_ptr<sqlite::Connection> another_connection() const {
    auto opened = sqlite::Connection::open(dir.path() / "wardroom.db", sqlite::Connection::Mode::read_write);
    REQUIRE(opened);
    return std::move(*opened);
  }
  std::string answers_at(std::int64_t ms) { return answers(known, session, bob, ms); }

  // All that a post is told.
  static std::string answers(KnownPosts& from, SessionId session, UserId user, std::int64_t ms) {
    std::string all;
    const auto add = [&all](std::int64_t value) { all += std::to_string(value) + ' '; };
    if (const auto author = from.find_author(session, from_unix_ms(ms))) {
      all += "author ";
      add(author->user.value);
      add(static_cast<std::int64_t>(author->role));
      add(author->must_change_password ? 1 : 0);
      add(author->has_second_factor ? 1 : 0);
    }
    if (const auto room = from.find_room(RoomId{1})) {
      all += "room ";
      add(static_cast<std::int64_t>(room->kind));
      add(room->archived ? 1 : 0);
      add(room->locked ? 1 : 0);
      add(room->slow_mode_s);
      add(room->direct ? static_cast<std::int64_t>(*room->direct) : -1);
      add(room->requested_by ? room->requested_by->value : -1);
    }
    if (const auto member = from.find_member(RoomId{1}, user)) {
      all += "member ";
      add(static_cast<std::int64_t>(member->role));
      add(member->accepted ? 1 : 0);
      add(member->shown_after.value);
      add(member->is_muted(from_unix_ms(ms)) ? 1 : 0);
    }
    return all;
  }
};

using ReadColumns = std::set<std::pair<std::string, std::string>>;

int note_read(void* columns, int action, const char* table, const char* column, const char*, const char*) {
  if (action == SQLITE_READ && table && column) static_cast<ReadColumns*>(columns)->emplace(table, column);
  return SQLITE_OK;
}

}  // namespace

TEST_CASE("whatever a post's answers are read from is watched, but for what isn't part of them") {
  CachedRoom at;
  ReadColumns read;
  sqlite3_set_authorizer(at.db->handle(), note_read, &read);
  REQUIRE_FALSE(at.answers_at(100).empty());
  sqlite3_set_authorizer(at.db->handle(), nullptr, nullptr);
  REQUIRE(read.contains({"sessions", "revoked_at"}));
  // Read along with the row, and left out of what is kept or never looked at.
  const ReadColumns left_out = {
      {"sessions", "last_used_at"}, {"sessions", "ip"},      {"rooms", "seq"},
      {"rooms", "count"},           {"rooms", "last_at"},    {"members", "marker_seq"},
      {"members", "marker_count"},  {"members", "mentions"},
  };
  for (const auto& [table, column] : read) {
    INFO(table << "." << column);
    CHECK(KnownPosts::concerns(table, ""));
    CHECK(KnownPosts::concerns(table, column) == !left_out.contains({table, column}));
  }
}

TEST_CASE("what is remembered is what stands in the database, whatever is done to it") {
  CachedRoom at;
  auto other = at.another_connection();
  std::mt19937 random(12);
  std::set<std::string> seen;
  for (int round = 0; round < 400; ++round) {
    const auto some = static_cast<std::int64_t>(random() % 300);
    const bool on = random() % 2 == 0;
    sqlite::Connection& db = *at.db;
    switch (random() % 12) {
      case 0:
        store::update_role(db, at.bob, on ? protocol::Role::member : protocol::Role::moderator);
        break;
      case 1:
        store::update_disabled(db, at.bob, on && some % 2 == 0);
        break;
      case 2:
        store::update_must_change(db, at.bob, on);
        break;
      case 3:
        store::update_locked(db, RoomId{1}, on);
        break;
      case 4:
        store::update_archived(db, RoomId{1}, on);
        break;
      case 5:
        store::update_slow_mode(db, RoomId{1}, some);
        break;
      case 6:
        store::update_member_role(db, RoomId{1}, at.bob,
                                  on ? protocol::RoomRole::member : protocol::RoomRole::moderator);
        break;
      case 7:
        if (on)
          at.enter();
        else
          store::delete_member(db, RoomId{1}, at.bob);
        break;
      case 8: {
        const auto everywhere = some % 2 == 0 ? std::nullopt : std::optional(RoomId{1});
        const auto end = some % 3 == 0 ? std::nullopt : std::optional(from_unix_ms(some));
        store::insert_sanction(db, {protocol::SanctionKind::mute, everywhere, at.bob, UserId{1}, "", end},
                               from_unix_ms(1));
        break;
      }
      case 9:
        store::lift_sanction(db, protocol::SanctionKind::mute, on ? std::nullopt : std::optional(RoomId{1}),
                             at.bob, from_unix_ms(2));
        break;
      case 10:
        if (on) {
          store::begin_second_factor(db, at.bob, Bytes{std::byte{1}});
          store::confirm_second_factor(db, at.bob, from_unix_ms(1));
        } else {
          store::delete_second_factor(db, at.bob);
        }
        break;
      default:
        at.post("hello", at.bob);
    }
    REQUIRE_FALSE(db.failure());
    KnownPosts fresh(*other);
    for (const std::int64_t ms : {some, std::int64_t{100}, std::int64_t{499}, std::int64_t{500}}) {
      INFO("round " << round << " at " << ms);
      const auto answers = at.answers_at(ms);
      REQUIRE(answers == CachedRoom::answers(fresh, at.session, at.bob, ms));
      seen.insert(answers);
    }
  }
  CHECK(seen.size() > 50);
  store::revoke_session(*at.db, at.session, from_unix_ms(3));
  CHECK_FALSE(at.known.find_author(at.session, from_unix_ms(100)));
}

TEST_CASE("what people do all day drops nothing that is remembered") {
  CachedRoom at;
  const auto before = at.answers_at(100);
  const auto writes = at.db->watched_writes();
  at.post("hello", at.bob);
  store::touch_session(*at.db, at.session, "192.0.2.2", from_unix_ms(4));
  store::touch_user(*at.db, at.bob, from_unix_ms(4));
  store::move_marker(*at.db, RoomId{1}, at.bob, Seq{1});
  store::count_mention(*at.db, RoomId{1}, at.bob, Seq{9}, 1);
  CHECK(at.db->watched_writes() == writes);
  CHECK(at.answers_at(100) == before);
}

TEST_CASE("what another connection wrote is known in the next transaction") {
  CachedRoom at;
  {
    sqlite::Transaction transaction(*at.db, sqlite::Transaction::Kind::write);
    at.known.begin();
    REQUIRE(at.known.find_author(at.session, from_unix_ms(100)));
    REQUIRE(transaction.commit());
  }
  store::revoke_session(*at.another_connection(), at.session, from_unix_ms(3));
  const sqlite::Transaction transaction(*at.db, sqlite::Transaction::Kind::write);
  at.known.begin();
  CHECK_FALSE(at.known.find_author(at.session, from_unix_ms(100)));
}

TEST_CASE("a reading that failed is asked again") {
  CachedRoom at;
  store::begin_second_factor(*at.db, at.bob, Bytes{std::byte{1}});
  store::confirm_second_factor(*at.db, at.bob, from_unix_ms(1));
  REQUIRE(at.db->run_script("ALTER TABLE second_factors RENAME TO hidden"));
  CHECK_FALSE(at.known.find_author(at.session, from_unix_ms(100)));
  at.db->clear_error();
  REQUIRE(at.db->run_script("ALTER TABLE hidden RENAME TO second_factors"));
  const auto author = at.known.find_author(at.session, from_unix_ms(100));
  REQUIRE(author);
  CHECK(author->has_second_factor);
}
