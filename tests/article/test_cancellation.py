"""A layout that nobody waits for ends early, wherever it is."""

import pytest

from newsreader.article.cancellation import CancellationToken, WorkCancelledError
from newsreader.article.document import Block, Cell, Document, Paragraph, Table
from newsreader.article.parse.parse_article import parse_body
from newsreader.article.render.layout import layout, layout_steps
from tests.article.values import make_code, make_span

pytestmark = pytest.mark.long


class CountingToken(CancellationToken):
    """Counts how often work looks at it, and cancels itself after so many looks."""

    def __init__(self, most: int | None = None) -> None:
        super().__init__()
        self.checked = 0
        self._most = most

    def check(self) -> None:
        self.checked += 1
        if self.checked == self._most:
            self.cancel()
        super().check()


LONG = "中文 and words，" * 20_000


def cell(text: str) -> Cell:
    return Cell((make_span(text),))


BLOCKS: dict[str, Block] = {
    "paragraph": Paragraph((make_span(LONG),)),
    "lines": Paragraph((make_span("a\n" * 20_000 + "b"),)),
    "code in a line": make_code(LONG),
    "code in lines": make_code("x = 1\n" * 5_000, "python"),
    "grid": Table(((cell("a"), cell("b")),) * 2_000),
    "records": Table(((cell("a" * 90), cell("b" * 90)),) * 2_000),
    "columns": Table(((cell("a"),) * 2_000,) * 2),
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_long_work_looks_at_its_token_often(block: Block) -> None:
    token = CountingToken()
    layout(Document((block,)), 80, token=token)
    assert token.checked > 20


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_cancelled_work_ends_at_the_next_look(block: Block) -> None:
    token = CountingToken(15)
    with pytest.raises(WorkCancelledError):
        layout(Document((block,)), 80, token=token)
    assert token.checked == 15


def test_a_growing_layout_ends_between_two_steps_as_well() -> None:
    token = CancellationToken()
    document = Document((Paragraph((make_span("x"),)),) * 1_000)
    steps = layout_steps(document, 80, token=token)
    assert next(steps).lines
    token.cancel()
    with pytest.raises(WorkCancelledError):
        next(steps)


BODIES = [
    "<p>a</p>" * 3_000,
    "a *b* [c](d)\n\n" * 1_000,
    "a *b* [c](d) " * 1_000,
    "- a\n" * 3_000,
    "<div>\n\n*a*\n\n</div>\n" * 500,
    "|a|b|\n" * 3_000,
    "<table>" + "<tr><td>a<td>b" * 1_000,
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body[:16])
def test_a_parse_looks_at_its_token_often_and_ends_when_it_is_cancelled(body: str) -> None:
    token = CountingToken()
    parse_body(body, token=token)
    looks = token.checked
    assert looks > 1_000
    for share in (1, 30, 60, 99):
        token = CountingToken(max(1, looks * share // 100))
        with pytest.raises(WorkCancelledError):
            parse_body(body, token=token)
