import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin

from newsreader.article.document import (
    Block,
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
from newsreader.article.export.html import to_html
from newsreader.article.export.markdown import to_markdown
from newsreader.article.parse.parse_article import parse_body
from newsreader.posts.model import Post
from newsreader.text import clean_text
from tests.article.values import make_code, make_figure, make_span
from tests.linear import expect_linear

BOLD = Emphasis.BOLD


def post(**facts: object) -> Post:
    values = {
        "path": "_posts/2022-02-25-x.md",
        "title": "题",
        "date": datetime(2022, 2, 25, 11, 1, 44, tzinfo=UTC),
        "has_time": True,
        "categories": ("south",),
        "tags": ("南方", "云"),
        "author": "",
        "lang": "",
        "link": "",
        "body": "",
        "published": True,
        "problem": "",
    }
    return Post(**{**values, **facts})  # type: ignore[arg-type]  # every field is given above


def spans(text: str) -> Spans:
    return (make_span(text),)


def said(text: str) -> Paragraph:
    return Paragraph(spans(text))


def body(*blocks: Block, footer: str = "") -> str:
    return (
        to_markdown(post(), Document(blocks), clean_text(footer))
        .split("---\n", 2)[2]
        .removeprefix("\n")
    )


def line(*parts: Span | str) -> str:
    given = tuple(make_span(part) if isinstance(part, str) else part for part in parts)
    return body(Paragraph(given)).removesuffix("\n")


def rendered(markdown: str) -> str:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(deflist_plugin)
    return str(parser.render(markdown))


def test_the_facts_stand_on_top() -> None:
    document = Document((said("正文"),), source_link=clean_text("https://a.org/1"))
    assert to_markdown(post(title='他说"好"\\了', author="张三", lang="zh-CN"), document) == (
        "---\n"
        'title: "他说\\"好\\"\\\\了"\n'
        "date: 2022-02-25 11:01:44 +0000\n"
        'categories: ["south"]\n'
        'tags: ["南方", "云"]\n'
        'author: "张三"\n'
        'lang: "zh-CN"\n'
        'link: "https://a.org/1"\n'
        "---\n\n正文\n"
    )


def test_facts_that_a_post_does_not_have_are_left_out() -> None:
    bare = post(date=None, categories=(), tags=())
    assert to_markdown(bare, Document(())) == '---\ntitle: "题"\n---\n'
    dated = post(has_time=False, categories=(), tags=())
    assert "date: 2022-02-25\n" in to_markdown(dated, Document(()))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([make_span("“好”", BOLD), "了"], "**“好**”了"),
        (["他说", make_span("“好”", BOLD), "了"], "他说“**好**”了"),
        (["说：", make_span("“好”", BOLD), "。"], "说：**“好”**。"),
        ([make_span("“好”", BOLD)], "**“好”**"),
        ([make_span("甲", BOLD), make_span("乙", BOLD)], "**甲乙**"),
        (["a ", make_span(" b ", BOLD), " c"], "a  **b**  c".replace("  ", " ")),
        ([make_span("“”", BOLD), "甲"], "**“”**甲".replace("*", "")),
        (
            [make_span("斜", Emphasis.ITALIC), "体", make_span("删", Emphasis.STRIKE)],
            "*斜*体~~删~~",
        ),
        ([make_span("两", BOLD | Emphasis.ITALIC), "者"], "***两***者"),
        (["用 ", make_span("a*b", Emphasis.CODE), " 吧"], "用 `a*b` 吧"),
        ([make_span("a`b", Emphasis.CODE)], "``a`b``"),
        (["*ST甲和*ST乙：10~~20"], "\\*ST甲和\\*ST乙：10\\~\\~20"),
        (["a_b _c_ __d__"], "a_b \\_c\\_ \\_\\_d\\_\\_"),
        (["<b> &nbsp; a < b & c"], "\\<b> &amp;nbsp; a < b & c"),
        (["[1](x) ![y] C:\\new"], "\\[1\\](x) !\\[y\\] C:\\\\new"),
        (["it's -- b--- c... d.. <<e>>"], r"it\'s \-- b\-\-- c\... d.. \<\<e\>>"),
        (['"a"'], r"\"a\""),
        (["$$x$$ $5"], "\\$$x\\$$ $5"),
        (["# 甲"], "\\# 甲"),
        (["#甲 1. 乙"], "#甲 1. 乙"),
        (["1. 甲"], "1\\. 甲"),
        (["- 甲\n+ 乙\n> 丙\n==="], "\\- 甲  \n\\+ 乙  \n\\> 丙  \n==\\="),
        (["中\u3000文"], "中\u3000文"),
        (
            ["见", make_span("官网", link="https://a.org/x_y(z)"), "。"],
            "见[官网](https://a.org/x_y%28z%29)。",
        ),
        ([make_span("https://a.org/x_y", link="https://a.org/x_y")], "<https://a.org/x_y>"),
        ([make_span("官", BOLD, "https://a.org/"), "网"], "[**官**](https://a.org/)网"),
        ([make_span("注1", link="#fn1")], "注1"),
    ],
)
def test_a_line_of_text_comes_out_right(parts: list[Span | str], expected: str) -> None:
    assert line(*parts) == expected


