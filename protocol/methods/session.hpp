#pragma once

#include <string_view>

#include "protocol/types.hpp"

namespace wardroom::protocol {

// What a sign-in gives. The token is shown once and stored hashed on the server.
struct SignedIn {
  Secret token;
  TimePoint expires_at;
  User user;
  // Until these are done, only the methods of `account` and `session` answer.
  bool must_change_password = false;
  bool must_enrol_second_factor = false;
  std::int64_t epoch = 0;
  std::vector<std::string> features;
};
BOOST_DESCRIBE_STRUCT(SignedIn, (),
                      (token, expires_at, user, must_change_password, must_enrol_second_factor, epoch,
                       features))

struct SessionOpen {
  static constexpr std::string_view kName = "session.open";
  static constexpr std::string_view kSummary =
      "Signs in with name and password. On a WebSocket it also signs this connection in.";
  struct Params {
    std::string user;
    Secret password;
    std::optional<Secret> code;  // second factor: six digits of the app, or a recovery code
    Device device;
  };
  using Result = SignedIn;
  static constexpr std::string_view kErrors[] = {"wrong_credentials", "second_factor_required",
                                                 "wrong_second_factor", "rate_limited", "unavailable"};
};
BOOST_DESCRIBE_STRUCT(SessionOpen::Params, (), (user, password, code, device))

// What changed in a room since the sequence number that the client named.
struct RoomChanges {
  RoomId room;
  Seq seq;                       // the room is now here
  std::vector<Message> changes;  // by the number of the change
  std::optional<bool> too_far;   // more than 500 changes: page message.history instead
  // Retention removed what was posted before this time, since the client was last here (event room.trimmed).
  std::optional<TimePoint> trimmed = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(RoomChanges, (), (room, seq, changes, too_far, trimmed))

struct SessionResume {
  static constexpr std::string_view kName = "session.resume";
  static constexpr std::string_view kSummary =
      "Signs a WebSocket in with a token, and answers with what changed since the client was last here. "
      "Without `token` the one of the browser's cookie counts that came with the upgrade.";
  struct Params {
    std::optional<Secret> token;  // left out: the one of the browser's cookie that came with the upgrade
    std::optional<std::int64_t> epoch;
    std::optional<std::map<RoomId, Seq>> rooms;
  };
  struct Result {
    User user;
    std::int64_t epoch = 0;  // another than the client's: drop what is cached
    std::vector<std::string> features;
    std::int64_t reconnect_min_ms = 0;
    std::int64_t reconnect_max_ms = 0;
    std::vector<RoomChanges> rooms;
    std::vector<User> users;  // the authors of the changes
    bool must_change_password = false;
    bool must_enrol_second_factor = false;
  };
  static constexpr std::string_view kErrors[] = {"unauthenticated"};
};
BOOST_DESCRIBE_STRUCT(SessionResume::Params, (), (token, epoch, rooms))
BOOST_DESCRIBE_STRUCT(SessionResume::Result, (),
                      (user, epoch, features, reconnect_min_ms, reconnect_max_ms, rooms, users,
                       must_change_password, must_enrol_second_factor))

struct Empty {};
BOOST_DESCRIBE_STRUCT(Empty, (), ())

struct SessionClose {
  static constexpr std::string_view kName = "session.close";
  static constexpr std::string_view kSummary = "Signs out: the token is void from now on.";
  using Params = Empty;
  using Result = Empty;
};

struct SessionList {
  static constexpr std::string_view kName = "session.list";
  static constexpr std::string_view kSummary = "Where the caller is signed in, last used first.";
  using Params = Empty;
  struct Result {
    std::vector<SessionInfo> sessions;
  };
};
BOOST_DESCRIBE_STRUCT(SessionList::Result, (), (sessions))

// How many sessions ended.
struct SessionsEnded {
  std::int64_t ended = 0;
};
BOOST_DESCRIBE_STRUCT(SessionsEnded, (), (ended))

struct SessionRevoke {
  static constexpr std::string_view kName = "session.revoke";
  static constexpr std::string_view kSummary =
      "Ends one of the caller's own sessions, or all but this one when `session` is left out.";
  struct Params {
    std::optional<SessionId> session;
  };
  using Result = SessionsEnded;
};
BOOST_DESCRIBE_STRUCT(SessionRevoke::Params, (), (session))

struct RpcDiscover {
  static constexpr std::string_view kName = "rpc.discover";
  static constexpr std::string_view kSummary = "This catalogue as an OpenRPC document.";
  using Params = Empty;
  using Result = RawJson;
};

}  // namespace wardroom::protocol
