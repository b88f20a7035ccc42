"""Articles made at random, written once as Markdown and once as HTML: they come out the same."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.article.parse.parse_article import parse_body
from tests.article.dump import dump

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Written:
    """A text or block in both languages.

    Attributes:
        markdown: Its Markdown; a block ends without a line feed.
        html: Its HTML.
        joins: Whether a block of the same kind right after it would be read as part of it.
    """

    markdown: str
    html: str
    joins: bool = False


# Characters in Markdown and in HTML: letters, punctuation, what must be escaped, what is set.
LETTERS = [(letter, letter) for letter in "中文字abx1é한，。“”（）《》…—"]
ESCAPED = [(f"\\{mark}", html.escape(mark)) for mark in "*_`[]<>#|~\\\"'{}$!-+.:="]
OTHERS = [("&amp;", "&amp;"), ("&lt;", "&lt;"), ("AT&T", "AT&amp;T"), ("a_b_c", "a_b_c"),
          ("a--b", "a–b"), ("...", "…"), ("it's", "it’s"), (" ", " "), (" * 乙", " * 乙"),
          ("\n丁", "\n丁"), ("% @", "% @"), ("http://h/", "http://h/"),
          ("3<4", "3&lt;4")]  # fmt: skip
FIRST = st.sampled_from(["甲", "乙", "丙", "A", "B"])
WORDS = st.builds(
    lambda first, rest: Written(
        first + "".join(markdown for markdown, _ in rest), first + "".join(page for _, page in rest)
    ),
    FIRST,
    st.lists(st.sampled_from(LETTERS * 2 + ESCAPED + OTHERS), max_size=6),
).map(lambda each: Written(each.markdown.strip(), each.html.strip()))
# In front of a mark, `!` and `\\` would be part of it, and `_` does not open behind a letter.
PLAIN = st.text("中文字ab1，。“”", min_size=1, max_size=5)
ADDRESSES = st.sampled_from(
    [
        ("http://h.example/", "http://h.example/"),
        ("http://h.example/a(b)c", "http://h.example/a(b)c"),
        ('http://h.example/ "题 "好""', "http://h.example/"),
        ("/我的 图.png", "/我的 图.png"),
        ("<//h.example/a b>", "//h.example/a b"),
        ("http://h.example/?a=1&b=2", "http://h.example/?a=1&amp;b=2"),
    ]
)


def make_link(text: Written, address: tuple[str, str]) -> Written:
    return Written(f"[{text.markdown}]({address[0]})", f'<a href="{address[1]}">{text.html}</a>')


def make_image(words: str, address: tuple[str, str]) -> Written:
    return Written(f"![{words}]({address[0]})", f'<img src="{address[1]}" alt="{words}">')


def wrap(mark: str, tag: str) -> st.SearchStrategy[Written]:
    return PLAIN.map(lambda text: Written(f"{mark}{text}{mark}", f"<{tag}>{text}</{tag}>"))


BOTH = PLAIN.map(lambda text: Written(f"***{text}***", f"<strong><em>{text}</em></strong>"))
DEFINED = "[r]: http://r.example/\n[两 个字]: <http://s.example/> '题'"
REFERENCES = st.sampled_from(
    [
        ("[词][r]", "词", "http://r.example/"), ("[词] [R]", "词", "http://r.example/"),
        ("[词]\n[两 个字]", "词", "http://s.example/"), ("[r][]", "r", "http://r.example/"),
        ("[r]", "r", "http://r.example/"),
    ]
).map(lambda each: Written(each[0], f'<a href="{each[2]}">{each[1]}</a>'))  # fmt: skip
AUTOLINKS = st.just(
    Written("<http://h.example/a>", '<a href="http://h.example/a">http://h.example/a</a>')
)
TAGS = PLAIN.map(lambda text: Written(f"<b>{text}</b>", f"<b>{text}</b>"))
MARKED = st.one_of(
    wrap("*", "em"), wrap("**", "strong"), wrap("~~", "s"), wrap("`", "code"), BOTH, TAGS,
    REFERENCES, AUTOLINKS,
    st.builds(make_link, WORDS, ADDRESSES),
    st.builds(make_image, st.sampled_from(["一只猫", "山"]), ADDRESSES),
)  # fmt: skip


def join_spans(parts: Sequence[Written]) -> Written:
    """Put spans side by side, with a word before, between and after them."""
    return Written(
        "字".join(each.markdown for each in parts), "字".join(each.html for each in parts)
    )


LINE = st.lists(st.one_of(WORDS, MARKED), min_size=1, max_size=3).map(
    lambda parts: join_spans([Written("首", "首"), *parts, Written("尾", "尾")])
)
SHORT = PLAIN.map(lambda text: Written(f"首{text}", f"首{text}"))


def one_line(line: Written) -> Written:
    return Written(line.markdown.replace("\n", " "), line.html.replace("\n", " "))


HEADINGS = st.builds(
    lambda level, line: Written(
        f"{'#' * level} {line.markdown}", f"<h{level}>{line.html}</h{level}>"
    ),
    st.integers(1, 6),
    LINE.map(one_line),
)
TITLES = st.builds(
    lambda line, level: Written(
        line.markdown + "\n" + "=-"[level - 1] * 4, f"<h{level}>{line.html}</h{level}>"
    ),
    LINE.map(one_line),
    st.integers(1, 2),
)
PARAGRAPHS = st.builds(
    lambda lines, end: Written(
        f"{end}\n".join(line.markdown for line in lines),
        "<p>" + "<br>\n".join(line.html for line in lines) + "</p>",
    ),
    st.lists(LINE, min_size=1, max_size=3),
    st.sampled_from(["  ", "\\", "\\\\"]),
)
CODE = st.builds(
    lambda lines, fence: Written(
        f"{fence} ruby\n" + "\n".join(lines) + f"\n{fence}",
        '<pre><code class="language-ruby">' + html.escape("\n".join(lines)) + "</code></pre>",
    ),
    st.lists(st.sampled_from(["puts 'a'", "  b -- c", "*d* <e>", "", "# f", "{{ g }}"]), min_size=1)
    .map(lambda lines: ["x", *lines, "y"]),
    st.sampled_from(["```", "~~~"]),
)  # fmt: skip
INDENTED = st.lists(
    st.sampled_from(["puts 'a'", "  b -- c", "*d* <e>", "", "# f"]), min_size=1, max_size=4
).map(
    lambda lines: Written(
        "\n".join(f"    {line}".rstrip() for line in ["x", *lines, "y"]),
        "<pre><code>" + html.escape("\n".join(["x", *lines, "y"])) + "</code></pre>",
        joins=True,
    )
)
RULES = st.sampled_from(["* * *", "---", "___"]).map(lambda text: Written(text, "<hr>"))
FIGURES = st.builds(make_image, st.sampled_from(["一只猫", "山"]), ADDRESSES).map(
    lambda image: Written(image.markdown, f"<p>{image.html}</p>")
)
ALIGNS = st.sampled_from(["left", "center", "right"])
RULERS = {"left": ":--", "center": ":-:", "right": "--:"}


@st.composite
def tables(draw: st.DrawFn) -> Written:
    aligns = draw(st.lists(ALIGNS, min_size=2, max_size=3))
    cell = SHORT | LINE.map(one_line)
    rows = [[draw(cell) for _ in aligns] for _ in range(draw(st.integers(2, 4)))]
    lines = ["| " + " | ".join(each.markdown for each in row) + " |" for row in rows]
    lines.insert(1, "|" + "|".join(RULERS[align] for align in aligns) + "|")
    page = [
        "<tr>"
        + "".join(
            f'<{tag} style="text-align: {align}">{each.html}</{tag}>'
            for each, align in zip(row, aligns, strict=True)
        )
        + "</tr>"
        for row, tag in zip(rows, ["th"] + ["td"] * len(rows), strict=False)
    ]
    head, body = page[0], "".join(page[1:])
    return Written(
        "\n".join(lines), f"<table><thead>{head}</thead><tbody>{body}</tbody></table>", joins=True
    )


def indent(text: str, width: int) -> str:
    return text.replace("\n", "\n" + " " * width)


def make_list(numbered: bool, loose: bool, items: Sequence[Sequence[Written]]) -> Written:
    """Make a list of items, each a line and blocks under it."""
    lines: list[str] = []
    page: list[str] = []
    for number, (line, *blocks) in enumerate(items, 1):
        mark = f"{number}. " if numbered else "* "
        inside = line.markdown + "".join(
            ("\n\n" if loose else "\n") + block.markdown for block in blocks
        )
        lines.append(mark + indent(inside, len(mark)))
        first = f"<p>{line.html}</p>" if loose else line.html
        page.append(f"<li>{first}{''.join(block.html for block in blocks)}</li>")
    tag = "ol" if numbered else "ul"
    between = "\n\n" if loose else "\n"
    return Written(between.join(lines), f"<{tag}>{''.join(page)}</{tag}>", joins=True)


TIGHT = st.recursive(
    st.builds(
        make_list, st.booleans(), st.just(False), st.lists(st.tuples(LINE), min_size=1, max_size=3)
    ),
    lambda inner: st.builds(
        make_list,
        st.booleans(),
        st.just(False),
        st.lists(st.tuples(LINE) | st.tuples(LINE, inner), min_size=1, max_size=3),
    ),
    max_leaves=3,
)
DEFINITIONS = st.lists(
    st.tuples(SHORT, st.lists(LINE, min_size=1, max_size=2)), min_size=1, max_size=2
).map(
    lambda entries: Written(
        "\n\n".join(
            term.markdown + "".join("\n: " + indent(each.markdown, 2) for each in meanings)
            for term, meanings in entries
        ),
        "<dl>"
        + "".join(
            f"<dt>{term.html}</dt>" + "".join(f"<dd>{each.html}</dd>" for each in meanings)
            for term, meanings in entries
        )
        + "</dl>",
        joins=True,
    )
)
SIMPLE = st.one_of(HEADINGS, TITLES, PARAGRAPHS, INDENTED, CODE, FIGURES, TIGHT)


def join_blocks(blocks: Sequence[Written]) -> Written:
    """Put blocks below each other; `^` ends what would go on."""
    markdown = ""
    for block, before in zip(blocks, [None, *blocks], strict=False):
        if before is not None:
            markdown += "\n^\n\n" if before.joins else "\n\n"
        markdown += block.markdown
    return Written(markdown, "\n".join(block.html for block in blocks))


def make_quote(blocks: Sequence[Written]) -> Written:
    inside = join_blocks(blocks)
    lines = (f"> {line}" if line else ">" for line in inside.markdown.split("\n"))
    return Written("\n".join(lines), f"<blockquote>{inside.html}</blockquote>", joins=True)


QUOTES = st.lists(SIMPLE, min_size=1, max_size=3).map(make_quote)
LOOSE = st.builds(
    make_list,
    st.booleans(),
    st.just(True),
    st.lists(
        st.tuples(LINE, PARAGRAPHS)
        | st.tuples(LINE, CODE | TIGHT)
        | st.tuples(LINE, PARAGRAPHS, QUOTES),
        min_size=2,
        max_size=3,
    ),
)
BLOCKS = st.one_of(SIMPLE, RULES, QUOTES, LOOSE, DEFINITIONS, tables())


@pytest.mark.long
@settings(max_examples=200)
@given(st.lists(BLOCKS, min_size=1, max_size=4))
def test_an_article_is_the_same_in_markdown_and_in_html(blocks: list[Written]) -> None:
    both = join_blocks([Written("开头", "<p>开头</p>"), *blocks])
    site = "https://s.example"
    markdown = parse_body(f"{both.markdown}\n\n{DEFINED}", site_url=site)
    assert dump(markdown) == dump(parse_body(both.html, site_url=site))
