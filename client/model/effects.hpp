#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/mp11.hpp>

#include "client/model/cached_values.hpp"
#include "client/model/message_change.hpp"
#include "common/desk/model/call.hpp"
#include "common/desk/model/effects.hpp"

// What the model asks the world to do, as values. The effect runner takes them in order.
namespace wardroom::client {

struct Turn;

using desk::CloseLink;
using desk::FetchPin;
using desk::LoadWitness;
using desk::OpenSession;
using desk::ResumeSession;
using desk::RetryNow;
using desk::SaveCredentials;
using desk::SaveWitness;

// A way in for who has no account yet.
struct AcceptInvite {
  Introduction server;
  Secret token;
  std::optional<std::string> name;
  std::string display_name;
  Secret password;
  std::optional<Secret> code;
};
// The cache. SaveOutbox is answered by OutboxSaved, once the row is on disk; LoadPage by PageLoaded.
struct SaveOutbox {
  OutboxRow row;
  std::string replaces = {};  // the client_id of a row that goes with it: both or neither
};
struct EraseOutbox {
  std::string client_id;
};
// In one transaction: the messages, what the cache then covers, and the outbox rows that they replace.
struct StoreMessages {
  RoomId room;
  std::vector<protocol::Message> messages;
  Coverage coverage;
  std::vector<std::string> sent;
};
// A cached message changes; one that isn't cached stays unknown.
struct ChangeMessage {
  MessageChange change;
  Coverage coverage;
};
struct StoreRoom {
  protocol::MyRoom room;
  Coverage coverage;
};
struct DropRoom {
  RoomId room;
};
struct DropMessages {
  RoomId room;
};
// What was posted before that time goes. Answered by MessagesTrimmed when something was there.
struct TrimMessages {
  RoomId room;
  TimePoint before;
};
struct StorePeople {
  std::vector<protocol::User> people;
};
struct StoreEpoch {
  std::int64_t epoch = 0;
};
// Rooms, people and messages go; the outbox, drafts and settings stay.
struct DropRooms {};
// Everything but the settings goes.
struct EraseCache {};
struct SaveDraft {
  RoomId room;
  std::string text;
};
struct SaveSettings {
  Settings settings;
};
// The `limit` covered messages next to `before` or `after`.
struct LoadPage {
  RoomId room;
  std::optional<Seq> before;
  std::optional<Seq> after;
  std::size_t limit = 0;
};

// The rest of the PC.
struct Notify {
  RoomId room;
  std::string title;
  std::string text;
};
struct OpenUrl {
  std::string url;
};

using Effect = boost::mp11::mp_append<
    desk::Effect,
    std::variant<desk::Call<Turn>, AcceptInvite, SaveOutbox, EraseOutbox, StoreMessages, ChangeMessage,
                 StoreRoom, DropRoom, DropMessages, TrimMessages, StorePeople, StoreEpoch, DropRooms,
                 EraseCache, SaveDraft, SaveSettings, LoadPage, Notify, OpenUrl>>;

using Effects = std::vector<Effect>;

}  // namespace wardroom::client
