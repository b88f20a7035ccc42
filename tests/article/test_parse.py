"""Bodies and what comes of them, rule by rule (the numbers are those of the format's rules)."""

from __future__ import annotations

import pytest

from newsreader.article import (
    Document,
    Emphasis,
    Heading,
    List,
    Quote,
    Table,
    parse_article,
    parse_body,
    plain_text,
)
from newsreader.posts import Post, Site

from .dump import dump

# (rule, body, lines of the document)
TABLE = [
    ("10", "<p>a&#27;[31mb&#x202e;c</p>", ["p a[31mbc"]),
    ("10", "a&#27;[31mb", ["p a[31mb"]),
    ("10", "<img src='http://h/i' alt='甲&#27;]乙'>", ["image http://h/i alt=甲]乙"]),
    ("10", "<pre>a&#27;[2J</pre>", ["code", "  |a[2J"]),
    ("11", "[video]题 [/x] :fire: [@click=app.quit]y[/]", None),
    ("12", "<p><a href='javascript:x'>甲</a></p>", ["p 甲"]),
    (
        "12",
        "<p><a href='//h/p'>甲</a><a href='/p'>乙</a>。</p>",
        ["p ⟦甲|>https://h/p⟧⟦乙|>https://s.example/p⟧。"],
    ),
    (
        "14",
        "> 摘要\n\n<p>甲\n\n乙</p>\n\n<http://x/>",
        ["quote", "  p 摘要", "p 甲乙", "p ⟦http://x/|d >http://x/⟧", "source http://x/"],
    ),
    ("14", "<div>\n\n*甲*\n\n</div>\n\n*乙*", ["p *甲*", "p ⟦乙|i⟧"]),
    ("14", "<p>甲</p><p>乙\n\n丙</p>\n*丁*", ["p 甲", "p 乙丙", "p ⟦丁|i⟧"]),
    ("14", "<div>甲\n\n*乙*", ["p 甲", "p ⟦乙|i⟧"]),
    (
        "15",
        "甲\n\n<>\n\n[返回](//h/c)｜[首页](//h/)",
        ["p 甲", "p ⟦返回|d >https://h/c⟧⟦｜|d⟧⟦首页|d >https://h/⟧"],
    ),
    ("15", "甲[乙](http://h/)", ["p 甲⟦乙|>http://h/⟧"]),
    (
        "16",
        "> *ST甲和*ST乙：10~~20\n\n<p>3*4*5 a_b_c</p>",
        ["quote", "  p *ST甲和*ST乙：10~~20", "p 3*4*5 a_b_c"],
    ),
    ("16", "> 甲&amp;乙\n>\n> 丙\n\n<p>文</p>", ["quote", "  p 甲&乙", "  p 丙", "p 文"]),
    ("16", "> *甲*\n\n乙", ["quote", "  p ⟦甲|i⟧", "p 乙"]),
    ("17", "> 甲乙，丙…\n\n<p>甲乙，丙丁。</p>", ["p 甲乙，丙丁。"]),
    ("17", "<h1>标 题</h1><p>甲</p>", ["p 甲"]),
    ("17", "<h1>另一个</h1><p>甲</p>", ["h1 另一个", "p 甲"]),
    ("18", "<p><strong>“好”</strong>了</p>", ["p ⟦“好”|b⟧了"]),
    ("18", "<p><b>甲</b><strong>乙</strong><b></b>丙<b><b>丁</b></b></p>", ["p ⟦甲乙|b⟧丙⟦丁|b⟧"]),
    ("18", "他说**“好”**了，**甲。**乙", ["p 他说⟦“好”|b⟧了，⟦甲。|b⟧乙"]),
    ("18", "2 * 3 * 4 与 a*b*c", ["p 2 * 3 * 4 与 a⟦b|i⟧c"]),
    (
        "19",
        "<p>中\n   文</p><p>ab\ncd</p><p>中 <b>文</b></p>",
        ["p 中文", "p ab cd", "p 中 ⟦文|b⟧"],
    ),
    ("19", "<a href=//h/>甲 </a>乙 `c` `d`", ["p ⟦甲|>https://h/⟧ 乙 ⟦c|c⟧ ⟦d|c⟧"]),
    ("19", "<p><b>a b</b> <b>c</b> d</p>", ["p ⟦a b|b⟧ ⟦c|b⟧ d"]),
    ("28", "<dl><dt>\u200b<dd>甲</dl><dt>\u200b</dt>", ["definition", "  -", "    p 甲"]),
    ("19", "<p>中\n<b>文</b>\n字</p>", ["p 中⟦文|b⟧字"]),
    ("19", "<p>他说\n“好”，\nOK</p>", ["p 他说“好”，OK"]),
    ("19", "<p>한국\n어</p>", ["p 한국 어"]),
    ("19", "<p>　　&nbsp;甲</p><p>&nbsp;</p><p>　</p><p>\u200b</p><p></p>", ["p 甲"]),
    ("19", "甲<br><br>乙<br>丙<br>", ["p 甲", "p 乙⏎丙"]),
    ("19", "<p><br>甲<br> <br/>\n乙</p>", ["p 甲", "p 乙"]),
    ("20", "<p>&lt;b&gt; &amp;nbsp; a&nbspb &amp;lt;</p>", ["p <b> &nbsp; a b &lt;"]),
    ("20", "&lt;b&gt; &amp;nbsp; `&lt;`", ["p <b> &nbsp; ⟦&lt;|c⟧"]),
    (
        "21",
        "<p style='color:red;DISPLAY : None'>x</p><p style='visibility:hidden'>x</p>甲",
        ["p 甲"],
    ),
    ("21", "<p hidden>x</p><b class='a sr-only'>x</b><i class=visually-hidden>x</i>甲", ["p 甲"]),
    (
        "21",
        "<div class=field-label-hidden>甲</div><p style='x-display:none'>乙</p>",
        ["p 甲", "p 乙"],
    ),
    ("21", "<p>甲<span style='display:none'><b>x</b><img src=http://h/i></span>乙</p>", ["p 甲乙"]),
    (
        "22",
        "<script>x</script><style>x</style><template>x</template><noscript>x</noscript>甲",
        ["p 甲"],
    ),
    ("22", "<button>x</button><form><p>x</p></form><!-- x -->甲", ["p 甲"]),
    (
        "22",
        "<iframe src=//h/v></iframe><video src=http://h/v></video><audio src=http://h/a></audio>",
        ["frame https://h/v", "video http://h/v", "audio http://h/a"],
    ),
    ("22", "<div><iframe></iframe><video></video>甲</div>", ["p 甲"]),
    ("23", "<p>甲<img src=http://h/i alt=乙>丙</p>", ["p 甲⟦[图: 乙]|d >http://h/i⟧丙"]),
    (
        "23",
        "<p>甲</p><img src=http://h/i alt='Image'><p>乙</p>",
        ["p 甲", "image http://h/i", "p 乙"],
    ),
    ("23", "<img src=http://h/i alt='DSC_01.JPG'>", ["image http://h/i"]),
    (
        "23",
        "<center><img src=http://h/i></center><p style='text-align:center;'>图注</p><p>甲</p>",
        ["image http://h/i caption=图注", "p 甲"],
    ),
    (
        "23",
        "<p><img src=http://h/i></p><p align=center>" + "很长" * 40 + "</p>",
        ["image http://h/i", "p " + "很长" * 40],
    ),
    ("23", "<p align=center>甲</p>", ["p 甲"]),
    (
        "23",
        "<img src=blank.gif data-src=http://h/i><img src=http://h/i><img src=http://h/p width=1>",
        ["image http://h/i"],
    ),
    (
        "24",
        "<p><span id=s_1><a class=keytip data-code=1 href=http://q/>平安</a></span>涨</p>",
        ["p 平安涨"],
    ),
    (
        "24",
        "<p><span id=quote_1></span><span class=em_stock_key_common>万科</span></p>",
        ["p 万科"],
    ),
    (
        "24",
        "<p>甲</p><p class=em_media>（来源：报）</p><p>乙</p>",
        ["p 甲", "p 乙", "p ⟦（来源：报）|d⟧"],
    ),
    ("25", "<p><b>甲</b></p><p>文</p>", ["h2 甲", "p 文"]),
    ("25", "<p><strong>甲</strong></p><p><b>乙</b></p><p>文</p>", ["h2 甲⏎乙", "p 文"]),
    (
        "25",
        "<p><b>甲</b></p><p><b>乙</b></p><p><b>丙</b></p><p>文</p>",
        ["p ⟦甲|b⟧", "p ⟦乙|b⟧", "p ⟦丙|b⟧", "p 文"],
    ),
    ("25", "<p>文</p><p><b>末</b></p>", ["p 文", "p ⟦末|b⟧"]),
    (
        "25",
        "<p>文</p><p><b>末</b></p>\n\n<http://x/>",
        ["p 文", "p ⟦末|b⟧", "p ⟦http://x/|d >http://x/⟧", "source http://x/"],
    ),
    (
        "25",
        "<p><b>一句话。</b></p><p><b>一、标题。</b></p><p>文</p>",
        ["p ⟦一句话。|b⟧", "h2 一、标题。", "p 文"],
    ),
    ("25", f"<p><b>{'长' * 30}</b></p><p>文</p>", [f"h2 {'长' * 30}", "p 文"]),
    ("25", f"<p><b>{'长' * 31}</b></p><p>文</p>", [f"p ⟦{'长' * 31}|b⟧", "p 文"]),
    ("25", "<p><b>甲。乙</b></p><p>文</p>", ["p ⟦甲。乙|b⟧", "p 文"]),
    ("25", f"<p><b>{'问' * 19}？</b></p><p>文</p>", [f"h2 {'问' * 19}？", "p 文"]),
    ("25", f"<p><b>{'问' * 20}？</b></p><p>文</p>", [f"p ⟦{'问' * 20}？|b⟧", "p 文"]),
    ("25", "<p><b>甲</b>乙</p><p>文</p>", ["p ⟦甲|b⟧乙", "p 文"]),
    (
        "26",
        "10<sup>4</sup> x<sup>a+b</sup> CO<sub>2</sub> H<sub>max</sub>",
        ["p 10⁴ x^a+b CO₂ H_max"],
    ),
    ("26", "<p>甲<sup><a href=http://h/>1</a></sup></p>", ["p 甲⟦[1]|>http://h/⟧"]),
    ("26", "<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>", ["p 漢字(かんじ)"]),
    (
        "27",
        "<table><tr><td colspan=2>甲<td rowspan=9999>乙<tr><td align=right>1<td>2</table>",
        ["table", "  [2x1] 甲 ¦ [1x1000] 乙", "  > 1 ¦ 2"],
    ),
    ("27", "<table><tr><td>甲<td>乙</table>", ["p 甲", "p 乙"]),
    (
        "27",
        "<table><tr><td><ul><li>甲</ul><td>乙<tr><td>丙<td>丁</table>",
        ["bullet", "  -", "    p 甲", "p 乙", "p 丙", "p 丁"],
    ),
    (
        "27",
        "<table><tr><td><p>甲</p><p>乙</p><td>丙<tr><td>丁<td>戊</table>",
        ["table", "  甲⏎乙 ¦ 丙", "  丁 ¦ 戊"],
    ),
    (
        "28",
        "<ol start=5><li>a<ul><li>b</ul><li><p>c</p><pre>x\n y</pre></ol>",
        [
            "number 5 loose",
            "  -",
            "    p a",
            "    bullet",
            "      -",
            "        p b",
            "  -",
            "    p c",
            "    code",
            "      |x",
            "      | y",
        ],
    ),
    ("28", "<li>甲<li>乙</li><p>丙</p>", ["bullet", "  -", "    p 甲", "  -", "    p 乙", "p 丙"]),
    (
        "28",
        "<ul>散<li>甲</li><ul><li>乙</ul></ul>",
        ["bullet", "  -", "    p 散", "  -", "    p 甲", "    bullet", "      -", "        p 乙"],
    ),
    ("28", "<dl><dt>甲<dt>乙<dd>丙</dl>", ["definition", "  - 甲", "  - 乙", "    p 丙"]),
    ("29", "<pre class='language-Ruby'>\n a<br>  b\n\n</pre>", ["code ruby", "  | a", "  |  b"]),
    ("29", "<div class=highlight><pre lang=js><code>x</code></pre></div>", ["code", "  |x"]),
    ("30", "<a href=http://h/><h3>题</h3></a>", ["h3 ⟦题|>http://h/⟧"]),
    ("30", "<p>甲<a href=http://h/></a></p>", ["p 甲"]),
    ("30", "<p>甲 <a href=http://h/>http://h/</a></p>", ["p 甲 ⟦http://h/|>http://h/⟧"]),
    ("31", "<p>甲<strong>乙<p>丙丁</p>", ["p 甲⟦乙|b⟧", "p ⟦丙丁|b⟧"]),
    ("31", "<p><div>甲</div></p><div><div></div></div>", ["p 甲"]),
    (
        "32",
        "# 题 {#id}\n\n甲\n{: .c}\n\n[x](http://a/){:target='_blank'} `{:k=>1}`乙",
        ["h1 题", "p 甲", "p ⟦x|>http://a/⟧ ⟦{:k=>1}|c⟧乙"],
    ),
    ("32", "[题](http://u/)\n------\n<p>甲</p>", ["h2 ⟦题|>http://u/⟧", "p 甲"]),
    ("32", "甲\n\n^\n\n乙", ["p 甲", "p 乙"]),
    ("32", "~~~\n{% raw %}\n~~~", ["code", "  |{% raw %}"]),
    (
        "33",
        "{% highlight ruby %}\nputs '{{ x }}' <b>\n{% endhighlight %}",
        ["code ruby", "  |puts '{{ x }}' <b>"],
    ),
    ("33", "[x]({% link a.md %}) {{ v | a: 'b' }} `{{ code }}`", ["p x ⟦…|d⟧ ⟦{{ code }}|c⟧"]),
    ("33", "[x]({{ site.url }}/p) y", ["p ⟦x|>https://s.example/p⟧ y"]),
    ("33", "{% highlight a %}\n\n甲", ["p 甲"]),
]


