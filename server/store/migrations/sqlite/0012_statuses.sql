-- Where orders are, in each storefront's own words: statuses, where one may go from each, the usual paths, the bond with
-- a funnel's stages, and what became of every order: how long it was where, who took it there, what was told with it.

CREATE TABLE statuses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    storefront_id INTEGER NOT NULL REFERENCES storefronts (id),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- NULL: customers do not see it.
    public_name TEXT,
    public_text TEXT NOT NULL,
    retired_at INTEGER
) STRICT;
CREATE INDEX statuses_by_storefront ON statuses (storefront_id, place);

CREATE TABLE status_steps (
    from_id INTEGER NOT NULL REFERENCES statuses (id),
    place INTEGER NOT NULL,
    to_id INTEGER NOT NULL REFERENCES statuses (id),
    PRIMARY KEY (from_id, to_id)
) STRICT;
CREATE INDEX status_steps_by_goal ON status_steps (to_id);

CREATE TABLE scenarios (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    storefront_id INTEGER NOT NULL REFERENCES storefronts (id),
    name TEXT NOT NULL,
    -- NULL: never chosen by itself.
    payment TEXT,
    -- Orders that went this way keep it.
    removed_at INTEGER
) STRICT;
CREATE INDEX scenarios_by_storefront ON scenarios (storefront_id);

CREATE TABLE scenario_steps (
    scenario_id INTEGER NOT NULL REFERENCES scenarios (id),
    place INTEGER NOT NULL,
    status_id INTEGER NOT NULL REFERENCES statuses (id),
    PRIMARY KEY (scenario_id, place)
) STRICT;

-- An order that comes into the status takes its deal to the stage.
CREATE TABLE status_stages (
    funnel_id INTEGER NOT NULL REFERENCES funnels (id),
    status_id INTEGER NOT NULL REFERENCES statuses (id),
    stage_id INTEGER NOT NULL REFERENCES stages (id),
    PRIMARY KEY (funnel_id, status_id)
) STRICT;
CREATE INDEX status_stages_by_status ON status_stages (status_id);

-- A deal that comes onto the stage takes its orders into the status.
CREATE TABLE stage_statuses (
    stage_id INTEGER NOT NULL REFERENCES stages (id),
    storefront_id INTEGER NOT NULL REFERENCES storefronts (id),
    status_id INTEGER NOT NULL REFERENCES statuses (id),
    PRIMARY KEY (stage_id, storefront_id)
) STRICT;
CREATE INDEX stage_statuses_by_status ON stage_statuses (status_id);

ALTER TABLE orders ADD COLUMN status_id INTEGER REFERENCES statuses (id);
ALTER TABLE orders ADD COLUMN status_since INTEGER;
ALTER TABLE orders ADD COLUMN scenario_id INTEGER REFERENCES scenarios (id);
ALTER TABLE orders ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
CREATE INDEX orders_by_status ON orders (storefront_id, status_id, status_since, id);

CREATE TABLE order_stays (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id),
    status_id INTEGER NOT NULL REFERENCES statuses (id),
    began_at INTEGER NOT NULL,
    -- NULL: it is there.
    ended_at INTEGER,
    actor TEXT NOT NULL,
    -- JSON: what the status asked for.
    details TEXT,
    -- Why it went where it may not go by itself.
    override_reason TEXT
) STRICT;
CREATE INDEX order_stays_by_order ON order_stays (order_id, id);

CREATE TABLE shipments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id),
    carrier TEXT NOT NULL,
    number TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;
CREATE INDEX shipments_by_order ON shipments (order_id, id);

-- 0: an order makes no deal by itself.
ALTER TABLE storefronts ADD COLUMN makes_deals INTEGER NOT NULL DEFAULT 1;
-- After how long an order is late; NULL: after the usual time.
ALTER TABLE storefronts ADD COLUMN unfulfilled_hours INTEGER;
ALTER TABLE storefronts ADD COLUMN no_tracking_hours INTEGER;
ALTER TABLE storefronts ADD COLUMN stuck_hours INTEGER;
ALTER TABLE storefronts ADD COLUMN not_delivered_hours INTEGER;

-- An order's history.
CREATE INDEX events_by_order ON events (order_id, seq);
