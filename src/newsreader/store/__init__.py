"""Store hundreds of thousands of posts: scan folders into an index, keep the reading state."""

from newsreader.store.db.connect import INDEX, INTERACTIVE, PATIENT, STATE, Patience
from newsreader.store.errors import (
    NoRoomError,
    SourceError,
    StateError,
    StoreError,
    UnsavedError,
    name_loss,
)
from newsreader.store.health import Health, HealthFact, check_index, check_state, sqlite_version
from newsreader.store.post_store import PostStore
from newsreader.store.query import Everything, Labelled, PostId, Query, Scope, Sort, Today, View
from newsreader.store.scan.find_files import check_source, find_posts, holds_posts
from newsreader.store.scan.read_site import read_site
from newsreader.store.state.backups import Backup, integrity_problem, list_backups, restore_backup
from newsreader.store.transfer.bookmark_files import BookmarkFiles
from newsreader.store.values import (
    Bookmark,
    CollectProgress,
    Counts,
    Exported,
    Imported,
    Label,
    Overview,
    PostFacts,
    PostRow,
    ScanProgress,
    ScanResult,
    Session,
    Source,
    Stage,
    StoredPost,
    Undone,
)

__all__ = [
    "INDEX",
    "INTERACTIVE",
    "PATIENT",
    "STATE",
    "Backup",
    "Bookmark",
    "BookmarkFiles",
    "CollectProgress",
    "Counts",
    "Everything",
    "Exported",
    "Health",
    "HealthFact",
    "Imported",
    "Label",
    "Labelled",
    "NoRoomError",
    "Overview",
    "Patience",
    "PostFacts",
    "PostId",
    "PostRow",
    "PostStore",
    "Query",
    "ScanProgress",
    "ScanResult",
    "Scope",
    "Session",
    "Sort",
    "Source",
    "SourceError",
    "Stage",
    "StateError",
    "StoreError",
    "StoredPost",
    "Today",
    "Undone",
    "UnsavedError",
    "View",
    "check_index",
    "check_source",
    "check_state",
    "find_posts",
    "holds_posts",
    "integrity_problem",
    "list_backups",
    "name_loss",
    "read_site",
    "restore_backup",
    "sqlite_version",
]
