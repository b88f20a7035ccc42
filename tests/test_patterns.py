"""Patterns that are compiled when they are used."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import newsreader
from newsreader.patterns import compile_late

MODULES = [module.name for module in pkgutil.walk_packages(newsreader.__path__, "newsreader.")]


def test_it_is_compiled_when_it_is_used_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []

    def compile_and_tell(pattern: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(pattern)
        return re.compile(pattern, flags)

    words = compile_late("(?P<first>a+)(b)?", re.IGNORECASE)
    monkeypatch.setattr("newsreader.patterns.re", type("re", (), {"compile": compile_and_tell}))
    assert words.pattern == "(?P<first>a+)(b)?"
    assert compiled == []
    for text in ("AAB", "aa"):
        found = words.fullmatch(text)
        assert found is not None
        assert found["first"].lower() == "aa"
    assert compiled == ["(?P<first>a+)(b)?"]
    assert words.sub("-", "xab") == "x-"
    assert words.groupindex == {"first": 1}


@pytest.mark.parametrize("name", [name for name in MODULES if not name.endswith("__main__")])
def test_every_pattern_can_be_compiled(name: str) -> None:
    for value in vars(importlib.import_module(name)).values():
        if type(value).__name__ == "compile_late":
            re.compile(value.pattern, value.flags)
