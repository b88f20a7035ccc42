"""Rules 1, 2, 6 and 7: titles that YAML would spoil, and front matter that is none."""

from __future__ import annotations

import pytest

from newsreader.posts.front_matter import NOT_CLOSED, UNREADABLE
from newsreader.posts.model import Post
from newsreader.posts.parse_post import parse_post
from newsreader.posts.titles import LONGEST_TITLE
from newsreader.problems import Problem

PATH = "_posts/2022-02-25-slug.md"


def parse(text: str, path: str = PATH) -> Post:
    return parse_post(text.encode(), path)


def titled(line: str) -> Post:
    return parse(f"---\n{line}\ntags: a\ndate: 2022-02-25 09:05:00 +0800\n---\n正文\n")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        # As a generator writes them that escapes nothing.
        ('title: "他说"好"了"', '他说"好"了'),
        (r'title: "C:\new"', r"C:\new"),
        (r'title: "C:\Users\x"', r"C:\Users\x"),
        (r'title: "\\server\share"', r"\\server\share"),
        (r'title: "a\"', "a\\"),
        (r'title: "\"', "\\"),
        ('title: """', '"'),
        ('title: ""好""', '"好"'),
        (r'title: "50\50"', r"50\50"),
        (r'title: "他说\"好"了"', r"他说\"好" + '"了'),
        ('title: "a # b"', "a # b"),
        ('title: "a: b"', "a: b"),
        ("title: 'a'b'", "a'b"),
        # As YAML has them.
        (r'title: "say \"hi\""', 'say "hi"'),
        (r'title: "say \"hi\"\tnow"', 'say "hi" now'),
        (r'title: "a\\b"', r"a\b"),
        (r'title: "a\/b"', "a/b"),
        (r'title: "\u4e2d\x41\U0001F600"', "中A😀"),
        (r'title: "\ud83d\ude00"', "😀"),
        (r'title: "\ud83d"', "\ufffd"),
        (r'title: "\UFFFFFFFF"', r"\UFFFFFFFF"),
        ("title: 'it''s'", "it's"),
        ("title: ''''", "'"),
        ("title: plain text", "plain text"),
        ("title:\tafter a tab", "after a tab"),
        ("title: a   # said aside", "a"),
        ('title: "a" # said aside', "a"),
        ("title: 'a' # said aside", "a"),
        ("title: C# 入门", "C# 入门"),
        ("title: >-\n  folded\n  text", "folded text"),
        ("title: |\n  a literal\n  C:\\new\n", r"a literal C:\new"),
        ("title: plain\n  on two lines", "plain on two lines"),
        ('title: "quoted\n  on two lines"', "quoted on two lines"),
        ('title:\n  "on the next line"', "on the next line"),
        ("title: !!str 7", "7"),
        ("title: &name anchored", "anchored"),
        ('"title": quoted key', "quoted key"),
        # Neither: as written.
        ("title: [video]题", "[video]题"),
        ("title: [/x]", "[/x]"),
        ("title: [a, b]", "[a, b]"),
        ("title: [@click=app.quit]y[/]", "[@click=app.quit]y[/]"),
        ("title: {{ page.name }}", "{{ page.name }}"),
        ("title: *ST甲 跌停", "*ST甲 跌停"),
        ("title: @某人", "@某人"),
        ("title: %50", "%50"),
        ("title: >5折", ">5折"),
        ("title: !快讯", "!快讯"),
        ("title: - x", "- x"),
        ("title: a: b", "a: b"),
        ("title: 半个\"引号'", "半个\"引号'"),
        ('title: "没有合上', "没有合上"),
        ("title: '没有合上", "没有合上"),
        ('title: "a" b', '"a" b'),
        # Whatever type YAML takes them for.
        ("title: 2022", "2022"),
        ("title: 007", "007"),
        ("title: 12:30", "12:30"),
        ("title: no", "no"),
        ("title: 2022-02-25", "2022-02-25"),
        ("title: 1e3", "1e3"),
        ("title:\n- a\n- b", "a, b"),
        ("title:\n  a: b", "a: b"),
        ("title: one\ntitle: two", "two"),
    ],
)
def test_rule_1_the_title_is_what_its_writer_meant(line: str, title: str) -> None:
    post = titled(line)
    assert post.title == title
    assert post.problem is None
    assert post.tags == ("a",)
    assert post.has_time
    assert post.body == "正文\n"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("A &amp; B", "A & B"),
        ("&quot;好&quot;", '"好"'),
        ("&lt;b&gt;", "<b>"),
        ("&amp;lt;", "&lt;"),
        ("a&#27;[31mb", "a[31mb"),
        ("a&#x1b;[2Jb", "a[2Jb"),
        ("a\x1b[2Jb", "a[2Jb"),
        ("a\x00b\x85c\u2028d", "ab c d"),
        ("甲\u3000乙&nbsp;丙", "甲 乙 丙"),
        ("\u202e反\u2066\ufeff", "反"),
        ("AT&T &copy=1 &unknown; &#99999999;", "AT&T &copy=1 &unknown; &#99999999;"),
        ("<b>粗</b>", "<b>粗</b>"),
        (":fire: [b]x[/b]", ":fire: [b]x[/b]"),
    ],
)
def test_rule_10_titles_are_decoded_once_and_cleaned_after(written: str, title: str) -> None:
    assert titled(f'title: "{written}"').title == title
    assert titled(f"title: {written}").title == title


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("text\n\n# 第一节\n# 第二节", "第一节"),
        ("## **bold** `code` [link](/x) {#id} ##", "bold code link"),
        ("## Ruby {{ page.version }}!", "Ruby !"),
        ("题\n===\n", "题"),
        ("小题\n---\n", "小题"),
        ("甲<h2 class='x'>一<b>二</b>&amp;</h2>", "一二&"),
        ("<H1>\n多行\n</H1>", "多行"),
        ("<h1></h1><h3>三</h3>", "三"),
        ("<h1>没合上<p>文", "没合上"),
        ("<!-- # no --><!--\n# no\n-->\n# yes", "yes"),
        ("```\n# code\n```\n# 题", "题"),
        ("~~~~\n# code\n~~~\n# code\n~~~~\n# 题", "题"),
        ("    # code\n\n# 题", "题"),
        ("# \u200b\n# 题", "题"),
        ("> 摘要里的话\n\n# 题", "题"),
        ("# [a [b](c)](d)", "[a b](d)"),
        ("> 北京冬奥会闭幕。百万个冰墩墩上架", "北京冬奥会闭幕…"),
        ("\n> 短的\n> 摘要 &amp; 更多\n\n<p>文</p>", "短的 摘要 & 更多"),
        ("> " + "一二三四五六七八九，" * 9, "一二三四五六七八九，" * 2 + "一二三四五六七八九…"),
        ("> " + "字" * 99, "字" * 30 + "…"),
        ("> " + "word " * 20, "word word word word word word…"),
        ("> " + "啊" * 29 + "👩\u200d👧" * 9, "啊" * 29 + "👩\u200d👧…"),
        ("> " + "e\u0301" * 40, "e\u0301" * 15 + "…"),
        ("<p>text only</p>\n\n> 后面的引文", "slug"),
        ("", "slug"),
        ("#no heading", "slug"),
        ("| a | b |\n|---|---|", "slug"),
        ("<p>甲</p>\n---\n", "slug"),
    ],
)
@pytest.mark.parametrize("line", ['title: ""', "title:", "title: ~", "", 'title: "&nbsp; \u200b"'])
def test_rule_2_a_post_without_a_title_gets_one(line: str, body: str, title: str) -> None:
    assert parse(f"---\n{line}\nlayout: post\n---\n{body}").title == title


