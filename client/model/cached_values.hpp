#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/model/props/attention.hpp"
#include "client/model/props/dialogs.hpp"
#include "client/model/props/emoji.hpp"
#include "client/model/props/side_bar.hpp"
#include "client/model/props/spelling.hpp"
#include "client/model/thread_name.hpp"
#include "common/base/strong.hpp"
#include "common/desk/model/credentials.hpp"

// What outlives the program: the values that the model hands to the cache and gets back at the next start.
namespace wardroom::client {

using desk::Credentials;
using protocol::Introduction;

struct Settings {
  std::string language;  // of the window, "de"; empty: this PC's
  ThemeChoice theme = ThemeChoice::system;
  int scale_percent = 100;
  bool do_not_disturb = false;
  bool members_shown = true;
  RoomId last_room;
  EmojiProps emoji;
  std::vector<SideBarSection::Kind> collapsed;  // sections of the side bar
  protocol::Sidebar sidebar;                    // as the person arranged it, as the server last had it
  AttentionChoices attention;
  SpellingChoices spelling;
  bool away_by_itself = false;  // the server was told so because nobody was there; it outlasts this program
  std::map<RoomId, RoomAttention> rooms;  // those of which something else was chosen than is usual
};

// Which of a room's durable events the cache holds: all from `from` to `to`. Nothing when from > to.
struct Coverage {
  Seq from;
  Seq to;
};

struct CachedRoom {
  protocol::MyRoom room;  // its `seq` says up to where `count` counts
  Coverage coverage;
  std::string draft;
};

// A message on its way. It is on this PC's disk before it is sent.
struct OutboxRow {
  std::string client_id;
  RoomId room;
  std::string text;
  std::optional<Seq> reply_to;
  TimePoint written_at;
  std::string failure;                       // not empty: the server refused it, and why; the person decides
  std::int64_t files = 0;                    // how many it takes along; it isn't sent with fewer
  std::optional<Seq> thread = std::nullopt;  // a reply in a thread: its root
};

struct CachedThreadDraft {
  ThreadName thread;
  std::string text;
};

// A draft as the server was last known to have it.
struct CachedToldDraft {
  WritingPlace place;
  std::string text;
};

// A file on its way up, or up and not yet part of a message.
struct UploadRow {
  std::string key;  // a UUID of this client's own
  WritingPlace place;
  std::string client_id;  // the message that takes it along; empty: the draft will
  std::string path;       // on this PC
  std::string name;
  std::int64_t size = 0;         // bytes; this and the next as they were when it was chosen
  std::int64_t modified_ns = 0;  // since the epoch of the file system's clock
  std::string file;              // what the server calls it; empty: it isn't there yet
  bool whole = false;            // all of it is
  bool paused = false;           // by the person
  std::string failure;           // not empty: it doesn't go on by itself, and why
};

// All that the cache gives at the start. Messages come page by page, later.
struct CachedState {
  std::optional<std::int64_t> epoch;
  std::vector<CachedRoom> rooms;
  std::vector<protocol::User> people;
  std::vector<OutboxRow> outbox;   // in the order written
  std::vector<UploadRow> uploads;  // in the order chosen
  std::vector<CachedThreadDraft> thread_drafts = {};
  std::vector<CachedToldDraft> told_drafts = {};
  std::vector<protocol::MyThread> threads = {};  // that the person follows, without their roots
};

}  // namespace wardroom::client
