-- The secret of the shop's Shopify app: Shopify hands it out, so it is typed in here and never shown again.

ALTER TABLE storefronts ADD COLUMN shopify_secret TEXT;
