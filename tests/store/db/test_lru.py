"""The bounded cache."""

from __future__ import annotations

import threading

from newsreader.store.db.lru import LruCache


def test_what_was_used_longest_ago_makes_room() -> None:
    cache: LruCache[str, int] = LruCache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    assert cache.get("a") == 1
    cache.put("c", 3)
    assert [cache.get(key) for key in "abc"] == [1, None, 3]


def test_writing_is_using() -> None:
    cache: LruCache[str, int] = LruCache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    cache.put("a", 4)
    cache.put("c", 3)
    assert [cache.get(key) for key in "abc"] == [4, None, 3]


def test_a_value_that_is_false_is_one() -> None:
    cache: LruCache[str, bool] = LruCache(2)
    cache.put("a", False)
    cache.put("b", False)
    assert cache.get("a") is False
    cache.put("c", True)
    assert cache.get("b") is None


def test_no_change_is_lost_between_threads() -> None:
    cache: LruCache[str, int] = LruCache(2)

    def count() -> None:
        for _ in range(2000):
            cache.change("a", lambda value: (value or 0) + 1)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache.get("a") == 8000


def test_it_never_holds_more_than_it_may() -> None:
    cache: LruCache[int, int] = LruCache(3)
    for number in range(100):
        cache.put(number, number)
        assert len(cache) <= 3
    assert [cache.get(number) for number in (96, 97, 99)] == [None, 97, 99]
