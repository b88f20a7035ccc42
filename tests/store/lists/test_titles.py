"""Posts are found by characters of their titles, newest first, in steps that can be stopped."""

from __future__ import annotations

import pytest

from newsreader.store.lists import titles
from tests.store.conftest import Library


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(titles, "_FIRST", 4)


def found(library: Library, typed: str) -> list[str]:
    store = library.scanned()
    return [each.title for step in store.lists.find_titles(typed, lambda: False) for each in step]


@pytest.fixture
def written(library: Library) -> Library:
    for day in range(1, 21):
        library.write(f"{day}.md", title=f"水车日记第{day}篇", date=f"2026-03-{day:02}")
    library.write("percent.md", title="'100%_\\ done'", date="2026-04-01")
    library.write("undated.md", title="Plain Title")
    return library


def test_the_newest_come_first(written: Library) -> None:
    assert found(written, "水记篇") == [f"水车日记第{day}篇" for day in range(20, 0, -1)]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("第17", ["水车日记第17篇"]),
        ("plain tit", ["Plain Title"]),
        ("PT", ["Plain Title"]),
        ("0%", ["100%_\\ done"]),
        ("_", ["100%_\\ done"]),
        ("\\", ["100%_\\ done"]),
        ("记水", []),
        ("", []),
        ("  ", []),
        ("x" * 10_000, []),
    ],
)
def test_characters_are_found_in_their_order(
    written: Library, typed: str, wanted: list[str]
) -> None:
    assert found(written, typed) == wanted


def test_the_search_stops_when_it_is_asked_to(written: Library) -> None:
    store = written.scanned()
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 1

    steps = [*store.lists.find_titles("水", stop)]

    assert [len(step) for step in steps] == [4]


def test_posts_of_other_sources_are_not_found(written: Library) -> None:
    other = written.folder.parent / "other"
    written.write("x.md", title="水 elsewhere", folder=other / "_posts")
    written.scanned(written.folder, other)

    assert "水 elsewhere" not in found(written, "水")
