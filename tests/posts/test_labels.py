"""Rules 5 and 9: categories, tags, and what else front matter says of a post."""

from __future__ import annotations

import pytest

from newsreader.posts.model import Post, Site
from newsreader.posts.parse_post import parse_post

SITE = Site(url="https://example.org")


def parse(front: str, path: str = "_posts/x.md") -> Post:
    return parse_post(f"---\n{front}\n---\n".encode(), path, SITE)


_LABELS = [
    ("{s}: a", ("a",)),
    ("{s}: [ a ]", ("a",)),
    ("{s}: [a b, c]", ("a b", "c")),
    ("{s}: [ 'a, b', \"c\" ]", ("a, b", "c")),
    ("{s}:\n- a\n- b c", ("a", "b c")),
    ("{s}:\n  - a\n  - b", ("a", "b")),
    ("{s}: a  b\ta", ("a", "b")),
    ('{s}: "a b"', ("a", "b")),
    ("{s}: 甲\u3000乙 丙", ("甲 乙", "丙")),
    ("{s}: 007", ("007",)),
    ("{s}: no", ("no",)),
    ("{s}: 12:30", ("12:30",)),
    ("{s}: [007, no, 12:30, 1.0]", ("007", "no", "12:30", "1.0")),
    ("{s}: [2022-02-25, true, 0x1F]", ("2022-02-25", "true", "0x1F")),
    ("{s}: [a, [b, [c]], ~, '', null]", ("a", "b", "c")),
    ("{s}:\n- a: b", ("a: b",)),
    ("{s}: {{a: [b], c: }}", ("b", "c")),
    ("{s}: ~", ()),
    ("{s}:", ()),
    ("{s}: []", ()),
    ("{s}: ''", ()),
    ("x: y", ()),
    ("{s}: A&amp;B", ("A&B",)),
    ("{s}: ['a\x1b[31m', \"\\e[2J\", '\u202e']", ("a[31m", "[2J")),
    ("{s}: C++ C# .NET", ("C++", "C#", ".NET")),
    ("{s}: &x [a]\ny: *x", ("a",)),
    ("y: &x [a, b]\n{s}: *x", ("a", "b")),
    ("{s}: a\n{s}: b", ("b",)),
]  # fmt: skip


@pytest.mark.parametrize(("front", "labels"), _LABELS)
def test_rule_5_tags_are_strings_as_written(front: str, labels: tuple[str, ...]) -> None:
    post = parse(front.format(s="tags"))
    assert (post.tags, post.categories) == (labels, ())


@pytest.mark.parametrize(("front", "labels"), _LABELS)
def test_rule_5_categories_are_strings_as_written(front: str, labels: tuple[str, ...]) -> None:
    post = parse(front.format(s="categories"))
    assert (post.categories, post.tags) == (labels, ())


@pytest.mark.parametrize(
    ("front", "tags"),
    [
        ("tag: a b", ("a b",)),
        ("tag: [a, b]", ("a", "b")),
        ("tag: a\ntags: b", ("a",)),
        ("tag: ~\ntags: b c", ("b", "c")),
    ],
)
def test_rule_5_the_singular_is_one_label_and_comes_first_as_in_jekyll(
    front: str, tags: tuple[str, ...]
) -> None:
    assert parse(front).tags == tags
    categories = front.replace("tags", "categories").replace("tag:", "category:")
    assert parse(categories).categories == tags


@pytest.mark.parametrize(
    ("path", "categories"),
    [
        ("_posts/x.md", ()),
        ("en/news/_posts/x.md", ("en", "news")),
        ("en/_posts/2022/02/x.md", ("en",)),
        ("x.md", ()),
        ("en/x.md", ()),
        ("test/x_posts.rb", ()),
        ("a/my_posts/x.md", ()),
        ("a/_posts_old/x.md", ()),
        ("a/_posts", ()),
        ("a/_drafts/x.md", ("a",)),
        ("a/_posts/b/_posts/x.md", ("a",)),
        ("a/a/_posts/x.md", ("a",)),
        ("甲 乙/_posts/x.md", ("甲 乙",)),
        ("a\x1b[2J/_posts/x.md", ("a[2J",)),
    ],
)
def test_rules_5_and_9_folders_above_posts_are_categories(
    path: str, categories: tuple[str, ...]
) -> None:
    assert parse("title: x", path).categories == categories


