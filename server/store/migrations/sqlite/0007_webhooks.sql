-- What happens here is told to other systems. A reader of the log puts messages into the outbox in the transaction that
-- moves its cursor; a sender takes them on a lease, so that a server that dies leaves nothing unsent.

-- How far each reader of the log has come.
CREATE TABLE cursors (
    reader TEXT PRIMARY KEY,
    seq INTEGER NOT NULL
) STRICT;

CREATE TABLE webhooks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL,
    -- Words with a blank between them.
    topics TEXT NOT NULL,
    -- It signs, so that it is kept as it is. The one before signs too until its time has come.
    secret TEXT NOT NULL,
    old_secret TEXT,
    old_secret_until INTEGER,
    active INTEGER NOT NULL DEFAULT 1,
    -- Why the server switched it off by itself.
    off_reason TEXT,
    failing_since INTEGER,
    -- When its messages were last taken up: those that waited longest come first.
    served_at INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;

-- No row: every storefront.
CREATE TABLE webhook_storefronts (
    webhook_id INTEGER NOT NULL REFERENCES webhooks (id),
    storefront_id INTEGER NOT NULL REFERENCES storefronts (id),
    PRIMARY KEY (webhook_id, storefront_id)
) STRICT;

CREATE TABLE webhook_deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id INTEGER NOT NULL REFERENCES webhooks (id),
    -- What the receiver knows it by, however often it is sent.
    message TEXT NOT NULL CONSTRAINT webhook_deliveries_message UNIQUE,
    -- NULL: a test.
    seq INTEGER,
    topic TEXT NOT NULL,
    -- NULL: forgotten.
    body TEXT,
    state TEXT NOT NULL,
    -- Since it was last put into the outbox.
    failures INTEGER NOT NULL DEFAULT 0,
    -- NULL: nothing is to be sent.
    next_at INTEGER,
    lease_until INTEGER,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    CONSTRAINT webhook_deliveries_once UNIQUE (webhook_id, seq)
) STRICT;
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX webhook_deliveries_leased ON webhook_deliveries (webhook_id, lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX webhook_deliveries_listed ON webhook_deliveries (webhook_id, id);
CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE webhook_attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    delivery_id INTEGER NOT NULL REFERENCES webhook_deliveries (id),
    at INTEGER NOT NULL,
    -- Of the request, a line each, without the signature.
    headers TEXT NOT NULL,
    status INTEGER,
    no_answer TEXT,
    answer TEXT NOT NULL,
    duration_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX webhook_attempts_of ON webhook_attempts (delivery_id, id);
