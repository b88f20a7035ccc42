"""Whole bodies beside the documents that come of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.article.parse.parse_article import parse_body
from tests.article.dump import dump

GOLDEN = Path(__file__).parent / "golden"
BODIES = sorted(path for path in GOLDEN.iterdir() if path.suffix in {".md", ".html"})


@pytest.mark.parametrize("body", BODIES, ids=lambda path: path.stem)
def test_a_body_becomes_the_document_beside_it(body: Path) -> None:
    document = parse_body(
        body.read_text(encoding="utf-8"),
        site_url="https://example.net",
        is_html=body.suffix == ".html",
    )
    assert dump(document) == body.with_suffix(".txt").read_text(encoding="utf-8")


def test_there_are_golden_pairs() -> None:
    assert len(BODIES) >= 6