@pytest.mark.parametrize("word", ["长", "e\u0301", "👩\u200d🚀"])
def test_a_title_that_is_a_book_is_cut_between_two_characters(word: str) -> None:
    title = parse(f"---\ntitle: {word * 10_000}\n---\n").title
    assert LONGEST_TITLE - 10 <= len(title) <= LONGEST_TITLE
    assert title == word * ((len(title) - 1) // len(word)) + "…"


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("2022-02-25-202202252289159216.md", "202202252289159216"),
        ("_posts/-202205262391921712.md", "-202205262391921712"),
        ("a/2022-02-25-好 了 #%?.md", "好 了 #%?"),
        ("2022-02-25-.md", "2022-02-25-"),
        ("2022-02-25.md", "2022-02-25"),
        ("x.tar.md", "x.tar"),
        ("README", "README"),
        (".md", ".md"),
        ("2022-02-25-\u200b\u3164.md", "2022-02-25-"),
        ("\u3000", "Untitled"),
        ("", "Untitled"),
        ("a&amp;b.md", "a&amp;b"),
        ("a\udcff\x1bb.md", "a\ufffdb"),
        ("字" * 66 + ".md", "字" * 66),
    ],
)
def test_rules_2_and_8_the_file_name_is_the_last_resort(path: str, title: str) -> None:
    post = parse("", path)
    assert post.title == title
    assert post.path == path


