#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "common/base/result.hpp"
#include "common/link/find_addresses.hpp"
#include "common/link/link_error.hpp"
#include "protocol/introduction.hpp"
#include "protocol/json_rpc.hpp"
#include "protocol/limits.hpp"
#include "protocol/methods/account.hpp"
#include "protocol/methods/session.hpp"

namespace wardroom::link {

enum class LinkState {
  idle,        // nobody asked for a connection yet, or the owner closed it
  connecting,  // from the first packet to the end of the sign-in
  online,      // signed in: calls go out, events come in
  offline,     // see `final`
};

struct Status {
  LinkState state = LinkState::idle;
  std::optional<Error> error;  // offline: why, as a sentence for the person
  bool final = false;          // offline: nothing is tried until the owner signs in or resumes again
  std::chrono::milliseconds retry_in{0};  // offline and not final: when the next attempt starts
};

// Where the owner stands, for session.resume. Without rooms the server sends no changes.
struct ResumePoint {
  std::optional<std::int64_t> epoch;
  std::map<RoomId, Seq> rooms;
};

// Bounds and times; the defaults are the product's, tests shorten them.
struct ConnectionOptions {
  // These three count while nothing comes from the server; a byte begins them anew, for a slow line isn't a
  // dead one.
  std::chrono::milliseconds connect_timeout{10'000};  // dialling, to the upgrade; each answer of the sign-in
  std::chrono::milliseconds call_timeout{15'000};
  std::chrono::milliseconds silence_limit{100'000};  // the server pings after 45 s
  // Dialling, and each answer, however busily bytes come: 1.6 MB at 5 KB/s take 5 1/2 minutes.
  std::chrono::milliseconds total_limit{600'000};
  std::chrono::milliseconds reconnect_min{500};  // until the server says otherwise in session.resume
  std::chrono::milliseconds reconnect_max{4'000};
  std::chrono::milliseconds reconnect_cap{60'000};  // the doubling of reconnect_max ends here
  bool reconnect = true;                            // false: every loss is final
  std::size_t max_pending_calls = 256;
  std::size_t max_queued_bytes = 1024 * 1024;         // requests that wait for the socket
  std::size_t max_undelivered_events = 4096;          // posted and not yet run; over it reading pauses
  std::size_t max_incoming_bytes = 16 * 1024 * 1024;  // one text from the server
  FindAddresses find_addresses;                       // left out: the system's resolver
};

// What the owner is told. Without `post` everything runs on the link's thread, which must not be kept; with
// it, everything runs through `post`, for example as a closure in a window's inbox, in the order in which it
// happened.
struct Handlers {
  std::function<void(const Status&)> status;
  // The keys by which the server is known are others: keep them (trust.hpp). Comes before all else of a
  // connection, `signed_in` too.
  std::function<void(const protocol::Introduction& now)> keys_changed;
  // After a password or an invite: keep the token. Comes before `resumed`.
  std::function<void(protocol::SignedIn)> signed_in;
  // Each time the connection comes online, before Status says so: what changed while it wasn't.
  std::function<void(protocol::SessionResume::Result)> resumed;
  // Every event that is wanted, in the server's order; never before `resumed`.
  std::function<void(protocol::Incoming)> event;
  // Whether events of this name are wanted now. On the link's thread: a window isn't woken for what it would
  // throw away. Left out: all are.
  std::function<bool(std::string_view method)> wants_event;
  // Asked at each (re)connection. Left out: an empty ResumePoint.
  std::function<ResumePoint()> resume_point;
  // Must be callable from any thread and must not run its argument at once. Left out: the link's thread.
  std::function<void(std::function<void()>)> post;
};

// How the next connection signs in: with a password, with an invite, with a token.
using Way = std::variant<protocol::SessionOpen::Params, protocol::AccountAcceptInvite::Params, Secret>;

template <class M>
using Done = std::function<void(Result<typename M::Result>)>;
using RawDone = std::function<void(Result<boost::json::value>)>;

// One client's connection to one server; it stays connected by itself. Owns a background thread (the link's
// thread); every public member may be called from any thread and returns at once.
//
// A server that isn't the introduced one gets nothing but the TLS handshake. A lost connection is resumed
// after a random wait, doubling; the close codes say which losses are final. Nothing is queued while offline:
// an owner that wants its messages to survive keeps an outbox.
class Connection {
 public:
  Connection(protocol::Introduction introduction, Handlers handlers, ConnectionOptions options = {});
  // Closes, waits for the thread, and drops what `post` has not yet run. Not from within a handler.
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Replaces what was before. A password or an invite is tried once: any failure is final and goes to
  // `status`, since a person waits for it. After a success the link resumes by itself with the token; so it
  // does with a token from the start, final only when the server refuses it or closes with a final code.
  void enter(Way way);

  // While offline: tries now instead of later, for example because the network came back.
  void retry_now();

  // Says goodbye and stops; pending calls end with `closed`. The session stays: SessionClose would end it.
  void close();

  // `done` is told exactly once (never, if the Connection is destroyed first and `post` is used). A call that
  // is cut off ends with `connection_lost`: whether it happened is unknown, so repeat only what has a
  // client_id.
  template <class M>
  void call(const typename M::Params& params, Done<M> done, std::chrono::milliseconds timeout = {}) {
    call_raw(
        std::string(M::kName), protocol::encode(params),
        [done = std::move(done)](Result<boost::json::value> answer) {
          if (!answer) return done(std::move(answer).error());
          done(protocol::decode<typename M::Result>(*answer, "result"));
        },
        timeout);
  }
  // Any method by name. `params_json` is a JSON object. A timeout of 0 is the options' call_timeout; any
  // other counts as that one does.
  void call_raw(std::string method, std::string params_json, RawDone done,
                std::chrono::milliseconds timeout = {});

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace wardroom::link
