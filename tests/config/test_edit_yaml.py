"""Texts of YAML before and after a change in one place."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsreader.config.edit_yaml import (
    OtherShapeError,
    Record,
    Value,
    add_entry,
    change_entry,
    remove_entry,
    remove_key,
    set_key,
)

FILE = """\
# mine
sources:   # where
# home
- ~/news   # daily
# work, slow

- path: ~/sites   # a disk
  name: 网站

# calm
theme: nord  # dark
keys:
  app.quit: x   # as elsewhere
"""

SET = [
    ("", ("theme",), "nord", "theme: nord\n"),
    ("# only this", ("theme",), "nord", "# only this\ntheme: nord\n"),
    ("theme:   # none\nlayout: auto", ("theme",), "a", "theme: a   # none\nlayout: auto"),
    ("theme: nord  # dark\n", ("theme",), "dracula", "theme: dracula  # dark\n"),
    ("theme: nord\n...\n", ("layout",), "x", "theme: nord\nlayout: x\n...\n"),
    ("theme: 'nord'\n", ("theme",), "no", "theme: 'no'\n"),
    ("theme: &x |\n  a\n  b\n# c\nlayout: b\n", ("theme",), "a", "theme: a\n# c\nlayout: b\n"),
    ("a: 1\ntheme: [x,\n  y]\nb: 2\n", ("theme",), "z", "a: 1\ntheme: z\nb: 2\n"),
    ("{a: 1}", ("theme",), "x y", "{a: 1, theme: x y}"),
    ("{a: 1, theme: [b, c]}", ("theme",), "x", "{a: 1, theme: x}"),
    ("a: 1\n", ("theme",), "中: #", "a: 1\ntheme: '中: #'\n"),
    ("a: 1\n", ("theme",), "a\nb", 'a: 1\ntheme: "a\\nb"\n'),
    ("a: 1\r\n", ("text-width",), 60, "a: 1\r\ntext-width: 60\n"),
    ("", ("keys", "app.quit"), ("x", "ctrl+x"), "keys:\n  app.quit: [x, ctrl+x]\n"),
    ("keys:  # own\na: b", ("keys", "q"), "x", "keys:  # own\n  q: x\na: b\n"),
    ("keys:\n    q: x\n\n# z\n", ("keys", "r"), "y", "keys:\n    q: x\n    r: y\n\n# z\n"),
    ("keys: {q: x}\n", ("keys", "r"), "y", "keys: {q: x, r: y}\n"),
    ("keys: {}\n", ("keys", "r"), "y", "keys: {r: y}\n"),
    ("keys:\n  q:\n    - a\n    - b\n  r: s\n", ("keys", "q"), "y", "keys:\n  q: y\n  r: s\n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "path", "value", "expected"), SET)
def test_a_key_is_set(text: str, path: tuple[str, ...], value: Value, expected: str) -> None:
    assert set_key(text, path, value) == expected


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("", ("theme",), ""),
        ("a: 1\n", ("theme",), "a: 1\n"),
        ("# a\ntheme: nord\n# b\n", ("theme",), "# a\n# b\n"),
        ("theme: nord\n\n# b\nlayout: auto\n", ("theme",), "\n# b\nlayout: auto\n"),
        ("{a: 1, theme: x}", ("theme",), "{a: 1}"),
        ("{theme: x, a: 1}", ("theme",), "{a: 1}"),
        ("{theme: x}", ("theme",), "{}"),
        ("keys:\n  q: x\n  # r\n  r: y\n", ("keys", "q"), "keys:\n  # r\n  r: y\n"),
        ("a: 1\n", ("keys", "q"), "a: 1\n"),
    ],
)
def test_a_key_is_removed(text: str, path: tuple[str, ...], expected: str) -> None:
    assert remove_key(text, path) == expected


NEW: Record = {"path": "~/new: x", "name": "", "hidden": ("a", "b")}
LINES = "path: '~/new: x'\n  hidden: [a, b]\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", f"sources:\n  - {LINES}".replace("\n  h", "\n    h")),
        ("sources:\n", f"sources:\n  - {LINES}".replace("\n  h", "\n    h")),
        ("sources: [~/a]\n", "sources: [~/a, {path: '~/new: x', hidden: [a, b]}]\n"),
        ("sources: []  # x\n", "sources: [{path: '~/new: x', hidden: [a, b]}]  # x\n"),
        ("sources:\n- a\n\n# c\nb: 1", f"sources:\n- a\n- {LINES}\n# c\nb: 1\n"),
        ("sources:\n- a: 1\n  b:\n    - 2\n#", f"sources:\n- a: 1\n  b:\n    - 2\n- {LINES}#\n"),
        ("sources:\n- a:\n# c\n", f"sources:\n- a:\n- {LINES}# c\n"),
    ],
)
def test_an_entry_is_added(text: str, expected: str) -> None:
    assert add_entry(text, "sources", NEW) == expected


@pytest.mark.parametrize(
    ("number", "gone"),
    [(0, "- ~/news   # daily\n"), (1, "- path: ~/sites   # a disk\n  name: 网站\n")],
)
def test_an_entry_is_removed_and_the_comments_around_it_stay(number: int, gone: str) -> None:
    assert gone in FILE
    assert remove_entry(FILE, "sources", number) == FILE.replace(gone, "")


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "a: [y, z]"), (1, "a: [x, z]"), (2, "a: [x, y]")]
)
def test_an_entry_in_brackets_is_removed_with_its_comma(number: int, expected: str) -> None:
    assert remove_entry("a: [x, y, z]", "a", number) == expected


@pytest.mark.parametrize(
    ("text", "number", "record", "expected"),
    [
        ("s:\n- ~/a  # c\n", 0, {"name": "A"}, "s:\n- path: ~/a  # c\n  name: A\n"),
        ("s: [~/a, ~/b]\n", 1, {"name": "B"}, "s: [~/a, {path: ~/b, name: B}]\n"),
        ("s:\n- path: a\n  name: A  # c\n", 0, {"path": "b"}, "s:\n- path: b\n  name: A  # c\n"),
        ("s:\n- path: a\n  name: A\n", 0, {"name": ""}, "s:\n- path: a\n"),
        ("s:\n- {path: a, name: A}\n", 0, {"name": ""}, "s:\n- {path: a}\n"),
        ("s:\n- path: a\n\n# c\nt: b\n", 0, {"hidden": ("x",)},
         "s:\n- path: a\n  hidden: [x]\n\n# c\nt: b\n"),
    ],
)  # fmt: skip
def test_an_entry_is_changed(text: str, number: int, record: Record, expected: str) -> None:
    assert change_entry(text, "s", number, "path", record) == expected


@pytest.mark.parametrize(
    "change",
    [
        lambda: set_key("- a\n", ("theme",), "x"),
        lambda: set_key("keys: a\n", ("keys", "q"), "x"),
        lambda: add_entry("s: a\n", "s", {"path": "x"}),
        lambda: add_entry("s: {a: b}\n", "s", {"path": "x"}),
        lambda: remove_entry("s: [a]\n", "s", 1),
        lambda: change_entry("s: []\n", "s", 0, "path", {"name": "x"}),
    ],
)
def test_what_has_another_shape_is_not_changed(change: Callable[[], str]) -> None:
    with pytest.raises(OtherShapeError):
        change()


texts = st.text(st.sampled_from("ab中 :#'\"-[]{},&*!|>%@`?no~1.\t\n"), max_size=8)
comments = st.sampled_from(["", "", "  # c", "\n# c", "\n\n  # c"])
values = st.one_of(texts, st.booleans(), st.lists(texts, max_size=3).map(tuple))


@st.composite
def files(draw: st.DrawFn) -> tuple[str, int]:
    """A text with a list of some entries among other keys, with comments at random."""
    count = draw(st.integers(0, 4))
    indent = draw(st.sampled_from(["", "  "]))
    lines = [f"a: {draw(st.sampled_from(['1', '[x, y]', '{x: y}', '', '|', '- x']))}"]
    lines[0] = lines[0].replace("|", "|\n  x").replace(" - x", "\n- x") + draw(comments).lstrip(" ")
    if lines[0].startswith("a: 1#") or "]#" in lines[0] or "}#" in lines[0]:
        lines[0] = "a: 1"
    lines.append("s:" + draw(comments))
    for number in range(count):
        if draw(st.booleans()):
            lines.append(f"{indent}- e{number}" + draw(comments))
        else:
            lines.append(f"{indent}- path: e{number}" + draw(comments))
            lines.append(f"{indent}  name: n" + draw(comments))
    lines.append("z: 2" + draw(comments))
    return "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n"])), count


def kept(text: str) -> list[str]:
    return re.findall(r"# c", text)


@pytest.mark.long
@given(files(), st.dictionaries(st.sampled_from(["path", "name", "tags"]), values, min_size=1))
def test_random_files_keep_all_else_and_every_comment(
    file: tuple[str, int], record: dict[str, Value]
) -> None:
    text, count = file
    before = yaml.safe_load(text)
    added = add_entry(text, "s", {"path": "new", **record})
    after = yaml.safe_load(added)
    wanted = {"path": "new", **record}
    entry = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in wanted.items()
        if value not in ("", ())
    }
    if entry:
        assert after["s"] == [*(before["s"] or []), entry]
        assert {**after, "s": None} == {**before, "s": None}
        assert kept(added) == kept(text)
    for number in range(count):
        removed = remove_entry(text, "s", number)
        entries = list(before["s"])
        del entries[number]
        assert (yaml.safe_load(removed)["s"] or []) == entries
        changed = yaml.safe_load(change_entry(text, "s", number, "path", {"name": "N", "x": True}))
        was = before["s"][number]
        is_now = {**(was if isinstance(was, dict) else {"path": was}), "name": "N", "x": True}
        assert changed["s"][number] == is_now
        assert {**changed, "s": None} == {**before, "s": None}
    value = record.get("name", "x")
    if value not in ("", ()):
        done = yaml.safe_load(set_key(text, ("z",), value))
        assert done["z"] == (list(value) if isinstance(value, tuple) else value)
        assert done["s"] == before["s"]
