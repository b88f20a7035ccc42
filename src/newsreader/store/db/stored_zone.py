"""Zones of time as the databases hold them: by name, or by offset."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone, tzinfo


def zone_name(zone: tzinfo) -> str:
    """A zone as text: its name, or its offset in seconds; empty for none."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  (late: no list needs it)

    if isinstance(zone, ZoneInfo) and zone.key:
        return zone.key
    if zone.tzname(None) == "":  # `posts.model.NO_ZONE`, or a copy from another process
        return ""
    offset = zone.utcoffset(None)
    return str(offset // timedelta(seconds=1)) if offset is not None else "UTC"


def zone_from(name: str) -> tzinfo:
    """The zone that `zone_name` named; UTC if this machine does not know it."""
    if not name:
        return timezone(timedelta(0), "")
    from zoneinfo import ZoneInfo  # noqa: PLC0415  (late: no list needs it)

    try:
        return timezone(timedelta(seconds=int(name)))
    except (ValueError, OverflowError):
        pass  # A name, then, or what a damaged disk has made of one.
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError.
        return UTC
