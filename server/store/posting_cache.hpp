#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>

#include "common/sqlite/connection.hpp"
#include "protocol/types.hpp"

namespace wardroom::store {

// What a post asks of its author and its room, remembered since the post before: all changes pass through the
// writer, so it can know. Writer thread, within a transaction.
//
// Nothing is corrected here. All of it is dropped when a statement begins that writes to what it was read
// from, when a transaction was undone, and when somebody else wrote to the database; then it is read again.
// What ends by itself is kept with its end, and held against the clock at each question. A read that failed
// is remembered by the connection, not here.
//
// When the author last wrote isn't kept: retention and erasure take messages away, and only rooms in slow
// mode ask for it, where there is little to save.
class PostingCache {
 public:
  // Watches the writes of `db`, which outlives every call.
  explicit PostingCache(sqlite::Connection& db);

  // Call when a transaction has begun, / when one was undone.
  void begin();
  void forget();

  struct Author {
    UserId user;
    protocol::Role role = protocol::Role::guest;
    bool must_change_password = false;
    bool has_second_factor = false;
    TimePoint expires_at;  // the session
  };
  // Nothing: the session doesn't hold at `now`, as with store::find_session.
  std::optional<Author> find_author(SessionId session, TimePoint now);

  // Without what it is called and what changes with each message: name, topic, seq, count, last_at, users.
  std::optional<protocol::Room> find_room(RoomId room);

  struct Member {
    protocol::RoomRole role = protocol::RoomRole::member;
    bool accepted = true;
    Seq shown_after;
    std::optional<TimePoint> mute_end;  // of the mute here or everywhere that lasts longest
    bool is_muted(TimePoint now) const { return mute_end && *mute_end > now; }
  };
  std::optional<Member> find_member(RoomId room, UserId user);

  // Public for its test: whether a write to it may change an answer. `column` as in
  // sqlite::Connection::Concerns.
  static bool concerns(std::string_view table, std::string_view column);

 private:
  using Place = std::pair<RoomId, UserId>;
  struct PlaceHash {
    std::size_t operator()(const Place& place) const noexcept;
  };

  void drop_what_was_written();

  sqlite::Connection& db_;
  std::uint64_t seen_writes_ = 0;
  std::int64_t seen_version_ = 0;  // of the database, as others change it
  std::unordered_map<SessionId, Author> authors_;
  std::unordered_map<RoomId, protocol::Room> rooms_;
  std::unordered_map<Place, Member, PlaceHash> members_;
};

}  // namespace wardroom::store
