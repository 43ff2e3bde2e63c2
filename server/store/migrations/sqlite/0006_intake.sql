-- The record of what came in by each door. A line holds nothing of the customer. It outlives the deal and the order
-- that it names, which may be deleted: hence no references to them.
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    storefront_id INTEGER NOT NULL REFERENCES storefronts (id),
    door TEXT NOT NULL,
    topic TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    order_id INTEGER,
    deal_id INTEGER,
    intake_id INTEGER
) STRICT;
CREATE INDEX deliveries_by_storefront ON deliveries (storefront_id, id);
CREATE INDEX deliveries_by_outcome ON deliveries (outcome, id);

-- What was signed wrongly is counted by the hour and not recorded one by one: anybody may send it, as often as they like.
CREATE TABLE forged (
    storefront_id INTEGER NOT NULL REFERENCES storefronts (id),
    door TEXT NOT NULL,
    -- Its beginning.
    hour INTEGER NOT NULL,
    times INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (storefront_id, door, hour)
) STRICT;
CREATE INDEX forged_by_age ON forged (last_at);

-- Bodies are letters of customers: they are removed after a while, or when somebody says that they are not needed.
ALTER TABLE intake ADD COLUMN emptied_at INTEGER;
ALTER TABLE intake ADD COLUMN dismissed_at INTEGER;
CREATE INDEX intake_full_by_age ON intake (received_at) WHERE emptied_at IS NULL;
CREATE INDEX intake_waiting ON intake (id) WHERE replayed_at IS NULL AND dismissed_at IS NULL;
