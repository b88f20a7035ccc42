from __future__ import annotations

from dataclasses import replace

import pytest

from newsreader.article.render.header import post_header
from newsreader.posts.parse_post import parse_post
from newsreader.text import clean_line

POST = parse_post(b"---\ntitle: t\ndate: 2022-02-25\n---\n", "a.md")


@pytest.mark.parametrize(
    ("labels", "author", "facts"),
    [
        ([["medium"], ["medium"]], "a", ["medium", "a"]),
        ([["iYouPort"], []], "iYouport", ["iYouPort"]),
        ([["a", "b"], ["b", "c"]], "", ["a, b", "c"]),
        ([["a", "b"], ["B", "A"]], "b", ["a, b"]),
        ([["a b"], ["a", "b"]], "", ["a b", "a, b"]),
        ([[], []], "", []),
    ],
)
def test_a_header_says_a_word_once(labels: list[list[str]], author: str, facts: list[str]) -> None:
    groups = [[clean_line(name) for name in group] for group in labels]
    header = post_header(replace(POST, author=clean_line(author)), groups)
    assert list(header.facts)[1:] == facts
