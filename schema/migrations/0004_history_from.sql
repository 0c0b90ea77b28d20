-- A private room that becomes public opens what comes after: who joins it reads from there on.

ALTER TABLE rooms ADD COLUMN history_from INTEGER NOT NULL DEFAULT 0;   -- rooms.seq up to which newcomers see nothing
ALTER TABLE members ADD COLUMN shown_after INTEGER NOT NULL DEFAULT 0;  -- the same for one member, as of their coming in
