-- How many resources have an index row that begins with some values. What was counted once and is many is counted on
-- here: the writer keeps the number true in the transaction that changes the rows, so the next count is a look-up.
CREATE TABLE kept_count (
    start BLOB NOT NULL,        -- the encoded row up to those values, its table included
    items INTEGER NOT NULL,     -- which of the rows' items count
    count INTEGER NOT NULL,
    through INTEGER NOT NULL,   -- the resource up to which it counts; 9223372036854775807 when it is complete
    PRIMARY KEY (start, items)) WITHOUT ROWID;
