"""Where tests are: `tests/store/lists/test_windows.py` tests `store/lists/windows.py`.

So does `test_windows_pace.py` beside it: the name of the module, then what of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import newsreader

PACKAGE = Path(newsreader.__file__).parent
TESTS = Path(__file__).parent

OTHERS = {
    # Why a test is named after no module. A folder stands for all tests in it.
    "long": "runs that take hours",
    "hostile": "hostile articles on their way through all of parsing, layout and export",
    "benchmarks": "tests what measures, which is not in the package",
    "test_imports": "the arrows between all modules",
    "test_layout_of_tests": "this",
    "test_names": "the names in all modules",
    "test_sample_posts": "the posts that come with the package",
    "test_readme": "the README and the help, and the commands in them",
    "test_packaging": "the wheel and the sdist, and what their metadata say",
    "test_installed_command": "the command as it is installed, in a terminal",
    "test_sockets": "the command, where it gets no socket",
    "test_terminal": "the reader in a terminal: signals, odd bytes, bursts of keys",
    "test_terminal_left": "the reader in a terminal that it leaves to others for a while",
    "test_soak": "the short form of long/soak",
    "test_clean": "what the type checker cannot see of clean text, in every module",
    "article/export/test_export": "both formats, from the same documents",
    "article/export/test_round_trip": "what is exported, parsed again",
    "article/linebreak/test_flow": "the package as callers use it",
    "article/linebreak/test_hostile_texts": "the package as callers use it",
    "article/linebreak/test_unicode": "Unicode's own test cases",
    "article/parse/test_anchors": "names of places, through all of the parser",
    "article/parse/test_beginning": "the first part of long posts, through all of the parser",
    "article/parse/test_commonmark_differences": "the short form of long/commonmark",
    "article/parse/test_browser_pages": "pages beside what a browser shows of them",
    "article/parse/test_golden_documents": "golden pairs",
    "article/parse/test_hostile_bodies": "hostile bodies, through all of the parser",
    "article/parse/test_kramdown_examples": "examples of kramdown's syntax, through the parser",
    "article/parse/test_random_pages": "made-up pages, through all of the parser",
    "article/parse/test_rules": "one row for each rule of the format",
    "article/parse/test_two_languages": "made-up articles, as Markdown and as HTML",
    "article/render/test_golden_layouts": "golden pairs",
    "messages/test_phrases": "the package, beside all places that say something",
    "messages/test_messages": "the package, beside all places that make problems",
    "store/test_files": "what files of posts, sites and images became, all over the store",
    "feeds/test_killed_fetches": "the short form of long/killed_fetches",
    "store/test_crashes": "the short form of long/crashes",
    "store/test_faults": "the short form of long/faults",
    "store/test_stress": "the short form of long/stress",
    "store/scan/test_follow_events": "follow, event by event, on a watcher that is a fake",
    "store/scan/test_incremental": "scans of a folder that changes, beside a scan of all of it",
    "store/transfer/test_export_order": "what is on the disk when an export is broken off",
    "tui/test_language": "the whole screen in another language",
    "tui/test_looks": "pictures of the whole screen",
    "tui/test_textual_private": "the package of private names, and all modules that have none",
    "tui/dialogs/test_bursts": "all dialogs, while keys come faster than they open and close",
}


def misplaced(tests: Iterable[str], modules: Iterable[str]) -> Iterator[str]:
    """The tests that no module has the name of, and that are not among the others."""
    names = set(modules)
    for test in tests:
        folder, _, name = test.rpartition("/")
        words = name.removeprefix("test_").split("_")
        tested = ("_".join(words[:count]) for count in range(1, len(words) + 1))
        if names.isdisjoint(f"{folder}/{module}".lstrip("/") for module in tested) and not (
            test in OTHERS or folder.split("/")[0] in OTHERS
        ):
            yield test


def listed(folder: Path, pattern: str) -> list[str]:
    """The Python files of a folder, without their ending."""
    found = sorted(folder.rglob(pattern))
    return [path.relative_to(folder).with_suffix("").as_posix() for path in found]


def test_a_test_is_named_after_the_module_that_it_tests() -> None:
    assert list(misplaced(listed(TESTS, "test_*.py"), listed(PACKAGE, "*.py"))) == []


def test_every_exception_is_still_there() -> None:
    assert [name for name in OTHERS if not list(TESTS.glob(f"{name}*"))] == []


def test_a_misplaced_test_is_seen() -> None:
    tests = [
        "store/test_lists",
        "store/lists/test_lists",
        "store/lists/test_lists_of_many",
        "test_text",
        "test_imports",
        "long/test_a",
    ]

    assert list(misplaced(tests, ["store/lists/lists", "text"])) == ["store/test_lists"]
