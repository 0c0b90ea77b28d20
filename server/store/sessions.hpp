#pragma once

#include <optional>
#include <vector>

#include "common/sqlite/connection.hpp"
#include "protocol/types.hpp"

// The tables `sessions` and `invites`: both hold one-way hashes of random tokens.
namespace wardroom::store {

struct SessionRow {
  SessionId id;
  protocol::User user;
  std::string device;
  std::string client;
  std::string ip;
  TimePoint last_used_at;
  TimePoint expires_at;
  bool must_change_password = false;
};

// A session that holds at `now`: not revoked, not expired, its person not disabled.
std::optional<SessionRow> find_session(sqlite::Connection& db, const Digest& token_hash, TimePoint now);
std::optional<SessionRow> find_session(sqlite::Connection& db, SessionId id, TimePoint now);

struct NewSession {
  UserId user;
  Digest token_hash;
  std::string device;
  std::string client;
  std::string ip;
  TimePoint expires_at;
  std::optional<Digest> device_key = std::nullopt;
};
SessionId insert_session(sqlite::Connection& db, const NewSession& session, TimePoint now);
void touch_session(sqlite::Connection& db, SessionId id, std::string_view ip, TimePoint now);
void revoke_session(sqlite::Connection& db, SessionId id, TimePoint now);
// Revokes all sessions of a person, except one; returns those that were live.
std::vector<SessionId> revoke_sessions(sqlite::Connection& db, UserId user, std::optional<SessionId> except,
                                       TimePoint now);

struct ExpiredSession {
  SessionId id;
  UserId user;
  std::string user_name;
  TimePoint expires_at;
};
// Ends sessions whose time is over at `now` and that nobody ended before, `limit` at most; returns them.
std::vector<ExpiredSession> expire_sessions(sqlite::Connection& db, TimePoint now, std::int64_t limit);

// Those that hold, last used first; of one person, or all. `after`: the last one of the page before.
// `connected` and `current` are left to who knows the connections.
std::vector<protocol::SessionInfo> load_sessions(sqlite::Connection& db, std::optional<UserId> user,
                                                 std::optional<SessionId> after, std::int64_t limit,
                                                 TimePoint now);

std::int64_t count_sessions(sqlite::Connection& db, UserId user, TimePoint now);

struct InviteRow {
  InviteId id;
  bool setup = false;
  std::optional<UserId> user;
  protocol::Role role = protocol::Role::member;
  TimePoint created_at;
  TimePoint expires_at;
  std::optional<UserId> created_by;
  bool spent = false;  // used or revoked
  bool reset = false;  // a code for a new password in place of a forgotten one
};
std::optional<InviteRow> find_invite(sqlite::Connection& db, const Digest& token_hash);
std::optional<InviteRow> find_invite(sqlite::Connection& db, InviteId id);
std::vector<InviteRow> load_open_invites(sqlite::Connection& db, TimePoint now);

struct NewInvite {
  Digest token_hash;
  bool setup = false;
  std::optional<UserId> user;
  protocol::Role role = protocol::Role::member;
  std::optional<UserId> created_by;
  TimePoint expires_at;
  bool reset = false;
};
InviteId insert_invite(sqlite::Connection& db, const NewInvite& invite, TimePoint now);
void use_invite(sqlite::Connection& db, InviteId id, TimePoint now);
void revoke_invite(sqlite::Connection& db, InviteId id, TimePoint now);
// Earlier set-up codes, and earlier invites for the same person, are worth nothing once a new one is made.
void revoke_setup_codes(sqlite::Connection& db, TimePoint now);
// Returns how many could still have been used.
std::int64_t revoke_invites_for(sqlite::Connection& db, UserId user, TimePoint now);
// Those that a person made and that could still be used.
std::vector<InviteId> load_open_invites_by(sqlite::Connection& db, UserId maker, TimePoint now);
std::int64_t count_open_invites_for(sqlite::Connection& db, UserId user, TimePoint now);

}  // namespace wardroom::store
