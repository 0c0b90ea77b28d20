#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/model/cached_values.hpp"
#include "client/model/thread_name.hpp"
#include "client/model/timeline.hpp"
#include "protocol/events.hpp"

// What the window knows of threads. A reply is a message of its room like any other, with the room's numbers:
// it comes with the room's events and fills the room's gaps, and only where it is shown differs.
namespace wardroom::client {

// How far the person's other devices know of a draft.
struct SharedDraft {
  std::optional<std::string> told;   // as the server has it, as far as that is known
  std::optional<TimePoint> tell_at;  // when the server is to be told
};

// What is being written into a thread.
struct ThreadDraft {
  std::string text;
  SharedDraft shared;
  std::uint64_t version = 0;     // grows when the model, not the person, changed it
  std::optional<TimePoint> due;  // when it is to be saved
  std::optional<Seq> editing;    // `edited` is to replace this message, also while the thread is
                                 // closed; `text` waits
  std::string edited;
};

// The thread in the right pane.
struct OpenedThread {
  ThreadName name;
  Timeline timeline;      // the root and the loaded replies behind it
  Seq oldest;             // of the replies that are loaded without a gap up to the newest
  Seq known_to;           // when the connection was lost, the newest that was known
  bool complete = false;  // no reply stands between the root and `oldest`
  bool loading = false;   // the newest page
  bool loading_older = false;
  bool answered = false;  // by the server, in this connection
  bool rootless = false;  // its root isn't there any more, or isn't shown to the person
  std::string error;
  TimePoint retry_at;
  std::optional<Seq> unread_after;  // the "new" line stands behind this one
  bool read_held = false;  // marked as unread: what is on the screen isn't read until it is opened anew
  Seq jump_to;             // to be brought into sight; the serial grows with each wish
  std::uint64_t jump_serial = 0;
};

struct ThreadsState {
  std::optional<OpenedThread> open;
  std::map<ThreadName, ThreadDraft> drafts;
  // As far as it is known; one that isn't here isn't followed, or is an old one of which nothing was heard.
  std::map<ThreadName, protocol::Following> following;
  // Read here and not yet told to the server.
  struct Mark {
    Seq seq;
    bool back = false;
  };
  std::map<ThreadName, Mark> marks;
  std::optional<TimePoint> marks_due;

  // The list of what is followed, the newest reply first.
  std::vector<protocol::MyThread> list;
  bool shown = false;
  bool loading = false;
  bool list_again = false;
  bool more = false;
  std::string error;
  std::int64_t unread = 0;  // how many of all have unread replies

  // Changes of roots that came before the event that they belong to was folded in.
  std::map<RoomId, std::map<Seq, protocol::ThreadChanged>> held;
  std::uint64_t serial = 0;  // grows with each opening
};

}  // namespace wardroom::client
