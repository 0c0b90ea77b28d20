-- Changes of messages, moderation, second factors, known devices, people from a file.

-- users.name of a removed account is "removed:<id>": its name is free again, its id never is.
ALTER TABLE users ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;

ALTER TABLE sessions ADD COLUMN device_key BLOB;               -- SHA-256 of the device's key
ALTER TABLE invites ADD COLUMN reset INTEGER NOT NULL DEFAULT 0; -- 1: for a new password instead of a forgotten one
CREATE INDEX invites_user ON invites (user_id) WHERE user_id IS NOT NULL;

ALTER TABLE rooms ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN slow_mode_s INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN direct_state TEXT CHECK (direct_state IN ('requested', 'open', 'ended'));
ALTER TABLE rooms ADD COLUMN requested_by INTEGER REFERENCES users (id);
ALTER TABLE rooms ADD COLUMN declined_at INTEGER;              -- when a request was last declined
UPDATE rooms SET direct_state = 'open' WHERE kind = 'direct';

-- What a name looks like (UTS 39), so that no two can be taken for each other. SQL can't tell: NULL until the
-- server has, when it opens the database.
ALTER TABLE rooms ADD COLUMN look_written TEXT;
ALTER TABLE rooms ADD COLUMN look_folded TEXT;
CREATE UNIQUE INDEX rooms_look_written ON rooms (look_written);
CREATE UNIQUE INDEX rooms_look_folded ON rooms (look_folded);

ALTER TABLE members ADD COLUMN accepted INTEGER NOT NULL DEFAULT 1; -- 0: was asked into a direct room, said nothing yet

ALTER TABLE messages ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE messages ADD COLUMN deleted_by INTEGER;
ALTER TABLE messages ADD COLUMN delete_reason TEXT;
ALTER TABLE messages ADD COLUMN pinned INTEGER;                -- rooms.seq when it was pinned; NULL: it isn't
CREATE INDEX messages_pinned ON messages (room_id, pinned) WHERE pinned IS NOT NULL;

-- Every state of a message's text once it has changed, the first included. Each has the salt of its own
-- commitment; messages.text and messages.salt are those of the state that is shown.
CREATE TABLE message_versions (
  room_id       INTEGER NOT NULL,
  seq           INTEGER NOT NULL,
  version       INTEGER NOT NULL,              -- from 1
  act           TEXT NOT NULL CHECK (act IN ('posted', 'edited', 'deleted', 'restored')),
  at            INTEGER NOT NULL,
  by_id         INTEGER NOT NULL,
  reason        TEXT NOT NULL DEFAULT '',
  text          TEXT NOT NULL,
  salt          BLOB NOT NULL,
  PRIMARY KEY (room_id, seq, version)
) WITHOUT ROWID;

CREATE TABLE reactions (
  room_id       INTEGER NOT NULL,
  seq           INTEGER NOT NULL,
  emoji         TEXT NOT NULL,
  user_id       INTEGER NOT NULL REFERENCES users (id),
  at            INTEGER NOT NULL,
  number        INTEGER NOT NULL,              -- rooms.seq of it: the order of the people
  since         INTEGER NOT NULL,              -- rooms.seq since when the emoji has stood there: the order of the emoji
  PRIMARY KEY (room_id, seq, emoji, user_id)
) WITHOUT ROWID;

-- Mutes and bans, those that are over included.
CREATE TABLE sanctions (
  id            INTEGER PRIMARY KEY,
  kind          TEXT NOT NULL CHECK (kind IN ('mute', 'ban')),
  room_id       INTEGER REFERENCES rooms (id), -- NULL: a mute in every room
  user_id       INTEGER NOT NULL REFERENCES users (id),
  by_id         INTEGER NOT NULL REFERENCES users (id),
  reason        TEXT NOT NULL,
  at            INTEGER NOT NULL,
  until         INTEGER,                       -- NULL: until it is lifted
  lifted_at     INTEGER
);
CREATE INDEX sanctions_held ON sanctions (user_id, kind, room_id) WHERE lifted_at IS NULL;
CREATE INDEX sanctions_of_room ON sanctions (room_id) WHERE lifted_at IS NULL;
CREATE INDEX sanctions_ending ON sanctions (until) WHERE lifted_at IS NULL AND until IS NOT NULL;

CREATE TABLE reports (
  id            INTEGER PRIMARY KEY,
  room_id       INTEGER NOT NULL REFERENCES rooms (id),
  seq           INTEGER NOT NULL,
  author_id     INTEGER NOT NULL REFERENCES users (id), -- of the reported message
  reporter_id   INTEGER NOT NULL REFERENCES users (id),
  reason        TEXT NOT NULL,
  at            INTEGER NOT NULL,
  evidence      TEXT NOT NULL,                 -- JSON as it was at `at`, never touched again
  evidence_hash BLOB NOT NULL,                 -- SHA-256 of those bytes; the audit record has it too
  resolution    TEXT,                          -- NULL: open
  resolved_by   INTEGER REFERENCES users (id),
  resolved_at   INTEGER,
  resolution_reason TEXT,
  UNIQUE (room_id, seq, reporter_id)
);
CREATE INDEX reports_open ON reports (id) WHERE resolution IS NULL;

CREATE TABLE second_factors (
  user_id       INTEGER PRIMARY KEY REFERENCES users (id),
  secret        BLOB NOT NULL,                 -- sealed like a password hash
  confirmed_at  INTEGER,                       -- NULL: begun, doesn't count yet
  last_step     INTEGER NOT NULL DEFAULT 0     -- a code of this step or an earlier one is spent
);
CREATE TABLE recovery_codes (
  user_id       INTEGER NOT NULL REFERENCES users (id),
  code_hash     BLOB NOT NULL,
  used_at       INTEGER,
  PRIMARY KEY (user_id, code_hash)
) WITHOUT ROWID;

-- Devices that have signed in: they have a throttle of their own.
CREATE TABLE devices (
  user_id       INTEGER NOT NULL REFERENCES users (id),
  key_hash      BLOB NOT NULL,                 -- SHA-256 of the device's key
  first_at      INTEGER NOT NULL,
  last_at       INTEGER NOT NULL,
  PRIMARY KEY (user_id, key_hash)
) WITHOUT ROWID;

CREATE TABLE imports (
  id            INTEGER PRIMARY KEY,
  created_by    INTEGER NOT NULL REFERENCES users (id),
  created_at    INTEGER NOT NULL,
  bytes         INTEGER NOT NULL DEFAULT 0,    -- of the file, so far
  done_at       INTEGER,
  undone_at     INTEGER
);
-- The file as it came, piece by piece; gone once it is carried out.
CREATE TABLE import_pieces (
  import_id     INTEGER NOT NULL REFERENCES imports (id),
  number        INTEGER NOT NULL,
  bytes         BLOB NOT NULL,
  PRIMARY KEY (import_id, number)
);
CREATE TABLE import_accounts (
  import_id     INTEGER NOT NULL REFERENCES imports (id),
  user_id       INTEGER NOT NULL REFERENCES users (id),
  PRIMARY KEY (import_id, user_id)
) WITHOUT ROWID;
