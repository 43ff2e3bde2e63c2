-- What each storefront sells and how much of it there is. Stock is the sum of its ledger, which is only ever added to;
-- what is retired stays for the sake of histories, and its name or sku is free again.

CREATE TABLE suppliers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    storefront_id INTEGER NOT NULL REFERENCES storefronts (id),
    name TEXT NOT NULL,
    email TEXT,
    retired_at INTEGER
) STRICT;
CREATE UNIQUE INDEX suppliers_name_taken ON suppliers (storefront_id, name) WHERE retired_at IS NULL;

CREATE TABLE warehouses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    storefront_id INTEGER NOT NULL REFERENCES storefronts (id),
    name TEXT NOT NULL,
    retired_at INTEGER
) STRICT;
CREATE UNIQUE INDEX warehouses_name_taken ON warehouses (storefront_id, name) WHERE retired_at IS NULL;

CREATE TABLE products (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    storefront_id INTEGER NOT NULL REFERENCES storefronts (id),
    name TEXT NOT NULL,
    -- Names, skus and barcodes in lower case: what a search looks through.
    search TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    retired_at INTEGER
) STRICT;
CREATE INDEX products_by_storefront ON products (storefront_id, id);

CREATE TABLE variants (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    product_id INTEGER NOT NULL REFERENCES products (id),
    storefront_id INTEGER NOT NULL REFERENCES storefronts (id),
    name TEXT NOT NULL,
    sku TEXT NOT NULL,
    barcode TEXT,
    price INTEGER NOT NULL,
    cost INTEGER,
    -- When this much or less is free, it is time to order more.
    low_stock INTEGER,
    supplier_id INTEGER REFERENCES suppliers (id),
    retired_at INTEGER
) STRICT;
CREATE UNIQUE INDEX variants_sku_taken ON variants (storefront_id, sku) WHERE retired_at IS NULL;
CREATE INDEX variants_by_product ON variants (product_id, id);
CREATE INDEX variants_watched ON variants (id) WHERE low_stock IS NOT NULL AND retired_at IS NULL;

-- No row: there never was any.
CREATE TABLE stock (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    variant_id INTEGER NOT NULL REFERENCES variants (id),
    warehouse_id INTEGER NOT NULL REFERENCES warehouses (id),
    on_hand INTEGER NOT NULL,
    reserved INTEGER NOT NULL,
    incoming INTEGER NOT NULL,
    CONSTRAINT stock_once UNIQUE (variant_id, warehouse_id)
) STRICT;
CREATE INDEX stock_by_warehouse ON stock (warehouse_id, id);

CREATE TABLE stock_ledger (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    variant_id INTEGER NOT NULL REFERENCES variants (id),
    warehouse_id INTEGER NOT NULL REFERENCES warehouses (id),
    kind TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    -- NULL: by hand.
    order_id INTEGER REFERENCES orders (id),
    actor TEXT NOT NULL,
    at INTEGER NOT NULL,
    note TEXT
) STRICT;
CREATE INDEX stock_ledger_by_variant ON stock_ledger (variant_id, id);
CREATE INDEX stock_ledger_by_order ON stock_ledger (order_id, id) WHERE order_id IS NOT NULL;

-- The kind of status at which an order's goods are put aside.
ALTER TABLE storefronts ADD COLUMN reserve_at TEXT NOT NULL DEFAULT 'processing';
-- 1: more may be promised than there is.
ALTER TABLE storefronts ADD COLUMN preorder INTEGER NOT NULL DEFAULT 0;
