"""What is read by a shortcut is read as markdown-it reads it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.article.parse.html_page import read_page
from newsreader.article.parse.kramdown.html_blocks import OPTIONS
from newsreader.article.parse.last_lines import last_lines_html
from newsreader.article.parse.markdown import make_parser, render_markdown
from newsreader.posts.model import KramdownOptions

PIECES = [
    "甲乙", "abc", "two words", "\n", "\n", "\n\n", "\n\n", "  ", "    ", "\t", "* ", "- ", "1. ",
    "12) ", "> ", "# ", "## 题", "===", "---", "\n===\n", "\n---\n", ": def", "\n: def\n",
    "\n\n: def\n", "~ x", "```", "~~~", "`code`", "**b**", "*i*", "_u_", "__", "~~s~~", "[a](b)",
    "[a](http://h/a?b=c#d)", "[a](//h/A)", "[a](/p%20q)", "[a][r]", "[r]: http://h\n", "[^1]",
    "\n[^1]: note\n", "![i](/j)", "!x", "<b>", "</b>", "<div>", "<http://h.example/a>",
    "<http://H/ä>", "<!-- c -->", "&amp;", "&#27;", "&", "$$", "$$x$$", "^", "\n^\n", "{: .c}",
    "\n{: #x}\n", "|a|b|", "\n|-|-|\n", "a | b\n--|--\n1 | 2", "\\", "\\*", "“好”", "，", "!",
    "x:y", "a=b", "50%", "@", "\x020\x03", "\u3000", "\xa0", '"q"', "(p)", "'", "+", "=", "\n  甲",
    "\n     乙", "- a\n  b\n\n  c\n", "> a\nb", "1. x\n\n   y\n", "* * *", "***",
    "\n", '"', "'s", "--", "...", " >> ", "{", "!\n", "\n|", "a  ", "\n* b", "\n1. c", "{:x}",
]  # fmt: skip


@pytest.mark.long
@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(PIECES), max_size=18).map("".join),
    st.builds(
        KramdownOptions, hard_wrap=st.booleans(), typography=st.sampled_from([(), (("“", "«"),)])
    ),
)
def test_shortcuts_change_nothing(text: str, options: KramdownOptions) -> None:
    env = {OPTIONS: options}
    assert make_parser().render(text, dict(env)) == make_parser(shortcuts=False).render(text, env)


WORDS = st.sampled_from(["返回", "abc", "_a_", "x*", "返 回", "1", "^1", "]"])
TARGETS = st.sampled_from(
    ["//h.example/c.html", "http://h/a-b/", "https://h", "/p", "//H/x", "//h/a?b", "javascript:x"]
)
LINKS = st.builds("[{}]({})".format, WORDS, TARGETS)
LINES = st.one_of(
    st.lists(LINKS, min_size=1, max_size=3).map("｜".join),
    st.sampled_from(
        ["<>", "<http://h.example/a>", "<https://h/?a=1&b=2>", "<http://h/%41>", "<http://H/>", ""]
    ),
)


@given(st.lists(LINES, max_size=4).map("\n\n".join) | st.lists(LINES, max_size=4).map("\n".join))
def test_the_lines_at_the_end_are_those_of_markdown(text: str) -> None:
    known = last_lines_html(text)
    if known is not None:
        assert read_page(known) == read_page(render_markdown(text))


@pytest.mark.parametrize(
    "text",
    [
        "<http://source.example/a/1.html>\n\n[返回财经](//n.example/c.html)｜[首页](//n.example/)",
        "<>\n\n[返回](http://n.example)",
        "",
    ],
)
def test_the_lines_of_a_generated_post_are_known(text: str) -> None:
    assert last_lines_html(text) is not None


@pytest.mark.parametrize("shortcuts", [True, False])
def test_a_parser_has_its_rules_before_threads_share_it(shortcuts: bool) -> None:
    parser = make_parser.__wrapped__(shortcuts=shortcuts)
    inline = parser.inline
    for ruler in (parser.core.ruler, parser.block.ruler, inline.ruler, inline.ruler2):
        assert ruler.__cache__ is not None
