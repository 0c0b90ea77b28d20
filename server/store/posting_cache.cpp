#include "server/store/posting_cache.hpp"

#include <algorithm>
#include <iterator>

#include "server/store/rooms.hpp"
#include "server/store/sanctions.hpp"
#include "server/store/second_factors.hpp"
#include "server/store/sessions.hpp"

namespace wardroom::store {
namespace {

// Of each kind, a few MiB in all. An office with more of them at once reads more often.
constexpr std::size_t kMostKept = 16'384;

constexpr std::string_view kReadTables[] = {"sessions", "users",   "second_factors",
                                            "rooms",    "members", "sanctions"};

// Columns of those tables that are written all day and that nobody asks for here. A column that isn't in this
// list drops everything, and so does a row that comes or goes.
struct UnreadColumn {
  std::string_view table;
  std::string_view column;
};
constexpr UnreadColumn kUnreadColumns[] = {
    {"sessions", "last_used_at"}, {"sessions", "ip"},
    {"users", "last_seen_at"},    {"rooms", "seq"},
    {"rooms", "count"},           {"rooms", "last_at"},
    {"members", "marker_seq"},    {"members", "marker_count"},
    {"members", "mentions"},
};

template <class Map>
void make_place(Map& map) {
  if (map.size() >= kMostKept) map.clear();
}

}  // namespace

PostingCache::PostingCache(sqlite::Connection& db) : db_(db) {
  db_.watch_writes(concerns);
}

bool PostingCache::concerns(std::string_view table, std::string_view column) {
  if (std::ranges::find(kReadTables, table) == std::end(kReadTables)) return false;
  return std::ranges::none_of(kUnreadColumns, [&](const UnreadColumn& unread) {
    return unread.table == table && unread.column == column;
  });
}

std::size_t PostingCache::PlaceHash::operator()(const Place& place) const noexcept {
  constexpr std::size_t kOdd = 0x9E3779B97F4A7C15;  // spreads the rooms, whose numbers are small
  return static_cast<std::size_t>(place.first.value) * kOdd ^ static_cast<std::size_t>(place.second.value);
}

void PostingCache::begin() {
  const auto version = db_.find<std::int64_t>("PRAGMA data_version").value_or(-1);
  if (std::exchange(seen_version_, version) != version) forget();
}

void PostingCache::forget() {
  authors_.clear();
  rooms_.clear();
  members_.clear();
  seen_writes_ = db_.watched_writes();
}

void PostingCache::drop_what_was_written() {
  if (db_.watched_writes() != seen_writes_) forget();
}

std::optional<PostingCache::Author> PostingCache::find_author(SessionId id, TimePoint now) {
  drop_what_was_written();
  auto at = authors_.find(id);
  if (at == authors_.end()) {
    const auto session = find_session(db_, id, now);
    if (!session) return std::nullopt;
    const Author author{session->user.id, session->user.role, session->must_change_password,
                        has_second_factor(db_, session->user.id), session->expires_at};
    if (db_.failure()) return std::nullopt;
    make_place(authors_);
    at = authors_.emplace(id, author).first;
  }
  if (at->second.expires_at <= now) return std::nullopt;
  return at->second;
}

std::optional<protocol::Room> PostingCache::find_room(RoomId id) {
  drop_what_was_written();
  auto at = rooms_.find(id);
  if (at == rooms_.end()) {
    auto room = store::find_room(db_, id);
    if (!room || db_.failure()) return std::nullopt;
    make_place(rooms_);
    at = rooms_
             .emplace(id, protocol::Room{.id = room->id,
                                         .kind = room->kind,
                                         .created_at = room->created_at,
                                         .archived = room->archived,
                                         .locked = room->locked,
                                         .slow_mode_s = room->slow_mode_s,
                                         .direct = room->direct,
                                         .requested_by = room->requested_by})
             .first;
  }
  return at->second;
}

std::optional<PostingCache::Member> PostingCache::find_member(RoomId room, UserId user) {
  drop_what_was_written();
  const Place place{room, user};
  auto at = members_.find(place);
  if (at == members_.end()) {
    const auto row = store::find_member(db_, room, user);
    if (!row) return std::nullopt;
    const Member member{row->role, row->accepted, row->shown_after, find_mute_end(db_, room, user)};
    if (db_.failure()) return std::nullopt;
    make_place(members_);
    at = members_.emplace(place, member).first;
  }
  return at->second;
}

}  // namespace wardroom::store
