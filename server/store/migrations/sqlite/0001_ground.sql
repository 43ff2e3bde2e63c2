-- The ground: who is there, storefronts and funnels, deals and orders, the log.
-- Times are epoch milliseconds, money is minor units, flags are 0 or 1, names of constraints are part of the contract:
-- the store turns their violations into refusals.

CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    email TEXT NOT NULL CONSTRAINT users_email_taken UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT,
    lang TEXT,
    theme TEXT,
    density TEXT,
    created_at INTEGER NOT NULL,
    joined_at INTEGER,
    removed_at INTEGER
) STRICT;

CREATE TABLE storefronts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CONSTRAINT storefronts_name_taken UNIQUE,
    currency TEXT NOT NULL,
    -- The public half of a hook's address; random, so that addresses can't be guessed.
    hook_key TEXT NOT NULL CONSTRAINT storefronts_hook_key UNIQUE,
    woocommerce_secret TEXT,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE memberships (
    user_id INTEGER NOT NULL REFERENCES users (id),
    storefront_id INTEGER NOT NULL REFERENCES storefronts (id),
    PRIMARY KEY (user_id, storefront_id)
) STRICT;

-- Tokens of every kind are kept as SHA-256 only.
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id);

-- One-time links: an invitation sets a password, an entrance signs in.
CREATE TABLE links (
    token_hash TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    user_id INTEGER NOT NULL REFERENCES users (id),
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

CREATE TABLE tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL CONSTRAINT tokens_hash UNIQUE,
    role TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    used_at INTEGER,
    revoked_at INTEGER
) STRICT;

CREATE TABLE token_storefronts (
    token_id INTEGER NOT NULL REFERENCES tokens (id),
    storefront_id INTEGER NOT NULL REFERENCES storefronts (id),
    PRIMARY KEY (token_id, storefront_id)
) STRICT;

CREATE TABLE funnels (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- NULL: a funnel of every storefront.
    storefront_id INTEGER REFERENCES storefronts (id),
    name TEXT NOT NULL,
    -- 1: the storefront's orders make their deals here.
    takes_orders INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    archived_at INTEGER
) STRICT;

CREATE TABLE stages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    funnel_id INTEGER NOT NULL REFERENCES funnels (id),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    kind TEXT NOT NULL,
    limit_hours INTEGER,
    removed_at INTEGER
) STRICT;
CREATE INDEX stages_by_funnel ON stages (funnel_id, place);

CREATE TABLE lost_reasons (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    retired_at INTEGER
) STRICT;

CREATE TABLE customers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    phone TEXT,
    email TEXT,
    -- Name, phone and email in lower case: what a search looks through.
    search TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX customers_by_phone ON customers (phone);
CREATE INDEX customers_by_email ON customers (email);

CREATE TABLE deals (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    -- The version at which the contents last changed; moves leave it.
    contents_version INTEGER NOT NULL,
    storefront_id INTEGER NOT NULL REFERENCES storefronts (id),
    funnel_id INTEGER NOT NULL REFERENCES funnels (id),
    stage_id INTEGER NOT NULL REFERENCES stages (id),
    position TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customers (id),
    first_line TEXT NOT NULL,
    more_lines INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    currency TEXT NOT NULL,
    responsible_id INTEGER REFERENCES users (id),
    source TEXT NOT NULL,
    comment TEXT NOT NULL,
    order_number TEXT,
    lost_reason_id INTEGER REFERENCES lost_reasons (id),
    since INTEGER NOT NULL,
    -- The stage it came from; NULL where it was created on its stage.
    left_stage_id INTEGER REFERENCES stages (id),
    created_at INTEGER NOT NULL,
    deleted_in_shop INTEGER NOT NULL DEFAULT 0,
    -- Number and products in lower case; a search looks through these and through the customer's.
    search TEXT NOT NULL,
    -- The shop's identifier of the cart or order that it was made from.
    external_id TEXT,
    CONSTRAINT deals_place UNIQUE (stage_id, position),
    CONSTRAINT deals_once UNIQUE (storefront_id, external_id)
) STRICT;
CREATE INDEX deals_by_funnel ON deals (funnel_id, stage_id, currency, left_stage_id, sum, since, storefront_id);
CREATE INDEX deals_by_customer ON deals (customer_id);

CREATE TABLE deal_lines (
    deal_id INTEGER NOT NULL REFERENCES deals (id),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    sku TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    price INTEGER NOT NULL,
    PRIMARY KEY (deal_id, place)
) STRICT;

CREATE TABLE orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    storefront_id INTEGER NOT NULL REFERENCES storefronts (id),
    external_id TEXT NOT NULL,
    number TEXT NOT NULL,
    shop_status TEXT NOT NULL,
    status TEXT NOT NULL,
    currency TEXT NOT NULL,
    total INTEGER NOT NULL,
    shipping_total INTEGER NOT NULL,
    discount_total INTEGER NOT NULL,
    payment_method TEXT NOT NULL,
    paid INTEGER NOT NULL,
    note TEXT NOT NULL,
    placed_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    deleted_at INTEGER,
    customer_id INTEGER REFERENCES customers (id),
    deal_id INTEGER REFERENCES deals (id),
    CONSTRAINT orders_once UNIQUE (storefront_id, external_id)
) STRICT;
CREATE INDEX orders_by_deal ON orders (deal_id);
CREATE INDEX orders_by_customer ON orders (customer_id);

CREATE TABLE order_lines (
    order_id INTEGER NOT NULL REFERENCES orders (id),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    sku TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    price INTEGER NOT NULL,
    PRIMARY KEY (order_id, place)
) STRICT;

-- What a door took in but could not understand, as it came.
CREATE TABLE intake (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    storefront_id INTEGER NOT NULL REFERENCES storefronts (id),
    door TEXT NOT NULL,
    topic TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    -- The same body twice is one row.
    digest TEXT NOT NULL,
    reason TEXT NOT NULL,
    replayed_at INTEGER,
    CONSTRAINT intake_once UNIQUE (storefront_id, door, topic, digest)
) STRICT;

CREATE TABLE views (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id),
    funnel_id INTEGER NOT NULL REFERENCES funnels (id),
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    CONSTRAINT views_name_taken UNIQUE (user_id, funnel_id, name)
) STRICT;

-- The log. Written in the transaction of the change itself, never updated.
CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    command TEXT NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    storefront_id INTEGER,
    funnel_id INTEGER,
    deal_id INTEGER,
    order_id INTEGER,
    customer_id INTEGER,
    payload TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_deal ON events (deal_id, seq);

-- A command sent twice happens once: its answer is kept for as long as somebody may repeat it.
CREATE TABLE commands (
    id TEXT NOT NULL CONSTRAINT commands_once PRIMARY KEY,
    actor TEXT NOT NULL,
    digest TEXT NOT NULL,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX commands_by_age ON commands (at);
