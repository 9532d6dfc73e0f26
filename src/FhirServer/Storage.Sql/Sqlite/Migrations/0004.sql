-- The full text of resources: their words for _text and _content, and parts of their strings for :contains. A row says
-- which resource had the same words and strings from one version to another; the two indexes below know it by its id.
CREATE TABLE text (
    id INTEGER PRIMARY KEY,     -- the version that brought them
    scope INTEGER NOT NULL,
    rid INTEGER NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT 0,
    narrative INTEGER NOT NULL, -- a hash of the words of the narrative, 0 without any
    content INTEGER NOT NULL);  -- a hash of the words of everything else
CREATE INDEX text_rid ON text (rid);
CREATE INDEX text_until ON text (until) WHERE until > 0;

-- What is not in the indexes yet, or is still in them. It is brought in some hundred rows at a time, because each
-- transaction that writes to an index leaves a piece of it, and pieces are work to merge. A search looks here as well.
CREATE TABLE text_waiting (
    id INTEGER NOT NULL,
    gone INTEGER NOT NULL,      -- 1 for what is to be taken out
    scope INTEGER NOT NULL,
    content TEXT NOT NULL, narrative TEXT NOT NULL, parts TEXT NOT NULL,
    PRIMARY KEY (id, gone)) WITHOUT ROWID;

-- The indexes keep no copy of what they were given: the versions have it, from which it can be made again.
CREATE VIRTUAL TABLE words USING fts5 (content, narrative, content = '', columnsize = 0, tokenize = 'ascii');
CREATE VIRTUAL TABLE parts USING fts5 (tokens, content = '', columnsize = 0, detail = none, tokenize = 'ascii');

-- What stands in the indexes, for the check of the store.
CREATE VIRTUAL TABLE words_term USING fts5vocab (words, instance);
CREATE VIRTUAL TABLE parts_term USING fts5vocab (parts, instance);
