-- An order out of a shop's past that could not be understood is still of the past when it is read again. The language is
-- that of a lost reason that may have to be made; NULL is what a shop sent by itself.
ALTER TABLE intake ADD COLUMN history_lang TEXT;
