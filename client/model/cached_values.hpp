#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/model/props/dialogs.hpp"
#include "common/base/strong.hpp"
#include "common/desk/model/credentials.hpp"

// What outlives the program: the values that the model hands to the cache and gets back at the next start.
namespace wardroom::client {

using desk::Credentials;
using protocol::Introduction;

struct Settings {
  ThemeChoice theme = ThemeChoice::system;
  int scale_percent = 100;
  bool do_not_disturb = false;
  bool members_shown = true;
  RoomId last_room;
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
  std::string failure;  // not empty: the server refused it, and why; the person decides
};

// All that the cache gives at the start. Messages come page by page, later.
struct CachedState {
  std::optional<std::int64_t> epoch;
  std::vector<CachedRoom> rooms;
  std::vector<protocol::User> people;
  std::vector<OutboxRow> outbox;  // in the order written
};

}  // namespace wardroom::client
