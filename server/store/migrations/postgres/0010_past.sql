-- What a file or a shop's history brought in is in the log like everything else, and is no news: boards and histories show
-- it, and no other system is told of it.
ALTER TABLE events ADD COLUMN past BIGINT NOT NULL DEFAULT 0;
