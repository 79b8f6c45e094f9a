CREATE TABLE remnants (
    workflow TEXT COLLATE "C" PRIMARY KEY,
    document TEXT NOT NULL
);
