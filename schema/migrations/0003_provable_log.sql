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

-- What the log is searched by, each a pure function of the record's bytes (server/audit/columns.hpp); old rows get it
-- here.
DROP TRIGGER audit_records_no_update;
ALTER TABLE audit_records ADD COLUMN target_user INTEGER;  -- the person whom it was done to
ALTER TABLE audit_records ADD COLUMN address TEXT;         -- where it came from
UPDATE audit_records SET
  target_user = CASE json_extract(line, '$.target.type') WHEN 'user' THEN json_extract(line, '$.target.id') END,
  address = json_extract(line, '$.source.ip');
CREATE TRIGGER audit_records_no_update BEFORE UPDATE ON audit_records
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;

-- Every index holds every filter, so that no search looks into the table before it has found something. The first, in the
-- log's order, is for searches that no other fits; new entries always go to its end.
CREATE INDEX audit_records_search
  ON audit_records (idx, type, actor_id, room_id, target_user, outcome, address, at);
DROP INDEX audit_records_actor;
CREATE INDEX audit_records_actor
  ON audit_records (actor_id, idx, type, room_id, target_user, outcome, address, at) WHERE actor_id IS NOT NULL;
DROP INDEX audit_records_room;
CREATE INDEX audit_records_room
  ON audit_records (room_id, idx, type, actor_id, target_user, outcome, address, at) WHERE room_id IS NOT NULL;
CREATE INDEX audit_records_target
  ON audit_records (target_user, idx, type, actor_id, room_id, outcome, address, at) WHERE target_user IS NOT NULL;
CREATE INDEX audit_records_address
  ON audit_records (address, idx, type, actor_id, room_id, target_user, outcome, at) WHERE address IS NOT NULL;
CREATE INDEX audit_records_outcome
  ON audit_records (outcome, idx, type, actor_id, room_id, target_user, address, at) WHERE outcome <> 'success';

-- Text anywhere in a record, by its trigrams. Filled a moment after the record is written, up to meta.audit_text;
-- not for records that only hold numbers (server/audit/text_index.hpp).
CREATE VIEW audit_texts AS
  SELECT idx, line FROM audit_records
  WHERE type NOT IN ('messages.committed', 'audit.heartbeat') AND line <> '';
CREATE VIRTUAL TABLE audit_text USING fts5 (
  line, content = 'audit_texts', content_rowid = 'idx', tokenize = 'trigram', detail = none, columnsize = 0
);

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

-- Evidence taken out of the log: what was asked for, and the head that was the newest then.
CREATE TABLE exports (
  id            INTEGER PRIMARY KEY,
  by_id         INTEGER NOT NULL REFERENCES users (id),
  at            INTEGER NOT NULL,
  scope         TEXT NOT NULL,                 -- JSON, as it was asked for
  size          INTEGER NOT NULL,              -- records under the head
  first         INTEGER NOT NULL,              -- records of the range
  last          INTEGER NOT NULL
);
-- Finds the changes of messages that a commit group bound in.
CREATE INDEX message_versions_at ON message_versions (at) WHERE version > 1;

-- A record's body can be forgotten (audit.pruned), its hash never, and some types never at all
-- (server/audit/pruning.hpp). Nothing else of the log changes.
DROP TRIGGER audit_records_no_update;
CREATE TRIGGER audit_records_no_update BEFORE UPDATE ON audit_records
WHEN NOT (new.line = '' AND old.line <> '' AND new.actor_id IS NULL AND new.room_id IS NULL
  AND new.target_user IS NULL AND new.address IS NULL
  AND new.idx IS old.idx AND new.at IS old.at AND new.type IS old.type AND new.outcome IS old.outcome
  AND new.leaf IS old.leaf
  AND old.type NOT IN ('messages.committed', 'audit.key_rotated', 'audit.pruned', 'server.initialised',
                       'server.backup_restored', 'room.retention_changed', 'room.retention_applied')
  AND old.type NOT GLOB 'privacy.*' AND old.type NOT GLOB 'retention.*')
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;
