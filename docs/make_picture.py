"""Take the README's pictures from the running program: `python docs/make_picture.py`.

One is drawn with characters, for where no picture can be shown.

Textual's own export gives a wide character the room of a narrow one where a viewer obeys
`textLength`, so the lengths are worked out again from the cells.
"""

from __future__ import annotations

import asyncio
import html
import re
import tempfile
from pathlib import Path

from rich.cells import cell_len

from newsreader.paths import sample_posts
from newsreader.store import PostStore, Source
from newsreader.tui.app import NewsreaderApp

PICTURE = Path(__file__).with_name("reader.svg")
TEXT = Path(__file__).with_name("reader.txt")
SIZE = (120, 34)
TEXT_SIZE = (88, 28)
KEYS = ("j", "j", "r", "j", "m", "j", "j", "j", "enter")
CELL = 12.2
"""The width that rich's export gives a cell."""


def true_lengths(svg: str) -> str:
    """Give every piece of text the length of its cells, and fonts that have Chinese."""

    def lengthen(match: re.Match[str]) -> str:
        cells = cell_len(html.unescape(match[2]))
        return f'textLength="{cells * CELL:.1f}"{match[1]}>{match[2]}<'

    svg = re.sub(r"@font-face\s*{.*?}", "", svg, flags=re.DOTALL)
    fonts = "'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace"
    svg = re.sub(r"font-family: Fira Code, monospace", f"font-family: {fonts}", svg)
    return re.sub(r'textLength="[\d.]+"([^>]*)>([^<]*)<', lengthen, svg)


def as_text(svg: str) -> str:
    """The characters of a picture, each in its cell."""
    lines: dict[float, str] = {}
    pieces = re.findall(r'<text [^>]*?x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>', svg)
    for x, y, escaped in pieces[1:]:  # the first one is the title of the window
        line, cell = lines.get(float(y), ""), round(float(x) / CELL)
        text = html.unescape(escaped).replace("\N{NO-BREAK SPACE}", " ")
        lines[float(y)] = f"{line}{' ' * (cell - cell_len(line))}{text}"
    return "\n".join(line.rstrip() for _, line in sorted(lines.items())) + "\n"


async def take_picture(size: tuple[int, int]) -> str:
    """The screen after a few keys, as SVG."""
    with tempfile.TemporaryDirectory() as scratch:
        folders = {"cache_dir": Path(scratch, "cache"), "data_dir": Path(scratch, "data")}
        with PostStore([Source(sample_posts())], **folders) as store:
            store.scans.run()
            app = NewsreaderApp(store, scan=False)
            async with app.run_test(size=size) as pilot:
                for key in ("", *KEYS):
                    if key:
                        await pilot.press(key)
                    for _ in range(4):
                        await app.workers.wait_for_complete()
                        await pilot.pause()
                await pilot.pause(6)  # what the status line said has gone
                return app.export_screenshot(title="newsreader")


if __name__ == "__main__":
    PICTURE.write_text(true_lengths(asyncio.run(take_picture(SIZE))), encoding="utf-8")
    TEXT.write_text(as_text(asyncio.run(take_picture(TEXT_SIZE))), encoding="utf-8")
