-- The core: people, sessions, invites, rooms, messages, the audit log. Times are Unix milliseconds, UTC.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE users (
  id            INTEGER PRIMARY KEY,
  name          TEXT NOT NULL UNIQUE,          -- lower case; imported authors are "source:name"
  display_name  TEXT NOT NULL,
  role          TEXT NOT NULL CHECK (role IN ('guest', 'member', 'moderator', 'auditor', 'admin')),
  email         TEXT NOT NULL DEFAULT '',
  password      BLOB,                          -- Argon2id PHC string, sealed with a key outside the database
  must_change   INTEGER NOT NULL DEFAULT 0,
  disabled      INTEGER NOT NULL DEFAULT 0,
  imported      INTEGER NOT NULL DEFAULT 0,
  created_at    INTEGER NOT NULL,
  last_seen_at  INTEGER
);

CREATE TABLE sessions (
  id            INTEGER PRIMARY KEY,
  user_id       INTEGER NOT NULL REFERENCES users (id),
  token_hash    BLOB NOT NULL UNIQUE,          -- SHA-256 of the token
  device        TEXT NOT NULL,
  client        TEXT NOT NULL,
  ip            TEXT NOT NULL,
  created_at    INTEGER NOT NULL,
  last_used_at  INTEGER NOT NULL,
  expires_at    INTEGER NOT NULL,
  revoked_at    INTEGER
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE invites (
  id            INTEGER PRIMARY KEY,
  token_hash    BLOB NOT NULL UNIQUE,
  setup         INTEGER NOT NULL DEFAULT 0,    -- 1: the first administrator's set-up code, good on this machine only
  user_id       INTEGER REFERENCES users (id), -- NULL: makes a new account
  role          TEXT NOT NULL,
  created_by    INTEGER REFERENCES users (id),
  created_at    INTEGER NOT NULL,
  expires_at    INTEGER NOT NULL,
  used_at       INTEGER,
  revoked_at    INTEGER
);

CREATE TABLE rooms (
  id            INTEGER PRIMARY KEY,
  name          TEXT NOT NULL,                 -- '' for direct rooms
  name_key      TEXT UNIQUE,                   -- folded name; NULL for direct rooms
  kind          TEXT NOT NULL CHECK (kind IN ('public', 'private', 'direct')),
  topic         TEXT NOT NULL DEFAULT '',
  direct_key    TEXT UNIQUE,                   -- sorted user ids of a direct room, "3,7"
  seq           INTEGER NOT NULL DEFAULT 0,    -- of the newest durable event
  count         INTEGER NOT NULL DEFAULT 0,    -- messages ever posted
  archived      INTEGER NOT NULL DEFAULT 0,
  created_by    INTEGER REFERENCES users (id),
  created_at    INTEGER NOT NULL,
  last_at       INTEGER                        -- time of the newest message
);

CREATE TABLE members (
  room_id       INTEGER NOT NULL REFERENCES rooms (id),
  user_id       INTEGER NOT NULL REFERENCES users (id),
  role          TEXT NOT NULL CHECK (role IN ('member', 'moderator')),
  joined_at     INTEGER NOT NULL,
  marker_seq    INTEGER NOT NULL DEFAULT 0,    -- read up to here
  marker_count  INTEGER NOT NULL DEFAULT 0,    -- rooms.count at that point
  mentions      INTEGER NOT NULL DEFAULT 0,    -- unread messages that name the person
  PRIMARY KEY (room_id, user_id)
) WITHOUT ROWID;
CREATE INDEX members_user ON members (user_id, room_id);

CREATE TABLE messages (
  id            INTEGER PRIMARY KEY,
  room_id       INTEGER NOT NULL,
  seq           INTEGER NOT NULL,              -- names the message within its room
  author_id     INTEGER NOT NULL,
  client_id     BLOB NOT NULL,                 -- UUID made by the author's client
  at            INTEGER NOT NULL,
  count         INTEGER NOT NULL,              -- rooms.count with this message
  text          TEXT NOT NULL,
  salt          BLOB NOT NULL,                 -- of its commitment in the audit log
  reply_to      INTEGER,
  changed       INTEGER,                       -- rooms.seq at the last change; NULL: never changed
  edited_at     INTEGER,
  deleted       INTEGER NOT NULL DEFAULT 0,
  UNIQUE (room_id, seq),
  UNIQUE (client_id, author_id)                -- in this order: a UUIDv7 starts with the time, so that new entries
                                               -- of all authors share the last pages of the index
);
CREATE INDEX messages_changed ON messages (room_id, changed) WHERE changed IS NOT NULL;

-- The audit log: `line` holds the exact bytes of each record. Its other columns are for searching only.
CREATE TABLE audit_records (
  idx           INTEGER PRIMARY KEY,           -- from 0, without gaps
  at            INTEGER NOT NULL,
  type          TEXT NOT NULL,
  outcome       TEXT NOT NULL,
  actor_id      INTEGER,
  room_id       INTEGER,
  leaf          BLOB NOT NULL,                 -- SHA-256(0x00 || line), RFC 6962
  line          TEXT NOT NULL
);
CREATE INDEX audit_records_type ON audit_records (type, idx);
CREATE INDEX audit_records_actor ON audit_records (actor_id, idx) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_records_room ON audit_records (room_id, idx) WHERE room_id IS NOT NULL;
CREATE INDEX audit_records_at ON audit_records (at);

CREATE TRIGGER audit_records_no_update BEFORE UPDATE ON audit_records
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_records_no_delete BEFORE DELETE ON audit_records
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;
