#pragma once

#include <chrono>
#include <map>
#include <vector>

#include "client/model/props/timeline.hpp"
#include "client/model/state.hpp"

namespace wardroom::client {

// One line of a message, for what answers it; of one without a text: its files.
std::string excerpt_of(const protocol::Message& message);

// Makes the rows of the open room, or of its thread, and keeps them between frames: a new message costs its
// own row, not the room's. Lives on the window's thread.
class TimelineSelector {
 public:
  enum class Of { room, thread };

  // `props` outlives the selector, which alone writes to it.
  explicit TimelineSelector(TimelineProps& props, Of of = Of::room) : props_(props), of_(of) {}
  TimelineSelector(const TimelineSelector&) = delete;
  TimelineSelector& operator=(const TimelineSelector&) = delete;

  void select(const State& state);

 private:
  // What a row needs to know of the row above it.
  struct Above {
    std::chrono::sys_days day;
    bool any = false;
    UserId author;
    TimePoint at;
    bool groupable = false;
    bool unread_shown = false;
  };

  // What the rows are made of now.
  struct Source {
    const RoomState* room = nullptr;
    const OpenedThread* thread = nullptr;

    const Timeline& timeline() const { return thread ? thread->timeline : room->timeline; }
    Seq root() const { return thread ? thread->name.root : Seq{}; }
    std::optional<Seq> unread_after() const { return thread ? thread->unread_after : room->unread_after; }
  };

  Source source(const State& state) const;
  bool is_shown(const TimelineEntry& entry) const;
  void fill_edges(const State& state, const RoomState& room);
  void fill_thread_edges(const State& state, const OpenedThread& thread);
  void rebuild_from(const State& state, const RoomState& room, Seq lowest);
  void add_pending(const State& state, const RoomState& room);
  void add_entry(const State& state, const RoomState& room, Seq seq, const TimelineEntry& entry);
  void add_day(const State& state, TimePoint at);
  void add_unread_line();
  void add_replies_line(const protocol::Message& root);
  bool begins_unread(const State& state, const Timeline& timeline, const protocol::Message& message) const;
  bool follows_closely(UserId author, TimePoint at) const;
  void fill_message(const State& state, const RoomState& room, const protocol::Message& message,
                    TimelineRow& row) const;
  ReplyQuote quote(const State& state, const RoomState& room, Seq seq) const;

  TimelineProps& props_;
  const Of of_;
  Above above_;
  // What the rows were made of.
  RoomId room_;
  Seq root_;
  std::uint64_t timeline_revision_ = 0;
  std::uint64_t outbox_revision_ = 0;
  std::uint64_t people_revision_ = 0;
  std::uint64_t ui_revision_ = 0;
  std::uint64_t rooms_revision_ = 0;
  std::optional<Seq> unread_after_;
  bool begun_ = false;
};

}  // namespace wardroom::client
