-- What a message answers and which client sent it are bound into the log from here on, and so are reactions.

-- The form of a message's commitment (protocol/commitment.hpp): 1 for those of before.
ALTER TABLE messages ADD COLUMN form INTEGER NOT NULL DEFAULT 1;
-- The first record from which on messages are bound in form 2: each record messages.committed says so, too.
INSERT INTO meta (key, value)
  SELECT 'messages_v2_since', coalesce(max(idx) + 1, 0) FROM audit_records;

-- Each reaction that was added or taken back, with what its commitment is made of; of those whose message retention
-- removed nothing but room_id, record and leaf is left.
CREATE TABLE reaction_states (
  id            INTEGER PRIMARY KEY,           -- in the order in which they came
  record        INTEGER,                       -- reactions.committed that binds it in; NULL: none does
  leaf          BLOB,                          -- its hash under the root of that record
  room_id       INTEGER NOT NULL,
  seq           INTEGER,                       -- of the message
  number        INTEGER,                       -- rooms.seq of the change
  user_id       INTEGER,
  at            INTEGER,
  added         INTEGER,                       -- 0: taken back
  emoji         TEXT,
  salt          BLOB
);
CREATE INDEX reaction_states_message ON reaction_states (room_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX reaction_states_open ON reaction_states (id) WHERE record IS NULL;
-- Those that stand are bound in as they are when the server starts (server/audit/bound_reactions.hpp).
INSERT INTO reaction_states (room_id, seq, number, user_id, at, added, emoji, salt)
  SELECT room_id, seq, number, user_id, at, 1, emoji, randomblob(16) FROM reactions ORDER BY room_id, number;

-- evidence_hash is that of the salt and the evidence; without a salt, as before, that of the evidence alone. Erasing a
-- text of the evidence empties the salt.
ALTER TABLE reports ADD COLUMN evidence_salt BLOB;

-- Records reactions.committed hold numbers only, like messages.committed, and are never pruned either.
DROP VIEW audit_texts;
CREATE VIEW audit_texts AS
  SELECT idx, line FROM audit_records
  WHERE type NOT IN ('messages.committed', 'reactions.committed', 'audit.heartbeat') AND line <> '';
DROP TRIGGER audit_records_no_update;
CREATE TRIGGER audit_records_no_update BEFORE UPDATE ON audit_records
WHEN NOT (new.line = '' AND old.line <> '' AND new.actor_id IS NULL AND new.room_id IS NULL
  AND new.target_user IS NULL AND new.address IS NULL
  AND new.idx IS old.idx AND new.at IS old.at AND new.type IS old.type AND new.outcome IS old.outcome
  AND new.leaf IS old.leaf
  AND old.type NOT IN ('messages.committed', 'reactions.committed', 'audit.key_rotated', 'audit.pruned',
                       'server.initialised', 'server.backup_restored', 'room.retention_changed', 'room.retention_applied')
  AND old.type NOT GLOB 'privacy.*' AND old.type NOT GLOB 'retention.*')
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;
