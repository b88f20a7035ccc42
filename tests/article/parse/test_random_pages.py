"""Pages made at random, with what should be seen of them worked out while they are made.

Well-formed trees: the visible text is known by construction, so no letter may be lost, invented or
moved. Hostile ones: nothing raises, and markup never shows.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.article.document import Document
from newsreader.article.facts import plain_text
from newsreader.article.parse.body_parts import split_body
from newsreader.article.parse.html_tags import tame_html
from newsreader.article.parse.parse_article import parse_body
from newsreader.text import clean_text
from tests.article.dump import dump

pytestmark = pytest.mark.long

# What a block of code is made of.
_MADE = '<pre><code class="language-a"></code></pre>&ltgquo#x27;~'


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of a page: its source, and the letters of it that are seen."""

    source: str
    seen: str

    def __add__(self, other: Page) -> Page:
        return Page(self.source + other.source, self.seen + other.seen)


def join(pages: list[Page]) -> Page:
    return Page("".join(p.source for p in pages), "".join(p.seen for p in pages))


def wrap(opening: str, page: Page) -> Page:
    return Page(f"<{opening}>{page.source}</{opening.split(maxsplit=1)[0]}>", page.seen)


LETTERS = "中文字，。“”（）ab1é한あ&<>*_#[]`~|\\!-$=+:"
TEXT = st.text(LETTERS, min_size=1, max_size=6)
SPACE = st.sampled_from(["", "", " ", "\n", "  \n ", "&nbsp;", "\u3000", "<!-- x -->", "<wbr>"])
HIDDEN = st.sampled_from(
    [
        "<script>x</script>", "<style>x</style>", "<p hidden>x</p>",
        "<b style='display:none'>x</b>",
        "<i class='sr-only y'>x</i>", "<template>x</template>", "<button>x</button>", "<b></b>",
        "<a href='http://h/'></a>", "<span id=stock_1></span>",
    ]
)  # fmt: skip
WORDS = st.builds(lambda text, space: Page(html.escape(text) + space, text), TEXT, SPACE)
INLINE_TAGS = [
    "b", "strong", "i", "em", "u", "s", "del", "mark", "small", "span", "font color=red", "code",
    "a href='http://h/'", "a href='javascript:x'", "a name=n", "span class=em_stock_key_common",
    "bdo dir=rtl", "abbr title=x", "time", "unknown-tag",
]  # fmt: skip
HIDDEN_INLINE = st.sampled_from(
    ["<b style='display:none'>x</b>", "<i class='sr-only y'>x</i>", "<b></b>", "<script>x</script>"]
).map(lambda source: Page(source, ""))
INLINE = st.recursive(
    st.one_of(WORDS, WORDS, HIDDEN_INLINE),
    lambda inner: st.builds(
        wrap, st.sampled_from(INLINE_TAGS), st.lists(inner, max_size=4).map(join)
    ),
    max_leaves=8,
).filter(lambda page: "<a " not in page.source or page.source.count("<a ") == 1)
LINE = (
    st.lists(INLINE, min_size=1, max_size=3)
    .map(join)
    .filter(lambda page: page.source.count("<a ") <= 1)
)
BLOCK_TAGS = ["div", "section", "article", "blockquote", "center", "details", "div class=xhidden"]
PARAGRAPH = st.builds(
    wrap, st.sampled_from(["p", "p", "p align=center", "div", "h2", "h5", "blockquote"]), LINE
)
ITEMS = st.lists(LINE, min_size=1, max_size=3)


def list_of(tag: str, items: list[Page]) -> Page:
    return wrap(tag, join([wrap("li", item) for item in items]))


def definitions(items: list[Page]) -> Page:
    rows = [wrap("dt" if place % 2 == 0 else "dd", item) for place, item in enumerate(items)]
    return wrap("dl", join(rows))


def table(cells: list[Page], columns: int, cell: str) -> Page:
    rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
    return wrap("table", join([wrap("tr", join([wrap(cell, c) for c in row])) for row in rows]))


