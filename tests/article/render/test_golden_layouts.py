"""Whole layouts, as pictures in text: `layouts/NAME.txt` is what `DOCUMENTS[NAME]` looks like.

Every width of a document stands below a line `== width`; text in a role other than the plain one
stands between `‹role:` and `›`. Run this file to write them anew, and read what changed.
"""

from dataclasses import fields
from pathlib import Path

import pytest
from rich.style import Style

from newsreader.article.document import (
    Cell,
    Document,
    Emphasis,
    Heading,
    Item,
    List,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
)
from newsreader.article.render.layout import layout
from newsreader.article.render.palette import Palette
from newsreader.text import clean_text
from tests.article.values import make_code, make_figure, make_header, make_span

LAYOUTS = Path(__file__).parent / "layouts"
WIDTHS = (72, 40, 24)

ROLES = [role.name for role in fields(Palette) if role.name not in {"text", "code_theme"}]
NAMED = Palette(text=Style(), **{name: Style(meta={name: True}) for name in ROLES}, code_theme="")

HEADER = make_header(
    "老城的最后一座报刊亭，今天只卖一种报纸", ("2024-05-01 08:30", "城市新闻", "3 min")
)


def spans(text: str) -> Spans:
    return (make_span(text),)


def said(*parts: Span | str) -> Paragraph:
    return Paragraph(tuple(make_span(part) if isinstance(part, str) else part for part in parts))


def row(*texts: str, heading: bool = False) -> tuple[Cell, ...]:
    return tuple(Cell(spans(text), heading=heading) for text in texts)


DOCUMENTS = {
    "news": Document(
        (
            Quote(
                (
                    said(
                        "街角的报刊亭开了三十一年，明天关门。摊主说：“我只是想把最后一份报纸卖完。”"
                    ),
                )
            ),
            said(
                "本报讯，老城区的报刊亭从2003年的412座减少到1座，",
                make_span("下降了99.8%", Emphasis.BOLD),
                "。据",
                make_span("市政公告", link="https://example.com/notice"),
                "（第G20号），它将在“五一”之后拆除……",
            ),
            Heading(2, spans("“一份报纸”的生意\n谁还在买？")),
            said("读者多数在60岁以上，每天早上6:30来，买一份日报，聊10分钟再走。"),
            make_figure(
                "image", "https://example.com/1.jpg", "报刊亭", spans("摊主在整理报纸（资料图）")
            ),
            Heading(3, spans("数字")),
            said(
                "平均每天卖出37份；周末不到20份。See https://example.com/data/2024/05/kiosk.csv 。"
            ),
            make_figure("video", "https://example.com/v.mp4"),
            said(make_span("（来源：城市新闻）", Emphasis.DIM)),
            said(make_span("返回首页", Emphasis.DIM, "https://example.com/")),
        ),
    ),
    "english": Document(
        (
            said(
                "The last kiosk of the old town sells one newspaper — “and only until noon,” its "
                "owner says. ",
                make_span("Nobody", Emphasis.ITALIC),
                " asked for anything else in ",
                make_span("kiosk.rb", Emphasis.CODE),
                " or in state-of-the-art, 24/7 well-connected print-on-demand e-commerce.",
            ),
            Rule(),
            said("Prices: $1.20, €1.10; at 5 km/h it takes 10 minutes."),
        )
    ),
    "lists": Document(
        (
            List(
                "bullet",
                (
                    Item(
                        (
                            said(
                                "第一层的文字比一行更长，所以它必须在第二行缩进，与第一行的文字对齐才好看。"
                            ),
                            List(
                                "bullet",
                                (
                                    Item(
                                        (said("第二层"), List("bullet", (Item((said("第三层"),)),)))
                                    ),
                                ),
                            ),
                        )
                    ),
                    Item((said("下一项"),)),
                    Item(()),
                ),
            ),
            List(
                "number",
                tuple(Item((said(f"第{n}条"), make_code(f"puts {n}"))) for n in (9, 10)),
                start=9,
                loose=True,
            ),
            List(
                "definition",
                (
                    Item(
                        (said("放在街角、卖报纸的小屋子，如今已经很少见到了。"),), spans("报刊亭")
                    ),
                    Item((said("One who sells papers."), said("Rare.")), spans("Vendor")),
                ),
            ),
            Quote((said("外层"), Quote((said("内层"), List("bullet", (Item((said("一项"),)),)))))),
        )
    ),
    "tables": Document(
        (
            Table(
                (
                    row("年份", "报刊亭", "Note", heading=True),
                    row("2003", "412", "peak"),
                    row("2024", "1", "the last one"),
                ),
                spans("表1 数量"),
            ),
            Table(
                (
                    row("Name", "说明", heading=True),
                    row("kiosk", "街角的小屋子，卖报纸、杂志、饮料和地图，也替人收信。"),
                    row("vendor", "卖报的人。"),
                )
            ),
            Table(
                (
                    (
                        Cell(spans("地区"), rowspan=2, heading=True),
                        Cell(spans("销量（份）"), colspan=2, heading=True, align="center"),
                    ),
                    row("平日", "周末", heading=True),
                    (
                        Cell(spans("老城"), rowspan=2),
                        Cell(spans("37"), align="right"),
                        Cell(spans("20"), align="right"),
                    ),
                    row("35", "18"),
                )
            ),
            Table(
                (row(*(f"很长的表头{n}" for n in range(8)), heading=True), row(*"一二三四五六七八"))
            ),
        )
    ),
    "code": Document(
        (
            make_code(
                "def sell(paper)\n"
                '  raise ArgumentError, "报纸卖完了，明天再来" unless paper.in_stock?(today)\n'
                "\tpaper.price\n\nend",
                "ruby",
            ),
            said("Then:"),
            List("bullet", (Item((make_code("x = 1\n\ny = 2"),)),)),
        )
    ),
}


FOOTERS = {"news": "Only the first part of this article is shown."}


def picture(name: str) -> str:
    parts: list[str] = []
    for width in WIDTHS:
        parts.append(f"== {width}")
        for line in layout(
            DOCUMENTS[name], width, NAMED, HEADER, footer=clean_text(FOOTERS.get(name, ""))
        ).lines:
            shown = ""
            for segment in line:
                roles = "+".join(segment.style.meta) if segment.style else ""
                shown += f"‹{roles}:{segment.text}›" if roles else segment.text
            parts.append(shown)
    return "\n".join(parts) + "\n"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_layout_is_the_one_that_was_looked_at(name: str) -> None:
    assert picture(name) == (LAYOUTS / f"{name}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    LAYOUTS.mkdir(exist_ok=True)
    for name in DOCUMENTS:
        (LAYOUTS / f"{name}.txt").write_text(picture(name), encoding="utf-8")
