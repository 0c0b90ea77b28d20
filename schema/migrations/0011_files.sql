-- Files that people send (docs/decisions/0046-files-in-rooms.md). Their bytes lie in files/, by their content.

-- What a message carries, as its commitment has it (protocol/commitment.hpp): of each file size, SHA-256 and name, with a tab
-- between two files. Empty: none, or erased.
ALTER TABLE messages ADD COLUMN files TEXT NOT NULL DEFAULT '';

-- Those that carry files.
CREATE INDEX messages_files ON messages (room_id, seq) WHERE files <> '';

CREATE TABLE files (
  id            BLOB PRIMARY KEY NOT NULL,     -- UUID, of the upload and of the file
  user_id       INTEGER NOT NULL,              -- who uploads it
  room_id       INTEGER NOT NULL,              -- where it is meant for
  name          TEXT NOT NULL,                 -- cleaned
  size          INTEGER NOT NULL,              -- bytes, also of what hasn't come yet
  created_at    INTEGER NOT NULL,              -- when the upload began
  expires_at    INTEGER,                       -- when it goes unless it is posted; NULL: a message carries it
  salt          BLOB,                          -- of its commitment in the record file.uploaded; NULL as sha256
  sha256        BLOB,                          -- of its bytes, and their name in files/; NULL: they haven't all come
  type          TEXT,                          -- by its bytes, such as image/png; NULL as sha256
  seq           INTEGER,                       -- the message of that room which carries it; NULL: none yet
  position      INTEGER                        -- among that message's files, from 0
) WITHOUT ROWID;
CREATE INDEX files_message ON files (room_id, seq, position) WHERE seq IS NOT NULL;
CREATE INDEX files_user ON files (user_id, size);
CREATE INDEX files_content ON files (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX files_unposted ON files (expires_at) WHERE expires_at IS NOT NULL;
