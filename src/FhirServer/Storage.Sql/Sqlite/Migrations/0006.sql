-- Index rows come into their trees behind the commit now, many resources at a time: up to which version they are there.
-- What came later is in version and resource_rows, from which a start that finds the trees behind brings them up.
INSERT INTO state SELECT 'indexed', coalesce(max(seq), 0) FROM version;

-- An idle writer merges the pieces of the full-text indexes, two of a size, because each piece is work to every search.
INSERT INTO words (words, rank) VALUES ('usermerge', 2);
INSERT INTO parts (parts, rank) VALUES ('usermerge', 2);
