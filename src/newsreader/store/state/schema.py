"""The tables of `state.db`, as statements of SQLite. A change of them takes a migration."""

from __future__ import annotations

from typing import Final

STATE_VERSION: Final = 2

STATE_TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
INSERT INTO meta VALUES ('id', lower(hex(randomblob(16)))), ('revision', 0);
-- A row stays when both flags are back at 0, so that others can follow by its revision.
CREATE TABLE marks (
    source NOT NULL, path NOT NULL,
    read INTEGER NOT NULL, bookmarked INTEGER NOT NULL,
    revision INTEGER NOT NULL, changed_at REAL NOT NULL,
    action INTEGER,                -- the step of the journal that made it so
    undone INTEGER,                -- its first step of all, where that was taken back
    PRIMARY KEY (source, path)
) WITHOUT ROWID;
CREATE INDEX marks_revision ON marks (revision, source, path);
-- A row for each version of a bookmark: what it keeps never changes, but for its note.
CREATE TABLE bookmarks (
    id INTEGER PRIMARY KEY, source NOT NULL, path NOT NULL,
    site_path NOT NULL,
    mtime_ns INTEGER NOT NULL,     -- of the file, when it was saved; -1: not known
    title TEXT NOT NULL, date TEXT, has_time INTEGER NOT NULL,
    categories TEXT NOT NULL, tags TEXT NOT NULL,
    site_title TEXT NOT NULL, site_url TEXT NOT NULL, site_timezone TEXT NOT NULL,
    saved_at REAL NOT NULL,
    note TEXT NOT NULL,
    left_out TEXT NOT NULL,        -- addresses of images that were not kept, as a JSON list
    kept INTEGER NOT NULL,         -- 0: of a step that can be taken back or done again
    raw BLOB NOT NULL              -- last, so that the rest is read without it
);
CREATE UNIQUE INDEX bookmarks_kept ON bookmarks (source, path) WHERE kept = 1;
CREATE INDEX bookmarks_other ON bookmarks (source, path) WHERE kept = 0;
-- An image that several bookmarks show is kept once.
CREATE TABLE blobs (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL);
CREATE TABLE bookmark_files (
    bookmark INTEGER NOT NULL REFERENCES bookmarks ON DELETE CASCADE,
    path NOT NULL,                 -- below the root of the site
    blob INTEGER NOT NULL REFERENCES blobs,
    PRIMARY KEY (bookmark, path)
) WITHOUT ROWID;
CREATE INDEX bookmark_files_blob ON bookmark_files (blob);
-- `place` counts the visible characters before it, `context` is some of the text after it.
CREATE TABLE positions (
    source NOT NULL, path NOT NULL, place INTEGER NOT NULL, context TEXT NOT NULL,
    changed_at REAL NOT NULL, PRIMARY KEY (source, path)
) WITHOUT ROWID;
-- The files of posts as they were when they were opened.
CREATE TABLE seen (
    source NOT NULL, path NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, digest BLOB NOT NULL,
    PRIMARY KEY (source, path)
) WITHOUT ROWID;
CREATE TABLE sessions (
    library TEXT PRIMARY KEY, value TEXT NOT NULL, changed_at REAL NOT NULL
) WITHOUT ROWID;
-- What `undo` takes back and `redo` does again: by revision, the last one first. Which posts a step
-- marked, the marks say themselves.
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, kind TEXT NOT NULL,
    revision INTEGER NOT NULL,     -- of when it was done, or taken back, last
    posts INTEGER NOT NULL, title TEXT NOT NULL,
    undone INTEGER NOT NULL        -- whether it was taken back
);
-- The step that a mark named before a later step took it over.
CREATE TABLE superseded (
    step INTEGER NOT NULL REFERENCES journal ON DELETE CASCADE,
    source NOT NULL, path NOT NULL, action INTEGER NOT NULL,
    PRIMARY KEY (step, source, path)
) WITHOUT ROWID;
-- The version of a bookmark before and after a step; NULL: none.
CREATE TABLE changes (
    step INTEGER NOT NULL REFERENCES journal ON DELETE CASCADE,
    source NOT NULL, path NOT NULL,
    before INTEGER REFERENCES bookmarks, after INTEGER REFERENCES bookmarks,
    note_before TEXT NOT NULL, note_after TEXT NOT NULL,
    PRIMARY KEY (step, source, path)
) WITHOUT ROWID;
CREATE INDEX changes_before ON changes (before) WHERE before IS NOT NULL;
CREATE INDEX changes_after ON changes (after) WHERE after IS NOT NULL;
"""
