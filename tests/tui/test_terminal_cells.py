"""What is sent for a frame: on an emulator the screen shows the frame, whatever stood there."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyte.screens import Char, wcwidth
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import ControlType, Segment
from rich.style import Style

from newsreader.tui.terminal_cells import TerminalCells
from newsreader.tui.terminal_widths import split_cells
from tests.terminal import COLUMNS, ESCAPE, ROWS, StartCommand, Terminal

WIDTH, HEIGHT = 24, 5
BREAK = 10
"""Where the second widget of a row begins."""

STYLES = [
    Style.parse(each)
    for each in (
        "none",
        "bold",
        "italic red on blue",
        "bold #0000ff on #102030",
        "underline #0000ff on #102030",
        "reverse strike",
        "#a0b0c0 on #102030",
        "underline link https://a.example/",
    )
]
AGREED = ["a", "b", "│", "中", "文", " ", "  ", "，", "x y", "-----"]
AMBIGUOUS = ["“", "·", "…"]
DISPUTED = ["e\u0301", "❤\ufe0f", "\U0001f600", "\U0001f468\u200d\U0001f469"]

Piece = tuple[int, int, list[Segment]]


@st.composite
def pieces(draw: st.DrawFn, characters: Sequence[str]) -> Piece:
    """A piece of a row as wide as a widget, or as a part of one."""
    start, end = draw(st.sampled_from([(0, BREAK), (BREAK, WIDTH), (0, WIDTH), (3, 9), (12, 20)]))
    words = st.tuples(st.sampled_from(characters), st.sampled_from(STYLES))
    segments: list[Segment] = []
    left = end - start
    for text, style in draw(st.lists(words, max_size=12)):
        if cell_len(text) > left:
            break
        left -= cell_len(text)
        segments.append(Segment(text, style))
    filler = draw(st.sampled_from(STYLES))
    return start, end, [*segments, Segment(" " * left, filler)]


def frames(characters: Sequence[str]) -> st.SearchStrategy[list[list[tuple[int, Piece]]]]:
    rows = st.integers(0, HEIGHT - 1)
    return st.lists(st.lists(st.tuples(rows, pieces(characters)), max_size=8), max_size=6)


@dataclass(frozen=True, slots=True)
class Seen:
    """A cell as somebody sees it."""

    text: str
    style: tuple[object, ...]


def seen(char: Char) -> Seen:
    shown: tuple[object, ...] = (char.underscore, char.strikethrough, char.reverse, char.bg)
    if char.data != " ":
        shown += (char.fg, char.bold, char.italics)
    elif char.reverse or char.underscore or char.strikethrough:
        shown += (char.fg,)
    return Seen(char.data, shown)


class Emulator:
    """A terminal."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self.screen.reset_mode(pyte.modes.DECAWM)
        self._stream = pyte.Stream(self.screen)

    def feed(self, text: str) -> None:
        self._stream.feed(text)

    def row(self, y: int) -> list[Seen]:
        return [seen(self.screen.buffer[y][x]) for x in range(WIDTH)]

    @property
    def rows(self) -> list[list[Seen]]:
        return [self.row(y) for y in range(HEIGHT)]


class Model:
    """What the screen should show, put together without any of the code that is tested."""

    def __init__(self) -> None:
        self.rows = [[(" ", Style())] * WIDTH for _ in range(HEIGHT)]

    def put(self, y: int, piece: Piece) -> None:
        start, _, segments = piece
        row = self.rows[y]
        cells: list[tuple[str, Style]] = []
        for segment in segments:
            for character in segment.text:
                style = segment.style or Style()
                cells += [(character, style), *[("", style)] * (cell_len(character) - 1)]
        end = start + len(cells)
        if row[start][0] == "":
            row[start - 1] = (" ", row[start - 1][1])
        if end < WIDTH and row[end][0] == "":
            row[end] = (" ", row[end][1])
        row[start:end] = cells

    def seen(self) -> list[list[Seen]]:
        """Draws each cell by itself, at its place."""
        terminal = Emulator()
        for y, row in enumerate(self.rows):
            for x, (character, style) in enumerate(row):
                if character:
                    drawn = style.render(character, color_system=ColorSystem.TRUECOLOR)
                    terminal.feed(f"\x1b[{y + 1};{x + 1}H{drawn}")
        return terminal.rows


