-- The secret of the shop's Shopify app: Shopify hands it out, so it is typed in here and never shown again.

ALTER TABLE storefronts ADD COLUMN shopify_secret TEXT;

-- What the order's cart was called: news of the cart that come late make no second deal.
ALTER TABLE orders ADD COLUMN cart TEXT;
CREATE INDEX orders_by_cart ON orders (storefront_id, cart);
