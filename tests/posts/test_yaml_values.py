"""YAML built from events says what PyYAML's own loader says, types aside."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsreader.posts.yaml_values import DEPTH_LIMIT, SIZE_LIMIT, YamlUnreadableError, load_yaml

_VALUES = st.recursive(
    st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text("abc中-: ", max_size=4), inner, max_size=4),
    ),
    max_leaves=12,
)


@given(_VALUES, st.booleans(), st.booleans())
def test_what_a_writer_of_yaml_wrote_is_read(value: object, flow: bool, unicode: bool) -> None:
    text = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=unicode)
    assert load_yaml(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "a: 007\nb: no\nc: 12:30\nd: 2022-02-30",
            {"a": "007", "b": "no", "c": "12:30", "d": "2022-02-30"},
        ),
        ("[~, null, Null, NULL, '~', \"null\"]", [None, None, None, None, "~", "null"]),
        ("a:\nb: ''", {"a": None, "b": ""}),
        ("!!int x", "x"),
        ("!!null x", "x"),
        ("!!python/object:os.system {a: b}", {"a": "b"}),
        ("a: &x [b]\nc: *x", {"a": ["b"], "c": ["b"]}),
        ("a: *x", {"a": None}),
        ("&x [a, *x]", ["a", None]),
        ("a: 1\na: 2", {"a": "2"}),
        ("? [a]\n: b\n~: c\nd: e", {"d": "e"}),
        ("", None),
        ("# x", None),
    ],
)
def test_yaml_is_read_as_written(text: str, value: object) -> None:
    assert load_yaml(text) == value


def test_fifty_levels_are_not_too_deep() -> None:
    assert isinstance(load_yaml("[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT), list)


@pytest.mark.parametrize(
    "text",
    [
        "a: b: c",
        "[a",
        "[a, , b]",
        "\t",
        "a: \x00",
        "a\n---\nb",
        "a: \ud800",
        "[" * (DEPTH_LIMIT + 1) + "]" * (DEPTH_LIMIT + 1),
        "a " * SIZE_LIMIT,
    ],
)
def test_what_is_no_yaml_says_so(text: str) -> None:
    with pytest.raises(YamlUnreadableError):
        load_yaml(text)


def test_yaml_is_read_without_libyaml_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsreader.posts.yaml_values._LOADER", yaml.SafeLoader)
    assert load_yaml("a: [007, no, ~, '~']\nb: &x {c: d}\ne: *x") == {
        "a": ["007", "no", None, "~"],
        "b": {"c": "d"},
        "e": {"c": "d"},
    }
    for broken in ("a: b: c", "[" * 20_000, "- " * 20_000, "a: \x00"):
        with pytest.raises(YamlUnreadableError):
            load_yaml(broken)
