"""Pages beside what a browser shows of them; `python -m tests.long.browser` asks it again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.long.browser import PAGES, compare, settled

NAMES = sorted(path.name for path in PAGES.glob("*.html"))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_shows_the_lines_of_a_browser(name: str) -> None:
    found = compare(PAGES / name)

    assert found.ours == found.browser


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_meant_to_differ_has_a_reason(name: str) -> None:
    answer = json.loads((PAGES / name).with_suffix(".json").read_text(encoding="utf-8"))

    assert answer["browser"]
    assert all(difference["why"] for difference in answer["intended"])


def test_a_line_that_is_lost_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>甲</p><p>丙</p>", encoding="utf-8")
    answer = {"browser": settled(["甲", " 乙 ", "", "丙"]), "intended": []}
    page.with_suffix(".json").write_text(json.dumps(answer), encoding="utf-8")
    found = compare(page)

    assert (found.browser, found.ours, found.equal, found.differing) == (
        ["甲", "乙", "丙"],
        ["甲", "丙"],
        2,
        1,
    )
