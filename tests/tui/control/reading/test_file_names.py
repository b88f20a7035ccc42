"""File names for posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.posts.model import Post, Site
from newsreader.posts.parse_post import parse_post
from newsreader.text import clean_line
from newsreader.tui.control.reading.file_names import MOST_BYTES, cut_to_bytes, file_name


def post(title: str, date: str = "2022-02-25 11:01:00 +0800") -> Post:
    day = f"date: {date}\n" if date else ""
    raw = f"---\ntitle: |-\n  {title}\n{day}---\nText.\n"
    return parse_post(raw.encode("utf-8", "surrogateescape"), "a.md", Site())


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("数字化转型为广东带来发展新机遇", "2022-02-25 数字化转型为广东带来发展新机遇.md"),
        ('a/b\\c:d*e?f"g<h>i|j', "2022-02-25 a-b-c-d-e-f-g-h-i-j.md"),
        ("../../etc/passwd", "2022-02-25 etc-passwd.md"),
        ("...", "2022-02-25 post.md"),
        ("a  \t b", "2022-02-25 a b.md"),
        ("50% & more; $HOME `x`", "2022-02-25 50% & more; $HOME `x`.md"),
    ],
)
def test_date_and_title_are_the_name(title: str, name: str) -> None:
    assert file_name(post(title)) == name


@pytest.mark.parametrize(
    ("title", "name"), [("Title", "Title.md"), ("CON", "CON-.md"), ("nul.txt", "nul.txt-.md")]
)
def test_without_a_date_the_title_is_the_name(title: str, name: str) -> None:
    assert file_name(post(title, "")) == name


def test_further_names_have_a_number() -> None:
    assert file_name(post("A"), 2) == "2022-02-25 A 2.md"


@pytest.mark.parametrize("number", [1, 2, 9999])
@pytest.mark.parametrize(
    "title", ["中" * 300, "a" * 300, "é" * 300, "👩‍👩‍👧‍👦" * 40, "e\u0301" * 200]
)
def test_long_titles_are_cut_between_characters(title: str, number: int) -> None:
    name = file_name(post(title), number)
    size = len(name.encode("utf-8"))
    assert MOST_BYTES - 40 < size <= MOST_BYTES
    assert name.endswith(f" {number}.md" if number > 1 else ".md")
    assert "\ufffd" not in name


@given(st.text(), st.integers(0, 40))
def test_what_is_cut_is_the_beginning_and_fits(text: str, most: int) -> None:
    text = text.encode("utf-8", "replace").decode("utf-8")
    kept = cut_to_bytes(text, most)
    assert text.startswith(kept)
    assert len(kept.encode("utf-8")) <= most


@given(st.text(max_size=200))
def test_no_title_leads_out_of_the_folder(title: str) -> None:

    name = file_name(
        replace(post("x"), title=clean_line(title), date=datetime(2026, 1, 2, tzinfo=UTC))
    )
    assert "/" not in name
    assert "\0" not in name
    assert len(name.encode("utf-8")) <= MOST_BYTES
