"""Format a post's date for people."""

from __future__ import annotations

from datetime import datetime


def format_date(date: datetime | None, *, has_time: bool) -> str:
    """Format a post's date in its own zone: 16 cells at most; `undated` for none."""
    if date is None:
        return "undated"
    return date.isoformat(" ", "minutes")[: 16 if has_time else 10]
