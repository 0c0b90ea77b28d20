-- Threads (docs/decisions/0060-threads.md), and what people keep for themselves (docs/decisions/0061-places.md).

-- A reply in a thread names the message that it began with, its root, and is bound in with it, in the form 3.
ALTER TABLE messages ADD COLUMN thread INTEGER;
ALTER TABLE messages ADD COLUMN replies INTEGER NOT NULL DEFAULT 0; -- of a root: replies in its thread, without deleted ones
CREATE INDEX messages_thread ON messages (room_id, thread, seq) WHERE thread IS NOT NULL;

-- Who follows which thread, and how far they have read it. Goes with the membership, and with the root.
CREATE TABLE thread_followers (
  room_id       INTEGER NOT NULL REFERENCES rooms (id),
  root          INTEGER NOT NULL,              -- seq of the message that it began with
  user_id       INTEGER NOT NULL REFERENCES users (id),
  follows       INTEGER NOT NULL,              -- 0: no longer, by choice
  read_seq      INTEGER NOT NULL,              -- read up to here
  unread        INTEGER NOT NULL DEFAULT 0,    -- replies of others after that, without deleted ones
  last_at       INTEGER NOT NULL,              -- when the newest reply came
  PRIMARY KEY (room_id, root, user_id)
) WITHOUT ROWID;
CREATE INDEX thread_followers_user ON thread_followers (user_id, last_at);

-- Whether a change of a message is told to all members of its room.
CREATE INDEX members_shown ON members (room_id, shown_after) WHERE shown_after > 0;

-- Messages that people saved. Goes with the message; shown as far as its person may read it.
CREATE TABLE saved (
  user_id       INTEGER NOT NULL REFERENCES users (id),
  room_id       INTEGER NOT NULL REFERENCES rooms (id),
  seq           INTEGER NOT NULL,              -- of the message
  at            INTEGER NOT NULL,              -- when it was saved
  PRIMARY KEY (user_id, room_id, seq)
) WITHOUT ROWID;
CREATE INDEX saved_message ON saved (room_id, seq);

-- What people have begun to write.
CREATE TABLE drafts (
  user_id       INTEGER NOT NULL REFERENCES users (id),
  room_id       INTEGER NOT NULL REFERENCES rooms (id),
  thread        INTEGER NOT NULL,              -- the root of the thread that it is meant for; 0: the room
  text          TEXT NOT NULL,
  reply_to      INTEGER,
  at            INTEGER NOT NULL,              -- when it was stored
  PRIMARY KEY (user_id, room_id, thread)
) WITHOUT ROWID;
CREATE INDEX drafts_room ON drafts (room_id, at);

-- How people arranged their side bar.
CREATE TABLE sidebars (
  user_id       INTEGER PRIMARY KEY REFERENCES users (id),
  version       INTEGER NOT NULL,              -- one more with each change
  arranged      TEXT NOT NULL                  -- JSON: favourites and sections
);

-- What people say of themselves, beside their name.
CREATE TABLE profiles (
  user_id       INTEGER PRIMARY KEY REFERENCES users (id),
  title         TEXT NOT NULL DEFAULT '',
  pronouns      TEXT NOT NULL DEFAULT '',
  time_zone     TEXT NOT NULL DEFAULT '',      -- a name of the IANA's list
  status        TEXT NOT NULL DEFAULT '',
  status_until  INTEGER                        -- when it ends by itself; NULL: it doesn't
);
