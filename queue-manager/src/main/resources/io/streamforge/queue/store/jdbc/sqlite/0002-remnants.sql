CREATE TABLE remnants (
    workflow TEXT PRIMARY KEY,
    document TEXT NOT NULL
) WITHOUT ROWID;
