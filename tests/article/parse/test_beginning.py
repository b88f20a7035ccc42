"""The beginning of a long article is the beginning of it, whatever the article is made of."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.article.document import Document, Paragraph, Table
from newsreader.article.parse import parse_article as module
from newsreader.article.parse.parse_article import ArticleParser, article_parser
from newsreader.posts.model import Site
from newsreader.posts.parse_post import parse_post

pytestmark = pytest.mark.long

GOLDEN = Path(__file__).parent / "golden"
FILLER = "".join(f"<p>第{n}段，说的是第{n % 7}件事。</p>" for n in range(6_000))
ROWS = "".join(f"<tr><td>第{n}行<td>{n % 7}.{n % 3}%</td></tr>" for n in range(8_000))
TITLE = "很长的一篇"


def begun(body: str) -> Document | None:
    """The beginning of a body, which must be one of the whole."""
    parser = ArticleParser(body, title=TITLE, site_url="https://a.org")
    found = parser.parse_beginning()
    whole = parser.parse()
    assert whole == ArticleParser(body, title=TITLE, site_url="https://a.org").parse()
    if found is not None:
        *before, last = found.blocks
        same = whole.blocks[len(before)]
        assert tuple(before) == whole.blocks[: len(before)]
        if isinstance(last, Table) and isinstance(same, Table):
            assert (last.rows, last.caption) == (same.rows[: len(last.rows)], same.caption)
        else:
            assert last == same
            assert len(found.blocks) < len(whole.blocks)
    return found


def test_a_long_page_has_a_beginning_that_fills_a_screen() -> None:
    found = begun(f"> 摘要。\n\n{FILLER}\n\n<http://a.org/1>\n")
    assert found is not None
    assert len(found.blocks) > 20
    assert found.source_link == ""


@pytest.mark.parametrize(
    "around",
    [
        "<div class='article'>{}</div>",
        "<div>\n\n<section>\n{}\n</section>\n\n</div>",
        "<center>{}</center>",
        "<div>{}",
    ],
)
def test_boxes_around_an_article_hide_no_beginning(around: str) -> None:
    assert begun(around.replace("{}", FILLER)) is not None


def test_paragraphs_that_nobody_closes_have_a_beginning() -> None:
    assert begun(FILLER.replace("</p>", "\n")) is not None


@pytest.mark.parametrize(
    "around",
    [
        "<table>{}</table>",
        "<p>前文。</p><p><b>小标题</b></p><table class=x>{}</table><p>后文。</p>",
        "<div><table><tbody>{}</tbody></table></div>",
        "<table><caption>题</caption><thead><tr><th>甲<th>乙</thead>{}</table>",
        "> 摘要\n\n<p>前文。</p><table>{}</table>",
    ],
)
def test_a_long_table_begins_with_its_first_rows(around: str) -> None:
    found = begun(around.replace("{}", ROWS))
    assert found is not None
    table = found.blocks[-1]
    assert isinstance(table, Table)
    assert 200 < len(table.rows) < 2_000


def test_notes_at_the_end_are_reached_from_the_beginning() -> None:
    note = '<p id="n">注</p><!-- <p id="no"> -->'
    found = begun(f'<p>文<a href="#n">1</a><a href="#no">2</a></p>{FILLER}{note}')
    assert found is not None
    first = found.blocks[0]
    assert isinstance(first, Paragraph)
    assert [span.link for span in first.spans] == ["", "#n", ""]


@pytest.mark.parametrize(
    "body",
    [
        f"<table><tr><td>{FILLER}</td></tr></table>",
        FILLER.replace("<p>", "\n\n").replace("</p>", ""),
        f"<table><p>{ROWS}</table>",
        f"<table>{ROWS}<tr><td>甲<td>乙</table>",
        f"<table>{ROWS}流浪</table>",
        f"<table>{ROWS}<tr><td><table>",
        "<p>甲<b>乙</p>" * 20_000,
    ],
    ids=lambda body: body[:24] + body[-24:],
)
def test_pages_that_are_not_nested_well_have_a_beginning(body: str) -> None:
    assert begun(body) is not None


@pytest.mark.parametrize(
    "body",
    [
        FILLER[:7_000],
        f"<b>{FILLER}</b>",
        f"<blockquote>{FILLER}</blockquote>",
        f"> 摘要\n\n<table>{ROWS}</table>\n\n<>",
        f'<p style="display:none">{"暗" * 200_000}</p>',
        "<p>" + "长" * 200_000 + "</p>",
        "<" * 200_000,
    ],
    ids=lambda body: body[:24],
)
def test_what_is_read_at_once_or_is_one_block_has_no_beginning(body: str) -> None:
    assert begun(body) is None


def test_a_post_is_read_with_its_title_and_its_site() -> None:
    raw = f'---\ntitle: 题\nsource: x\n---\n<h1>题</h1><p><a href="/x">链</a></p>{FILLER}'
    post = parse_post(raw.encode(), "_posts/2024-01-01-x.md")
    found = article_parser(post, Site(url="https://b.org")).parse_beginning()
    assert found is not None
    first = found.blocks[0]
    assert isinstance(first, Paragraph)
    assert [(span.text, span.link) for span in first.spans] == [("链", "https://b.org/x")]


PIECES = [
    "<p>段落，有文字。</p>",
    "<p><strong>小标题</strong></p>",
    "<p><b>一</b></p><p><b>二</b></p>",
    "<h1>很长的一篇</h1>",
    "<h2>节</h2>",
    "<p>没有关上<p>又一段",
    '<center><img src="/a.png" alt="图表"></center>',
    '<p style="text-align:center;">图注</p>',
    '<p class="em_media">（文章来源：某报）</p>',
    "<ul><li>一<li>二<ul><li>里</ul></ul>",
    "<li>孤儿</li>",
    "<dl><dt>词<dd>义</dl>",
    "<table><tr><th>甲<th>乙<tr><td>1<td>2</table>",
    "<table><p>流浪</p><tr><td>1</table>",
    "<div><p>里</p>文字</div>",
    "<div>",
    "</div>",
    "<section>",
    "</section></p>",
    "<b>粗",
    "</b>",
    "<i><p>斜</i>体</p>",
    '<a href="/x">链<p>接</p></a>',
    "<blockquote><p>引</p></blockquote>",
    "<blockquote>",
    "</blockquote>",
    "<pre><code>x = 1\n\n</code></pre>",
    "裸露的文字<br><br>又是",
    "<hr>",
    "<!-- 注释 -->",
    "<script>var a = '<p>';</script>",
    "<select><option>甲</select>",
    "<form><p>表单</p></form>",
    "<svg><path/></svg>",
    "<iframe src='//v.org/1'></iframe>",
    '<div style="display:none">',
    "<details><summary>概</summary>详</details>",
    "<ruby>漢<rt>かん</ruby>",
    "\n\n",
    "\n",
    "\n\n**粗** 文\n\n",
    "\n\n[链](/x)\n\n",
    "{% highlight ruby %}\n<p>\n{% endhighlight %}",
    "<http://a.org/1>",
    "&lt;p&gt;",
    "<table>",
    "</table>",
    "<td>",
    "<tr><td>格<td>子</tr>" * 8,
    "<table><tbody>" + "<tr><td>格<th><b>子</b></tr>" * 9 + "</tbody></table>",
    '<p id="x">处</p><a href="#x">去</a>',
    "</p>",
    "<button><p>钮</button>",
    "<h3><div>块</div></h3>",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=12),
    st.lists(st.sampled_from(PIECES), max_size=12),
    st.lists(st.sampled_from(PIECES), max_size=6),
    st.booleans(),
    st.integers(1, 150),
)
@settings(max_examples=60)
def test_a_beginning_is_one_of_the_whole(
    before: list[str], amid: list[str], after: list[str], digest: bool, nodes: int
) -> None:
    # Short limits, so that the place where the reading ends falls among the pieces.
    long = "<p>" + "字" * 120 + "</p>"
    text = "> 摘要\n\n" * digest
    body = text + "".join(before) + long * 2 + "".join(amid) + long * 8 + "".join(after)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LONG_BODY", 100)
        patch.setattr(module, "TABLE_BODY", 100)
        patch.setattr(module, "FIRST_NODES", nodes)
        patch.setattr(module, "TABLE_NODES", nodes)
        begun(body)


@pytest.mark.parametrize("seed", [5])
def test_a_beginning_is_one_of_the_whole_wherever_the_reading_ends(seed: int) -> None:
    chance = random.Random(seed)
    bodies = [path.read_text(encoding="utf-8") for path in sorted(GOLDEN.glob("*.md"))]
    bodies += ["".join(chance.choices(PIECES, k=60)) for _ in range(30)]
    seen = 0
    for body in bodies:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "LONG_BODY", 1)
            patch.setattr(module, "TABLE_BODY", 1)
            for end in range(1, 400, 30):
                patch.setattr(module, "FIRST_NODES", end)
                patch.setattr(module, "TABLE_NODES", end)
                seen += begun(body) is not None
    assert seen > 15
