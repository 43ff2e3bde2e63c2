-- Parcels are asked for by themselves: a storefront's access to each carrier and how it goes with it, what is known of a
-- parcel, and what its carrier said.

CREATE TABLE carrier_accounts (
    storefront_id INTEGER NOT NULL REFERENCES storefronts (id),
    carrier TEXT NOT NULL,
    api_key TEXT NOT NULL,
    api_secret TEXT NOT NULL,
    set_at INTEGER NOT NULL,
    -- In a row; after too many of them the carrier is not asked before a time.
    failures INTEGER NOT NULL DEFAULT 0,
    open_until INTEGER,
    last_failure TEXT,
    last_failure_at INTEGER,
    answered_at INTEGER,
    served_at INTEGER NOT NULL DEFAULT 0,
    -- Which server asks, and until when the others keep away.
    holder TEXT,
    lease_until INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (storefront_id, carrier)
) STRICT;

ALTER TABLE shipments ADD COLUMN next_poll_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE shipments ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
-- The newest scan; its time where the carrier said one.
ALTER TABLE shipments ADD COLUMN scan_kind TEXT;
ALTER TABLE shipments ADD COLUMN scan_code TEXT;
ALTER TABLE shipments ADD COLUMN scanned_at INTEGER;
ALTER TABLE shipments ADD COLUMN exception INTEGER NOT NULL DEFAULT 0;
ALTER TABLE shipments ADD COLUMN town TEXT NOT NULL DEFAULT '';
-- By the carrier.
ALTER TABLE shipments ADD COLUMN estimate_at INTEGER;
-- It arrived, came back, or was given up: its carrier is asked no more.
ALTER TABLE shipments ADD COLUMN ended_at INTEGER;
CREATE INDEX shipments_due ON shipments (carrier, next_poll_at) WHERE ended_at IS NULL AND removed_at IS NULL;
CREATE INDEX shipments_ended ON shipments (carrier, ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE scans (
    shipment_id INTEGER NOT NULL REFERENCES shipments (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    -- The carrier's own words.
    text TEXT NOT NULL,
    PRIMARY KEY (shipment_id, at, code)
) STRICT;

-- The last ones of each parcel, as they came; they hold what customers told the carrier, and go after a while.
CREATE TABLE carrier_answers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    shipment_id INTEGER NOT NULL REFERENCES shipments (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX carrier_answers_by_shipment ON carrier_answers (shipment_id, id);
CREATE INDEX carrier_answers_by_time ON carrier_answers (at);

CREATE TABLE unknown_codes (
    carrier TEXT NOT NULL,
    code TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    count INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (carrier, code)
) STRICT;
