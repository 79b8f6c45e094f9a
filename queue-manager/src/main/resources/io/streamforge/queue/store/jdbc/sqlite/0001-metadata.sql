-- Documents are JSON; what is searched for stands beside them. Times are nanoseconds since the epoch.
CREATE TABLE workflows (
    name        TEXT PRIMARY KEY,
    search_name TEXT NOT NULL,
    version     INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    document    TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE runs (
    queue_id   TEXT PRIMARY KEY,
    version    INTEGER NOT NULL,
    workflow   TEXT NOT NULL,
    state      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    due_at     INTEGER,
    document   TEXT NOT NULL
);
CREATE INDEX runs_by_creation ON runs (created_at, queue_id);
CREATE INDEX runs_by_workflow ON runs (workflow, created_at, queue_id);
CREATE INDEX runs_by_state ON runs (state, created_at, queue_id);
CREATE INDEX runs_due ON runs (due_at, queue_id) WHERE due_at IS NOT NULL;

CREATE TABLE history (
    queue_id TEXT NOT NULL,
    number   INTEGER NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (queue_id, number)
) WITHOUT ROWID;

CREATE TABLE audit (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL
);

CREATE TABLE replies (
    idempotency_key TEXT PRIMARY KEY,
    at              INTEGER NOT NULL,
    document        TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX replies_by_age ON replies (at);

CREATE TABLE schemas (
    id          INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    schema      TEXT NOT NULL
);

CREATE TABLE subjects (
    subject   TEXT NOT NULL,
    version   INTEGER NOT NULL,
    schema_id INTEGER NOT NULL,
    PRIMARY KEY (subject, version)
) WITHOUT ROWID;

CREATE TABLE topic_offsets (
    topic           TEXT NOT NULL,
    topic_partition INTEGER NOT NULL,
    next            INTEGER NOT NULL,
    PRIMARY KEY (topic, topic_partition)
) WITHOUT ROWID;
