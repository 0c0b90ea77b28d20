#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/model/props/composer.hpp"
#include "client/model/props/timeline.hpp"
#include "client/model/thread_name.hpp"

namespace wardroom::client {

// The thread in the right pane.
struct ThreadPaneProps {
  bool shown = false;
  ThreadName thread;
  std::uint64_t serial = 0;  // grows with each opening
  std::string where;         // "#release-7"
  bool followed = false;
  bool may_follow = false;  // and stop following: the server can be told now
  std::string note;         // why not all of it may be here; empty: it is
  TimelineProps timeline;   // the root and the replies
  ComposerProps composer;
};

// The threads that the person follows, in the right pane.
struct ThreadListProps {
  struct Row {
    ThreadName thread;
    std::string author;   // of the root
    std::string where;    // "#release-7"
    std::string excerpt;  // the root, one line
    std::string replies;  // "12 replies · today 16:42"
    std::int64_t unread = 0;
    bool has_draft = false;
    bool unsent = false;
  };
  bool shown = false;
  std::vector<Row> rows;  // the newest reply first
  bool loading = false;
  bool more = false;
  std::string error;
};

}  // namespace wardroom::client
