-- From here on each record messages.committed says how many states it binds in of each room and each author, and which
-- record before it did (server/audit/commitment_counts.hpp): a bundle proves by it that none is missing.
CREATE TABLE commitment_chains (
  kind          TEXT NOT NULL CHECK (kind IN ('log', 'room', 'author')),
  id            INTEGER NOT NULL,              -- of the room or the author; 0 for the log
  idx           INTEGER NOT NULL,              -- the newest record that counts states of it; of the log: the first, or 0
  before        INTEGER NOT NULL DEFAULT -1,   -- the one before it; -1: none
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;
