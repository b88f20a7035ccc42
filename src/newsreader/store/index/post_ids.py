"""Ids of posts that sort by date, and keys of titles that sort by sound."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from newsreader.posts.format_date import has_no_zone
from newsreader.posts.model import NO_ZONE
from newsreader.store.query import PostId

LOW_BITS: Final = 24
LOW_MASK: Final = (1 << LOW_BITS) - 1
LAST_ID: Final = (1 << 63) - 1
FIRST_DATED: Final = 1 << LOW_BITS
"""The lowest id of a post that has a date."""

BUCKET_BITS: Final = LOW_BITS + 17
"""What is left of an id without these bits is its bucket: 2**17 seconds, or 36 hours."""

TEXT_BITS: Final = 13
"""A bucket has 8,192 rows for texts: as many posts of 36 hours, if none was ever changed."""

CROWDED: Final = 1 << 51
"""The first row of texts of posts that found no room in their bucket."""

NO_OFFSET: Final = 1 << 20
"""What stands in the place of an offset if no zone is known; the largest is a day of seconds."""

TITLE_KEY_BYTES: Final = 32

_FIRST_SECOND: Final = datetime(1, 1, 1, tzinfo=UTC)


def date_bits(date: datetime | None) -> int:
    """Compute the high bits of the id of a post of this date: seconds since the year 1, from 1 on.

    Undated posts get 0 and so come last. The largest value is below 2**39, so that an id with
    its 24 low bits fits into the 63 bits of a positive SQLite integer.
    """
    if date is None:
        return 0
    # Two aware datetimes are subtracted as if both were in UTC, beyond the years 1 to 9999 too.
    return max(1, (date - _FIRST_SECOND) // timedelta(seconds=1) + 1)


def first_choice(date: datetime | None, source: str, path: str) -> PostId:
    """The id that a post gets; `next_choice` if another post has it."""
    from hashlib import blake2b  # noqa: PLC0415  (late: no list needs it)

    name = f"{source}\0{path}".encode("utf-8", "surrogateescape")
    low = int.from_bytes(blake2b(name, digest_size=3).digest(), "big")
    return PostId((date_bits(date) << LOW_BITS) | low)


def next_choice(post_id: PostId) -> PostId:
    """The id to try after `post_id`: the same date, the next low bits."""
    return PostId((post_id & ~LOW_MASK) | ((post_id + 1) & LOW_MASK))


def text_rows(post_id: int) -> tuple[int, int]:
    """The first and the last row for the full texts of posts of the same bucket.

    They are given out one after the other: FTS5 writes the distance between rows with each of a
    post's words, seven bits a byte. So a post of 1,200 characters takes 2.9 KB there, nearly as in
    a table whose rows are numbered through, and not the 3.9 to 4.5 of rows by seconds. The order of
    rows is that of ids as far as their buckets go, and no further.
    """
    first = post_id >> BUCKET_BITS << TEXT_BITS
    return first, first + (1 << TEXT_BITS) - 1


def crowded_text(post_id: PostId) -> int:
    """The row for a post of a bucket that is full: above all others, in the order of ids."""
    return CROWDED + post_id


def text_ranges(low: int, high: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The rows of the texts of posts whose ids lie between: the usual, the crowded.

    At either end there may be others of the same bucket among them.
    """
    usual = text_rows(low)[0], text_rows(high)[1]
    return usual, (CROWDED + (low & ~LOW_MASK), min(CROWDED + (high | LOW_MASK), LAST_ID))


def utc_offset(date: datetime | None) -> int:
    """The offset of the date's own zone in seconds; `NO_OFFSET` if none is known."""
    if date is not None and has_no_zone(date.tzinfo):
        return NO_OFFSET
    offset = date.utcoffset() if date is not None else None
    return offset // timedelta(seconds=1) if offset is not None else 0


def date_of(post_id: int, offset: int) -> datetime | None:
    """The date of a post to the second, in a zone of `offset` seconds; `None` for an undated."""
    seconds = post_id >> LOW_BITS
    if seconds == 0:
        return None
    # The sum is the local time, so it stays within the years 1 to 9999 whatever the zone.
    if offset == NO_OFFSET:
        return (_FIRST_SECOND + timedelta(seconds=seconds - 1)).replace(tzinfo=NO_ZONE)
    local = _FIRST_SECOND + timedelta(seconds=seconds - 1 + offset)
    return local.replace(tzinfo=timezone(timedelta(seconds=offset)))


def ids_between(start: datetime, end: datetime) -> tuple[int, int]:
    """The lowest and the highest id of posts dated from `start` to before `end`."""
    return date_bits(start) << LOW_BITS, (date_bits(end) << LOW_BITS) - 1


def title_key(title: str) -> bytes:
    """Make the sort key of a title: letters without regard to case and width, Chinese by sound.

    GB 18030 keeps the order of GB 2312, whose 3,755 common characters stand in that of their
    pinyin. Two titles may have the same key: it is at most `TITLE_KEY_BYTES` long.
    """
    # NFKC makes at most 18 characters of one, and none from none.
    folded = unicodedata.normalize("NFKC", title[:TITLE_KEY_BYTES]).casefold()
    return folded.encode("gb18030", "replace")[:TITLE_KEY_BYTES]
