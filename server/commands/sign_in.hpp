#pragma once

#include <functional>
#include <map>

#include "protocol/methods/session.hpp"
#include "server/commands/context.hpp"
#include "server/store/sessions.hpp"

// What all ways in have in common.
namespace wardroom::commands {

inline constexpr const char* kFeatures[] = {"presence", "typing", "mentions", "threads", "places"};
// Those, and what the office chose.
std::vector<std::string> features(const Settings& settings);

// With the duties that the person has as of this snapshot.
realtime::Caller to_caller(sqlite::Connection& db, const Settings& settings,
                           const store::SessionRow& session);

// Makes a session within the transaction that lets the person in, with its audit record; when the call came
// on a WebSocket, the connection is signed in at this commit's place in the stream of events.
protocol::SignedIn start_session(WriteContext& context, const protocol::User& user, bool must_change_password,
                                 const protocol::Device& device);

// Checks the fields of a device that a client gives. A key has 16 to 256 bytes.
Result<protocol::Device> check_device(const protocol::Device& device);
// What is kept of a device's key.
std::optional<Digest> device_digest(const protocol::Device& device);

// Signs the connection in and subscribes it, a caller with duties to nothing but their own account. On the
// peer's network thread; false when somebody is signed in on it already, or it is closing.
bool sign_in_peer(Services& services, realtime::Peer& peer, realtime::Caller caller,
                  const std::vector<RoomId>& rooms);

struct CaughtUp {
  std::vector<protocol::RoomChanges> rooms;
  std::vector<protocol::User> users;
};

// Reads what changed in the peer's rooms since `since`, after the peer was subscribed: what is committed
// later reaches it as an event, so nothing falls between. `done` runs on the peer's network thread; it
// doesn't run when the session turns out to have ended (the connection is then closed). The peer's role and
// duties are those of that moment, too; with duties nothing is read.
void catch_up(Services& services, realtime::Peer& peer, std::map<RoomId, Seq> since,
              std::function<void(realtime::Peer&, CaughtUp)> done);

}  // namespace wardroom::commands
