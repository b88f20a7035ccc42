"""The config file: what is used, and what is said about the rest."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsreader.config.example import example_config, manual_section
from newsreader.config.load_config import MAX_BYTES, load_config
from newsreader.config.model import Config, ConfiguredFeed, ConfiguredSource, SavedSearch
from newsreader.config.options import OPTIONS, THEMES
from newsreader.config.read_config import parse_config
from newsreader.config.read_values import MAX_PROBLEMS
from newsreader.messages import describe
from tests.linear import expect_linear

FILE = Path("/etc/news/config.yaml")


def parse(text: str | bytes) -> Config:
    return parse_config(text.encode() if isinstance(text, str) else text, FILE)


feed = ConfiguredFeed


def sentences(text: str | bytes) -> list[str]:
    """What is said about a config file."""
    return [describe(problem) for problem in parse(text).problems]


ALL_OF_A_FEED = ConfiguredFeed("h://a", "甲", "科技", ("芯片", "b"), every="6h", keep="1y")
GOOD = [
    ("", Config()),
    ("layout: narrow\ntext-width: 60", Config(layout="narrow", text_width=60)),
    ("feeds: [http://h/, {url: http://i/}]", Config(feeds=(feed("http://h/"), feed("http://i/")))),
    (
        "feeds: [{url: h://a, name: 甲, category: 科技, tags: [芯片, b], every: 6h, keep: 1y}]",
        Config(feeds=(ALL_OF_A_FEED,)),
    ),
    ("feeds: [{url: u, images: Yes}]", Config(feeds=(feed("u", images=True),))),
    ("feeds: [{url: u, tags: a, keep: 500}]", Config(feeds=(feed("u", tags=("a",), keep="500"),))),
    ("# nothing\n", Config()),
    ("mark-read: end\nupdate-interval: 30", Config(mark_read="end", update_interval=30)),
    ("fold-stories: yes", Config(fold=True)),
    ("browser: 'lynx \"%s\"'", Config(browser='lynx "%s"')),
    ("editor: ' '\nclipboard: wl-copy", Config(clipboard="wl-copy")),
    (
        "sources: [{path: /a, update: git pull, labels: {a: 甲, b: [乙]}, hidden: [c, d]}]",
        Config(
            sources=(
                ConfiguredSource(
                    Path("/a"), "", "git pull", (("a", "甲"), ("b", "乙")), ("c", "d")
                ),
            )
        ),
    ),
    ("sources:\ntheme:\nsearches:\n", Config()),
    ("sources: []\n", Config()),
    ("\ufefftheme: nord\r\n", Config(theme="nord")),
    ("theme: 'gruvbox'", Config(theme="gruvbox")),
    ("sources: [posts]", Config(sources=(ConfiguredSource(Path("/etc/news/posts")),))),
    ("sources:\n- path: ../posts\n", Config(sources=(ConfiguredSource(Path("/etc/posts")),))),
    (
        "sources:\n- /a\n- {path: /b, name: 财经}\n",
        Config(sources=(ConfiguredSource(Path("/a")), ConfiguredSource(Path("/b"), "财经"))),
    ),
    (
        "sources: [{path: /b, name: no}, {path: /c, name: 007}]",
        Config(sources=(ConfiguredSource(Path("/b"), "no"), ConfiguredSource(Path("/c"), "007"))),
    ),
    (
        'sources: [{path: /b, name: "a\\e[2J\\nb"}]',
        Config(sources=(ConfiguredSource(Path("/b"), "a[2J b"),)),
    ),
    (
        "searches:\n- name: chips\n  query: 芯片 after:1w\n",
        Config(searches=(SavedSearch("chips", "芯片 after:1w"),)),
    ),
    (
        "sources: [&a {path: /b}]\nsearches: []\n",
        Config(sources=(ConfiguredSource(Path("/b")),)),
    ),
]


@pytest.mark.parametrize(("text", "expected"), GOOD)
def test_a_good_file_is_used_without_a_word(text: str, expected: Config) -> None:
    config = parse(text)

    assert config.problems == ()
    assert config == replace(expected, path=FILE)


NAMES = [f"`{option.name}`" for option in OPTIONS]
ALLOWED = f"Allowed are {', '.join(NAMES[:-1])} and {NAMES[-1]}."
SOURCES = (
    "`sources` is a list, where each entry has `path`, `name`, `update`, `labels` and `hidden` or "
    "is only the path."
)
SEARCHES = "`searches` is a list, where each entry has `name` and `query`."
BAD = [
    ("a: 1\n", f"1: unknown option `a`. {ALLOWED}"),
    ("\n\nsourcs: []", f"3: unknown option `sourcs`; did you mean `sources`? {ALLOWED}"),
    ("? [a]\n: 1", f"1: unknown option. {ALLOWED}"),
    ("<<: {theme: nord}", f"1: unknown option `<<`. {ALLOWED}"),
    ('? "\\e[2J"\n: 1', f"1: unknown option `[2J`. {ALLOWED}"),
    ("- theme", f"1: options are written as `name: value`. {ALLOWED}"),
    ("theme", f"1: options are written as `name: value`. {ALLOWED}"),
    ("theme: nord\ntheme: dracula", "2: `theme` is set twice; what line 1 says is used."),
    ("theme: 5", "1: `theme` cannot be `5`. Allowed are `auto`, `newsprint`, "),
    ("theme: norf", "1: `theme` cannot be `norf`; did you mean `nord`? Allowed are `auto`, "),
    ("theme: [nord]", "1: `theme` is one word. Allowed are `auto`, "),
    ("theme: ''", "1: `theme` is one word. Allowed are `auto`, "),
    ("sources: posts", f"1: {SOURCES}"),
    ("sources:\n- []\n- /a", f"2: {SOURCES}"),
    ("sources:\n- \n- /a", f"2: {SOURCES}"),
    ("sources: &a [*a]", f"1: {SOURCES}"),
    ("sources:\n- name: A", "2: an entry of `sources` needs `path`; it is left out."),
    ("sources:\n- path:\n", "2: an entry of `sources` needs `path`; it is left out."),
    ("sources: [{path: [a]}]", "1: `path` is text."),
    (
        "sources:\n- path: /a\n  nmae: A",
        "3: unknown key `nmae` of `sources`; did you mean `name`? Allowed are `path`, `name`, ",
    ),
    (
        "sources:\n- path: /a\n  path: /b",
        "3: `path` is set twice; what line 2 says is used.",
    ),
    ("sources: [/a, /b/../a]", "1: the source `/b/../a` is named twice."),
    ("sources: [~nobody-of-this-name/x]", "1: there is no user for `~nobody-of-this-name/x`."),
    ('sources: ["a\\0"]', "1: a path cannot hold a NUL character."),
    ("searches: [x]", f"1: {SEARCHES}"),
    ("searches:\n- {}", "2: an entry of `searches` needs `name` and `query`; it is left out."),
    (
        "searches: [{name: a, query: b},\n {name: a, query: c}]",
        "2: there are two searches named `a`.",
    ),
    ("text-width: wide", "1: `text-width` is a number from 20 to 400."),
    ("text-width: 19", "1: `text-width` is a number from 20 to 400."),
    ("text-width: 1e2", "1: `text-width` is a number from 20 to 400."),
    ("text-width: 99999999999", "1: `text-width` is a number from 20 to 400."),
    ("text-width: [84]", "1: `text-width` is a number from 20 to 400."),
    ("mark-read: opened", "1: `mark-read` cannot be `opened`; did you mean `open`? Allowed are "),
    ("update-interval: -1", "1: `update-interval` is a number from 0 to 10080."),
    ("browser: 'a \"b'", '1: `browser` is a command; in `a "b` a quotation mark is not closed.'),
    ("editor: [vi]", "1: `editor` is a command with its arguments."),
    ("sources: [{path: /a, update: '\"'}]", '1: `update` is a command; in `"` a quotation '),
    ("sources: [{path: /a, labels: x}]", "1: `labels` has lines of the form `category: name`."),
    ("sources: [{path: /a, labels: {a: [b, c]}}]", "1: `a` is text."),
    ("sources: [{path: /a, hidden: {a: b}}]", "1: `hidden` is a text or a list of texts."),
    (
        "feeds: [{url: u, every: soon}]",
        "1: `every` is a number and `m`, `h`, `d` or `w`, such as `6h`; `soon` is not.",
    ),
    ("feeds: [{url: u, keep: [5]}]", "1: `keep` is a number of posts, or a number and "),
    ("feeds: [{url: u, images: maybe}]", "1: `images` is `yes` or `no`."),
    ("feeds: [{url: u, tags: {a: b}}]", "1: `tags` is a text or a list of texts."),
    ("feeds: [{url: u, tags: [a, [b]]}]", "1: `tags` is a text or a list of texts."),
    ("feeds:\n- http://h/\n- url: http://h/", "3: the feed `http://h/` is named twice."),
    ("theme: nord\n\tx: [", "2: this is not YAML: "),
    ("a: [", "1: this is not YAML: "),
    ("a: *b", "1: this is not YAML: found undefined alias 'b'; nothing of the file is used."),
    ("a: 1\n---\nb: 1", "2: this is not YAML: but found another document; "),
    ('a: "\\UFFFFFFFF"', "1: this is not YAML; nothing of the file is used."),
    ("theme: nord\na: \0", "2: a character that YAML forbids; nothing of the file is used."),
    (b"theme: nord\n\xff", "2: this is not UTF-8; nothing of the file is used."),
    ("theme: nord\n".encode("utf-16"), "1: this is not UTF-8; nothing of the file is used."),
    ("[" * 20_000, "1: the file is nested too deeply; nothing of it is used."),
    ("#" * (MAX_BYTES + 1), "1: the file is larger than 64 KB; nothing of it is used."),
]


@pytest.mark.parametrize(("text", "problem"), BAD, ids=[problem[:40] for _, problem in BAD])
def test_a_mistake_is_told_with_its_line_and_what_is_allowed(
    text: str | bytes, problem: str
) -> None:
    problems = sentences(text)

    assert problems
    assert problems[0].startswith(f"{FILE}:{problem}")
    assert problems[0].endswith(".")


def test_what_is_right_is_used_beside_what_is_wrong() -> None:
    config = parse("them: nord\ntheme: dracula\nsources:\n- /a\n- []\n- name: B\n- path: /c\n")

    assert config.theme == "dracula"
    assert [source.path for source in config.sources] == [Path("/a"), Path("/c")]
    assert [problem.arguments[1] for problem in config.problems] == [1, 5, 6]


def test_a_path_may_begin_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")

    config = parse("sources: [~/news, ~, {path: '~/x'}]")

    assert [str(source.path) for source in config.sources] == [
        "/home/ann/news",
        "/home/ann",
        "/home/ann/x",
    ]


def test_of_very_many_problems_the_first_are_told() -> None:
    problems = sentences("".join(f"key{number}: 1\n" for number in range(100)))

    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[-1] == f"{FILE}: 80 more problems."


def test_a_long_key_is_cut() -> None:
    assert max(map(len, sentences(f"? {'x' * 50_000}\n: 1"))) < 400


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    assert load_config(tmp_path / "config.yaml") == Config(path=tmp_path / "config.yaml")


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("sources: [posts]\n", encoding="utf-8")

    assert load_config(file).sources == (ConfiguredSource(tmp_path / "posts"),)


def test_a_source_is_found_from_a_config_named_by_a_relative_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.yaml").write_text("sources: [posts]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert load_config(Path("config.yaml")).sources[0].path == Path.cwd() / "posts"


@pytest.mark.parametrize("name", [".", "x" * 300, "a\0b"])
def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path, name: str) -> None:
    config = load_config(tmp_path / name)

    assert len(config.problems) == 1
    assert "cannot be read: " in describe(config.problems[0])


HOSTILE: dict[str, Callable[[int], str]] = {
    "brackets": lambda size: "[" * size,
    "braces": lambda size: "{" * size,
    "keys": lambda size: "? " * (size // 2),
    "items": lambda size: "- " * (size // 2),
    "aliases": lambda size: (
        "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a,*a]\n" for n in range(size // 32))
    ),
    "sources": lambda size: "sources: [" + "a," * (size // 3) + "]",
    "options": lambda size: "".join(f"k{n}: v\n" for n in range(size // 11)),
    "quotes": lambda size: "'" * (size - 1),
    "tags": lambda size: "!" * size,
}


@pytest.mark.long
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_answered_in_linear_time(kind: str) -> None:
    assert len(HOSTILE[kind](MAX_BYTES).encode()) <= MAX_BYTES

    expect_linear(lambda size: parse(HOSTILE[kind](size)), MAX_BYTES)


@given(st.binary(max_size=300))
def test_bytes_never_raise(raw: bytes) -> None:
    config = parse_config(raw, FILE)

    assert config.theme in ("auto", *THEMES)


WORDS = ("sources", "theme", "searches", "path", "name", "query", "nord")


@given(
    st.lists(
        st.sampled_from(
            [*"?&*[]{},'\"|>#~!%:-\n", "\n  ", ": ", "- ", "/a", "&x ", "*x ", "<<", *WORDS]
        ),
        max_size=40,
    ).map("".join)
)
def test_near_yaml_never_raises_and_problems_are_clean_lines(text: str) -> None:
    for problem in sentences(text):
        assert problem.isprintable()
        assert problem.startswith(str(FILE))


def test_the_example_changes_nothing() -> None:
    assert yaml.compose(example_config()) is None


def test_the_example_is_good_when_its_hash_signs_are_taken_away() -> None:
    lines = [line for line in example_config().splitlines() if not re.match("# [^ ]", line)]
    config = parse("\n".join(line.removeprefix("#") for line in lines))

    assert config.problems == ()
    assert len(config.sources) == len(config.feeds) == 2
    assert config.searches == (SavedSearch("Chips this week", "芯片 after:1w"),)
    assert replace(config, sources=(), feeds=(), searches=(), keys=(), path=None) == Config()


def test_every_option_and_its_help_stand_in_the_manual() -> None:
    words = " ".join(manual_section().replace("#", "").split())

    for option in OPTIONS:
        assert f"{option.name}:" in words
        assert option.help.replace("`", "") in words


def test_the_themes_are_our_own_and_those_of_textual() -> None:
    from textual.theme import BUILTIN_THEMES

    assert ("newsprint", "inkwell", *BUILTIN_THEMES) == THEMES


def test_the_path_of_the_config_is_clean_in_the_problems() -> None:
    config = parse_config(b"a: 1", Path("/tmp/a\x1b[2J\n" + os.fsdecode(b"\xff")))

    assert describe(config.problems[0]).isprintable()


def test_a_pipe_is_no_config_file_and_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "config.yaml"
    os.mkfifo(pipe)
    (problem,) = load_config(pipe).problems
    assert describe(problem) == f"{pipe}: cannot be read: Not a regular file."


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
def test_a_device_is_no_config_file() -> None:
    (problem,) = load_config(Path("/dev/zero")).problems
    assert describe(problem) == "/dev/zero: cannot be read: Not a regular file."
