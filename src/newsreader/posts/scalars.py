"""Read one-line values that people and generators write and YAML alone gets wrong."""

from __future__ import annotations

import html
import re
from typing import Final

from newsreader.patterns import compile_late
from newsreader.posts.yaml_values import NULL_WORDS
from newsreader.text import Clean, clean_line

_ENTITY: Final = compile_late(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# What is passed is never gone back to, so that a quote of a megabyte takes no stack.
_DOUBLE_QUOTED: Final = compile_late(r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"')
_QUOTED_THEN_COMMENT: Final = compile_late(
    r"""("[^"\\]*+(?:\\.[^"\\]*+)*+"|'[^']*+(?:''[^']*+)*+')\s+#"""
)
_COMMENT: Final = compile_late(r"\s#")
_ESCAPE: Final = compile_late(
    r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL
)
_ESCAPED: Final = {
    '"': '"', "\\": "\\", "/": "/", "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t",
    "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b", " ": " ", "N": "\x85", "_": "\xa0",
    "L": "\u2028", "P": "\u2029",
}  # fmt: skip
# An escape that a careful writer needs in a title; all others are backslashes that were meant.
_TITLE_ESCAPE: Final = frozenset('"\\/')


def show_text(written: str) -> Clean:
    """Make a value fit to be shown: entities decoded once, cleaned, on one line.

    Only entities with their semicolon count, so that `a&copy=1` stays. Tags are text, not
    markup: `<b>x</b>` stays, as `&lt;b&gt;` becomes `<b>`.
    """
    if "&" in written:
        written = _ENTITY.sub(lambda match: html.unescape(match[0]), written)
    return clean_line(written)


def read_scalar(written: str) -> str | None:
    r"""A value that stands on one line behind `key: `, or `None` if it is null.

    What YAML means by it if YAML can have been meant, and the text between the quotes if
    it cannot. Generators write `title: "` + title + `"` and escape nothing, so of a value in
    double quotes

    - an unescaped quote inside, a backslash before the last quote, or an escape that YAML does
      not know shows that nothing was escaped: `"a "b" c"`, `"a\"`, `"C:\Users"`;
    - `\"` inside shows that everything was: `"say \"hi\""`;
    - otherwise it was if all escapes are `\\`, `\/`, `\xXX`, `\uXXXX` or `\UXXXXXXXX`:
      `"\u4e2d"`, but not in `"C:\new"`, where YAML would put a line feed.

    Likewise a single quote inside single quotes counts as escaped only if all are doubled.
    Unquoted text stays as written less its comment, whatever it begins with: `[video] x`, `*ST`.
    """
    written = written.strip()
    if commented := _QUOTED_THEN_COMMENT.match(written):
        written = commented[1]
    if written.startswith('"'):
        return _read_double_quoted(written)
    if written.startswith("'"):
        return _read_single_quoted(written)
    if written.startswith("#"):
        return None
    if comment := _COMMENT.search(written):
        written = written[: comment.start()].rstrip()
    return None if written in NULL_WORDS else written


def _read_double_quoted(written: str) -> str:
    if len(written) < 2 or not written.endswith('"'):
        return _without_open_quote(written)
    inside = written[1:-1]
    if "\\" not in inside or not _DOUBLE_QUOTED.fullmatch(written):
        return inside
    everything = r"\"" in inside
    parts: list[str] = []
    end = 0
    for match in _ESCAPE.finditer(inside):
        code = match[1] or match[2] or match[3]
        if code is None:
            character = _ESCAPED.get(match[4])
            if character is None or not (everything or match[4] in _TITLE_ESCAPE):
                return inside
        else:
            number = int(code, 16)
            if number > 0x10FFFF:
                return inside
            character = chr(number)
        parts += (inside[end : match.start()], character)
        end = match.end()
    parts.append(inside[end:])
    # JSON writes characters beyond U+FFFF as two escapes.
    return "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _read_single_quoted(written: str) -> str:
    if len(written) < 2 or not written.endswith("'"):
        return _without_open_quote(written)
    inside = written[1:-1]
    return inside.replace("''", "'") if "'" not in inside.replace("''", "") else inside


def _without_open_quote(written: str) -> str:
    """A value that begins with a quote which nothing closes; with others inside, as written."""
    return written if written[0] in written[1:] else written[1:]
