"""Names of files that every file system takes."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.feeds.file_names import LONGEST_NAME, folder_name, make_slug, post_name
from newsreader.posts.dates import file_date

DATE = datetime(2022, 2, 25, 23, tzinfo=UTC)


def never(_: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Hello, World!", "hello-world"),
        ("第一篇：芯片 2022", "第一篇-芯片-2022"),
        ("../../etc/passwd", "etc-passwd"),
        ("Cafe\u0301", "café"),
        ("हिन्दी", "हिन्दी"),
        ("...", ""),
    ],
)
def test_a_slug_has_letters_digits_and_hyphens(title: str, slug: str) -> None:
    assert make_slug(title, 100) == slug


@given(st.text(max_size=400))
def test_a_name_is_safe_and_short_whatever_the_title(title: str) -> None:
    name = post_name(title, DATE, never)

    assert len(name.encode()) <= LONGEST_NAME
    assert Path(name).name == name
    assert not set(name) & set('/\\:*?"<>|\x00')
    assert unicodedata.normalize("NFC", name) == name
    assert file_date(name) == DATE.date()
    assert name.endswith(".html")


def test_names_that_are_taken_are_numbered() -> None:
    taken = {"2022-02-25-a.html", "2022-02-25-a-2.html"}

    assert post_name("A", DATE, taken.__contains__) == "2022-02-25-a-3.html"
    assert len(post_name("新" * 99, DATE, lambda name: "-9" not in name).encode()) <= LONGEST_NAME


@pytest.mark.parametrize(
    "name", ["_posts", ".git", "con", "COM1", "vendor", "node_modules", "..", ""]
)
def test_a_folder_is_none_that_means_something_else(name: str) -> None:
    folder = folder_name(name, never)

    assert folder not in ("_posts", ".git", "con", "com1", "vendor", "node_modules", "..", "")
    assert folder[0] not in "._-"
