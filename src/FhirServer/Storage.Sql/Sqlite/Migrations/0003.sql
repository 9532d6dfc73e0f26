-- Work on the index beside the writes: current resources are walked through in the order of scopes and rids, and their
-- index rows made anew. A row stays behind as the record of what was done.
CREATE TABLE index_walk (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant TEXT NOT NULL,       -- empty for all tenants
    types TEXT NOT NULL,        -- resource types with blanks between; empty for all
    reason INTEGER NOT NULL,    -- 0 asked for, 1 search parameters changed, 2 the rules of the index changed
    rules INTEGER NOT NULL,     -- the version of the rules it was begun with
    last INTEGER NOT NULL,      -- the version up to which resources are visited: later ones have the right rows
    scope INTEGER NOT NULL,     -- how far it has come: everything before this scope,
    rid INTEGER NOT NULL,       -- and of this scope everything up to this resource
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    created INTEGER NOT NULL,   -- milliseconds since 1970, these three
    started INTEGER,
    finished INTEGER,
    problem_count INTEGER NOT NULL,
    problems TEXT NOT NULL);    -- the first few, one a line
CREATE INDEX index_walk_open ON index_walk (id) WHERE finished IS NULL;

-- The search parameters of a tenant's own, and what the index has of them.
CREATE TABLE custom_parameter (
    tenant TEXT NOT NULL,
    url TEXT NOT NULL,
    resource TEXT NOT NULL,     -- the id of the SearchParameter
    definition TEXT NOT NULL,   -- what the rows depend on, to see that it changed
    types TEXT NOT NULL,        -- the resource types that may have rows of it, with blanks between
    state INTEGER NOT NULL,     -- 0 being built, 1 complete, 2 being removed
    walk INTEGER,               -- the walk that will end the first or the last; null until there is one
    PRIMARY KEY (tenant, url)) WITHOUT ROWID;
