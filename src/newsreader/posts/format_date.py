"""Format a post's date for people."""

from __future__ import annotations

from datetime import datetime

from newsreader.text import Clean, fill, literal


def format_date(date: datetime | None, *, has_time: bool) -> Clean:
    """Format a post's date in its own zone: 16 cells at most; `undated` for none."""
    if date is None:
        return literal("undated")
    day = fill("{:04}-{:02}-{:02}", date.year, date.month, date.day)
    return fill("{} {:02}:{:02}", day, date.hour, date.minute) if has_time else day
