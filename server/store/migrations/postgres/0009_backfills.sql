-- Bringing in the orders that a shop already has, through the shop's own interface: one run of a storefront at a time, of
-- which the last is remembered. The keys are there only until it ends.

CREATE TABLE backfills (
    storefront_id BIGINT PRIMARY KEY REFERENCES storefronts (id),
    shop TEXT NOT NULL,
    address TEXT NOT NULL,
    shop_key TEXT,
    shop_secret TEXT,
    -- Of a lost reason that may have to be made.
    lang TEXT NOT NULL,
    state TEXT NOT NULL,
    why TEXT,
    -- How far it has got: the page that is read next, and the last order that was taken.
    page BIGINT NOT NULL,
    last_order BIGINT NOT NULL,
    total BIGINT,
    made BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    kept BIGINT NOT NULL,
    -- In a row, and when the shop is asked again.
    failures BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    -- Which server works at it, and until when the others keep away.
    holder TEXT,
    lease_until BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX backfills_running ON backfills (next_at) WHERE state = 'running';
