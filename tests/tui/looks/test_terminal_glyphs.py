"""Which terminals get ASCII, and which measure wide."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from newsreader.config.model import Config
from newsreader.tui.looks.ambiguous_width import measure_ambiguous
from newsreader.tui.looks.terminal_glyphs import choose_filters

XTERM = {"TERM": "xterm-256color"}
TEXT = "╭─ ● “a” ★"


@pytest.fixture(autouse=True)
def _narrow_again() -> Iterator[None]:
    yield
    measure_ambiguous(wide=False)


def drawn(config: Config, encoding: str, environment: dict[str, str]) -> str:
    segments = [Segment(TEXT)]
    for each in choose_filters(config, encoding, environment):
        segments = each.apply(segments, Color(0, 0, 0))
    return segments[0].text


@pytest.mark.parametrize(
    ("config", "encoding", "environment", "shown"),
    [
        (Config(), "utf-8", XTERM, TEXT),
        (Config(), "utf-8", {"TERM": "linux"}, '+- o "a" *'),
        (Config(glyphs="unicode"), "utf-8", {"TERM": "linux"}, TEXT),
        (Config(glyphs="ascii"), "utf-8", XTERM, '+- o "a" *'),
        (Config(), "latin-1", XTERM, '+- o "a" *'),
        (Config(ambiguous_width="narrow"), "gbk", XTERM, TEXT),
        (Config(), "gbk", XTERM, "+- o “a” *"),
        (Config(ambiguous_width="wide"), "utf-8", XTERM, "+- o “a” *"),
        (Config(ambiguous_width="wide", glyphs="ascii"), "utf-8", XTERM, "+- o “a” *"),
    ],
)
def test_characters_that_a_terminal_lacks_are_replaced(
    config: Config, encoding: str, environment: dict[str, str], shown: str
) -> None:
    assert drawn(config, encoding, environment) == shown


@pytest.mark.parametrize(
    ("config", "encoding", "cells"),
    [
        (Config(), "utf-8", 1),
        (Config(ambiguous_width="wide"), "utf-8", 2),
        (Config(), "gbk", 2),
        (Config(ambiguous_width="narrow"), "gbk", 1),
    ],
)
def test_quotation_marks_are_as_wide_as_the_terminal_has_them(
    config: Config, encoding: str, cells: int
) -> None:
    choose_filters(config, encoding, XTERM)
    assert cell_len("“") == cells