@pytest.mark.parametrize(
    "broken",
    [
        'description: "他说"好""',
        "description: a: b",
        "description: [a",
        "description: *nothing",
        "description: @x",
        "description:\tx: y",
        "  indented: wrongly",
        "- stray item",
        "just words",
        "? [complex, key",
        "%TAG x",
        "'half: quoted",
        "中文: a: b",
    ],
)
def test_rule_6_yaml_never_decides_whether_a_post_is_seen(broken: str) -> None:
    post = parse(
        f'---\ntitle: "a "b" c"\n{broken}\ntags: [甲, "乙 丙"]\ncategories:\n- x y\n- \'z\'\n'
        "date: 2022-02-25 11:01:44 +0800\nauthor: 某\npublished: false\n---\n正文"
    )
    assert post.title == 'a "b" c'
    assert post.tags == ("甲", "乙 丙")
    assert post.categories == ("x y", "z")
    assert str(post.date) == "2022-02-25 11:01:44+08:00"
    assert post.author == "某"
    assert not post.published
    assert post.body == "正文"
    assert post.problem is None


def test_rule_6_an_entry_that_is_no_yaml_is_read_as_written() -> None:
    post = parse('---\ntags: [a, "b" c, d: [e]\ncategories:\n- "x" y\n- @z\nauthor: @me\n---\n')
    assert post.tags == ("a", '"b" c', "d: [e")
    assert post.categories == ('"x" y', "@z")
    assert post.author == "@me"
    assert post.problem is None


def test_rule_6_a_flow_mapping_is_front_matter_too() -> None:
    post = parse('---\n{title: "题", tags: [a b], date: 2022-02-25}\n---\n')
    assert (post.title, post.tags, post.problem) == ("题", ("a b",), None)


@pytest.mark.parametrize(
    "front",
    [
        "just words\n",
        "- a\n- b\n",
        "[" * 100 + "\n",
        "!!python/object/apply:os.system [ls]\n",
        "&a [*a]\n",
    ],
)
def test_rule_6_front_matter_that_says_nothing_is_named(front: str) -> None:
    post = parse(f"---\n{front}---\n# 题\n")
    assert post.title == "题"
    assert post.problem == UNREADABLE


@pytest.mark.parametrize(
    "front",
    [
        "title: !!python/object/apply:os.system ['ls']\n",
        "title: 题\nx: &a [*a, *a]\ny: *a\n",
        "title: 题\nx: *undefined\n",
        "title: 题\nx: !!binary '中'\ny: !!int x\nz: !!timestamp 2022-02-30\n",
        "title: 题\n? [a, b]\n: c\n~: d\n",
        "title: 题\n<<: {a: b}\n",
        "title: 题\nx: 2022-02-30 00:00:00\n",
        "# nothing but a comment\n",
        "\n\n",
        "",
    ],
)
def test_rule_6_odd_yaml_is_no_problem(front: str) -> None:
    post = parse(f"---\n{front}---\n正文")
    assert post.body == "正文"
    assert post.problem is None


@pytest.mark.parametrize(
    ("text", "title", "body", "problem"),
    [
        ("", "slug", "", None),
        ("正文\n", "slug", "正文\n", None),
        ("# 题\n---\ntitle: x\n---\n", "题", "# 题\n---\ntitle: x\n---\n", None),
        ("----\ntitle: x\n\n", "slug", "----\ntitle: x\n\n", None),
        ("--- x\ntitle: x\n\n", "slug", "--- x\ntitle: x\n\n", None),
        ("---", "slug", "", None),
        ("---\n", "slug", "", None),
        ("---\n---\n", "slug", "", None),
        ("---\n---", "slug", "", None),
        ("---\ntitle: 题\n---", "题", "", None),
        ("---  \ntitle: 题\n---\t\n文", "题", "文", None),
        ("---\ntitle: 题\n...\n文\n---\n", "题", "文\n---\n", None),
        ("---\ntitle: 题\n---x\n---\n文", "题", "文", None),
        ("---\r\ntitle: 题\r\n---\r\n甲\r\n乙\r\n", "题", "甲\n乙\n", None),
        ("---\rtitle: 题\r---\r甲\r", "题", "甲\n", None),
        ("\ufeff---\ntitle: 题\n---\n文", "题", "文", None),
        ("---\ntitle: 题\n---\n\n\n文\n\n", "题", "\n\n文\n\n", None),
        ("---\ntitle: 题\ntags:\n- a\n\n文\n", "题", "\n文\n", NOT_CLOSED),
        ("---\ntitle: 题\n<p>文</p>\n", "题", "<p>文</p>\n", NOT_CLOSED),
        ("---\ntitle: 题", "题", "", NOT_CLOSED),
        ("---\n文\n", "slug", "---\n文\n", NOT_CLOSED),
    ],
)
def test_rule_7_any_front_matter_shows_the_post(
    text: str, title: str, body: str, problem: Problem | None
) -> None:
    post = parse(text)
    assert (post.title, post.body, post.problem) == (title, body, problem)
