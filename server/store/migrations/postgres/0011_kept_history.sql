-- An order out of a shop's past that could not be understood is still of the past when it is read again. The language is
-- that of a lost reason that may have to be made; NULL is what a shop sent by itself.
ALTER TABLE intake ADD COLUMN history_lang TEXT;

-- Scripts read all deals in these orders, a page at a time; a page begins where the one before it ended.
CREATE INDEX deals_by_creation ON deals (created_at, id);
CREATE INDEX deals_by_sum ON deals (sum, id);
CREATE INDEX deals_by_age ON deals (since, id);
