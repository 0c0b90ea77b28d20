#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/model/message_change.hpp"
#include "common/base/strong.hpp"
#include "protocol/types.hpp"

namespace wardroom::client {

// A join, a leave, a change of topic: a sentence about `who`, made when it is shown.
struct Notice {
  enum class Kind {
    joined,
    left,
    added,
    removed,
    renamed,
    topic,
    locked,
    unlocked,
    slow_mode,  // `text` is "30 s"; empty: off
    opened_from_now,
    opened_with_history,
    made_private,
    archived,
    unarchived,
    asked,     // for a direct room
    accepted,  // and all of them have now: they may chat
    declined,
    ended
  };
  Kind kind = Kind::joined;
  TimePoint at;
  UserId who;
  UserId by;         // not set: by themselves
  std::string text;  // the new name or topic
};

struct TimelineEntry {
  std::uint64_t key = 0;      // for life; a pending message keeps it when it becomes stored
  std::uint32_t version = 0;  // grows with each change
  std::variant<protocol::Message, Notice> what;

  const protocol::Message* message() const { return std::get_if<protocol::Message>(&what); }
  const Notice* notice() const { return std::get_if<Notice>(&what); }
};

// The part of a room's history that is in memory: every durable event from `from` to `to` whose contents
// are known, by its sequence number. A live window's `to` moves with the room.
class Timeline {
 public:
  using Entries = std::map<Seq, TimelineEntry>;

  const Entries& entries() const { return entries_; }
  bool loaded() const { return loaded_; }
  bool live() const { return live_; }
  Seq from() const { return from_; }
  Seq to() const { return to_; }
  bool covers(Seq seq) const { return loaded_ && seq >= from_ && (live_ || seq <= to_); }

  // An empty window at the room's newest end; `next_seq` is the first event that isn't there yet.
  void open_live(Seq next_seq);
  // An empty window somewhere in the history, to be filled by extend_*.
  void open_at(Seq from, Seq to);
  void close();
  // The window now begins at `from`, which the older messages are added for.
  void extend_older(Seq from);
  void extend_newer(Seq to);
  void become_live();

  // Adds or replaces; `key` is used for a new entry. Outside the window nothing happens. True: it is new.
  bool put(protocol::Message message, std::uint64_t key);
  void put(Seq seq, Notice notice, std::uint64_t key);
  // Changes a message that is in the window, and what quotes it.
  void change(const MessageChange& change);
  // Says that an author's name or a quoted text may read differently now.
  void touch_all();
  // The same of one message.
  void touch(Seq seq);
  // Lets go of what is older, up to the newest message that is; the window begins behind it. True: there was
  // some.
  bool drop_before(TimePoint before);
  // Lets go of what stands between the two.
  void drop_between(Seq first, Seq last);
  // Keeps the newest `count` entries.
  void trim_oldest(std::size_t count);
  // Keeps the oldest `count` entries; the window is no longer live.
  void trim_newest(std::size_t count);

  // Grows with each change. What changed since an earlier revision stands at or after the returned Seq;
  // nothing: everything may have.
  std::uint64_t revision() const { return revision_; }
  std::optional<Seq> changed_since(std::uint64_t revision) const;

 private:
  void note(Seq lowest);
  void touch_root(const protocol::Message& message);

  Entries entries_;
  Seq from_;
  Seq to_;
  bool loaded_ = false;
  bool live_ = false;
  std::uint64_t revision_ = 1;
  std::deque<std::pair<std::uint64_t, Seq>> changes_;  // revision, lowest Seq it touched
};

}  // namespace wardroom::client
