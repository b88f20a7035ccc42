"""Commands of the config file as words."""

from __future__ import annotations

import pytest

from newsreader.config.commands import command_words, shell_words, split_command


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("firefox", ["firefox", "http://a b/"]),
        ("firefox --new-tab %s", ["firefox", "--new-tab", "http://a b/"]),
        ("tmux 'new window' 'w3m %s'", ["tmux", "new window", "w3m http://a b/"]),
        ('"/opt/my browser/run" -x', ["/opt/my browser/run", "-x", "http://a b/"]),
        ("", []),
        ('broken "', []),
    ],
)
def test_what_a_command_works_on_stays_one_word(command: str, words: list[str]) -> None:
    assert command_words(command, "http://a b/") == words


@pytest.mark.parametrize(
    "command",
    ["git pull && make", "cd $HOME", "echo *.md", "A=1 make", "make; make", "a\nb", "~/bin/update"],
)
def test_a_shell_is_asked_where_something_needs_one(command: str) -> None:
    assert shell_words(command) == ("/bin/sh", "-c", command)


@pytest.mark.parametrize(
    ("command", "words"),
    [("git pull --ff-only", ("git", "pull", "--ff-only")), ("./up 'a b'", ("./up", "a b"))],
)
def test_no_shell_is_started_for_plain_words(command: str, words: tuple[str, ...]) -> None:
    assert shell_words(command) == words


def test_a_quotation_mark_that_is_not_closed_splits_into_nothing() -> None:
    assert split_command("a 'b") is None
    assert split_command("a 'b'") == ("a", "b")
