"""Take the README's pictures from the running program: `python docs/make_picture.py`.

One moves, and one is drawn with characters, for where no picture can be shown.

Textual's own export gives a wide character the room of a narrow one where a viewer obeys
`textLength`, so the lengths are worked out again from the cells.
"""

from __future__ import annotations

import asyncio
import html
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.cells import cell_len

from newsreader.config.model import Config
from newsreader.paths import sample_posts
from newsreader.store import PostStore, Source
from newsreader.tui.app import NewsreaderApp

FOLDER = Path(__file__).parent
CELL = 12.2
"""The width that rich's export gives a cell."""

FRAME_SECONDS = 1.6


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture: how large the screen is, what is pressed, and what the config says."""

    size: tuple[int, int]
    keys: tuple[str, ...]
    config: Config = Config(theme="inkwell")  # noqa: RUF009 - a frozen value


BROWSING = ("j", "j", "r", "j", "m", "j", "j", "j", "enter")
SCENES = {
    "reader": Scene((120, 34), BROWSING),
    "search": Scene((120, 28), ("slash", *"渡船", "enter")),
    "narrow": Scene((52, 26), ("j", "j", "j", "enter")),
    "bookmarks": Scene((120, 28), ("m", "j", "j", "m", "j", "m", "3")),
    "light": Scene((120, 28), ("j", "j", "enter"), Config(theme="newsprint")),
}
TEXT = Scene((88, 28), BROWSING)
MOVING = Scene((88, 24), ())
STEPS: tuple[tuple[str, ...], ...] = (
    *((), ("j",), ("j",), ("m",), ("enter",), ("space",), ("q",), ("slash", "渡")),
    *(("船",), ("enter", "enter")),
)
"""What is pressed from one frame of the moving picture to the next."""


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


def moving(frames: Sequence[str]) -> str:
    """Put pictures of one size into one that shows them one after the other, for ever."""
    begun = re.search(r'viewBox="([^"]*)"', frames[0])
    assert begun is not None
    whole, share = len(frames) * FRAME_SECONDS, 100 / len(frames)
    rules = (
        f"@keyframes frame {{ 0%, {share - 0.01:.2f}% {{ visibility: visible }}"
        f" {share:.2f}%, 100% {{ visibility: hidden }} }}"
        f" .frame {{ visibility: hidden; animation: frame {whole:.1f}s infinite }}"
    )
    parts = "".join(
        f'<g class="frame" style="animation-delay: {number * FRAME_SECONDS:.1f}s">{frame}</g>\n'
        for number, frame in enumerate(frames)
    )
    return (
        f'<svg viewBox="{begun[1]}" xmlns="http://www.w3.org/2000/svg">\n'
        f"<style>{rules}</style>\n{parts}</svg>\n"
    )


async def take_pictures(scene: Scene, steps: Sequence[tuple[str, ...]]) -> list[str]:
    """The screen after the keys of each step, as SVG."""
    taken: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        folders = {"cache_dir": Path(scratch, "cache"), "data_dir": Path(scratch, "data")}
        with PostStore([Source(sample_posts())], **folders) as store:
            store.scans.run()
            app = NewsreaderApp(store, config=scene.config, scan=False)
            async with app.run_test(size=scene.size) as pilot:
                for keys in ((), *steps):
                    for key in ("", *keys):
                        if key:
                            await pilot.press(key)
                        for _ in range(4):
                            await app.workers.wait_for_complete()
                            await pilot.pause()
                    if len(steps) == 1 and keys:
                        await pilot.pause(6)  # what the status line said has gone
                    else:
                        await pilot.pause(0.3)
                    taken.append(true_lengths(app.export_screenshot(title="newsreader")))
    return taken[1:]


def unlike(pictures: Sequence[str]) -> Iterator[str]:
    """Yield the pictures that differ from the one before."""
    before = ("", *pictures[:-1])
    yield from (now for earlier, now in zip(before, pictures, strict=True) if now != earlier)


def main() -> None:
    """Write all pictures."""
    for name, scene in SCENES.items():
        (picture,) = asyncio.run(take_pictures(scene, [scene.keys]))
        (FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")
    (drawn,) = asyncio.run(take_pictures(TEXT, [TEXT.keys]))
    (FOLDER / "reader.txt").write_text(as_text(drawn), encoding="utf-8")
    frames = list(unlike(asyncio.run(take_pictures(MOVING, STEPS))))
    (FOLDER / "moving.svg").write_text(moving(frames), encoding="utf-8")


if __name__ == "__main__":
    main()
