"""Rule 7 taken to its end: no bytes raise, crash or take long, and every post can be shown."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from newsreader.posts.front_matter_start import has_front_matter
from newsreader.posts.model import Post, Site
from newsreader.posts.parse_post import parse_post
from newsreader.posts.scalars import show_text
from newsreader.posts.titles import can_be_title
from newsreader.text import clean_line
from tests.linear import expect_linear, expect_linear_in

SITE = Site(url="https://example.org")

NEWS = """---
layout: post
title: "某厂发布"新款"电池，续航\\达千里"
date: 2022-02-25 11:01:44 +0800
categories: qichewang
tags: 汽车网新闻
author: {name: 李四}
link: //example.org/1.html
---
> 摘要里的几句话，说明这件事。

<p>正文第一段。</p><p><strong>小标题</strong></p><p>正文第二段。</p>

<http://example.org/1.html>
"""
RELEASE = """---
title: 'It''s out'
tags: [release, "a b"]
categories:
- x
- "y z"
date: 2013-02-15T21:34:51.5Z
published: false
lang: en
---
# Heading

Text with `code`.
"""


def check(post: Post, path: str) -> None:
    assert post.path == path
    assert can_be_title(post.title)
    for line in (post.title, *post.categories, *post.tags, post.author, post.lang):
        assert clean_line(line) == line
        line.encode()
    assert len(set(post.tags)) == len(post.tags)
    assert all((*post.tags, *post.categories))
    assert "\r" not in post.body
    assert post.link == "" or post.link.startswith(("http://", "https://"))
    if post.date is not None:
        assert (post.date < datetime.now(UTC)) in {True, False}
        post.date.timestamp()
    else:
        assert not post.has_time


@given(st.binary(max_size=300), st.text(st.characters(), max_size=30))
@example(b"---\n\xff\xfe: [\n---\n", "\udcff.md")
def test_rule_7_any_bytes_make_a_post(raw: bytes, path: str) -> None:
    check(parse_post(raw, path, SITE), path)
    check(parse_post(b"---\n" + raw + b"\n---\n# x", path, SITE), path)
    has_front_matter(raw)


_PIECES = st.sampled_from(
    [
        *(
            "---\n",
            "...\n",
            "title: ",
            "date: ",
            "tags: ",
            "categories: ",
            "\n",
            "\r\n",
            "  ",
            "- ",
        ),
        *("[", "]", "{", "}", '"', "'", "\\", "\\u", ": ", " #", "&a ", "*a", "!!x ", "| ", "> "),
        *("2022-02-30", "+14:00", "9999-12-31", "0001-01-01", "题", "\0", "\x1b[2J", "\u2028"),
        *("# x\n", "<h1>", "</h1>", "<!--", "-->", "&#27;", "\ufeff", "\t", "%", "? ", "<<: *a\n"),
    ]
)


@given(
    st.sampled_from([NEWS, RELEASE]),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 12), _PIECES), max_size=6),
    st.sampled_from(["utf-8", "utf-16", "gb18030"]),
)
def test_rule_7_a_mutated_post_is_still_a_post(
    text: str, changes: list[tuple[int, int, str]], encoding: str
) -> None:
    for position, length, piece in changes:
        text = text[:position] + piece + text[position + length :]
    raw = text.encode(encoding)
    check(parse_post(raw, "a/_posts/x.md", SITE), "a/_posts/x.md")
    written = text.replace("\r\n", "\n").replace("\r", "\n")
    assert written.endswith(parse_post(text.encode(), "a/_posts/x.md", SITE).body)


@given(st.text(st.sampled_from("ab:-[]{}\"'#&*!|>%@` \n\t中0"), max_size=60))
def test_rule_6_a_good_title_survives_whatever_stands_below_it(rest: str) -> None:
    text = f'---\ntitle: "他说"好"了"\nlayout: post\n{rest}\n---\n'
    assert parse_post(text.encode(), "x.md").title == '他说"好"了'


_TITLES = st.text(
    st.one_of(
        st.sampled_from("\"'\\nutx:#-[]{}*&!%@ 题"),
        st.characters(exclude_categories=["C", "Z", "M"]),
    ),
    max_size=20,
).filter(lambda title: can_be_title(title) and show_text(title) == title)


@given(_TITLES, st.booleans())
def test_rule_1_a_title_that_was_escaped_is_read_back(title: str, ascii_only: bool) -> None:
    """JSON's strings are YAML's, and need no escape that a raw title could be mistaken for."""
    written = f"---\ntitle: {json.dumps(title, ensure_ascii=ascii_only)}\ntags: a\n---\n"
    post = parse_post(written.encode(), "x.md")
    assert (post.title, post.tags, post.problem) == (title, ("a",), None)


@given(_TITLES)
def test_rule_1_a_title_that_was_not_escaped_is_read_back(title: str) -> None:
    """But for one that holds what only an escaping writer, or one of comments, would write."""
    assume("\\" not in title.replace("\\n", "").replace("\\t", ""))
    assume('" #' not in title)
    written = f'---\ntitle: "{title}"\ntags: a\n---\n'
    post = parse_post(written.encode(), "x.md")
    assert (post.title, post.tags, post.problem) == (title, ("a",), None)


def test_posts_as_they_are_written() -> None:
    news = parse_post(NEWS.encode(), "_posts/x.md", SITE)
    assert news.title == '某厂发布"新款"电池，续航\\达千里'
    assert (news.categories, news.tags) == (("qichewang",), ("汽车网新闻",))
    assert (news.author, news.link) == ("李四", "https://example.org/1.html")
    assert news.body.startswith("> 摘要")
    assert news.published
    release = parse_post(RELEASE.encode(), "en/news/_posts/x.md", SITE)
    assert release.title == "It's out"
    assert release.categories == ("en", "news", "x", "y z")
    assert release.tags == ("release", "a b")
    assert release.date == datetime(2013, 2, 15, 21, 34, 51, 500_000, UTC)
    assert not release.published
    assert news.problem is release.problem is None


# Deep enough to end the whole process, were they composed by recursion in C.
_DEEP = ["'[' * 50_000", "'- ' * 50_000", "'{a: ' * 30_000", "'? ' * 50_000", "'[{' * 30_000"]


@pytest.mark.long
@pytest.mark.parametrize("nest", _DEEP)
def test_rule_6_deep_nesting_does_not_crash(nest: str) -> None:
    script = (
        "from newsreader.posts.parse_post import parse_post\n"
        "from newsreader.posts.site import parse_site\n"
        f"nest = {nest}\n"
        "for front in ('title: x\\ntags: ' + nest, nest, 'tags: [a]\\ntitle: x\\ny:\\n  '"
        " + nest):\n"
        "    post = parse_post(('---\\n' + front + '\\n---\\n# x').encode(), 'x.md')\n"
        "    assert post.title == 'x', post.title\n"
        "    parse_site(front.encode())\n"
        "print('alive')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr


_HOSTILE = {
    "a megabyte of title": '---\ntitle: "' + '\\"' * 500_000 + '"\n---\n',
    "a megabyte of quotes": '---\ntitle: "' + '"' * 1_000_000 + "\n---\n",
    "a megabyte of escapes": '---\ntitle: "' + "\\n" * 500_000 + '"\n---\n',
    "many titles": "---\n" + 'title: "a"b"\n' * 80_000 + "---\n",
    "many keys": "---\n" + "a:\n" * 80_000 + "---\n",
    "many broken keys": "---\nx: a: b\n" + "tags: [\n" * 20_000 + "---\n",
    "many tags": "---\ntags: [" + "a, " * 80_000 + "]\n---\n",
    "a string of tags": "---\ntags: " + "a " * 500_000 + "\n---\n",
    "a wide alias": "---\nx: &x [" + "a, " * 20_000 + "]\ntags: [" + "*x, " * 20_000 + "]\n---\n",
    "unclosed front matter": "---\n" + "a: b\n" * 200_000,
    "dashes": "---\n" + "--- x\n" * 160_000,
    "spaces": "---" + " " * 1_000_000 + "x",
    "blank lines": "---\n" + "\n" * 500_000 + " " * 500_000,
    "comments": "---\n---\n" + "<!--" * 250_000,
    "headings that show nothing": "---\n---\n" + "<h1>" * 250_000,
    "headings that close": "---\n---\n" + "<h1></h1>" * 110_000,
    "headings that open only": "---\n---\n" + "<h1 " * 250_000,
    "empty headings": "---\n---\n" + "# \n" * 300_000,
    "blank headings": "---\n---\n" + ("# " + "\u200b" * 300 + "\n") * 1_000,
    "brackets in a heading": "---\n---\n# " + "[" * 1_000_000,
    "stars in a heading": "---\n---\n# " + "*" * 1_000_000,
    "a digest of one line": "---\n---\n> " + "\u200b" * 300_000,
    "marks in a digest": "---\n---\n> a" + "\u0301" * 500_000,
    "angles": "---\n---\n" + ">" * 1_000_000,
    "entities": '---\ntitle: "' + "&amp;" * 200_000 + '"\n---\n',
    "ampersands": '---\ntitle: "' + "&" * 1_000_000 + '"\n---\n',
    "a long date": "---\ndate: " + "2022-02-25 " * 90_000 + "\n---\n",
    "a date of digits": "---\ndate: 2022-02-25 11:01:44." + "1" * 1_000_000 + "\n---\n",
    "a zone of letters": "---\ndate: 2022-02-25 11:01:44 a/" + "a" * 1_000_000 + "\n---\n",
}


@pytest.mark.long
@pytest.mark.parametrize("name", _HOSTILE)
def test_rule_13_hostile_posts_take_linear_time(name: str) -> None:
    titles: set[str] = set()
    expect_linear_in(
        lambda part: titles.add(parse_post(part, "x.md", SITE).title), _HOSTILE[name].encode()
    )
    assert titles
    assert all(map(can_be_title, titles))


@pytest.mark.long
def test_rule_13_aliases_of_aliases_take_linear_time() -> None:
    def read(levels: int) -> None:
        bomb = "".join(f"x{i}: &x{i} [{', '.join([f'*x{i - 1}'] * 9)}]\n" for i in range(1, levels))
        parse_post(f"---\nx0: &x0 [a, b]\n{bomb}tags: *x{levels - 1}\n---\n".encode(), "x.md", SITE)

    expect_linear(read, 320)


@pytest.mark.long
@pytest.mark.parametrize("piece", [b"\xff", b"\xe9a", b"\xb0\xa1", b"\0", b"\r"])
def test_rule_13_hostile_bytes_take_linear_time(piece: bytes) -> None:
    raw = piece * (1_000_000 // len(piece))
    expect_linear_in(lambda part: parse_post(part, "x.md", SITE), raw)


@pytest.mark.long
def test_rule_13_a_file_name_of_digits_takes_linear_time() -> None:
    for name in ("9" * 1_000_000, "20220299" * 100_000):
        expect_linear_in(lambda part: parse_post(b"", f"{part}.md"), name)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# 甲\n\n<h2>乙</h2>", "乙"),
        ("甲\n===\n\n<pre>\n~~~\n</pre><h1>*乙*</h1>", "乙"),
        ("> 甲乙丙丁戊己庚\n", "name"),
        ("<!-- <h1>甲</h1> -->", "name"),
    ],
)
def test_a_page_of_html_has_no_title_in_markdown(body: str, title: str) -> None:
    assert parse_post(body.encode(), "_posts/2024-01-01-name.html").title == title
