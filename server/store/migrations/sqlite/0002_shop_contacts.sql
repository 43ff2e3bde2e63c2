-- What a shop last said, so that its next word is told from a colleague's work: an order's contacts, and when a cart
-- was last changed. A script's token remembers who made it: it ends when they leave.

ALTER TABLE orders ADD COLUMN contact_name TEXT;
ALTER TABLE orders ADD COLUMN contact_phone TEXT;
ALTER TABLE orders ADD COLUMN contact_email TEXT;
ALTER TABLE deals ADD COLUMN shop_changed_at INTEGER;
ALTER TABLE tokens ADD COLUMN created_by INTEGER REFERENCES users (id);
