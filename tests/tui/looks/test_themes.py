"""The themes: what is drawn in each of them can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.strip import Strip
from textual.theme import Theme

from newsreader.article.render.contrast import LEAST_CONTRAST, contrast
from newsreader.config.options import THEMES
from newsreader.text import clean_text
from newsreader.tui.looks.themes import OWN_THEMES, OWN_THEMES_256, legible_variables
from tests.tui.driving import open_folder

POST = """---
title: 水车 and all that a post can hold
date: 2026-03-20
tags: 水车
---
A [link](http://example.org), `code`, **strong**, *emphasis*, <del>gone</del>, <ins>new</ins>, and
<mark>marked words with a [link](http://example.org), `code`, *emphasis* and 水车</mark>.

> A quotation of [水车](http://example.org) with `code`.

## A heading

### A smaller heading with `code`

- one [link](http://example.org)
- two

Term
: what it means

| a | b |
|---|---|
| 水车 | [link](http://example.org) |

```ruby
# A comment
def go(name = "string", count: 3) = @wheel&.turn(:symbol, count) # 水车
```

<figure><img src="wheel.png" alt="A wheel"><figcaption>A caption</figcaption></figure>

[^1] and a note.

[^1]: The note.
"""

STATES: dict[str, tuple[str, ...]] = {
    "searched": ("slash", *"水车", "enter", "j"),
    "found": ("enter", "slash", *"水车", "enter", "n"),
    "wrong search": ("m", "3", "h", "slash", *"水车 ("),
    "help": ("question_mark",),
    "sort": ("S", "j"),
    "links": ("enter", "f"),
    "outline": ("enter", "T"),
    "note": ("m", "B", *"note"),
    "confirm": ("enter", "G", "A"),
    "palette": (":", *"river", "down"),
}
TRUE_COLOUR = [name for name in THEMES if not name.startswith("ansi-")]
LINES = range(0x2500, 0x2600)
"""Lines, blocks and shapes: they part things, and are no text, but for the dot of unread posts."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    posts = tmp_path / "library" / "_posts"
    posts.mkdir(parents=True)
    (posts / "2026-03-20-all.md").write_text(POST, encoding="utf-8")
    for day in range(1, 4):
        text = f"---\ntitle: 水车 {day}\ncategories: river\n---\n水车。\n"
        (posts / f"2026-03-{day:02}-wheel.md").write_text(text, encoding="utf-8")
    return tmp_path / "library"


def drawn(app: App[None]) -> Iterator[Segment]:
    """All that stands on the screen; of what a dialog has faded behind it, nothing."""
    update = app.screen._compositor.render_full_update(simplify=True)
    places = app.screen._compositor.visible_widgets.items()
    regions = [
        region.intersection(clip) for widget, (region, clip) in places if widget is not app.screen
    ]
    for y, strips in enumerate(update.strips):
        line = Strip.join(strips)
        for region in regions:
            if region.y <= y < region.bottom:
                yield from line.crop(region.x, region.right)


def faint(segments: Iterator[Segment]) -> set[tuple[str, str, str]]:
    """What can hardly be read of it: text, colour and background."""
    found = set()
    for text, style, _ in segments:
        words = "".join(c for c in text if not c.isspace() and (ord(c) not in LINES or c in "●★"))
        if not words or style is None:
            continue
        assert style.color is not None, text
        assert style.bgcolor is not None, text
        assert not style.dim
        colour, ground = style.color.triplet, style.bgcolor.triplet
        assert colour is not None, (text, style)
        assert ground is not None, (text, style)
        if contrast(colour, ground) < LEAST_CONTRAST - 0.005:
            found.add((words, str(style.color.name), str(style.bgcolor.name)))
    return found


async def faint_in(
    folder: Path, scratch: Path, keys: Sequence[str], themes: Iterable[str]
) -> dict[str, set[tuple[str, str, str]]]:
    """What can hardly be read after some keys, by theme."""
    found = {}
    async with open_folder(folder, scratch, (120, 40)) as reader:
        is_palette = keys[0] == ":"  # one that is open keeps its colours
        await reader.press(*(() if is_palette else keys))
        reader.screen.status.message = clean_text("A message.")
        reader.app.notify("Something went wrong.", severity="error", markup=False)
        await reader.settle()
        for theme in themes:
            reader.app.theme = theme
            await reader.settle()
            await reader.press(*(keys if is_palette else ()))
            found[theme] = faint(drawn(reader.app))
            await reader.press(*(("escape", "escape") if is_palette else ()))
            assert not is_palette or reader.dialog() is None
    return found


@pytest.mark.parametrize("state", ["searched", "found", "help"])
async def test_all_that_is_drawn_can_be_read_in_our_own_themes(
    folder: Path, tmp_path: Path, state: str
) -> None:
    found = await faint_in(folder, tmp_path, STATES[state], (theme.name for theme in OWN_THEMES))
    assert found == {theme.name: set() for theme in OWN_THEMES}


@pytest.mark.parametrize("state", STATES)
async def test_all_that_is_drawn_can_be_read_in_every_theme(
    folder: Path, tmp_path: Path, state: str
) -> None:
    # A quarter of the themes, others in each state; all in all of them in tests/long.
    themes = TRUE_COLOUR[list(STATES).index(state) % 4 :: 4]
    found = await faint_in(folder, tmp_path, STATES[state], themes)
    assert found == {theme: set() for theme in themes}


BLACK, WHITE = ColorTriplet(0, 0, 0), ColorTriplet(255, 255, 255)
PALETTES: dict[str, dict[str, tuple[str, ...]]] = {
    # VGA and the Linux console, xterm, Tango (GNOME), Windows, macOS
    "ansi-dark": {
        "bright_cyan": ("#55ffff", "#00ffff", "#34e2e2", "#61d6d6", "#14f0f0"),
        "bright_green": ("#55ff55", "#00ff00", "#8ae234", "#16c60c", "#31e722"),
        "bright_yellow": ("#ffff55", "#ffff00", "#fce94f", "#f9f1a5", "#eaec23"),
        "bright_red": ("#ff5555", "#ff0000", "#ef2929", "#e74856", "#fc391f"),
    },
    "ansi-light": {
        "blue": ("#0000aa", "#0000ee", "#3465a4", "#0037da", "#492ee1"),
        "red": ("#aa0000", "#cd0000", "#cc0000", "#c50f1f", "#c23621"),
    },
}
"""The colours that are used where there are 16, as the terminals have them that are used most."""


@pytest.mark.parametrize("theme", PALETTES)
def test_the_colours_of_terminals_that_are_used_can_be_read_in_all_of_them(theme: str) -> None:
    ground = BLACK if theme == "ansi-dark" else WHITE
    for colours in PALETTES[theme].values():
        for colour in colours:
            assert contrast(ColorTriplet(*Color.parse(colour).rgb), ground) >= LEAST_CONTRAST


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("state", ["searched", "found", "wrong search", "help", "sort", "palette"])
async def test_with_few_colours_only_those_are_used(
    folder: Path, tmp_path: Path, theme: str, state: str
) -> None:
    allowed = {RichColor.parse(name).number for name in ("default", *PALETTES[theme])}
    async with open_folder(folder, tmp_path, (100, 30), theme=theme, few_colours=True) as reader:
        await reader.press(*STATES[state])
        chosen = set()
        for text, style, _ in drawn(reader.app):
            if style is None or not text.strip():
                continue
            assert not style.dim, text
            colours = [colour for colour in (style.color, style.bgcolor) if colour is not None]
            assert {colour.number for colour in colours} <= allowed, (text, style)
            assert all(colour.triplet is None for colour in colours), (text, style)
            if style.reverse or (style.underline and state == "palette"):
                chosen.add(text.strip())
        assert chosen


@pytest.mark.parametrize("pane", ["categories", "posts", "article"])
async def test_with_few_colours_the_focus_is_told_by_lines(
    folder: Path, tmp_path: Path, pane: str
) -> None:
    async with open_folder(folder, tmp_path, (140, 30), few_colours=True) as reader:
        await reader.press(*{"categories": "h", "posts": "", "article": "l"}[pane])
        for widget in (reader.screen.categories, reader.screen.posts, reader.screen.article):
            edges = {style for style, _ in (widget.styles.border_top, widget.styles.border_left)}
            assert edges == {"double" if widget.id == pane else "solid"}


async def test_with_few_colours_there_are_no_other_themes(folder: Path, tmp_path: Path) -> None:
    async with open_folder(folder, tmp_path, (80, 24), theme="nord", few_colours=True) as reader:
        assert set(reader.app.available_themes) == {"ansi-dark", "ansi-light"}
        assert reader.app.theme == "ansi-dark"
        assert reader.screen.status.message == ""


def variables_of(theme: Theme) -> dict[str, str]:
    return {**theme.to_color_system().generate(), **theme.variables}


@pytest.mark.parametrize("theme", OWN_THEMES, ids=lambda theme: theme.name)
def test_our_own_themes_need_no_mending(theme: Theme) -> None:
    variables = variables_of(theme)
    mended = legible_variables(variables)
    assert {name: variables.get(name, "").lower() for name in mended} == mended


@pytest.mark.parametrize("theme", OWN_THEMES, ids=lambda theme: theme.name)
def test_our_own_themes_are_calm_and_clear(theme: Theme) -> None:
    assert theme.foreground
    assert theme.background
    text, ground = (
        ColorTriplet(*Color.parse(each).rgb) for each in (theme.foreground, theme.background)
    )
    assert 10 < contrast(text, ground) < 15


GROUNDS = ("background", "surface", "panel", "block-cursor-blurred-background", "warning-muted")
TEXTS = ("foreground", "dim", *(f"text-{each}" for each in ("primary", "secondary", "accent")),
         *(f"text-{each}" for each in ("warning", "error", "success")))  # fmt: skip


@pytest.mark.parametrize("theme", OWN_THEMES_256, ids=lambda theme: theme.name)
def test_where_there_are_256_colours_our_own_themes_are_made_of_them(theme: Theme) -> None:
    variables = variables_of(theme)

    def drawn_as(name: str) -> ColorTriplet:
        colour = RichColor.parse(variables[name].lower())
        indexed = colour.downgrade(ColorSystem.EIGHT_BIT).get_truecolor()
        # Greys are not met exactly.
        parts = zip(indexed, colour.get_truecolor(), strict=True)
        assert all(abs(one - other) <= 8 for one, other in parts), name
        return indexed

    for ground in GROUNDS:
        for text in TEXTS:
            ratio = contrast(drawn_as(text), drawn_as(ground))
            assert ratio >= LEAST_CONTRAST, (ground, text, ratio)
    cursor = drawn_as("block-cursor-foreground"), drawn_as("block-cursor-background")
    assert contrast(*cursor) >= LEAST_CONTRAST
    own = next(each for each in OWN_THEMES if each.name == theme.name)
    assert theme.variables.keys() == own.variables.keys()
