#include "server/store/sessions.hpp"

#include "protocol/codec.hpp"

namespace wardroom::store {
namespace {

using protocol::Role;

constexpr sqlite::SqlPiece kSelectSession =
    "SELECT s.id, u.id, u.name, u.display_name, u.role, s.device, s.client, s.ip, s.last_used_at,"
    " s.expires_at, u.must_change FROM sessions s JOIN users u ON u.id = s.user_id"
    " WHERE s.revoked_at IS NULL AND u.disabled = 0 AND u.removed = 0 AND s.expires_at > ?2 AND ";

std::optional<SessionRow> read_session(sqlite::Cursor row) {
  if (!row.step()) return std::nullopt;
  return SessionRow{row.get<SessionId>(0),
                    {row.get<UserId>(1), row.get<std::string>(2), row.get<std::string>(3),
                     protocol::parse_enum<Role>(row.get<std::string_view>(4)).value_or(Role::guest)},
                    row.get<std::string>(5),
                    row.get<std::string>(6),
                    row.get<std::string>(7),
                    row.get<TimePoint>(8),
                    row.get<TimePoint>(9),
                    row.get<bool>(10)};
}

constexpr sqlite::SqlPiece kSelectInvite =
    "SELECT id, setup, user_id, role, created_at, expires_at, created_by,"
    " used_at IS NOT NULL OR revoked_at IS NOT NULL, reset FROM invites WHERE ";

InviteRow read_invite(const sqlite::Cursor& row) {
  return {row.get<InviteId>(0),
          row.get<bool>(1),
          row.get<std::optional<UserId>>(2),
          protocol::parse_enum<Role>(row.get<std::string_view>(3)).value_or(Role::guest),
          row.get<TimePoint>(4),
          row.get<TimePoint>(5),
          row.get<std::optional<UserId>>(6),
          row.get<bool>(7),
          row.get<bool>(8)};
}

}  // namespace

std::optional<SessionRow> find_session(sqlite::Connection& db, const Digest& token_hash, TimePoint now) {
  static constexpr auto kByToken = kSelectSession + "s.token_hash = ?1";
  return read_session(db.query(kByToken, token_hash, now));
}

std::optional<SessionRow> find_session(sqlite::Connection& db, SessionId id, TimePoint now) {
  static constexpr auto kById = kSelectSession + "s.id = ?1";
  return read_session(db.query(kById, id, now));
}

SessionId insert_session(sqlite::Connection& db, const NewSession& s, TimePoint now) {
  db.run(
      "INSERT INTO sessions (user_id, token_hash, device, client, ip, created_at, last_used_at, expires_at, "
      "device_key) VALUES (?,?,?,?,?,?,?,?,?)",
      s.user, s.token_hash, s.device, s.client, s.ip, now, now, s.expires_at, s.device_key);
  return SessionId{db.last_insert_id()};
}

void touch_session(sqlite::Connection& db, SessionId id, std::string_view ip, TimePoint now) {
  db.run("UPDATE sessions SET last_used_at = ?, ip = ? WHERE id = ?", now, ip, id);
}

void revoke_session(sqlite::Connection& db, SessionId id, TimePoint now) {
  db.run("UPDATE sessions SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", now, id);
}

std::vector<SessionId> revoke_sessions(sqlite::Connection& db, UserId user, std::optional<SessionId> except,
                                       TimePoint now) {
  std::vector<SessionId> revoked;
  auto row = db.query(
      "UPDATE sessions SET revoked_at = ?1 WHERE user_id = ?2 AND revoked_at IS NULL AND id IS NOT ?3 "
      "RETURNING id",
      now, user, except);
  while (row.step()) revoked.push_back(row.get<SessionId>(0));
  return revoked;
}

std::vector<ExpiredSession> expire_sessions(sqlite::Connection& db, TimePoint now, std::int64_t limit) {
  std::vector<ExpiredSession> expired;
  {
    auto row = db.query(
        "SELECT s.id, u.id, u.name, s.expires_at FROM sessions s JOIN users u ON u.id = s.user_id"
        " WHERE s.revoked_at IS NULL AND s.expires_at <= ? ORDER BY s.id LIMIT ?",
        now, limit);
    while (row.step())
      expired.push_back(
          {row.get<SessionId>(0), row.get<UserId>(1), row.get<std::string>(2), row.get<TimePoint>(3)});
  }
  for (const auto& session : expired) revoke_session(db, session.id, now);
  return expired;
}

std::vector<protocol::SessionInfo> load_sessions(sqlite::Connection& db, std::optional<UserId> user,
                                                 std::optional<SessionId> after, std::int64_t limit,
                                                 TimePoint now) {
  auto row = db.query(
      "SELECT s.id, u.id, u.name, u.display_name, u.role, s.device, s.client, s.ip, s.created_at,"
      " s.last_used_at, s.expires_at FROM sessions s JOIN users u ON u.id = s.user_id"
      " WHERE s.revoked_at IS NULL AND u.disabled = 0 AND u.removed = 0 AND s.expires_at > ?1"
      " AND (?2 IS NULL OR s.user_id = ?2)"
      " AND (?3 IS NULL OR (s.last_used_at, s.id) < (SELECT last_used_at, id FROM sessions WHERE id = ?3))"
      " ORDER BY s.last_used_at DESC, s.id DESC LIMIT ?4",
      now, user, after, limit);
  std::vector<protocol::SessionInfo> sessions;
  while (row.step())
    sessions.push_back(
        {.id = row.get<SessionId>(0),
         .user = {row.get<UserId>(1), row.get<std::string>(2), row.get<std::string>(3),
                  protocol::parse_enum<Role>(row.get<std::string_view>(4)).value_or(Role::guest)},
         .device = row.get<std::string>(5),
         .client = row.get<std::string>(6),
         .ip = row.get<std::string>(7),
         .created_at = row.get<TimePoint>(8),
         .last_used_at = row.get<TimePoint>(9),
         .expires_at = row.get<TimePoint>(10)});
  return sessions;
}

std::int64_t count_sessions(sqlite::Connection& db, UserId user, TimePoint now) {
  return db
      .find<std::int64_t>(
          "SELECT count(*) FROM sessions WHERE user_id = ? AND revoked_at IS NULL AND expires_at > ?", user,
          now)
      .value_or(0);
}

std::optional<InviteRow> find_invite(sqlite::Connection& db, const Digest& token_hash) {
  static constexpr auto kByToken = kSelectInvite + "token_hash = ?";
  auto row = db.query(kByToken, token_hash);
  if (!row.step()) return std::nullopt;
  return read_invite(row);
}

std::optional<InviteRow> find_invite(sqlite::Connection& db, InviteId id) {
  static constexpr auto kById = kSelectInvite + "id = ?";
  auto row = db.query(kById, id);
  if (!row.step()) return std::nullopt;
  return read_invite(row);
}

std::vector<InviteRow> load_open_invites(sqlite::Connection& db, TimePoint now) {
  static constexpr auto kOpen =
      kSelectInvite + "setup = 0 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > ? ORDER BY id";
  auto row = db.query(kOpen, now);
  std::vector<InviteRow> invites;
  while (row.step()) invites.push_back(read_invite(row));
  return invites;
}

InviteId insert_invite(sqlite::Connection& db, const NewInvite& i, TimePoint now) {
  db.run(
      "INSERT INTO invites (token_hash, setup, user_id, role, created_by, created_at, expires_at, reset) "
      "VALUES (?,?,?,?,?,?,?,?)",
      i.token_hash, i.setup, i.user, protocol::enum_name(i.role), i.created_by, now, i.expires_at, i.reset);
  return InviteId{db.last_insert_id()};
}

void use_invite(sqlite::Connection& db, InviteId id, TimePoint now) {
  db.run("UPDATE invites SET used_at = ? WHERE id = ?", now, id);
}

void revoke_invite(sqlite::Connection& db, InviteId id, TimePoint now) {
  db.run("UPDATE invites SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", now, id);
}

void revoke_setup_codes(sqlite::Connection& db, TimePoint now) {
  db.run("UPDATE invites SET revoked_at = ? WHERE setup = 1 AND used_at IS NULL AND revoked_at IS NULL", now);
}

std::int64_t revoke_invites_for(sqlite::Connection& db, UserId user, TimePoint now) {
  const std::int64_t open = count_open_invites_for(db, user, now);
  db.run("UPDATE invites SET revoked_at = ? WHERE user_id = ? AND used_at IS NULL AND revoked_at IS NULL",
         now, user);
  return open;
}

std::vector<InviteId> load_open_invites_by(sqlite::Connection& db, UserId maker, TimePoint now) {
  auto row = db.query(
      "SELECT id FROM invites WHERE created_by = ? AND used_at IS NULL AND revoked_at IS NULL AND "
      "expires_at > ?",
      maker, now);
  std::vector<InviteId> invites;
  while (row.step()) invites.push_back(row.get<InviteId>(0));
  return invites;
}

std::int64_t count_open_invites_for(sqlite::Connection& db, UserId user, TimePoint now) {
  return db
      .find<std::int64_t>(
          "SELECT count(*) FROM invites WHERE user_id = ? AND used_at IS NULL AND revoked_at IS NULL AND "
          "expires_at > ?",
          user, now)
      .value_or(0);
}

}  // namespace wardroom::store
