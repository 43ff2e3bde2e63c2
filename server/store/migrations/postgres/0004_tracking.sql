-- What a customer sees of their order: which stages, by which words, in which colour, by which link.

-- NULL: customers do not see the stage.
ALTER TABLE stages ADD COLUMN public_name TEXT;
ALTER TABLE storefronts ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue';
-- NULL: the link was ended.
ALTER TABLE deals ADD COLUMN tracking TEXT;
UPDATE deals SET tracking = replace(CAST(gen_random_uuid() AS TEXT) || CAST(gen_random_uuid() AS TEXT), '-', '');
CREATE UNIQUE INDEX deals_tracking ON deals (tracking);
