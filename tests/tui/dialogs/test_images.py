"""Looking at the images of an article."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.tui.dialogs.images import PicturePane
from tests.hostile.sequences import IMAGES, SCREEN, read_stream
from tests.terminal import COLUMNS, ESCAPE, ROWS, StartCommand
from tests.tui.driving import Reader, open_folder
from tests.tui.images.make_images import make_bomb, make_image, write_site


def caption(reader: Reader) -> str:
    """The line below the image."""
    dialog = reader.dialog()
    assert dialog is not None
    return dialog.query_one("#images-caption").render_line(0).text.strip()


def picture(reader: Reader) -> list[str]:
    """The lines of the image."""
    dialog = reader.dialog()
    assert dialog is not None
    pane = dialog.query_one(PicturePane)
    lines = [pane.render_line(y).text.strip() for y in range(pane.size.height)]
    return [line for line in lines if line]


async def test_images_are_shown_one_after_the_other(tmp_path: Path) -> None:
    bomb, broken = make_bomb(99_999, 9_999), b"\xff\xd8\xff"
    site = write_site(tmp_path / "site", a_png=make_image(40, 40), b_png=bomb, c_jpg=broken)
    async with open_folder(site, tmp_path, (60, 20)) as reader:
        await reader.press("i")
        assert caption(reader) == "1 of 3 · a.png · 40×40 · n p next and previous · q closes"
        assert picture(reader) == ["▀" * 10] * 5
        await reader.press("n")
        assert caption(reader).startswith("2 of 3 · b.png · It has more pixels than are decoded")
        assert picture(reader) == []
        await reader.press("j", "n")
        assert caption(reader).startswith("3 of 3 · c.jpg · It cannot be decoded")
        await reader.press("p", "k", "p")
        assert picture(reader) == ["▀" * 10] * 5
        await reader.press("q")
        assert reader.dialog() is None


@pytest.mark.long
@pytest.mark.parametrize(
    ("variables", "answer", "drawn"),
    [
        ({"TERM": "xterm-kitty"}, "", (b"\x1b_Ga=T", b"\x1b_Ga=d")),
        ({"LC_TERMINAL": "iTerm2"}, "", (b"\x1b]1337;File=", b"")),
        ({}, "\x1b[?62;4;22c", (b"\x1bP0;1q", b"")),
        ({}, "", ("▀".encode(), b"")),
        ({"TERM": "xterm-kitty", "TMUX": "x"}, "\x1b[?1;2c", ("▀".encode(), b"")),
    ],
    ids=["kitty", "iterm", "sixel", "silent", "tmux"],
)
def test_a_terminal_gets_images_as_it_knows_them(
    start: StartCommand,
    tmp_path: Path,
    variables: dict[str, str],
    answer: str,
    drawn: tuple[bytes, bytes],
) -> None:
    begin, end = drawn
    site = write_site(tmp_path / "site", a_png=make_image(200, 200), b_png=make_image(90, 90))
    terminal = start(str(site), **variables)
    terminal.wait_for("Text.")
    terminal.press("i")
    if answer:
        terminal.wait(lambda _: b"\x1b[c" in terminal.written, "a question")
        terminal.press(answer)
    terminal.wait_for("1 of 2 · a.png · 200×200")
    terminal.wait(lambda _: begin in terminal.written, "an image")
    before = len(terminal.written)
    terminal.press("n")
    terminal.wait_for("2 of 2 · b.png · 90×90")
    terminal.wait(lambda _: begin in terminal.written[before:], "another one")
    terminal.press(ESCAPE)
    terminal.wait_for("1 of 1")
    terminal.wait_for("Text.")
    assert end in terminal.written[before:]
    assert (b"\x1b[c" in terminal.written) is (begin in {b"\x1bP0;1q", "▀".encode()})
    assert terminal.leave() == 0
    stream = read_stream(terminal.written, (*SCREEN, *IMAGES), rows=ROWS, columns=COLUMNS)
    assert stream.attacks == []