@pytest.mark.parametrize(("rule", "body", "lines"), TABLE)
def test_a_body_becomes_these_blocks(rule: str, body: str, lines: list[str] | None) -> None:
    document = parse_body(body, title="标题", site_url="https://s.example")
    assert dump(document).splitlines() == ([f"p {body}"] if lines is None else lines)


def post(body: str, link: str = "") -> Post:
    return Post("a.md", "标题", None, False, (), (), "", "", link, body, True, "")


def test_the_link_of_the_front_matter_goes_before_the_one_in_the_body() -> None:
    assert parse_article(post("甲\n\n<http://b/>")).source_link == "http://b/"
    assert parse_article(post("甲\n\n<http://b/>", "http://a/")).source_link == "http://a/"
    assert (
        parse_article(post("甲", "/p"), Site(url="https://s.org")).source_link == "https://s.org/p"
    )
    assert parse_article(post("甲\n\n<http://b/>", "javascript:x")).source_link == "http://b/"


def test_a_heading_that_says_the_title_is_left_out() -> None:
    assert dump(parse_article(post("# 标题\n\n甲"))) == "p 甲\n"


def test_an_empty_body_is_an_empty_document() -> None:
    for body in ("", "\n \n", "<>", "<p></p>", "<div><b> </b></div>", "{: .c}", "{% x %}"):
        assert parse_body(body) == Document(())


