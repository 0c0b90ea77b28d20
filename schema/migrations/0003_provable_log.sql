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
