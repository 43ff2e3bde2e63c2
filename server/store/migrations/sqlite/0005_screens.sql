-- Screens on a wall. A pairing is a screen that shows its code and waits; a screen has a token of its own, kept as
-- SHA-256, that reads one funnel and nothing else.

CREATE TABLE pairings (
    code TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL CONSTRAINT pairings_token UNIQUE,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE screens (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    funnel_id INTEGER NOT NULL REFERENCES funnels (id),
    lang TEXT NOT NULL,
    token_hash TEXT NOT NULL CONSTRAINT screens_token UNIQUE,
    paired_at INTEGER NOT NULL,
    seen_at INTEGER,
    unpaired_at INTEGER
) STRICT;

-- The latest moves of a funnel.
CREATE INDEX events_by_funnel ON events (funnel_id, kind, seq);