def test_links_to_places_that_are_not_here_are_text() -> None:
    body = "<p><a href='#a'>甲</a><a href='#b'>乙</a></p><h2 id=a>丙</h2>文"
    assert dump(parse_body(body)) == "p ⟦甲|>#a⟧乙\nh2 ⟦丙|@a⟧\np 文\n"


def test_a_place_without_text_is_where_the_next_text_begins() -> None:
    body = "<a href='#a'>上</a><p>文</p><a name=a></a><p>甲</p>"
    assert dump(parse_body(body)) == "p ⟦上|>#a⟧\np 文\np ⟦甲|@a⟧\n"


def depth_of(document: Document) -> int:
    deepest = 0
    left: list[tuple[object, int]] = [(block, 1) for block in document.blocks]
    while left:
        block, depth = left.pop()
        deepest = max(deepest, depth)
        if isinstance(block, Quote):
            left.extend((inner, depth + 1) for inner in block.blocks)
        elif isinstance(block, List):
            left.extend((inner, depth + 1) for item in block.items for inner in item.blocks)
    return deepest


@pytest.mark.parametrize("tags", ["<blockquote>", "<ul><li>", "<dl><dd>", "<ol><li><blockquote>"])
def test_deep_blocks_are_flattened_and_keep_their_text(tags: str) -> None:
    document = parse_body("".join(f"{tags}{number}字" for number in range(300)))
    assert depth_of(document) <= 16
    assert "".join(plain_text(document).split()) == "".join(f"{n}字" for n in range(300))


