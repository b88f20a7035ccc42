"""What the words of the command line mean."""

from __future__ import annotations

import argparse
import contextlib
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.cli import arguments, help_text
from newsreader.cli.arguments import parse_arguments
from newsreader.cli.requests import (
    COMMANDS,
    BookmarksRequest,
    Common,
    FeedsRequest,
    FetchRequest,
    IndexRequest,
    ListRequest,
    ReadRequest,
    Request,
    ShowRequest,
)

A, B = Path("a"), Path("b")
NONE = Common()

MEANINGS: list[tuple[str, Request]] = [
    ("feeds list", FeedsRequest(NONE, "list", ())),
    ("feeds export --format json", FeedsRequest(NONE, "export", (), "json")),
    (
        "feeds add a b --name N --tag t --tag u --category C",
        FeedsRequest(NONE, "add", ("a", "b"), "table", "N", "C", ("t", "u")),
    ),
    ("feeds remove a", FeedsRequest(NONE, "remove", ("a",))),
    ("feeds import -", FeedsRequest(NONE, "import", ("-",))),
    ("fetch", FetchRequest(NONE, ())),
    ("fetch a b --format json", FetchRequest(NONE, ("a", "b"), "json")),
    ("", ReadRequest(NONE, ())),
    ("a b", ReadRequest(NONE, (A, B))),
    ("./list", ReadRequest(NONE, (Path("list"),))),
    ("-- list", ReadRequest(NONE, (Path("list"),))),
    ("--trace b a", ReadRequest(NONE, (A,), trace=B)),
    ("a list", ReadRequest(NONE, (A, Path("list")))),
    ("--source a", ReadRequest(Common((A,)), ())),
    ("--source list", ReadRequest(Common((Path("list"),)), ())),
    ("--source=a --source b", ReadRequest(Common((A, B)), ())),
    ("a --source b", ReadRequest(Common((B,)), (A,))),
    ("list", ListRequest(NONE, "table", None)),
    ("list --format json --limit 3", ListRequest(NONE, "json", 3)),
    ("--source a list --source b", ListRequest(Common((A, B)), "table", None)),
    ("list --source list", ListRequest(Common((Path("list"),)), "table", None)),
    ("index", IndexRequest(NONE, rebuild=False)),
    ("index --every-file", IndexRequest(NONE, rebuild=False, every_file=True)),
    ("--source=a index --rebuild", IndexRequest(Common((A,)), rebuild=True)),
    ("show a", ShowRequest(NONE, ("a",), None, "text", "auto")),
    ("show -", ShowRequest(NONE, ("-",), None, "text", "auto")),
    ("show show", ShowRequest(NONE, ("show",), None, "text", "auto")),
    ("show a --width 60 b --format html", ShowRequest(NONE, ("a", "b"), 60, "html", "auto")),
    ("show a -- -x --", ShowRequest(NONE, ("a", "-x", "--"), None, "text", "auto")),
    ("-- -a --source", ReadRequest(NONE, (Path("-a"), Path("--source")))),
    ("bookmarks add -- list", BookmarksRequest(NONE, "add", ("list",), "table")),
    ("show --color never -- -x", ShowRequest(NONE, ("-x",), None, "text", "never")),
    ("bookmarks list", BookmarksRequest(NONE, "list", (), "table")),
    ("bookmarks --format json list", BookmarksRequest(NONE, "list", (), "json")),
    ("bookmarks add a b", BookmarksRequest(NONE, "add", ("a", "b"), "table")),
    ("bookmarks remove a --source b", BookmarksRequest(Common((B,)), "remove", ("a",), "table")),
]


@pytest.mark.parametrize(("line", "request_"), MEANINGS, ids=[line for line, _ in MEANINGS])
def test_a_line_has_its_meaning(line: str, request_: Request) -> None:
    assert parse_arguments(line.split()) == request_


WRONG = [
    ("show", "show needs a POST"),
    ("show a --width 9", "9 is not a number from 10 to 1000"),
    ("show a --width -1", "-1 is not a number from 10 to 1000"),
    ("show a --width ٣٠", "is not a number"),
    ("show a --format pdf", "invalid choice: 'pdf'"),
    ("show a --wid 60", "unrecognized arguments: --wid 60"),
    ("list --limit 1.5", "1.5 is not a number"),
    (f"list --limit {'9' * 5000}", "is not a number"),
    ("index -- x y", "index takes no x; a folder is named by --source"),
    ("bookmarks", "say list, add, remove, update, note, export or import"),
    ("bookmarks clear", "say list, add, remove, update, note, export or import"),
    ("bookmarks list a", "list takes no POST"),
    ("bookmarks add", "add needs a POST"),
    ("--config no-such-file", "there is no config file no-such-file"),
    ("show a --config no-such-file", "there is no config file no-such-file"),
    (f"--config {'x' * 300}", "cannot be read: File name too long"),
    ("--source", "expected one argument"),
    ("--source= list", "a path cannot be empty"),
    ("--rebuild", "unrecognized arguments: --rebuild"),
]


@pytest.mark.parametrize(("line", "reason"), WRONG, ids=[line[:30] for line, _ in WRONG])
def test_wrong_usage_is_told_with_the_usage(
    line: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        parse_arguments(line.split())

    out, err = capsys.readouterr()
    assert stop.value.code == 2
    assert out == ""
    assert err.startswith("usage: newsreader")
    assert reason in err


HELP_TEXTS = {
    "": help_text.READER,
    "show": help_text.SHOW,
    "list": help_text.LIST,
    "index": help_text.INDEX,
    "bookmarks": help_text.BOOKMARKS,
    "sources": help_text.SOURCES,
    "config": help_text.CONFIG,
    "completion": help_text.COMPLETION,
    "doctor": help_text.DOCTOR,
}


@pytest.mark.parametrize("command", HELP_TEXTS)
def test_the_help_of_a_command_names_all_that_it_takes(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        parse_arguments([command, "--help"] if command else ["-h"])

    printed = capsys.readouterr().out
    assert stop.value.code == 0
    assert printed == HELP_TEXTS[command]
    assert max(map(len, printed.splitlines())) <= 80
    parser: argparse.ArgumentParser = arguments.PARSERS[command]()
    for action in parser._actions:
        if action.help is argparse.SUPPRESS:
            continue
        for option in action.option_strings:
            assert f" {option}" in printed
        for choice in action.choices or ():
            assert str(choice) in printed


WORDS = ["show", "list", "index", "bookmarks", "add", "--source", "--config", "--width", "--limit"]
OTHERS = ["a", "-", "--", "-x", "--rebuild", "--format", "json", "7", "", "-7", "=", "\udcff"]


@given(st.lists(st.sampled_from([*WORDS, *OTHERS]) | st.text(max_size=4), max_size=6))
def test_any_line_is_a_request_or_wrong_usage(line: list[str]) -> None:
    code: object = 0
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            parse_arguments(line)
        except SystemExit as stop:
            code = stop.code

    assert code in {0, 2}


def test_the_first_help_names_every_command() -> None:
    assert all(f"\n  {command} " in help_text.READER for command in COMMANDS)
    assert set(arguments.PARSERS) == {"", *COMMANDS}
