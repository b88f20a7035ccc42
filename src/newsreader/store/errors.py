"""What can go wrong with stored posts, as errors whose message is a sentence for the user."""

from __future__ import annotations


class StoreError(Exception):
    """Something about the stored posts that the user must know; the message is a sentence."""


class SourceError(StoreError):
    """A source that cannot be read or that holds no posts."""


class StateError(StoreError):
    """The reading state cannot be opened; names the file and the newest backup."""


def reason(error: OSError) -> str:
    """Why the system refused, as it says itself, to stand in a sentence."""
    return (error.strerror or type(error).__name__).lower()