def test_rule_5_folders_come_first_and_each_label_once() -> None:
    post = parse("categories: news b\ntags: b", "en/news/_posts/x.md")
    assert post.categories == ("en", "news", "b")
    assert post.tags == ("b",)


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("false", False),
        ("False", False),
        ("FALSE # not yet", False),
        ('"false"', False),
        ("no", False),
        ("off", False),
        ("true", True),
        ("0", True),
        ("~", True),
        ("", True),
        ("later", True),
    ],
)
def test_rule_9_published_false_is_not_listed(written: str, published: bool) -> None:
    assert parse(f"published: {written}").published is published


def test_rule_9_a_post_that_says_nothing_is_published() -> None:
    assert parse("title: x").published
    assert parse_post(b"", "_drafts/x.md").published


@pytest.mark.parametrize(
    ("front", "author"),
    [
        ("author: 张三", "张三"),
        ('author: "Jim  \\"X\\" Y"', 'Jim "X" Y'),
        ("author: [a, b]", "a, b"),
        ("author: {name: 张三, email: a@b.cn}", "张三"),
        ("author:\n- name: a\n  url: x\n- name: b", "a, b"),
        ("authors: [a, b, a]", "a, b"),
        ("author: {first: 张}", "first: 张"),
        ("author: A&amp;B\x07", "A&B"),
        ("author: 7", "7"),
        ("author:", ""),
    ],
)
def test_an_author_is_a_line_of_text(front: str, author: str) -> None:
    assert parse(front).author == author


@pytest.mark.parametrize(
    ("front", "lang"),
    [("lang: zh-CN", "zh-CN"), ("lang: no", "no"), ("language: en", "en"), ("title: x", "")],
)
def test_a_language_is_read_as_written(front: str, lang: str) -> None:
    assert parse(front).lang == lang


@pytest.mark.parametrize(
    ("front", "link"),
    [
        ("link: http://a.cn/x", "http://a.cn/x"),
        ("source_url: //a.cn/x", "https://a.cn/x"),
        ("original_url: /x", "https://example.org/x"),
        ("canonical_url: https://a.cn/中", "https://a.cn/%E4%B8%AD"),
        ("external-url: https://a.cn", "https://a.cn"),
        ("link: javascript:alert(1)\nsource_url: http://a.cn", "http://a.cn"),
        ("link: mailto:a@b.cn", ""),
        ("link: '#x'", ""),
        ("link: http://[", ""),
        ("link:", ""),
    ],
)
def test_rule_12_the_posts_own_link_may_be_opened(front: str, link: str) -> None:
    assert parse(front).link == link


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("tags: 一, 二", ("一", "二")),
        ("tags: ruby on rails, web", ("ruby on rails", "web")),
        ("tags: 一，二、三", ("一", "二", "三")),
        ('tags: "一, 二"', ("一", "二")),
        ("tags: 一 1,000", ("一", "1,000")),
        ("tags: a/b c", ("a/b", "c")),
        ("tags: #a #b/c", ("a", "b/c")),
        ("tags: #a, #二", ("a", "二")),
        ("tags: # a comment", ()),
        ("tags: #a comment", ()),
        ("tags: #a\n  - b", ("b",)),
        ("tags: C# F#", ("C#", "F#")),
    ],
)
def test_commas_and_hash_signs_part_tags(line: str, tags: tuple[str, ...]) -> None:
    assert parse_post(f"---\n{line}\ntitle: t\n---\n".encode(), "_posts/a.md").tags == tags
