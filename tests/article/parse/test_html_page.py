"""Elements of a page that are more than holders of text; see also the rules of the format.

A file of `pages` holds bodies, their lines behind `< `, each above the document that comes of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.article.document import Figure
from newsreader.article.facts import links
from newsreader.article.parse.parse_article import parse_body
from tests.article.dump import dump
from tests.article.search_text.test_search_text import expect_text_of_article, post_of


def read_cases(path: Path) -> list[tuple[str, str]]:
    """The bodies of a file, and their documents."""
    cases = []
    for case in path.read_text(encoding="utf-8").rstrip("\n").split("\n\n"):
        lines = case.split("\n")
        body = [line[2:] for line in lines if line.startswith("<")]
        cases.append(("\n".join(body), "\n".join(lines[len(body) :])))
    return cases


CASES = {
    f"{path.stem}-{number}": case
    for path in sorted((Path(__file__).parent / "pages").glob("*.txt"))
    for number, case in enumerate(read_cases(path))
}


@pytest.mark.parametrize("name", CASES)
def test_a_page_becomes_these_blocks(name: str) -> None:
    body, lines = CASES[name]

    assert dump(parse_body(body)).rstrip("\n") == lines


@pytest.mark.parametrize("name", CASES)
def test_what_a_page_shows_is_found(name: str) -> None:
    expect_text_of_article(post_of(CASES[name][0]))


@pytest.mark.parametrize("name", CASES)
def test_images_and_players_are_links(name: str) -> None:
    document = parse_body(CASES[name][0])
    found = {address for _, address in links(document, with_media=True)}

    for block in document.blocks:
        if isinstance(block, Figure) and (address := block.source or block.written):
            assert address in found


def test_there_are_cases() -> None:
    assert len(CASES) > 60