BLOCK = st.recursive(
    st.one_of(
        PARAGRAPH,
        PARAGRAPH,
        st.builds(list_of, st.sampled_from(["ul", "ol", "ol start=5"]), ITEMS),
        st.builds(definitions, ITEMS),
        st.builds(
            table,
            st.lists(LINE, min_size=1, max_size=6),
            st.integers(1, 3),
            st.sampled_from(["td", "td colspan=2", "th"]),
        ),
        st.builds(lambda text: wrap("pre", Page(html.escape(text), text)), TEXT),
        HIDDEN.map(lambda source: Page(source, "")),
        st.sampled_from(["<hr>", "<br>", "\n", "<br><br>"]).map(lambda source: Page(source, "")),
    ),
    lambda inner: st.one_of(
        st.builds(wrap, st.sampled_from(BLOCK_TAGS), st.lists(inner, max_size=4).map(join)),
        st.builds(list_of, st.just("ul"), st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=10,
)
PAGE = st.lists(BLOCK, min_size=1, max_size=5).map(join)


def letters(text: str) -> str:
    return re.sub(r"[\s\u3000\xa0]+", "", text)


def seen(document: Document) -> str:
    return letters(plain_text(document))


@settings(max_examples=90)
@given(PAGE)
def test_no_letter_of_a_well_formed_page_is_lost_or_invented_or_moved(page: Page) -> None:
    # What is hidden stays hidden where something else is seen.
    source = f"<div>{page.source}</div><p>末</p>"
    assert seen(parse_body(source)) == letters(page.seen) + "末"


@settings(max_examples=50)
@given(st.lists(PAGE, min_size=1, max_size=3))
def test_empty_lines_between_and_inside_html_change_nothing(pages: list[Page]) -> None:
    # What is hidden stays hidden where something else is seen.
    pages = [*pages, Page("<p>末</p>", "末")]
    body = "\n\n".join(f"<div>\n\n{page.source}\n\n</div>" for page in pages)
    assert seen(parse_body(body)) == letters("".join(page.seen for page in pages))


@settings(max_examples=50)
@given(st.lists(st.one_of(PARAGRAPH.map(lambda page: page.source), TEXT), max_size=60))
def test_taming_keeps_the_text_of_any_page(parts: list[str]) -> None:
    source = "<div>".join(parts)
    whole, _ = tame_html(source)
    assert seen(parse_body(f"<div>{whole}")) == seen(parse_body(f"<div>{source}"))


CJK = st.text("中文字，。“”（）ab1", min_size=1, max_size=8)
MARKED = st.one_of(
    CJK.map(lambda text: Page(text, text)),
    CJK.map(lambda text: Page(f"`{text}`", text)),
    CJK.map(lambda text: Page(f"[{text}](http://h/)", text)),
    CJK.map(lambda text: Page(f"[{text}](http://h/){{: .c}}", text)),
    st.just(Page("{{ x.y }}", "…")),
    st.just(Page("{% x a=b %}", "")),
    st.just(Page("$$x_1$$", "x_1")),
)
COMMA = Page("，甲", "，甲")
MARKDOWN_LINE = st.lists(MARKED, min_size=1, max_size=4).map(
    lambda pages: join([part for page in pages for part in (page, COMMA)])
)


def markdown_block(kind: str, line: Page) -> Page:
    prefix, suffix = kind.split("@")
    return Page(f"{prefix}{line.source}{suffix}\n\n", line.seen)


MARKDOWN = st.lists(
    st.one_of(
        st.builds(
            markdown_block,
            st.sampled_from(
                ["@", "## @", "> @", "- @", "3. @", "@\n{: .c #d}", "## @ {#e}", "^\n\n@", "@\n^"]
            ),
            MARKDOWN_LINE,
        ),
        CJK.map(lambda text: Page(f"```\n{text}\n{{% raw %}}\n```\n\n", f"{text}{{%raw%}}")),
        CJK.map(lambda text: Page(f"<div>{text}*\n\n{text}</div>\n\n", f"{text}*{text}")),
        CJK.map(lambda text: Page(f"<div markdown=1>\n\n*a{text}*\n\n</div>\n\n", f"a{text}")),
        CJK.map(lambda text: Page(f"{{% highlight rb %}}\n{text}\n{{% endhighlight %}}\n\n", text)),
        CJK.map(lambda text: Page(f"{{% comment %}}{text}{{% endcomment %}}\n\n", "")),
        CJK.map(
            lambda text: Page(f"{{% raw %}}{{{{{text}}}}}{{% endraw %}}\n\n", f"{{{{{text}}}}}")
        ),
    ),
    min_size=1,
    max_size=6,
).map(join)


@settings(max_examples=90)
@given(MARKDOWN)
def test_no_letter_of_kramdown_and_liquid_is_lost_or_invented(page: Page) -> None:
    assert seen(parse_body(f"中\n\n{page.source}")) == letters("中" + page.seen)


PIECES = """
<|</|<!|<!--|-->|<p>|</p>|<a href='#x'>|<p id=x>|<b id=x>|<pre id=x>|<hr id=x>|<img id=x src=//h/i>
<table>|<tr>|<td>|<th>|</table>|<td class=gutter>|<li>|<ul>|</ul>|<dl>|<dt>|<dd>|<h2>|</h2>|<pre>
<figure>|<figcaption>|<img src=//h/i>|<sup>|<sub>|<input type=checkbox>|<div markdown='1'>|</div>
<a class=footnote-backref href='#x'>|{% raw %}|{% endraw %}|{% comment %}|{% endcomment %}|{% x %}
{::comment}|{:/}|{::options a=b /}|{: #x}|{:toc}|{:.c}|{#x}|{{ x }}|{%|%}|{{|}}|$$|^|*[a]: b|[^1]
[^1]: a|[a](#x)|[a]: #x|[x] |- [x] |- |1. |> |# |```|~~~|: a|**|_|`|](|\\|&lt;|&#27;|%7B%7B
{% highlight a %}|{% endhighlight %}|\U000f4e53|\U000f4e54|\U000f4e55|中|a b|    |\u200b
"""
HOSTILE = st.lists(
    st.one_of(
        st.sampled_from([piece for piece in re.split(r"[|\n]", PIECES) if piece]),
        st.sampled_from(["\n", "\n\n", "\n|a|\n|-|\n", "\na\n: b\n"]),
        st.text(max_size=4),
    ),
    max_size=30,
).map("".join)


@settings(max_examples=120)
@given(HOSTILE)
def test_nothing_that_kramdown_liquid_and_html_make_together_raises(body: str) -> None:
    document = parse_body(body, title="a", site_url="https://s.example")
    text = dump(document)
    assert clean_text(text) == text
    names = re.findall(r"[ |]@([^\s⟧]+)⟧", text)
    for target in re.findall(r">#(x)[\s⟧]", text):
        assert target in names


@settings(max_examples=50)
@given(HOSTILE)
def test_segments_never_raise_and_hold_only_what_the_body_holds(body: str) -> None:
    body = clean_text(body)
    kept = letters("".join(segment.text for segment in split_body(body)))
    made = _MADE if "highlight" in body else ""
    assert set(kept) <= set(body) | set(made) | {"\U000f4e55"}
