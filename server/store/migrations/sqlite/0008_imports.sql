-- Files that are taken in, row by row, each with what became of it: so that an import goes on where it stopped, tells
-- what it refused, and can be taken back. What a row made is named and not referred to, for somebody may delete it.

CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    storefront_id INTEGER NOT NULL REFERENCES storefronts (id),
    kind TEXT NOT NULL,
    -- NULL until its first start, where nobody chose one.
    funnel_id INTEGER REFERENCES funnels (id),
    file_name TEXT NOT NULL,
    -- As JSON.
    headings TEXT NOT NULL,
    mapping TEXT,
    state TEXT NOT NULL,
    failure TEXT,
    -- Who took the file in, and for whom it runs or is undone now.
    actor TEXT NOT NULL,
    acts_for TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    -- The last row that was handled, and the last one that was not taken back yet.
    at_place INTEGER NOT NULL DEFAULT 0,
    undo_place INTEGER,
    total INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    made INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    left_alone INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    undone INTEGER NOT NULL DEFAULT 0,
    spared INTEGER NOT NULL DEFAULT 0,
    -- The process that drives it, and until when nobody else does.
    driver TEXT,
    driven_until INTEGER,
    resumed INTEGER NOT NULL DEFAULT 0,
    emptied_at INTEGER
) STRICT;
CREATE INDEX imports_by_storefront ON imports (storefront_id, id);
CREATE INDEX imports_by_state ON imports (state, id);

CREATE TABLE import_rows (
    import_id INTEGER NOT NULL REFERENCES imports (id),
    place INTEGER NOT NULL,
    -- As JSON.
    cells TEXT NOT NULL,
    outcome TEXT,
    -- What was wrong with it, as JSON.
    wrong TEXT,
    deal_id INTEGER,
    order_id INTEGER,
    customer_id INTEGER,
    -- How the customer was known before the row and after it, as JSON: only the first is NULL where it made them, both
    -- are where it changed nothing about them.
    customer_before TEXT,
    customer_after TEXT,
    PRIMARY KEY (import_id, place)
) STRICT;
CREATE INDEX import_rows_refused ON import_rows (import_id, place) WHERE outcome = 'refused';
CREATE INDEX import_rows_by_customer ON import_rows (customer_id) WHERE customer_id IS NOT NULL;

-- How a file of the same kind with the same headings was read the last time; the digest is of both.
CREATE TABLE import_mappings (
    storefront_id INTEGER NOT NULL REFERENCES storefronts (id),
    digest TEXT NOT NULL,
    mapping TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (storefront_id, digest)
) STRICT;

-- An order that is here already is known by its number too, and a customer of whom nothing else is known by name.
CREATE INDEX deals_by_number ON deals (storefront_id, order_number);
CREATE INDEX orders_by_number ON orders (storefront_id, number);
CREATE INDEX customers_by_name ON customers (name) WHERE phone IS NULL AND email IS NULL;
