-- The index of schema 1 knew the present only. This one knows when a row held, so that every page of a search can show
-- the store as of its first page. All of it is made anew from the resources; the work is noted as due below.
DROP TABLE compartment;
DROP TABLE token;
DROP TABLE identifier_type;
DROP TABLE string;
DROP TABLE date;
DROP TABLE number;
DROP TABLE quantity;
DROP TABLE reference;
DROP TABLE uri;
DROP TABLE geo;
DROP TABLE resource_rows;
DROP INDEX resource_live;

CREATE UNIQUE INDEX resource_rid ON resource (scope, rid);

-- Facts about the store as a whole: what is due, and up to where old index rows were thrown away.
CREATE TABLE state (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO state SELECT 'reindex', 1 WHERE EXISTS (SELECT 1 FROM version);

-- The index rows of each resource, encoded, and for a while those it had before. The forward index: it answers what a
-- resource has without a search.
CREATE TABLE resource_rows (
    rid INTEGER NOT NULL,
    until INTEGER NOT NULL,     -- the version that ended them; 9223372036854775807 for those that hold
    rows BLOB NOT NULL,
    PRIMARY KEY (rid, until)) WITHOUT ROWID;
CREATE INDEX resource_rows_old ON resource_rows (until) WHERE until < 9223372036854775807;

-- The index tables. Each is one tree; rid stands right behind what is looked up by equality, so that such a search
-- finds its resources in the order of pages without sorting, and can be probed for one resource. What is looked up by
-- range has a second tree that begins with rid, for probing.
--   since: the version from which on the row holds; 0 for the resource's first.
--   until: the version from which on it does not; 0 while it does.
--   item: of a composite, which of its elements; 0 for all else.
CREATE TABLE live (
    scope INTEGER NOT NULL, rid INTEGER NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (scope, rid, since)) WITHOUT ROWID;

CREATE TABLE compartment (
    type INTEGER NOT NULL, id TEXT NOT NULL, scope INTEGER NOT NULL, rid INTEGER NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (type, id, scope, rid, since)) WITHOUT ROWID;

CREATE TABLE token (
    param INTEGER NOT NULL,
    code TEXT NOT NULL,         -- in lower case: tokens are found without regard to it
    rid INTEGER NOT NULL,
    system INTEGER NOT NULL,    -- 0 none, -1 implied by the type
    item INTEGER NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (param, code, rid, system, item, since)) WITHOUT ROWID;

CREATE TABLE identifier_type (
    param INTEGER NOT NULL, value TEXT NOT NULL, rid INTEGER NOT NULL,
    system INTEGER NOT NULL, code TEXT NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (param, value, rid, system, code, since)) WITHOUT ROWID;

CREATE TABLE string (
    param INTEGER NOT NULL, folded TEXT NOT NULL, rid INTEGER NOT NULL,
    text TEXT NOT NULL,         -- empty where it is the folded text itself
    item INTEGER NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (param, folded, rid, text, item, since)) WITHOUT ROWID;
CREATE INDEX string_rid ON string (rid, param, folded, until);

CREATE TABLE date (
    param INTEGER NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL, rid INTEGER NOT NULL,
    item INTEGER NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (param, low, high, rid, item, since)) WITHOUT ROWID;
CREATE INDEX date_high ON date (param, high, low, until);
CREATE INDEX date_rid ON date (rid, param, low, high, until);

-- A number itself has one value, low and high alike; those with two ends are few and have a form of their own.
CREATE TABLE number (
    param INTEGER NOT NULL,
    form INTEGER NOT NULL,      -- 0 a number, 1 a range
    low REAL NOT NULL, high REAL NOT NULL, rid INTEGER NOT NULL,
    item INTEGER NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (param, form, low, high, rid, item, since)) WITHOUT ROWID;
CREATE INDEX number_rid ON number (rid, param, form, low, high, until);

CREATE TABLE quantity (
    param INTEGER NOT NULL,
    form INTEGER NOT NULL,      -- 0 as stated, 1 a stated range, 2 and 3 the same in base units
    low REAL NOT NULL, high REAL NOT NULL,
    system INTEGER NOT NULL,    -- 0 none, -1 where the unit is the one for people
    unit TEXT NOT NULL, rid INTEGER NOT NULL,
    item INTEGER NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (param, form, low, high, system, unit, rid, item, since)) WITHOUT ROWID;
CREATE INDEX quantity_rid ON quantity (rid, param, form, low, high, until);

-- References into this store; all others are found by their URL.
CREATE TABLE reference (
    param INTEGER NOT NULL, id TEXT NOT NULL, rid INTEGER NOT NULL,
    type INTEGER NOT NULL, version TEXT NOT NULL,
    item INTEGER NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (param, id, rid, type, version, item, since)) WITHOUT ROWID;
CREATE INDEX reference_rid ON reference (rid, param, id, type, until);

CREATE TABLE uri (
    param INTEGER NOT NULL, url TEXT NOT NULL, rid INTEGER NOT NULL,
    version TEXT NOT NULL,
    item INTEGER NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (param, url, rid, version, item, since)) WITHOUT ROWID;
CREATE INDEX uri_rid ON uri (rid, param, url, until);

CREATE TABLE geo (
    param INTEGER NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL, rid INTEGER NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (param, latitude, longitude, rid, since)) WITHOUT ROWID;
CREATE INDEX geo_rid ON geo (rid, param, latitude, longitude, until);

-- The words of each resource, for _text and _content. Their full-text index has no copy of them; what it was given is
-- needed to take it out again, so it stands here.
CREATE TABLE text (
    id INTEGER PRIMARY KEY,
    scope INTEGER NOT NULL,
    hash TEXT NOT NULL,         -- of the two below: index rows tell by it whether they have changed
    rid INTEGER NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT 0,
    narrative TEXT NOT NULL,    -- words with a space between
    content TEXT NOT NULL);     -- those of everything but the narrative
CREATE INDEX text_rid ON text (rid);
CREATE VIRTUAL TABLE words USING fts5 (narrative, content, content = '', columnsize = 0, tokenize = 'ascii');
CREATE VIRTUAL TABLE words_term USING fts5vocab (words, instance); -- for the check of the store

-- Every text of the table string once, for :contains: texts repeat, and a part is looked for in each once. Whoever has
-- it at the moment of a search, that table says.
CREATE TABLE string_value (
    id INTEGER PRIMARY KEY,
    param INTEGER NOT NULL,
    folded TEXT NOT NULL,
    UNIQUE (param, folded));
CREATE VIRTUAL TABLE grams USING fts5 (
    tokens, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
CREATE VIRTUAL TABLE grams_term USING fts5vocab (grams, instance);
