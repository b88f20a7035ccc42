"""What a site's configuration says, and what is said where it cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.messages import describe
from newsreader.posts.model import KramdownOptions, Site
from newsreader.posts.site import parse_site
from newsreader.text import clean_line


def test_a_site_has_a_title_a_url_and_a_zone() -> None:
    raw = "title: 消息\nurl: https://example.org/\nbaseurl: /blog\ntimezone: Asia/Shanghai\n"
    assert parse_site(raw.encode()) == Site(
        title=clean_line("消息"), url="https://example.org", timezone=ZoneInfo("Asia/Shanghai")
    )


@pytest.mark.parametrize("raw", [b"", b"# nothing\n", b"---\n", b"title:\nurl:\ntimezone:\n"])
def test_a_site_that_says_nothing_has_no_problem(raw: bytes) -> None:
    assert parse_site(raw) == Site()


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ('title: "他说"好"了"', '他说"好"了'),
        ("title: >-\n  two\n  lines", "two lines"),
        ("title: A &amp; B\x1b[2J", "A & B[2J"),
        ("title: 007", "007"),
        ("name: 名", "名"),
    ],
)
def test_a_sites_title_is_text(line: str, title: str) -> None:
    site = parse_site(f"{line}\nplugins:\n  - x\n".encode())
    assert site.title == title
    assert site.problem is None


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://example.org", "https://example.org"),
        ("http://example.org:8080///", "http://example.org:8080"),
        ("https://example.org/blog", "https://example.org"),
        ("//example.org", "https://example.org"),
        ("example.org", "https://example.org"),
        ("javascript:alert(1)", ""),
        ("http://[", ""),
        ("/", ""),
        ("''", ""),
        ("[a, b]", ""),
    ],
)
def test_a_sites_url_is_scheme_and_host(written: str, url: str) -> None:
    assert parse_site(f"url: {written}".encode()).url == url


@pytest.mark.parametrize(
    ("written", "offset"), [("+08:00", 8), ("UTC+8", 8), ("'-05:00'", -5), ("Asia/Tokyo", 9)]
)
def test_a_sites_zone_may_be_a_name_or_an_offset(written: str, offset: int) -> None:
    zone = parse_site(f"timezone: {written}".encode()).timezone
    assert datetime(2022, 1, 1, tzinfo=zone).utcoffset() == timedelta(hours=offset)


def test_an_unknown_zone_is_named_and_utc_is_used() -> None:
    site = parse_site("title: 题\ntimezone: Mars/Olympus\n".encode())
    assert site.title == "题"
    assert site.timezone is UTC
    assert (
        describe(site.problem)
        == "The time zone Mars/Olympus of the site is unknown, so UTC is used."
    )


@pytest.mark.parametrize(
    "broken", ["defaults: [a", "just words", "x: a: b", "x: " + "[" * 50_000, "\tx: y"]
)
def test_a_broken_configuration_is_named_and_the_rest_counts(broken: str) -> None:
    site = parse_site(f"title: 题\ntimezone: +08:00\n{broken}\n".encode())
    assert site.title == "题"
    assert site.timezone == timezone(timedelta(hours=8))
    assert describe(site.problem) == "The site's _config.yml is not valid YAML."


def test_a_damaged_configuration_is_named() -> None:
    site = parse_site("title: 金融消息站\n".encode() + b"x: \xff\n")
    assert site.title == "金融消息站"
    assert describe(site.problem) == "Some characters of the site's _config.yml could not be read."


@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_any_bytes_make_a_site(raw: bytes) -> None:
    site = parse_site(raw)
    assert clean_line(site.title) == site.title
    assert clean_line(describe(site.problem)) == describe(site.problem)
    assert site.url == "" or site.url.startswith(("http://", "https://"))
    datetime(2022, 1, 1, tzinfo=site.timezone).utcoffset()


@pytest.mark.parametrize(
    ("raw", "options"),
    [
        ("kramdown:", KramdownOptions()),
        ("kramdown: [parse_block_html]", KramdownOptions()),
        ("kramdown:\n  input: GFM\n  auto_ids: true", KramdownOptions()),
        ("kramdown: {parse_block_html: true}", KramdownOptions(parse_block_html=True)),
        ("markdown: kramdown\nkramdown: {parse_span_html: no}",
         KramdownOptions(parse_span_html=False)),
        ("kramdown: {parse_span_html: 'false'}", KramdownOptions(parse_span_html=False)),
        ("kramdown: {hard_wrap: on}", KramdownOptions(hard_wrap=True)),
        ("kramdown: {hard_wrap: false}", KramdownOptions()),
        ("kramdown: {input: gfm, hard_wrap: true}", KramdownOptions(hard_wrap=True)),
        ("kramdown: {input: kramdown, hard_wrap: true}", KramdownOptions(gfm=False)),
        ("kramdown: {input: {a: b}, hard_wrap: [x]}", KramdownOptions(gfm=False)),
        ("markdown: redcarpet\nredcarpet:\n  extensions: [tables, hard_wrap]",
         KramdownOptions(hard_wrap=True)),
        ("markdown: redcarpet\nkramdown: {hard_wrap: true}", KramdownOptions()),
        ("markdown: CommonMarkGhPages\ncommonmark:\n  options: [SMART, HARDBREAKS]",
         KramdownOptions(hard_wrap=True)),
        ("markdown: rdiscount", KramdownOptions()),
        ("kramdown: {smart_quotes: 'apos, 39,quot,raquo'}",
         KramdownOptions(typography=(("‘", "'"), ("’", "'"), ("“", '"'), ("”", "»")))),
        ("kramdown: {smart_quotes: [apos, apos, quot, quot]}",
         KramdownOptions(typography=(("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"')))),
        ("kramdown: {smart_quotes: 'apos,apos'}", KramdownOptions()),
        ("kramdown: {smart_quotes: '27,27,none,quot'}", KramdownOptions()),
        ("kramdown:\n  typographic_symbols:\n    hellip: ...\n    ndash: '--'\n    other: x",
         KramdownOptions(typography=(("…", "..."), ("–", "--")))),
        ("kramdown: {typographic_symbols: {laquo_space: \"\\e[2J<<\"}}",
         KramdownOptions(typography=(("«\xa0", "[2J<<"),))),
        ("kramdown: {gfm_quirks: [paragraph_end]}", KramdownOptions()),
        ("kramdown: {gfm_quirks: no_auto_typographic}",
         KramdownOptions().with_option("gfm_quirks", "no_auto_typographic")),
    ],
)  # fmt: skip
def test_a_site_says_how_markdown_is_read(raw: str, options: KramdownOptions) -> None:
    assert parse_site(raw.encode()).kramdown == options
