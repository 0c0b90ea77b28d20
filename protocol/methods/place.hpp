#pragma once

#include "protocol/methods/session.hpp"

// What a person keeps for themselves, the same on all their devices: saved messages, drafts, how their side
// bar is arranged.
namespace wardroom::protocol {

struct SavedSet {
  static constexpr std::string_view kName = "saved.set";
  static constexpr std::string_view kSummary =
      "Saves a message for the caller alone, or lets go of it. Twice the same is no error.";
  struct Params {
    RoomId room;
    Seq seq;
    bool on = true;
  };
  using Result = Empty;
  static constexpr std::string_view kErrors[] = {"too_many_saved"};
};
BOOST_DESCRIBE_STRUCT(SavedSet::Params, (), (room, seq, on))

// A message that a person saved.
struct SavedMessage {
  RoomId room;
  Message message;
  TimePoint saved_at;
};
BOOST_DESCRIBE_STRUCT(SavedMessage, (), (room, message, saved_at))

struct SavedList {
  static constexpr std::string_view kName = "saved.list";
  static constexpr std::string_view kSummary =
      "The caller's saved messages as far as they may read them now, saved last first.";
  struct Params {
    std::optional<Beyond> beyond;       // the page before: saved_at, room and seq of its last one
    std::optional<std::int64_t> limit;  // 1 to 200, 50 when left out
  };
  struct Result {
    std::vector<SavedMessage> saved;
    bool more = false;
    std::vector<User> users;  // the authors
  };
};
BOOST_DESCRIBE_STRUCT(SavedList::Params, (), (beyond, limit))
BOOST_DESCRIBE_STRUCT(SavedList::Result, (), (saved, more, users))

struct DraftSet {
  static constexpr std::string_view kName = "draft.set";
  static constexpr std::string_view kSummary =
      "Keeps a text that the caller has begun to write in a room or a thread, instead of the one before; an "
      "empty one takes it away. Send it when the person pauses, not with every key.";
  struct Params {
    RoomId room;
    std::optional<Seq> thread;
    std::string text;  // 16 KiB at most
    std::optional<Seq> reply_to;
    std::optional<std::string> origin;  // 64 bytes at most: by this a device knows its own event again
  };
  struct Result {
    TimePoint at;
  };
  static constexpr std::string_view kErrors[] = {"too_many_drafts"};
};
BOOST_DESCRIBE_STRUCT(DraftSet::Params, (), (room, thread, text, reply_to, origin))
BOOST_DESCRIBE_STRUCT(DraftSet::Result, (), (at))

struct DraftList {
  static constexpr std::string_view kName = "draft.list";
  static constexpr std::string_view kSummary = "The caller's drafts, the newest first.";
  using Params = Empty;
  struct Result {
    std::vector<Draft> drafts;
  };
};
BOOST_DESCRIBE_STRUCT(DraftList::Result, (), (drafts))

struct SidebarGet {
  static constexpr std::string_view kName = "sidebar.get";
  static constexpr std::string_view kSummary = "How the caller arranged their side bar.";
  using Params = Empty;
  struct Result {
    Sidebar sidebar;
  };
};
BOOST_DESCRIBE_STRUCT(SidebarGet::Result, (), (sidebar))

struct SidebarSet {
  static constexpr std::string_view kName = "sidebar.set";
  static constexpr std::string_view kSummary =
      "Arranges the caller's side bar: favourites and sections, in their order. `version` is the one that "
      "the "
      "change began with; another device's change in between is a conflict.";
  struct Params {
    Sidebar sidebar;  // 50 sections and 2,000 rooms at most, each room once
  };
  struct Result {
    std::int64_t version = 0;  // the new one
  };
  static constexpr std::string_view kErrors[] = {"sidebar_changed"};
};
BOOST_DESCRIBE_STRUCT(SidebarSet::Params, (), (sidebar))
BOOST_DESCRIBE_STRUCT(SidebarSet::Result, (), (version))

}  // namespace wardroom::protocol