def test_a_deep_tree_keeps_its_paragraphs_apart() -> None:
    document = parse_body("".join(f"<div>第{number}段" for number in range(500)))
    assert plain_text(document).split("\n") == [f"第{number}段" for number in range(500)]


def test_an_article_that_was_cut_says_so() -> None:
    assert "2,000,000" in parse_body("字" * 2_000_001).cut
    document = parse_body("<p>甲</p>" * 60_000)
    assert len(document.blocks) == 50_000
    assert "its end is not shown" in document.cut
    document = parse_body("a[b](c)\n" * 20_000)
    assert plain_text(document).count("a[b](c)") == 20_000
    assert "plain text" in document.cut


def test_a_large_table_stays_whole() -> None:
    rows = "".join(f"<tr><td><p>{n}</p></td><td>甲</td></tr>" for n in range(10_000))
    document = parse_body(f"<table>{rows}</table>")
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert len(table.rows) == 10_000
    assert not document.cut


def test_the_section_headings_of_a_news_post_are_parted_by_a_line_feed() -> None:
    (heading, _) = parse_body("<p><b>甲</b></p><p><b>乙</b></p><p>文</p>").blocks
    assert isinstance(heading, Heading)
    assert [span.text for span in heading.spans] == ["甲\n乙"]
    assert heading.spans[0].emphasis is Emphasis.NONE


def test_the_digest_is_not_dropped_for_a_first_paragraph_that_only_begins_like_it() -> None:
    document = parse_body("> 甲乙丙丁\n\n<p>甲乙</p>")
    assert dump(document) == "quote\n  p 甲乙丙丁\np 甲乙\n"
