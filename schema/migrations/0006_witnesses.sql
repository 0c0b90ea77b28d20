-- Devices that cosign heads of the audit log (c2sp.org/tlog-cosignature), each with the newest head that it cosigned.
CREATE TABLE witnesses (
  id            INTEGER PRIMARY KEY,
  user_id       INTEGER NOT NULL REFERENCES users (id), -- whose device it is
  key           TEXT NOT NULL UNIQUE,          -- NAME+ID+BASE64, of type 4
  record        INTEGER NOT NULL,              -- audit.witness_added, which made the key known
  heard_at      INTEGER NOT NULL,              -- when it last cosigned, or was made known
  size          INTEGER,                       -- of the head that it cosigned; NULL: none yet
  note          TEXT                           -- that head, with the log's signature and this cosignature
);
CREATE INDEX witnesses_user ON witnesses (user_id);
