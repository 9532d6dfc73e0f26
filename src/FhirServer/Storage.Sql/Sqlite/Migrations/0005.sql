-- The rows of text are numbered by their resource now, so that the full-text indexes have them in the order of pages:
-- id is rid * 4096 + which of its texts. The old numbers are another order; all of it is made anew.
DROP INDEX text_rid;
INSERT OR REPLACE INTO state SELECT 'reindex', 1 WHERE EXISTS (SELECT 1 FROM version);
DELETE FROM index_walk WHERE finished IS NULL AND reason = 2;
