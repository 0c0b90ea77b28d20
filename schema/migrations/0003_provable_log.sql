-- The audit log as a Merkle tree with signed heads; searching it; holds, retention, erasure, exports.

-- The tree's complete nodes above the leaves, in the order in which they became complete (a node's number follows
-- from its level and index: common/tlog/merkle.hpp). The leaves are audit_records.leaf.
CREATE TABLE audit_nodes (
  number        INTEGER PRIMARY KEY,           -- from 0, without gaps
  hash          BLOB NOT NULL
);
CREATE TRIGGER audit_nodes_no_update BEFORE UPDATE ON audit_nodes
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_nodes_no_delete BEFORE DELETE ON audit_nodes
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;

-- The leaf hashes under the root that a record messages.committed holds: one for each message, edit, deletion and
-- restoration of its commit group.
CREATE TABLE audit_groups (
  idx           INTEGER PRIMARY KEY,           -- of the record
  last_message  INTEGER NOT NULL,              -- the greatest messages.id at that moment: grows with idx
  leaves        BLOB NOT NULL                  -- 32 bytes each, in order
);
CREATE TRIGGER audit_groups_no_update BEFORE UPDATE ON audit_groups
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_groups_no_delete BEFORE DELETE ON audit_groups
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;

-- The keys that signed the log's heads, the newest last. The private ones are files.
CREATE TABLE audit_keys (
  number        INTEGER PRIMARY KEY,           -- from 1
  key           TEXT NOT NULL UNIQUE,          -- NAME+ID+BASE64
  at            INTEGER NOT NULL,
  rotation      TEXT                           -- signed note by which the key before hands over; NULL: the first
);
CREATE TABLE audit_checkpoints (
  size          INTEGER PRIMARY KEY,
  at            INTEGER NOT NULL,
  note          TEXT NOT NULL
);

-- Legal holds: what they cover is left alone by retention, erasure and pruning. Those that were lifted stay here.
CREATE TABLE holds (
  id            INTEGER PRIMARY KEY,
  name          TEXT NOT NULL,
  user_id       INTEGER REFERENCES users (id), -- one of the two
  room_id       INTEGER REFERENCES rooms (id),
  reason        TEXT NOT NULL,
  by_id         INTEGER NOT NULL REFERENCES users (id),
  at            INTEGER NOT NULL,
  lifted_at     INTEGER,
  CHECK ((user_id IS NULL) <> (room_id IS NULL))
);

-- How long messages are kept. A room's own rule wins over that of its kind.
CREATE TABLE retention_rules (
  id            INTEGER PRIMARY KEY,
  room_id       INTEGER UNIQUE REFERENCES rooms (id), -- one of the two
  kind          TEXT UNIQUE CHECK (kind IN ('public', 'private', 'direct')),
  days          INTEGER,                       -- NULL: for good
  at            INTEGER NOT NULL,
  by_id         INTEGER REFERENCES users (id),
  CHECK ((room_id IS NULL) <> (kind IS NULL))
);

-- rooms.count goes on counting every message ever posted; messages.count of those that are left is without gaps
-- up to it.
ALTER TABLE rooms ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;  -- messages that retention took away
ALTER TABLE rooms ADD COLUMN trimmed_before INTEGER;              -- time before which it last did
ALTER TABLE rooms ADD COLUMN trimmed_seq INTEGER;                 -- rooms.seq of that event

-- States of messages whose text and salt were erased: their commitments (server/store/commitment.hpp) stay.
ALTER TABLE messages ADD COLUMN erased INTEGER NOT NULL DEFAULT 0; -- 1: can't be brought back
CREATE TABLE erased_states (
  room_id       INTEGER NOT NULL,
  seq           INTEGER NOT NULL,
  version       INTEGER NOT NULL,
  commitment    BLOB NOT NULL,
  PRIMARY KEY (room_id, seq, version)
) WITHOUT ROWID;
ALTER TABLE reports ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;  -- 1: texts of the evidence are gone