def test_blocks_come_out_right() -> None:
    head = (Cell(spans("甲|乙"), heading=True), Cell(spans("丙"), heading=True))
    nested = List("bullet", (Item((said("里"),)),))
    written = body(
        Heading(2, spans("上\n下")),
        Quote((said("引"), Quote((said("深"),)))),
        List("bullet", (Item((said("一"), nested)), Item((said("二"),)), Item(()))),
        List(
            "number", (Item((said("九"), make_code("x\n\ny"))), Item((said("十"),))), 9, loose=True
        ),
        List("definition", (Item((said("义"),), spans("词")), Item((said("2"),), spans("二")))),
        make_code("a\n```\nb", "ruby"),
        Table(
            (head, (Cell(spans("1\n2"), rowspan=2), Cell(spans("3"))), (Cell(spans("4")),)),
            spans("表"),
        ),
        Table(((Cell(spans("5"), colspan=2),), (Cell(spans("6")), Cell(spans("7"))))),
        make_figure("image", "https://a.org/x y.png", "图 [1]", spans("说明"), "https://a.org/"),
        make_figure("image", "", "只有字"),
        make_figure("image", "", "站内", written="/图 (1).png"),
        make_figure("video", "https://a.org/v"),
        Rule(),
        footer="Cut.",
    )
    assert written == (
        "## 上 下\n\n"
        "> 引\n>\n> > 深\n\n"
        "- 一\n  - 里\n- 二\n-\n\n"
        "9. 九\n\n   ```\n   x\n\n   y\n   ```\n\n10. 十\n\n"
        "词\n: 义\n\n二\n: 2\n\n"
        "````ruby\na\n```\nb\n````\n\n"
        "表\n\n| 甲\\|乙 | 丙 |\n| --- | --- |\n| 1<br>2 | 3 |\n|  | 4 |\n\n"
        "|  |  |\n| --- | --- |\n| 5 |  |\n| 6 | 7 |\n\n"
        "[![图 \\[1\\]](https://a.org/x%20y.png)](https://a.org/)\n\n说明\n\n"
        "只有字\n\n"
        "![站内](/图%20%281%29.png)\n\n"
        "[▶ https://a.org/v](https://a.org/v)\n\n"
        "* * *\n\n"
        "Cut.\n"
    )


styles = st.sampled_from([Emphasis.NONE, Emphasis.NONE, BOLD, Emphasis.ITALIC, Emphasis.CODE])
pieces = st.lists(
    st.sampled_from(
        [*"中文，。“”（）ab1 *_`~[]()<>&#!|\\-+.:=", "&amp;", "<b>", "1. ", "# ", "**", "](", "```"]
    ),
    min_size=1,
    max_size=8,
).map("".join)
lines = st.lists(st.builds(Span, pieces, styles), min_size=1, max_size=5).map(tuple)


