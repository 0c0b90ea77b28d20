#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "client/model/props/attention.hpp"
#include "client/model/props/emoji.hpp"
#include "client/model/props/files.hpp"
#include "client/model/props/links.hpp"
#include "client/model/props/places.hpp"
#include "client/model/props/side_bar.hpp"
#include "common/base/strong.hpp"

namespace wardroom::client {

struct RoomHeaderProps {
  RoomId room;
  RoomMark mark = RoomMark::public_room;
  std::string name;
  std::string topic;
  std::string member_count;  // "24"; empty: not shown
  bool locked = false;
  bool members_shown = false;
  bool archived = false;
  bool pins_shown = false;
  bool files_shown = false;
  std::string pin_count;                  // "3"; empty: none, or not known yet
  bool moderates = false;                 // the person may lock, slow down, archive
  bool may_end = false;                   // a direct room that is open
  std::string slow_mode;                  // "30 s"; empty: off
  RoomLevel level = RoomLevel::mentions;  // of what the person is told outside the window
  std::string paused_until;               // "16:42"; empty: it isn't paused
  RoomPlacing placing;                    // in the side bar
};

enum class Delivery { stored, pending, failed };

struct ReplyQuote {
  Seq seq;
  std::string author;
  std::string excerpt;  // one line
};

struct ReactionProps {
  std::string emoji;
  std::uint32_t count = 0;
  bool mine = false;
  std::string names;  // "Amara Osei, Priya Nair and you"
};

// What stands under the message with which a thread began.
struct ThreadSummary {
  struct Line {
    std::string author;
    std::string excerpt;  // one line
  };
  std::int64_t count = 0;  // of replies; 0: there are none
  std::string replies;     // "3 replies"
  std::string last_at;     // "today 16:42"
  std::int64_t unread = 0;
  std::vector<std::string> repliers;  // whoever wrote last first
  std::string names;                  // "Amara Osei, Priya Nair and you"
  std::vector<Line> last;             // the newest replies, as far as they are loaded; the newest is the last
  bool unsent = false;                // a reply of the person's own wasn't sent
  bool has_draft = false;

  bool shown() const { return count > 0 || unsent || has_draft; }
};

// One row of the timeline. Strings are as on the wire (Markdown subset, emoji as Unicode).
struct TimelineRow {
  enum class Kind {
    message,
    day,          // `text` is "Thursday, 19 November"
    unread_line,  // everything below is new
    replies,      // between the root of a thread and its replies: `text` is "3 replies"
    notice,       // joins, leaves, topic changes: `text` is the sentence, `time` beside it
    beginning     // the first row of a room whose history is complete: `text` greets
  };
  // Stable while the room is open and unique in it: a pending message keeps its key when it becomes stored.
  std::uint64_t key = 0;
  Kind kind = Kind::message;
  Seq seq;                // not set while pending
  std::string client_id;  // names a pending or failed message in actions
  UserId author;
  std::string author_name;
  std::string time;       // "16:42"
  std::string full_time;  // "Thursday, 19 November 2026, 16:42:07 (UTC+1)", shown on hover
  std::string text;       // of a deleted message: the tombstone's sentence
  ReplyQuote reply;       // seq not set: not a reply
  std::vector<ReactionProps> reactions;
  std::vector<FileCard> files;
  std::vector<MessagePlace> links;  // to other messages, shown beneath it
  ThreadSummary thread;             // in the room
  Delivery delivery = Delivery::stored;
  std::string failure;   // why it failed, a sentence
  bool grouped = false;  // follows the same author closely: no avatar, no name
  bool action = false;   // /me
  bool edited = false;
  bool deleted = false;
  bool mentions_me = false;
  bool own = false;
  bool pinned = false;
  bool restorable = false;  // a tombstone whose message the person may bring back
  // Grows with each change of this row's contents, so that a laid-out row is kept until it changes.
  std::uint32_t version = 0;
};

// What the person may do to messages of the room now.
struct MessageRights {
  bool write = true;   // reply, react, edit
  bool quote = true;   // reply with a quote
  bool thread = true;  // reply in a thread
  bool moderate = false;
  bool pin = false;
};

// The loaded part of a room. The selector keeps it between frames and touches only what changed.
struct TimelineProps {
  RoomId room;
  std::vector<TimelineRow> rows;  // oldest first
  std::uint64_t revision = 0;     // grows with each change of `rows`
  bool has_older = false;         // on the server or in the cache, not loaded
  bool loading_older = false;
  bool has_newer = false;  // after a jump into history
  std::string self_name;   // "@name" of the person, highlighted in texts
  std::string typing;      // "Priya is typing…"; empty: nobody
  std::string error;       // it can't be shown: a sentence
  bool in_thread = false;  // of a thread, and not of the room
  MessageRights rights;
  Transfers transfers;
  PictureStates pictures;
  std::int64_t unread = 0;      // that others wrote, and the person hasn't read
  bool finding_unread = false;  // where they begin is being loaded; until then nothing is shown as read
  Seq jump_to;                  // to be brought into sight when `jump_serial` grows
  std::uint64_t jump_serial = 0;
  EmojiProps emoji;
  std::set<Seq> saved;    // by the person, of this room
  bool seen_by = false;   // it can be asked who has read a message
  LinkCards link_cards;   // of those that were in sight
  std::string link_base;  // a message's number behind it makes its link
};

}  // namespace wardroom::client
