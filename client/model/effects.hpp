#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/mp11.hpp>

#include "client/model/cached_values.hpp"
#include "client/model/calls.hpp"
#include "client/model/message_change.hpp"
#include "common/desk/model/witness.hpp"

// What the model asks the world to do, as values. The session applies them in order.
namespace wardroom::client {

// The link. FetchPin is answered by PinFetched; the other ways in by SignedIn, Resumed and LinkChanged.
struct FetchPin {
  std::string host;
  std::uint16_t port = 0;
};
struct OpenSession {
  Introduction server;
  std::string name;
  Secret password;
  std::optional<Secret> code;
};
struct AcceptInvite {
  Introduction server;
  Secret token;
  std::optional<std::string> name;
  std::string display_name;
  Secret password;
  std::optional<Secret> code;
};
struct ResumeSession {
  Introduction server;
  Secret token;
};
struct RetryNow {};
struct CloseLink {};

// The cache. SaveOutbox is answered by OutboxSaved, once the row is on disk; LoadPage by PageLoaded.
struct SaveOutbox {
  OutboxRow row;
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
struct SaveCredentials {
  Credentials credentials;
};
using desk::LoadWitness;
using desk::SaveWitness;
struct Notify {
  RoomId room;
  std::string title;
  std::string text;
};
struct OpenUrl {
  std::string url;
};

using Effect = boost::mp11::mp_append<
    std::variant<FetchPin, OpenSession, AcceptInvite, ResumeSession, RetryNow, CloseLink, SaveOutbox,
                 EraseOutbox, StoreMessages, ChangeMessage, StoreRoom, DropRoom, DropMessages, TrimMessages,
                 StorePeople, StoreEpoch, DropRooms, EraseCache, SaveDraft, SaveSettings, LoadPage,
                 SaveCredentials, LoadWitness, SaveWitness, Notify, OpenUrl>,
    boost::mp11::mp_rename<boost::mp11::mp_transform<Call, CalledMethods>, std::variant>>;

using Effects = std::vector<Effect>;

}  // namespace wardroom::client
