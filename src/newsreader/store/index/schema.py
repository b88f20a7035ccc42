"""The tables of `index.db`, as statements of SQLite."""

from __future__ import annotations

from typing import Final

INDEX_VERSION: Final = 15

INDEX_TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
-- `generation` counts changes of posts, `flags` those of their marks: lists are remembered by them.
INSERT INTO meta VALUES ('generation', 0), ('flags', 0), ('state_id', ''), ('state_revision', 0),
    ('renewing', 0);
CREATE TABLE sources (
    id INTEGER PRIMARY KEY, path UNIQUE NOT NULL,
    total INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE sites (
    id INTEGER PRIMARY KEY, root NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    title TEXT NOT NULL, url TEXT NOT NULL, timezone TEXT NOT NULL,
    kramdown TEXT, -- JSON of its options; NULL where there was a problem, so that it is read again
    UNIQUE (root, size, mtime_ns)
);
-- The folders of sources as they were listed last, see `scan.folder_times`.
CREATE TABLE folders (
    source INTEGER NOT NULL, prefix NOT NULL, mtime_ns INTEGER NOT NULL,
    has_config INTEGER NOT NULL, posts INTEGER NOT NULL, site INTEGER,
    PRIMARY KEY (source, prefix)
) WITHOUT ROWID;
CREATE TABLE posts (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL, path NOT NULL, site INTEGER,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    title TEXT NOT NULL, utc_offset INTEGER NOT NULL, -- see `post_ids.utc_offset`
    has_time INTEGER NOT NULL,
    category INTEGER,              -- the label that the list shows
    labels TEXT NOT NULL,          -- every label, as a JSON list
    shelf INTEGER,                 -- the source, where the post is listed
    read INTEGER NOT NULL, bookmarked INTEGER NOT NULL, gone INTEGER NOT NULL,
    problem TEXT,                  -- as JSON; NULL: nothing is wrong
    title_key BLOB NOT NULL,       -- what titles are sorted by, see `post_ids.title_key`
    -- The row of its full text, see `post_ids.text_rows`; NULL until the text is in.
    text INTEGER CHECK (
        text IS NULL OR text >> 13 = id >> 41 OR (text - 2251799813685248) >> 24 = id >> 24
    ),
    UNIQUE (source, path)
);
CREATE INDEX posts_shelf ON posts (shelf) WHERE shelf IS NOT NULL;
CREATE INDEX posts_unread ON posts (shelf, read) WHERE read = 0 AND shelf IS NOT NULL;
CREATE INDEX posts_read ON posts (shelf, read) WHERE read = 1 AND shelf IS NOT NULL;
CREATE INDEX posts_bookmarked ON posts (bookmarked) WHERE bookmarked = 1;
CREATE INDEX posts_title ON posts (shelf, title_key, id) WHERE shelf IS NOT NULL;
CREATE UNIQUE INDEX posts_text ON posts (text) WHERE text IS NOT NULL;
CREATE INDEX posts_textless ON posts (source) WHERE text IS NULL;
-- Texts as `search.index_text` splits them. It keeps no copy of them, so no row can be taken out:
-- those that no post names any more are noted, and readers join through `posts.text`. The body is
-- the first column, because places in the first one take two bytes less a word.
CREATE VIRTUAL TABLE fts USING fts5(
    body, title, labels, content='', columnsize=0, tokenize='ascii'
);
-- Write some hundred posts at once, and merge what was written seldom.
INSERT INTO fts (fts, rank) VALUES ('hashsize', 16777216);
INSERT INTO fts (fts, rank) VALUES ('automerge', 8);
CREATE TABLE stale_texts (text INTEGER PRIMARY KEY);
CREATE TABLE labels (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
    total INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source, kind, name)
);
-- Of listed posts only. `tag` is NULL in the rows of tags; in those of categories it is the one
-- tag of the post, 0 where it has none or several.
CREATE TABLE post_labels (
    label INTEGER NOT NULL, post INTEGER NOT NULL, read INTEGER NOT NULL, tag INTEGER,
    PRIMARY KEY (label, post)
) WITHOUT ROWID;
CREATE INDEX post_labels_unread ON post_labels (label, read, post) WHERE read = 0;
CREATE INDEX post_labels_tag ON post_labels (label, tag) WHERE tag IS NOT NULL;
-- What tells posts that say the same: see `index.stories`. Of a sketch, the lowest hashes are
-- looked up; a story is a number that copies share, and a post without copies has none.
CREATE TABLE sketches (post INTEGER PRIMARY KEY, hashes BLOB NOT NULL);
CREATE TABLE sketch_hashes (
    hash INTEGER NOT NULL, post INTEGER NOT NULL, PRIMARY KEY (hash, post)
) WITHOUT ROWID;
CREATE TABLE stories (post INTEGER PRIMARY KEY, story INTEGER NOT NULL);
CREATE INDEX stories_story ON stories (story, post);
CREATE TABLE scans (
    library TEXT PRIMARY KEY, started REAL NOT NULL, stage TEXT NOT NULL, done INTEGER NOT NULL,
    total INTEGER NOT NULL, share REAL, ended REAL, result TEXT
) WITHOUT ROWID;
-- Counts are kept, not counted: the overview of a million posts costs what there are of labels.
-- Those of marks are kept by `mirror`, which changes thousands of them at once.
CREATE TRIGGER post_put AFTER INSERT ON posts WHEN new.shelf IS NOT NULL BEGIN
    UPDATE sources SET total = total + 1, unread = unread + 1 - new.read WHERE id = new.shelf;
END;
CREATE TRIGGER post_removed AFTER DELETE ON posts WHEN old.shelf IS NOT NULL BEGIN
    UPDATE sources SET total = total - 1, unread = unread - 1 + old.read WHERE id = old.shelf;
END;
CREATE TRIGGER post_unlisted AFTER UPDATE OF shelf ON posts
WHEN old.shelf IS NOT NULL AND new.shelf IS NULL BEGIN
    UPDATE sources SET total = total - 1, unread = unread - 1 + old.read WHERE id = old.shelf;
END;
CREATE TRIGGER label_put AFTER INSERT ON post_labels BEGIN
    UPDATE labels SET total = total + 1, unread = unread + 1 - new.read WHERE id = new.label;
END;
CREATE TRIGGER label_removed AFTER DELETE ON post_labels BEGIN
    UPDATE labels SET total = total - 1, unread = unread - 1 + old.read WHERE id = old.label;
END;
"""