@pytest.mark.long
@given(st.lists(lines, min_size=1, max_size=3))
def test_markdown_says_what_the_article_says(paragraphs: list[Spans]) -> None:
    text = "".join(span.text for spans in paragraphs for span in spans)
    html = rendered(body(*map(Paragraph, paragraphs)))
    shown = re.sub(r"</?(?:p|strong|em|code|br /)>", "", html)
    for entity, character in {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}.items():
        shown = shown.replace(entity, character)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (said("<script>&"), "<p>&lt;script&gt;&amp;</p>\n"),
        (Heading(2, spans("上\n下")), "<h2>上<br>下</h2>\n"),
        (
            Paragraph((make_span("好", BOLD, 'https://a.org/"x'), make_span("注", anchor="n1"))),
            (
                '<p><a href="https://a.org/&quot;x"><strong>好</strong></a>'
                '<span id="n1">注</span></p>\n'
            ),
        ),
        (Quote((said("引"),)), "<blockquote>\n<p>引</p>\n</blockquote>\n"),
        (
            List("number", (Item((said("九"),)),), 9),
            '<ol start="9">\n<li>\n<p>九</p>\n</li>\n</ol>\n',
        ),
        (
            List("definition", (Item((said("义"),), spans("词")),)),
            "<dl>\n<dt>词</dt>\n<dd>\n<p>义</p>\n</dd>\n</dl>\n",
        ),
        (make_code("a < b", "c"), '<pre><code class="language-c">a &lt; b</code></pre>\n'),
        (
            Table(((Cell(spans("甲"), 2, 3, heading=True, align="right"),),), spans("表")),
            (
                "<table>\n<caption>表</caption>\n"
                '<tr><th colspan="2" rowspan="3" align="right">甲</th></tr>\n</table>\n'
            ),
        ),
        (
            make_figure("image", "https://a.org/x", '"alt', spans("说明"), "https://a.org/"),
            (
                '<figure><a href="https://a.org/x">&quot;alt</a> <a href="https://a.org/">→</a>'
                "<figcaption>说明</figcaption></figure>\n"
            ),
        ),
        (
            make_figure("video", "https://a.org/v"),
            '<figure><a href="https://a.org/v">https://a.org/v</a></figure>\n',
        ),
        (Rule(), "<hr>\n"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_html_is_escaped_and_complete(block: Block, expected: str) -> None:
    assert to_html(Document((block,))) == expected


def test_html_says_that_an_article_was_cut() -> None:
    assert (
        to_html(Document(()), clean_text("Cut & gone."))
        == "<p><small>Cut &amp; gone.</small></p>\n"
    )


def hostile_document(size: int) -> Document:
    deep: Block = said("深")
    for _ in range(12):
        deep = Quote((List("bullet", (Item((deep,)),)),))
    return Document(
        (
            deep,
            said("*_`[<&" * 3 * size),
            Paragraph(tuple(make_span("中", link=f"https://a.org/{n}") for n in range(size))),
            Paragraph(tuple(make_span("中", BOLD) for _ in range(size))),
            Paragraph(
                tuple(make_span("。", BOLD if n % 2 else Emphasis.NONE) for n in range(size))
            ),
            *(said("文") for _ in range(size // 4)),
        )
    )


@pytest.mark.long
def test_hostile_articles_are_written_in_linear_time() -> None:
    expect_linear(lambda size: to_markdown(post(), hostile_document(size)), 20_000)
    expect_linear(lambda size: to_html(hostile_document(size)), 20_000)


def test_the_bodies_of_a_table_come_back() -> None:
    cells = [tuple(Cell(spans(text)) for text in pair) for pair in ("甲乙", "丙丁", "戊己", "庚辛")]
    document = Document((Table(tuple(cells), groups=(2, 3)),))
    written = to_markdown(post(), document)
    assert parse_body(written[written.index("\n| ") :]).blocks == document.blocks
    assert parse_body(to_html(document)).blocks == document.blocks
