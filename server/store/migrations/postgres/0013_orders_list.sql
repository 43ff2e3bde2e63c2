-- The list of orders, a page at a time in each of its orders: every page begins where an index says, however many there
-- are. And a parcel is found by its number, as a scanner reads it.

CREATE INDEX orders_by_placed ON orders (placed_at, id);
CREATE INDEX orders_by_total ON orders (total, id);
CREATE INDEX orders_by_since ON orders ((COALESCE(status_since, placed_at)), id);
-- Of one storefront, and in one status, the newest first.
CREATE INDEX orders_of_storefront ON orders (storefront_id, placed_at, id);
CREATE INDEX orders_in_status ON orders (status_id, placed_at, id);
CREATE INDEX shipments_by_number ON shipments (number);
-- A board's card shows the status that its deal's orders came into last.
DROP INDEX orders_by_deal;
CREATE INDEX orders_by_deal ON orders (deal_id, status_since, id, status_id);
