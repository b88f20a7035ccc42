"""Read front matter that Jekyll does not know: TOML, JSON, and Hexo's without an opening line.

Only what is certain is read: TOML between `+++` lines (Hugo, Zola), JSON between `;;;` lines (Hexo,
which may leave out the first) or in braces (Hugo), either between `---toml` or `---json` and `---`,
and lines of `key: value` up to a line `---`, of which at least two are keys that posts have, a
title or date among them. Everything else is body.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Final, TypeAlias

from newsreader.frozen import dataclass
from newsreader.patterns import compile_late
from newsreader.posts.front_matter_start import OTHER_START
from newsreader.posts.scalars import read_scalar
from newsreader.posts.yaml_values import YamlValue

SIZE_LIMIT: Final = 32_768
"""Characters of TOML or JSON beyond which it is not read: nobody writes a tenth of it, and Python's
TOML takes time that grows faster than a key's length."""
_MAX_DEPTH: Final = 20
_DECODER: Final = json.JSONDecoder(parse_int=str, parse_float=str, strict=False)

_Foreign: TypeAlias = (
    "str | int | float | datetime | date | time | list[_Foreign] | dict[str, _Foreign] | None"
)

_HEAD_LINE: Final = compile_late(
    r"[A-Za-z_][\w-]*[^\S\n]*:(?:[^\S\n]|\Z)|[ \t]*-[ \t]|#|[^\S\n]+\S|\Z"
)
_HEAD_KEY: Final = compile_late(
    r"(title|date|tags?|categor(?:y|ies)|author|layout|permalink|comments|updated|description"
    r"|keywords|published|lang|toc|cover|slug|id)[^\S\n]*:(?:[^\S\n]|\Z)"
)
_ANY_KEY: Final = compile_late(r"[A-Za-z_][\w-]*[^\S\n]*:(?:[^\S\n]|$)", re.MULTILINE)
_JSON_END: Final = compile_late(r"^;;;[ \t]*$", re.MULTILINE)
_MOST_LINES: Final = 100
_HEAD_END: Final = compile_late(r"-{3,}[ \t]*\Z")
_TOML_LINE: Final = compile_late(
    r"^([A-Za-z_][\w-]*)[^\S\n]*=[^\S\n]*(\S[^\n]*?)[^\S\n]*$", re.MULTILINE | re.ASCII
)
# Tables of Zola and Hugo whose keys are a post's own.
_INNER: Final = ("taxonomies", "extra", "params")


@dataclass(frozen=True, slots=True)
class OtherFront:
    """What was found at a file's beginning.

    Attributes:
        values: What its keys say; `None` if it can be read as YAML, from `written`.
        written: Its text.
        body: What follows it.
    """

    values: Mapping[str, YamlValue] | None
    written: str
    body: str


def may_be_other(text: str) -> bool:
    """Whether front matter that is no YAML between `---` lines may begin a text."""
    return text.startswith(("{", '"')) or bool(OTHER_START.match(text) or _ANY_KEY.match(text))


def read_other(text: str) -> OtherFront | None:
    """Read such front matter; `None` if a text does not certainly begin with it."""
    if (opening := OTHER_START.match(text)) is not None:
        return _read_marked(text, opening)
    if text.startswith("{"):
        return _read_braces(text)
    if text.startswith('"'):
        return _read_open_json(text)
    return _read_head(text) if _ANY_KEY.match(text) else None


def _read_marked(text: str, opening: re.Match[str]) -> OtherFront | None:
    mark = opening["mark"]
    closing = re.compile(rf"^{re.escape(mark)}[ \t]*$", re.MULTILINE).search(text, opening.end())
    if closing is None:
        return None
    written, body = text[opening.end() : closing.start()], text[closing.end() + 1 :]
    name = (opening["name"] or {"+++": "toml", ";;;": "json"}.get(mark, "yaml")).strip().lower()
    if name == "yaml":
        return OtherFront(None, written, body)
    values = _load_toml(written) if name == "toml" else _load_json(written)
    # What is neither may be YAML between the wrong marks; its reader tells.
    return OtherFront(values, written, body)


def _read_braces(text: str) -> OtherFront | None:
    try:
        loaded, end = _DECODER.raw_decode(text[:SIZE_LIMIT])
    except (ValueError, RecursionError):
        return None
    rest = text[end:].lstrip(" \t")
    if not isinstance(loaded, dict) or not {"title", "date"} & loaded.keys():
        return None
    # Behind the brace nothing else stands on its line.
    if rest and not rest.startswith("\n"):
        return None
    return OtherFront(_post_values(loaded), text[:end], rest[1:])


def _read_open_json(text: str) -> OtherFront | None:
    """Read Hexo's JSON that has no opening line."""
    end = _JSON_END.search(text, 0, SIZE_LIMIT)
    values = None if end is None else _load_json(text[: end.start()])
    if end is None or values is None or not {"title", "date"} & values.keys():
        return None
    return OtherFront(values, text[: end.start()], text[end.end() + 1 :])


def _read_head(text: str) -> OtherFront | None:
    """Read Hexo's front matter that has no opening line."""
    at = 0
    keys: list[str] = []
    for line in text[:SIZE_LIMIT].split("\n")[:_MOST_LINES]:
        if _HEAD_END.match(line):
            certain = len(set(keys)) >= 2 and bool({"title", "date"}.intersection(keys))
            return OtherFront(None, text[:at], text[at + len(line) + 1 :]) if certain else None
        if _HEAD_LINE.match(line) is None:
            return None
        if (key := _HEAD_KEY.match(line)) is not None:
            keys.append(key[1])
        at += len(line) + 1
    return None


def _load_toml(written: str) -> Mapping[str, YamlValue] | None:
    if len(written) <= SIZE_LIMIT:
        try:
            return _post_values(tomllib.loads(written))
        except (ValueError, RecursionError):
            pass
    # What stands on lines of its own can be read for all that.
    lines = _TOML_LINE.findall(written[:SIZE_LIMIT])
    values: dict[str, YamlValue] = {
        key: [read_scalar(item) for item in value[1:-1].split(",") if item.strip()]
        if value.startswith("[") and value.endswith("]")
        else read_scalar(value)
        for key, value in lines
    }
    return values or None


def _load_json(written: str) -> Mapping[str, YamlValue] | None:
    if len(written) > SIZE_LIMIT:
        return None
    written = written.strip().rstrip(",")
    if not written.startswith("{"):
        written = f"{{{written}}}"
    try:
        loaded = _DECODER.decode(written)
    except (ValueError, RecursionError):
        return None
    return _post_values(loaded) if isinstance(loaded, dict) else None


def _post_values(loaded: Mapping[str, _Foreign]) -> Mapping[str, YamlValue]:
    """Return the values as YAML would have them: texts, lists and mappings."""
    values: dict[str, YamlValue] = {}
    for name in _INNER:
        inner = loaded.get(name)
        if isinstance(inner, dict):
            values |= {key: _plain(value, 1) for key, value in inner.items()}
    values |= {key: _plain(value, 1) for key, value in loaded.items() if key not in _INNER}
    if values.get("draft") == "true":
        values["published"] = "false"
    return values


def _plain(value: _Foreign, depth: int) -> YamlValue:
    match value:
        case None:
            return None
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case list() if depth < _MAX_DEPTH:
            return [_plain(item, depth + 1) for item in value]
        case dict() if depth < _MAX_DEPTH:
            return {key: _plain(item, depth + 1) for key, item in value.items()}
        case list() | dict():
            return None
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)
