"""The clock by which the screen says when posts were written."""

from __future__ import annotations

from datetime import datetime


def now_here() -> datetime:
    """The moment by this machine's clock, in its zone."""
    return datetime.now().astimezone()
