#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/secret.hpp"
#include "protocol/close_codes.hpp"
#include "protocol/types.hpp"
#include "server/realtime/file_request.hpp"
#include "server/realtime/frame.hpp"
#include "server/realtime/token_bucket.hpp"

namespace wardroom::realtime {

// Names a connection for other threads. Never reused while the process lives.
struct PeerId {
  std::uint16_t loop = 0;  // index of the network thread that owns it
  std::uint64_t serial = 0;
  friend auto operator<=>(PeerId, PeerId) = default;
};

// Where a connection comes from, for the audit log and for limits by address.
struct Source {
  std::string ip;
  bool loopback = false;
  bool trusted = false;  // within a range that has no limits by address
  std::string tls{};     // the version that the connection speaks, such as "1.3"
};

// What a person must do before anything but their own account and sessions is open to them.
struct Duties {
  bool change_password = false;
  bool enrol_second_factor = false;
  bool any() const { return change_password || enrol_second_factor; }
  bool operator==(const Duties&) const = default;
};

// Who is signed in on a connection (WebSocket) or made a call (HTTP), as of the sign-in. What must hold at
// the moment of a change is checked again within its transaction.
struct Caller {
  UserId user;
  SessionId session;
  std::string name;
  protocol::Role role = protocol::Role::member;
  std::string device;
  std::string client;
  Duties duties;
};

class Peer;

// The answer to an HTTP request.
struct HttpAnswer {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::int64_t retry_after_s = 0;  // 0: no Retry-After header
  std::string cache_control = "no-store";
  std::string headers{};  // more header lines, each with its line end
  // In place of `body`, where many ask for the same.
  std::shared_ptr<const std::string> shared_body{};
  // The body comes in pieces, of `length` bytes in all: `more` asks for the next one each time when the one
  // before has left, and Peer::send_more() brings it. On the peer's network thread; must not block, nor call
  // send_more() from within.
  std::int64_t length = 0;
  std::function<void(Peer&)> more{};
};

// POST /api/v1/<method>; or what stands for it where a browser signs in or out. The views are valid until the
// sink returns.
struct HttpCall {
  // What the call has to do with the browser's cookie, in which the session's token is no script's to read.
  enum class Cookie : std::uint8_t {
    none,
    brought,  // `token` is the cookie's
    set,      // the answer's token becomes the cookie
    cleared,  // `token` is the cookie's, whose session ends; empty: there was none
  };
  std::string_view method;
  std::string_view body;
  std::string_view token;  // without the word Bearer; empty: none
  Cookie cookie = Cookie::none;
  std::string_view user_agent{};
};

// GET of anything else than the WebSocket, for example /healthz. Views as above.
struct PageRequest {
  std::string_view target;  // the path with its query
  std::string_view token{};
  std::string_view accept_encoding{};
  std::string_view if_none_match{};
};

// One client connection as the rest of the server sees it. net implements it over TLS sockets, the scenario
// tests in memory. Lives on one network thread: every member is used on that thread only. Other threads name
// it by its PeerId and go through Hub.
class Peer {
 public:
  virtual ~Peer() = default;

  PeerId id;
  Source source;
  // Who is signed in on it, a WebSocket. Only Subscriptions changes that, together with what the peer hears.
  const std::optional<Caller>& caller() const { return caller_; }
  // The number of the request that is signing somebody in; 0: none. Until it is answered there is no second.
  std::uint64_t signing_in = 0;
  // Requests that it may make.
  TokenBucket requests;
  // Of a browser's WebSocket: the token of the cookie that it came with. Empty: none.
  Secret cookie_token;

  // Queues a frame behind what is queued already. Never blocks, never writes at once, never throws: without
  // the memory for it the peer is closed.
  virtual void deliver(const FramePtr& frame) = 0;
  // Answers the HTTP request that is open on this connection.
  virtual void answer(HttpAnswer answer) = 0;
  // The next piece of an answer's body, which was asked for. Empty: there is no more, and the connection ends
  // in the middle of it.
  virtual void send_more(std::string piece) = 0;
  // The body of the file request that is open may come: on_body gets it. Also to go on after on_body has
  // returned false. Does nothing when the request is answered.
  virtual void receive() = 0;
  // Sends what is queued, then a close frame, then closes. Later calls do nothing.
  virtual void close(protocol::CloseCode code, std::string_view reason) = 0;
  // The largest text accepted from now on, in bytes; before sign-in it is kMaxRequestBytesBeforeSignIn.
  virtual void set_max_request(std::size_t bytes) = 0;
  // False once it is closing: nobody signs in on it any more.
  virtual bool is_open() const = 0;

 private:
  friend class Subscriptions;
  std::optional<Caller> caller_;
};

// What net hands up: whole texts, nothing decoded. Called on the peer's network thread; must not block.
class RequestSink {
 public:
  virtual ~RequestSink() = default;
  virtual void on_open(Peer& peer) = 0;
  // After this the peer is gone; no reference to it may be kept.
  virtual void on_closed(Peer& peer) noexcept = 0;
  // A text message from a WebSocket, at most the size set; not yet validated in any way, not even as UTF-8.
  virtual void on_text(Peer& peer, std::string_view text) = 0;
  // One at a time a connection; answered through Peer::answer.
  virtual void on_call(Peer& peer, const HttpCall& call) = 0;
  virtual void on_get(Peer& peer, const PageRequest& request) = 0;

  // The head of a request about files (is_file_path), answered through Peer::answer: one at a time a
  // connection. Its body isn't read before Peer::receive(); a request that is answered earlier ends the
  // connection.
  virtual void on_file(Peer& peer, FileRequest request) = 0;
  // The next piece of its body, kMaxBodyPiece bytes at most. False: nothing more is read from the socket
  // until Peer::receive(), so that the sender waits.
  static constexpr std::size_t kMaxBodyPiece = 16 * 1024;
  virtual bool on_body(Peer& peer, std::string_view piece) = 0;
  // The whole body has come.
  virtual void on_body_end(Peer& peer) = 0;
};

// Runs work on one network thread. post() may be called from any thread, keeps order, never blocks for long.
class Executor {
 public:
  virtual ~Executor() = default;
  virtual void post(std::function<void()> work) = 0;
};

}  // namespace wardroom::realtime
