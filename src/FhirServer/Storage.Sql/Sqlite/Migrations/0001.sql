-- What texts are written down once: systems, types of references, sources, organisations.
CREATE TABLE name (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE);

-- A resource type of a tenant. Every key below begins with one of these, so that tenants never meet in an index.
CREATE TABLE scope (
    id INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL,
    type TEXT NOT NULL,
    UNIQUE (tenant, type));

-- A search parameter of a scope: one integer in index rows says tenant, type and parameter.
CREATE TABLE parameter (
    id INTEGER PRIMARY KEY,
    scope INTEGER NOT NULL,
    url TEXT NOT NULL,
    UNIQUE (scope, url));

-- Every commit, in order. Its versions are first .. first + count - 1.
CREATE TABLE commits (
    position INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,      -- milliseconds since 1970; never less than the one before
    tenant TEXT NOT NULL,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL);
CREATE INDEX commits_time ON commits (time);

-- Every version of every resource in the order of commits: the truth, which all other tables could be made from. Rows
-- are appended and never change or move, so an update writes its JSON once.
CREATE TABLE version (
    seq INTEGER PRIMARY KEY,
    scope INTEGER NOT NULL,
    rid INTEGER NOT NULL,       -- the resource: the seq of its first version
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    method INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    position INTEGER NOT NULL,
    entry INTEGER NOT NULL,     -- its place in the commit
    source TEXT NOT NULL,
    message TEXT,
    organization TEXT,
    security TEXT,              -- meta.security as system|code, one a line
    hash BLOB NOT NULL,         -- SHA-256 of json
    json BLOB);                 -- null for a deletion
CREATE INDEX version_scope ON version (scope, seq);
-- First versions are found by seq = rid, so creating a resource leaves this index alone.
CREATE INDEX version_rid ON version (rid, version) WHERE version > 1;

-- What is current. Small rows: a read by id touches this tree and then the version's own row.
CREATE TABLE resource (
    scope INTEGER NOT NULL,
    id TEXT NOT NULL,
    rid INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    organization TEXT,
    PRIMARY KEY (scope, id)) WITHOUT ROWID;
CREATE UNIQUE INDEX resource_live ON resource (scope, rid) WHERE deleted = 0;

-- The index rows each live resource has, encoded: an update writes only those that differ, a deletion finds them all,
-- and none of the tables below needs a second tree to be found by rid.
CREATE TABLE resource_rows (
    rid INTEGER PRIMARY KEY,
    rows BLOB NOT NULL);

-- The index tables. Each is one tree; rid stands right behind what is looked up by equality, so that such a search
-- finds its resources in the order of pages without sorting, and can be probed for one resource.
CREATE TABLE compartment (
    type INTEGER NOT NULL, id TEXT NOT NULL, scope INTEGER NOT NULL, rid INTEGER NOT NULL,
    PRIMARY KEY (type, id, scope, rid)) WITHOUT ROWID;

CREATE TABLE token (
    param INTEGER NOT NULL, code TEXT NOT NULL, rid INTEGER NOT NULL,
    system INTEGER NOT NULL,    -- 0 none, -1 implied by the type
    text TEXT NOT NULL,
    PRIMARY KEY (param, code, rid, system, text)) WITHOUT ROWID;

CREATE TABLE identifier_type (
    param INTEGER NOT NULL, value TEXT NOT NULL, rid INTEGER NOT NULL,
    system INTEGER NOT NULL, code TEXT NOT NULL,
    PRIMARY KEY (param, value, rid, system, code)) WITHOUT ROWID;

CREATE TABLE string (
    param INTEGER NOT NULL, folded TEXT NOT NULL, rid INTEGER NOT NULL,
    text TEXT NOT NULL,         -- empty where it is the folded text itself
    PRIMARY KEY (param, folded, rid, text)) WITHOUT ROWID;

CREATE TABLE date (
    param INTEGER NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL, rid INTEGER NOT NULL,
    PRIMARY KEY (param, low, high, rid)) WITHOUT ROWID;

CREATE TABLE number (
    param INTEGER NOT NULL, low REAL NOT NULL, high REAL NOT NULL, value REAL NOT NULL, rid INTEGER NOT NULL,
    PRIMARY KEY (param, low, high, value, rid)) WITHOUT ROWID;

CREATE TABLE quantity (
    param INTEGER NOT NULL,
    form INTEGER NOT NULL,      -- 0 as stated, 1 a stated range without a number, 2 and 3 the same in base units
    low REAL NOT NULL, high REAL NOT NULL, value REAL NOT NULL,
    system INTEGER NOT NULL, unit TEXT NOT NULL, rid INTEGER NOT NULL,
    PRIMARY KEY (param, form, low, high, value, system, unit, rid)) WITHOUT ROWID;

-- References into this store; all others are found by their URL.
CREATE TABLE reference (
    param INTEGER NOT NULL, id TEXT NOT NULL, rid INTEGER NOT NULL,
    type INTEGER NOT NULL, version TEXT NOT NULL,
    PRIMARY KEY (param, id, rid, type, version)) WITHOUT ROWID;

CREATE TABLE uri (
    param INTEGER NOT NULL, url TEXT NOT NULL, rid INTEGER NOT NULL,
    version TEXT NOT NULL,
    PRIMARY KEY (param, url, rid, version)) WITHOUT ROWID;

CREATE TABLE geo (
    param INTEGER NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL, rid INTEGER NOT NULL,
    PRIMARY KEY (param, latitude, longitude, rid)) WITHOUT ROWID;
