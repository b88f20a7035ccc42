"""Posts are read back as they were written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article.search_text.search_text import search_text
from newsreader.feeds.post_text import post_text, quote_yaml, with_labels
from newsreader.feeds.values import Enclosure, Entry
from newsreader.posts.parse_post import parse_post
from newsreader.posts.scalars import show_text
from newsreader.posts.yaml_values import load_yaml
from newsreader.text import clean_line

DATE = datetime(2022, 2, 25, 11, 1, tzinfo=timezone(timedelta(hours=8)))


def entry(title: str = "T", body: str = "<p>b</p>", **rest: str) -> Entry:
    return Entry(
        key="k",
        entry_id=rest.get("entry_id", ""),
        title=title,
        link=rest.get("link", ""),
        shared_link="",
        date=DATE,
        author=rest.get("author", ""),
        tags=(),
        body=body,
        enclosures=(Enclosure("https://a.example/1.mp3", "audio/mpeg", 12),),
    )


def written(value: Entry, *, categories: tuple[str, ...] = (), tags: tuple[str, ...] = ()) -> str:
    return post_text(value, DATE, categories=categories, tags=tags, language="zh")


@given(
    st.text()
    .map(clean_line)
    .filter(lambda text: any(map(str.isalnum, text)))
    .map(lambda t: t[:300]),
    st.lists(st.text().map(clean_line).filter(bool), unique=True),
)
def test_what_is_written_is_read_back(title: str, labels: list[str]) -> None:
    text = written(entry(title, author=title, entry_id=title), tags=tuple(labels))
    post = parse_post(text.encode(), "_posts/2022-02-25-t.html")

    assert post.problem is None
    assert (post.title, post.author) == (title, title)
    assert post.tags == tuple(labels)
    assert post.date == DATE
    assert post.body == "<p>b</p>\n"


@pytest.mark.parametrize(
    "title",
    ['"', "\\", "&amp;", "&lt;b&gt; & c", "a: b # c", "---", "{{ x }}", "- a", "\ufffex\uffff"],
)
def test_titles_that_yaml_would_take_for_its_own(title: str) -> None:
    post = parse_post(written(entry(title)).encode(), "_posts/2022-02-25-t.html")

    assert post.title == title


@pytest.mark.parametrize(
    "body",
    [
        "---\ntitle: Other\n---\n<p>x",
        "...\n",
        "<p>{{ site.title }} and {% include x %}</p>",
        "{{ open {% raw %} a {% endraw %} {{ b",
        "{%- endraw -%}{{ boo",
    ],
)
def test_no_body_reaches_the_front_matter_or_runs_liquid(body: str) -> None:
    post = parse_post(written(entry(body=body)).encode(), "_posts/2022-02-25-t.html")

    assert (post.title, post.problem) == ("T", None)
    # All of it is between one `raw` and the only `endraw` behind it.
    if "{" in body:
        inside = post.body.removeprefix("{% raw %}").removesuffix("{% endraw %}\n")
        assert len(inside) == len(post.body) - len("{% raw %}{% endraw %}\n")
        assert "{% endraw" not in inside
        assert "{%- endraw" not in inside


def test_liquid_of_a_body_is_shown_as_text() -> None:
    post = parse_post(
        written(entry(body="<p>{{ page.title }} {% if x %} yes</p>")).encode(), "_posts/a.html"
    )

    assert "{{ page.title }} {% if x %} yes" in search_text(post)


def test_labels_are_changed_and_nothing_else() -> None:
    text = written(entry(body="categories: [x]\n"), categories=("a",), tags=("b",))
    changed = with_labels(text, ("a", "c"), ("b", "\\1"))

    assert changed == text.replace('["a"]', '["a", "c"]').replace('["b"]', '["b", "\\\\1"]')
    assert with_labels("no post of ours", ("a",), ()) == "no post of ours"


@given(st.text())
def test_a_quoted_text_is_one_line_of_yaml(text: str) -> None:
    quoted = quote_yaml(clean_line(text))

    assert "\n" not in quoted
    value = load_yaml(f"k: {quoted}")
    assert isinstance(value, dict)
    assert show_text(str(value["k"])) == clean_line(text)


def test_a_date_keeps_its_zone() -> None:
    assert "date: 2022-02-25 11:01:00 +0800\n" in written(entry())
    text = post_text(entry(), DATE.astimezone(UTC), categories=(), tags=(), language="")
    assert "date: 2022-02-25 03:01:00 +0000\n" in text
