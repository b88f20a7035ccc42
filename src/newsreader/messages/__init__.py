"""The words of the program: of problems, and of all else that it says; a table per language.

Words stand in English where they are said: `phrase("Nothing is unread")`. In another language they
are looked up by that, and what a table lacks stays English; `tests/messages` finds it. Problems
have sentences by their codes. Nothing below `cli` and `tui` words anything, and only the tables of
the language in use are imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, Literal, LiteralString, TypeAlias

from newsreader.problems import Code, Problem
from newsreader.text import EMPTY, Clean, clean_line, clean_text, join

if TYPE_CHECKING:
    from newsreader.messages.english import Wording

Language: TypeAlias = Literal["en", "zh"]

_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
"""What names the language of messages, the strongest first (POSIX, section 8.2)."""


class _Tables:
    """The tables of the language in use, for the whole process, as the locale is."""

    language: Language = "en"
    phrases: Mapping[str, str] = {}
    problems: Mapping[Code, Wording] = {}


def use_language(language: Language) -> None:
    """Say everything in a language from now on."""
    _Tables.language = language
    _Tables.phrases, _Tables.problems = {}, {}
    if language == "zh":
        from newsreader.messages.chinese import PHRASES, PROBLEMS  # noqa: PLC0415  (only then)

        _Tables.phrases, _Tables.problems = PHRASES, PROBLEMS


def language() -> Language:
    """The language in use."""
    return _Tables.language


def choose_language(setting: str, environment: Mapping[str, str]) -> Language:
    """Choose a language.

    Args:
        setting: The option: a language, or `auto` for that of the environment.
        environment: Its variables. The locale that they name need not be installed here.
    """
    if setting in ("en", "zh"):
        return "zh" if setting == "zh" else "en"
    name = next((found for each in _VARIABLES if (found := environment.get(each))), "")
    if name and name.partition(".")[0] not in ("C", "POSIX"):
        name = environment.get("LANGUAGE") or name  # GNU's, a list
    return "zh" if name.lower().startswith("zh") else "en"


def phrase(template: LiteralString, *parts: Clean | float) -> Clean:
    """Say something in the language in use.

    Args:
        template: The English words, as they stand in the source, for `str.format`.
        parts: What is filled in: clean texts and numbers.
    """
    words = _Tables.phrases.get(template, template)
    return clean_text(words.format(*parts) if parts else words)


def join_phrases(phrases: Iterable[Clean]) -> Clean:
    """Join what is not empty by the comma of the language in use."""
    found = [each for each in phrases if each]
    return join("，", found) if _Tables.language == "zh" else join(", ", found)


def phrase_of(words: str) -> Clean:
    """Say the words of a table of ours, such as the help of a key, in the language in use."""
    return clean_text(_Tables.phrases.get(words, words))


def describe(problem: Problem | None) -> Clean:
    """The sentences that tell the user of a problem, on one line; empty if there is none.

    Cleaned here, so arguments may be names of files and words of the system as they are.
    """
    return EMPTY if problem is None else clean_line(_words(problem))


def _words(problem: Problem) -> str:
    # Late: most starts have nothing to complain of.
    from newsreader.messages.english import ENGLISH  # noqa: PLC0415

    arguments = [_words(each) if isinstance(each, Problem) else each for each in problem.arguments]
    words = _Tables.problems.get(problem.code) or ENGLISH[problem.code]
    return words.format(*arguments) if isinstance(words, str) else words(*arguments)
