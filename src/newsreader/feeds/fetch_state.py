"""What is remembered of each feed from one fetch to the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Final, cast

from newsreader.problems import Problem, problem_from_json

FAILING_LONG: Final = timedelta(days=1)
"""A feed that has failed for so long gets a mark: servers have bad hours."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed; times are ISO 8601 with their zone, empty for never.

    Attributes:
        folder: The folder of its posts below the library.
        title: What the feed called itself last.
        moved_to: Where it says that it is for good; empty: where it was.
        etag: The validator of the document that was read last.
        modified: The same, as a date of HTTP.
        digest: A digest of that document, for servers that know no validators.
        checked: When it was asked last.
        not_before: Before when its server does not want to be asked.
        failing_since: When it failed first after it was well last.
        problem: What went wrong, as `problem_to_json` writes it; empty if all is well.
        is_gone: Whether its server said that it is gone for good.
    """

    folder: str = ""
    title: str = ""
    moved_to: str = ""
    etag: str = ""
    modified: str = ""
    digest: str = ""
    checked: str = ""
    not_before: str = ""
    failing_since: str = ""
    problem: str = ""
    is_gone: bool = False

    @property
    def failure(self) -> Problem | None:
        """What went wrong when it was asked last; `None` if nothing did."""
        if not self.problem:
            return None
        try:
            return problem_from_json(self.problem)
        except (ValueError, TypeError):
            return None

    def is_failing_long(self, now: datetime) -> bool:
        """Whether it has failed for a day, or is gone."""
        since = read_time(self.failing_since)
        return self.is_gone or (since is not None and now - since >= FAILING_LONG)


def read_time(written: str) -> datetime | None:
    """Read a time as this module's states hold it; `None` for anything else."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def states_to_json(states: Mapping[str, FeedState]) -> str:
    """Write the states of feeds under their addresses; what is empty is left out."""
    listed = {
        url: {name: value for name in _NAMES if (value := getattr(state, name))}
        for url, state in states.items()
    }
    return json.dumps(listed, sort_keys=True)


def states_from_json(text: str) -> dict[str, FeedState]:
    """Read what `states_to_json` wrote; what is damaged is left out, and asked again."""
    try:
        listed = cast("object", json.loads(text))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(listed, dict):
        return {}
    return {url: _state(each) for url, each in listed.items() if isinstance(each, dict)}


def _state(record: Mapping[str, object]) -> FeedState:
    texts = {name: value for name in _TEXTS if isinstance(value := record.get(name), str)}
    return FeedState(**texts, is_gone=record.get("is_gone") is True)


_NAMES: Final = tuple(field.name for field in fields(FeedState))
_TEXTS: Final = tuple(name for name in _NAMES if name != "is_gone")
