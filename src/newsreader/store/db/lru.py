"""The one cache of the store: bounded, safe for threads, forgetting what was used longest ago."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class LruCache(Generic[Key, Value]):
    """Values by their keys, at most so many; the one used longest ago makes room for a new one.

    A key names all that its value depends on, so no value is ever stale. `None` is no value: it is
    what `get` says of a key that it does not hold.
    """

    def __init__(self, capacity: int) -> None:
        """Hold nothing yet.

        Args:
            capacity: How many values are held at most.
        """
        self._capacity = capacity
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Key) -> Value | None:
        """The value of a key; `None` if it is not held."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: Key, value: Value) -> None:
        """Hold a value, in place of the one that its key had."""
        self.change(key, lambda _: value)

    def change(self, key: Key, new_value: Callable[[Value | None], Value]) -> None:
        """Replace the value of a key by one made of it, with no other change in between.

        Args:
            key: Whose value.
            new_value: Is given the value, `None` if there is none. It must not use this cache.
        """
        with self._lock:
            self._values[key] = new_value(self._values.get(key))
            self._values.move_to_end(key)
            while len(self._values) > self._capacity:
                self._values.popitem(last=False)