def put(cells: TerminalCells, y: int, piece: Piece) -> None:
    start, end, segments = piece
    cells.put(start, y, segments, end)
    cells.set_breaks(y, [0, BREAK])


def made() -> TerminalCells:
    cells = TerminalCells(ColorSystem.TRUECOLOR)
    cells.resize(WIDTH, HEIGHT)
    return cells


@pytest.mark.long
@settings(max_examples=30, deadline=None)
@given(frames([*AGREED, *AMBIGUOUS]))
def test_the_screen_shows_each_frame(drawn: list[list[tuple[int, Piece]]]) -> None:
    cells, terminal, model = made(), Emulator(), Model()
    terminal.feed("\x1b[41mWhat stood here before")
    terminal.feed("\x1b[0m")
    for frame in drawn:
        for y, piece in frame:
            put(cells, y, piece)
            model.put(y, piece)
        terminal.feed(cells.changes())
        assert terminal.rows == model.seen()
        assert cells.is_shown
        assert cells.changes() == ""


@pytest.mark.long
@pytest.mark.parametrize(
    ("wide", "narrow"), [("“·…", "\U0001f600"), ("", "\U0001f469"), ("❤\U0001f468", "\U0001f600")]
)
def test_widgets_stand_where_they_stand_whatever_a_terminal_takes_to_be_wide(
    wide: str, narrow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def width(character: str) -> int:
        return 2 if character in wide else 1 if character in narrow else wcwidth(character)

    monkeypatch.setattr(pyte.screens, "wcwidth", width)

    @settings(max_examples=30, deadline=None)
    @given(frames([*AGREED, *AMBIGUOUS, *DISPUTED]))
    def check(drawn: list[list[tuple[int, Piece]]]) -> None:
        cells, terminal = made(), Emulator()
        for frame in drawn:
            for y, piece in frame:
                put(cells, y, piece)
            terminal.feed(cells.changes())
            anew = Emulator()
            cells.forget()
            anew.feed(cells.changes())
            for y in range(HEIGHT):
                for start, end in certain_parts(anew, y):
                    assert terminal.row(y)[start:end] == anew.row(y)[start:end]

    check()


def certain_parts(terminal: Emulator, y: int) -> Iterator[tuple[int, int]]:
    """The widgets of a row in which no characters are that terminals disagree about."""
    for start, end in ((0, BREAK), (BREAK, WIDTH)):
        text = "".join(terminal.screen.buffer[y][x].data for x in range(start, end))
        if not split_cells(text)[1]:
            yield start, end


def test_what_has_not_changed_is_not_sent() -> None:
    cells = made()
    cells.changes()
    row = [Segment("The same words and one that is new")]
    cells.put(0, 1, [Segment("one two three four five")], WIDTH)
    cells.changes()

    cells.put(0, 1, [Segment("one two eerht four five")], WIDTH)
    assert cells.changes() == "\x1b[2;9Heerht"
    cells.put(0, 1, [Segment("ONE two eerht four FIVE")], WIDTH)
    assert cells.changes() == "\x1b[2;1HONE\x1b[16CFIVE"
    cells.put(0, 2, row, 8)
    assert cells.changes() == "\x1b[3;1HThe same"


def test_a_style_is_sent_once_and_ends_with_the_frame() -> None:
    cells = made()
    cells.changes()
    bold, link = Style(bold=True), Style(link="https://a.example/")
    cells.put(0, 0, [Segment("a b", bold), Segment("  "), Segment("c", bold)], WIDTH)
    cells.put(0, 1, [Segment("here", link)], WIDTH)

    sent = cells.changes()

    assert sent.startswith("\x1b[1;1H\x1b[1ma b  c")
    assert sent.count("\x1b[1m") == 1
    assert sent.endswith("here\x1b]8;;\x1b\\")


def test_what_the_terminal_shows_can_be_forgotten() -> None:
    cells = made()
    first = cells.changes()
    cells.resize(WIDTH, HEIGHT)
    assert cells.changes() == ""
    cells.forget()
    assert not cells.is_shown
    assert cells.changes() == first
    cells.resize(WIDTH + 1, HEIGHT)
    assert cells.changes() != first


def test_what_lies_outside_of_the_screen_is_not_drawn() -> None:
    cells = made()
    cells.changes()
    for x, y, end in ((0, -1, 9), (0, HEIGHT, 9), (WIDTH, 0, 99), (-1, 0, 9), (5, 0, 5)):
        cells.put(x, y, [Segment("outside")], end)
    cells.set_breaks(HEIGHT, [0])
    assert cells.is_shown
    cells.put(WIDTH - 3, 0, [Segment("中文")], 99)
    terminal = Emulator()
    terminal.feed(cells.changes())
    assert terminal.screen.display[0].rstrip() == " " * (WIDTH - 3) + "中"


def test_a_control_is_not_sent() -> None:
    cells = made()
    cells.changes()
    cells.put(0, 0, [Segment("a\x1b[2Jb\x9bc\x00"), Segment("", None, [(ControlType.BELL,)])], 20)
    assert cells.changes() == "\x1b[1;1Ha[2Jbc"


def test_a_mark_stays_with_its_letter_where_a_style_ends_between_them() -> None:
    cells = made()
    cells.changes()
    cells.put(0, 0, [Segment("e", Style(bold=True)), Segment("\u0301x")], WIDTH)
    assert "e\u0301" in cells.changes()


def test_more_looks_than_are_remembered_are_drawn_as_well() -> None:
    cells, terminal = made(), Emulator()
    for number in range(9000):
        style = Style.parse(f"rgb({number % 256},{number // 256},9)")
        cells.put(0, 0, [Segment(f"{number}", style)], WIDTH)
    terminal.feed(cells.changes())
    assert terminal.screen.buffer[0][0].fg == f"{8999 % 256:02x}{8999 // 256:02x}09"


# The installed command in a terminal

WORDS = "市场 公司，表示 在 北京 经济的 今年，银行；行业 “数据” 消费 2024 年 基金 项目 上海 增长"


def news_post(number: int) -> str:
    """A post as publishing systems make them: short paragraphs, links, images."""
    words = WORDS.split(" ")
    paragraphs = []
    for paragraph in range(14):
        step = 3 + (number + paragraph) % 5
        text = "".join(
            words[(number * 7 + paragraph * 3 + k * step) % len(words)] for k in range(30)
        )
        link = f'<a href="https://news.example/{number}/{paragraph}">{words[number % 9]}</a>'
        paragraphs.append(f"<p>　　<strong>{words[paragraph]}</strong>{text}{link}。</p>")
    image = f'<p><img src="https://img.example/{number}.jpg" alt="{words[number % 7]}"></p>'
    return (
        f"---\ntitle: {words[number % 11]}{number}{words[number % 5]}\n"
        f"date: 2024-03-{number + 1:02} 10:00\ncategories: {words[number % 3]}\n---\n"
        f'<div class="article">{"".join(paragraphs[:5])}{image}{"".join(paragraphs[5:])}</div>\n'
    )


@pytest.fixture
def reader(start: StartCommand, tmp_path: Path) -> Terminal:
    """The reader on posts of the shape of news, all of them listed."""
    folder = tmp_path / "posts"
    folder.mkdir()
    for number in range(20):
        name = f"2024-03-{number + 1:02}-post-{number}.html"
        (folder / name).write_text(news_post(number), encoding="utf-8")
    terminal = start(str(folder))
    terminal.wait_for("1 of 20")
    terminal.wait_for(" min")  # the article
    settle(terminal)
    return terminal


def settle(terminal: Terminal) -> None:
    """Read until nothing is drawn for a while."""
    quiet = 0
    while quiet < 3:
        quiet = 0 if terminal.read() else quiet + 1


def shown(terminal: Terminal) -> list[list[Seen]]:
    """All but the first row, in which messages come and go."""
    return [[seen(terminal.screen.buffer[y][x]) for x in range(COLUMNS)] for y in range(1, ROWS)]


def draw_anew(terminal: Terminal) -> int:
    """Have all drawn again as after a change of size; how many bytes that takes."""
    before = len(terminal.written)
    terminal.screen.erase_in_display(2)
    os.kill(terminal.process.pid, signal.SIGWINCH)
    settle(terminal)
    return len(terminal.written) - before


def expect_the_same_anew(terminal: Terminal) -> None:
    """Expect the screen to be as it is when all is drawn again, as soon as it has come to rest."""

    def is_the_same() -> bool:
        settle(terminal)
        before = shown(terminal)
        assert draw_anew(terminal) > 2_000
        return shown(terminal) == before

    assert any(is_the_same() for _ in range(5)), terminal.text


def test_a_key_in_the_list_sends_8_kb_at_most(reader: Terminal) -> None:
    sizes = []
    for number in range(2, 8):
        before = len(reader.written)
        reader.press("j")
        reader.wait_for(f"{number} of 20")
        settle(reader)
        sizes.append(len(reader.written) - before)
    assert max(sizes) < 8_000
    assert min(sizes) > 500  # an article was drawn


def test_a_key_held_on_a_terminal_that_takes_nothing_is_drawn_as_one_frame(
    reader: Terminal,
) -> None:
    before = len(reader.written)
    for key in b"jk" * 40 + b"G":
        os.write(reader.process.child_fd, bytes([key]))
        time.sleep(0.05)  # nothing is read meanwhile
    reader.wait_for("20 of 20")
    settle(reader)
    # What the kernel holds, the frame that did not fit, and the last one; drawn were 330 KB.
    assert len(reader.written) - before < 80_000
    expect_the_same_anew(reader)


def test_the_screen_is_what_it_would_be_if_it_were_drawn_anew(reader: Terminal) -> None:
    for keys in ("jjj", "?", ESCAPE, "S", ESCAPE, "lG", "h2", "1", "/公司\r", f"{ESCAPE}z"):
        reader.press(keys)
        expect_the_same_anew(reader)


def test_the_whole_screen_is_sent_when_a_stopped_reader_goes_on(reader: Terminal) -> None:
    before = shown(reader)
    os.kill(reader.process.pid, signal.SIGTSTP)
    reader.wait_for_output(b"\x1b[?1049l")
    settle(reader)
    reader.screen.erase_in_display(2)
    os.kill(reader.process.pid, signal.SIGCONT)
    reader.wait(lambda _: shown(reader) == before, "the screen as it was")


def test_what_something_else_wrote_on_the_terminal_goes_with_a_key(reader: Terminal) -> None:
    before = shown(reader)
    reader.screen.erase_in_display(2)
    reader.press("\x0c")
    reader.wait(lambda _: shown(reader) == before, "the screen as it was")


def test_a_smaller_terminal_and_the_size_it_had_before_are_drawn_whole(reader: Terminal) -> None:
    reader.process.setwinsize(20, 60)
    settle(reader)
    reader.screen.erase_in_display(2)
    reader.process.setwinsize(ROWS, COLUMNS)
    expect_the_same_anew(reader)
    assert "1 of 20" in reader.text
