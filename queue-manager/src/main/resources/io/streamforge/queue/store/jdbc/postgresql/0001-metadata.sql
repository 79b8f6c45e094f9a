-- Documents are JSON; what is searched for stands beside them. Times are nanoseconds since the epoch.
CREATE TABLE workflows (
    name        TEXT COLLATE "C" PRIMARY KEY,
    search_name TEXT COLLATE "C" NOT NULL,
    version     INTEGER NOT NULL,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL,
    document    TEXT NOT NULL
);

CREATE TABLE runs (
    queue_id   TEXT COLLATE "C" PRIMARY KEY,
    version    BIGINT NOT NULL,
    workflow   TEXT COLLATE "C" NOT NULL,
    state      TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    due_at     BIGINT,
    document   TEXT NOT NULL
);
CREATE INDEX runs_by_creation ON runs (created_at, queue_id);
CREATE INDEX runs_by_workflow ON runs (workflow, created_at, queue_id);
CREATE INDEX runs_by_state ON runs (state, created_at, queue_id);
CREATE INDEX runs_due ON runs (due_at, queue_id) WHERE due_at IS NOT NULL;

CREATE TABLE history (
    queue_id TEXT COLLATE "C" NOT NULL,
    number   BIGINT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (queue_id, number)
);

CREATE TABLE audit (
    id       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document TEXT NOT NULL
);

CREATE TABLE replies (
    idempotency_key TEXT COLLATE "C" PRIMARY KEY,
    at              BIGINT NOT NULL,
    document        TEXT NOT NULL
);
CREATE INDEX replies_by_age ON replies (at);

CREATE TABLE schemas (
    id          INTEGER PRIMARY KEY,
    fingerprint TEXT COLLATE "C" NOT NULL UNIQUE,
    schema      TEXT NOT NULL
);

CREATE TABLE subjects (
    subject   TEXT COLLATE "C" NOT NULL,
    version   INTEGER NOT NULL,
    schema_id INTEGER NOT NULL,
    PRIMARY KEY (subject, version)
);

CREATE TABLE topic_offsets (
    topic           TEXT COLLATE "C" NOT NULL,
    topic_partition INTEGER NOT NULL,
    next            BIGINT NOT NULL,
    PRIMARY KEY (topic, topic_partition)
);
