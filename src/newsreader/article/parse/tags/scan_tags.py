"""Find the tags of a body that stand for content, outside of code, and put it in their places."""

from __future__ import annotations

import html
import re
import textwrap
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.parse.liquid import hide_brace
from newsreader.article.parse.tags.arguments import Arguments, read_arguments
from newsreader.article.parse.tags.content import (
    names_image,
    render_plugin,
    render_tag,
    render_unknown,
)
from newsreader.article.parse.tags.lines import MARKER, NEAR, line_start, list_indent, rest_of_line
from newsreader.article.parse.tags.obsidian import (
    CALLOUT,
    MARKS,
    has_marks,
    replace_callout,
    replace_mark,
)
from newsreader.article.parse.tags.quotes import (
    CODE_BLOCKS,
    FORMULA_BLOCKS,
    QUOTE_BLOCKS,
    code_fence,
    code_heading,
    code_html,
    quote_frame,
)
from newsreader.article.parse.tags.words import BUTTONS, button_link
from newsreader.patterns import compile_late

_TAG: Final = (
    r"\{%-?[ \t\n]*+(?P<tag>/?[A-Za-z_][\w-]*+)"
    r"(?P<arguments>(?:[^%{\n]|%(?!\})|\{(?!%)|\n(?![ \t]*\n))*+)%\}"
)
_SHORTCODE: Final = (
    r"\{\{[<%]-?[ \t\n]*+(?P<comment>/\*)?[ \t\n]*+(?P<shortcode>/?[ \t]*+[A-Za-z_][\w./-]*+)"
    r"(?P<rest>(?:[^{}\n]|\n(?![ \t]*\n))*+)\}\}"
)
# A value, or a shortcode of Zola.
_VALUE: Final = (
    r"(?P<value>\{\{-?[ \t]*+(?P<named>[A-Za-z_]\w*+)(?P<call>\((?:[^{}\n]|\n(?![ \t]*\n))*+)?"
    r"[ \t]*+-?\}\})"
)
# What themes of Hexo read as the title of a tab or of an event.
_PART: Final = r"<!--[ \t]*+(?:tab|timeline)[ \t]++(?P<part>[^\n>]*?)[ \t]*-->"
_FENCE: Final = (
    r"^(?:[ \t]*+(?:>|[*+-][ \t]|[0-9]{1,9}[.)][ \t]))*+[ \t]*+"
    r"(?P<fence>`{3,}+(?=[^`\n]*+$)|~{3,}+)"
)
# Where something may begin: found ten times as fast as what it may be is.
_SIGN: Final = compile_late(r"`|~~~|\{[%{]|<!--[ \t]*(?:tab|timeline)\b|!\[\[|\[\[|==|%%|\[!")
_EVENT: Final = compile_late(
    rf"(?P<ticks>`+)|{_TAG}|{_SHORTCODE}|{_VALUE}|{_PART}|{MARKS}", re.MULTILINE
)
_AT_LINE_START: Final = compile_late(rf"{_FENCE}|{CALLOUT}", re.MULTILINE)
_ASSIGN: Final = compile_late(r"""([A-Za-z_]\w*+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')\s*+-?""")
_EMPTY_LINE: Final = compile_late(r"\n[ \t]*+\n")
# In front of the address of a link or an attribute.
_BEFORE_ADDRESS: Final = compile_late(r"""(?:\]\([ \t]*<?|[=]["']?|\]:[ \t]*<?)[^\s"'<>()]*\Z""")
_QUOTED: Final = compile_late(r"(?:[ ]{0,3}>[ ]?)+")
# Octopress' marks around what a pullquote pulls out.
_PULLED: Final = compile_late(r"\{[\"“] ?| ?[\"”]\}")
_FENCE_LINE: Final = r"^[ \t]*+(?:`{3}|~{3})"
_NEAREST: Final = 100
_MOST_TICKS: Final = 8
_MAX_DEPTH: Final = 3
_QUOTE_TAGS: Final = ("<blockquote>", "</blockquote>")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a body: text as written, or the HTML of a block of code."""

    text: str
    is_code: bool = False


def part_tags(
    body: str, token: CancellationToken = NEVER, *, is_html: bool = False
) -> Iterator[Part]:
    """Split a body at its blocks of code, and replace its tags by what they stand for.

    One in a Markdown list becomes a fence in the text around it, so that the list goes on; any
    other is a part of its own. Tags inside of code stay, but for `highlight` in a fence, whose
    code is the fence's. If the body `is_html`, nothing in it is a list, a fence or a mark. Time is
    linear in the length of `body`.
    """
    if "{%" not in body and "{{" not in body and (is_html or not has_marks(body)):
        yield Part(body)
        return
    yield from _Scan(body, token=token, is_html=is_html).parts()


@dataclass(slots=True)
class _Scan:
    """Goes through a body, or the inside of a quote in it, once.

    Attributes:
        body: The text.
        depth: The number of quotes around it; in a quote, code becomes a fence.
        values: What `assign` has set to a text.
        token: Looked at for every sign that may begin a tag.
        is_html: Whether it is HTML, not Markdown.
    """

    body: str
    depth: int = 0
    values: dict[str, str] = field(default_factory=dict)
    token: CancellationToken = NEVER
    is_html: bool = False
    _text: list[str] = field(default_factory=list)
    _start: int = 0
    _found: dict[str, re.Match[str] | None] = field(default_factory=dict)
    _runs: dict[int, list[int]] | None = None

    def parts(self) -> Iterator[Part]:
        body = self.body
        at = 0
        fence = ""
        while (sign := _SIGN.search(body, at)) is not None:
            self.token.check()
            event = self._event(sign)
            at = sign.end() if event is None else event.end()
            if event is None:
                continue
            if self.is_html and ("fence" in event.re.groupindex or event["ticks"] or event["mark"]):
                continue
            if "fence" in event.re.groupindex and (mark := event["fence"]):
                if not fence:
                    fence = mark
                elif mark.startswith(fence) and not rest_of_line(body, at).strip():
                    fence = ""
                continue
            if fence:
                if "ticks" in event.re.groupindex and event["tag"] == "highlight":
                    at = self._open_fenced(event)
                continue
            if "ticks" in event.re.groupindex and (ticks := event["ticks"]):
                at = self._end_of_code(at, len(ticks))
                continue
            if not self.is_html and self._is_indented_code(event.start()):
                continue
            end, code = self._replace(event)
            at = end
            if code is not None:
                yield Part("".join(self._text))
                self._text.clear()
                yield code
        self._text.append(body[self._start :])
        yield Part("".join(self._text))

    def _put(self, start: int, end: int, text: str) -> None:
        """Put a text in the place of a range."""
        self._text += (self.body[self._start : start], text)
        self._start = end

    def _event(self, sign: re.Match[str]) -> re.Match[str] | None:
        """Read what begins at a sign; None if nothing does."""
        if sign[0] in ("`", "~~~", "[!"):
            found = _AT_LINE_START.match(self.body, line_start(self.body, sign.start()))
            if (
                found is not None
                and found.start("fence" if found["fence"] else "sign") == sign.start()
            ):
                return found
        return _EVENT.match(self.body, sign.start())

    def _open_fenced(self, event: re.Match[str]) -> int:
        """Take the tags of `highlight` inside a fence out; return where to go on.

        Jekyll's code would be HTML there, shown as such.
        """
        closing = self._closing("highlight", event.end())
        fence = self._next("fence", _FENCE_LINE, event.end())
        if closing is None or (fence is not None and fence.start() < closing.start()):
            return event.end()
        self._put(event.start(), self._after_line(event.start(), event.end()), "")
        self._put(closing.start(), self._after_line(closing.start(), closing.end()), "")
        return closing.end()

    def _after_line(self, start: int, end: int) -> int:
        """Return the end of a tag, with its line's end if it is alone on it."""
        begin = line_start(self.body, start)
        return end if self.body[begin:start].strip() else self._past_line_end(end)

    def _past_line_end(self, at: int) -> int:
        """Return where the next line begins, if this one has nothing more."""
        if rest_of_line(self.body, at).strip():
            return at
        line_end = self.body.find("\n", at, at + NEAR)
        return at if line_end < 0 else line_end + 1

    def _closing(self, name: str, at: int, *, hugo: bool = False) -> re.Match[str] | None:
        """Find the tag that ends a block; None if there is none."""
        written = re.escape(name)
        if hugo:
            pattern = rf"\{{\{{[<%]-?[ \t]*+/[ \t]*+{written}[ \t]*+-?[>%]\}}\}}"
        else:
            # Zola ends all by the same tag.
            pattern = rf"\{{%-?[ \t]*+end-?{written}[ \t]*+-?%\}}"
        return self._next(f"{hugo} {name}", pattern, at)

    def _next(self, key: str, pattern: str, at: int) -> re.Match[str] | None:
        """Find a pattern at or after a place; places of one key must ascend."""
        if key in self._found:
            known = self._found[key]
            if known is None or known.start() >= at:
                return known
        self._found[key] = found = re.compile(pattern, re.MULTILINE).search(self.body, at)
        return found

    def _replace(self, event: re.Match[str]) -> tuple[int, Part | None]:
        """Replace what was found; return where to go on, and the part of a block of code."""
        if "fence" in event.re.groupindex:
            self._put(event.start(), event.end(), replace_callout(event))
            return event.end(), None
        if event["mark"]:
            self._put(event.start(), event.end(), replace_mark(event))
            return event.end(), None
        if event["value"]:
            self._put_value(event)
            return event.end(), None
        if (part := event["part"]) is not None:
            title = html.escape(part.partition("@")[0].strip())
            shown = f"\n\n<p><b>{title}</b></p>\n\n" if title else ""
            self._put(event.start(), event.end(), shown)
            return event.end(), None
        hugo = event["shortcode"] is not None
        if hugo and event["comment"]:
            self._put(event.start(), event.end(), _uncommented(event[0]))
            return event.end(), None
        name = (event["shortcode"] or event["tag"]).strip()
        written = event["rest"].rstrip("%>/ \n-") if hugo else event["arguments"].rstrip("- \n\t")
        if not hugo and name == "assign":
            if (assigned := _ASSIGN.fullmatch(written.strip())) is not None:
                self.values[assigned[1]] = assigned[2] or assigned[3] or ""
            return event.end(), None
        arguments = read_arguments(written, self.values)
        if name in CODE_BLOCKS or name in QUOTE_BLOCKS or name in FORMULA_BLOCKS:
            zola = not hugo and event["arguments"].startswith("(")
            closing = self._closing("" if zola else name, event.end(), hugo=hugo)
            if closing is not None and name in FORMULA_BLOCKS:
                self._formula(event, closing)
                return closing.end(), None
            if closing is not None and name in CODE_BLOCKS:
                return closing.end(), self._code(event, closing, name, arguments)
            if closing is not None and self.depth < _MAX_DEPTH:
                self._quote(event, closing, name, arguments)
                return closing.end(), None
        if hugo and name in BUTTONS:
            closing = self._closing(name, event.end(), hugo=True)
            words = self.body[event.end() : closing.start()] if closing is not None else ""
            if closing is not None and 0 < len(words) < NEAR and "{" not in words:
                linked = button_link(arguments, words.strip())
                self._put(event.start(), closing.end(), linked)
                return closing.end(), None
        self._tag(event, name, arguments, hugo=hugo)
        return event.end(), None

    def _put_value(self, event: re.Match[str]) -> None:
        """Replace a value that the post has set, or what a shortcode of Zola stands for."""
        name = event["named"]
        if event["call"] is None:
            shown = self.values.get(name, "")
        elif self._is_address(event):
            return
        else:
            arguments = read_arguments(event["call"], self.values)
            shown = render_tag(name, arguments) or render_unknown(name, arguments)
        if shown:
            self._put(event.start(), event.end(), shown)

    def _formula(self, event: re.Match[str], closing: re.Match[str]) -> None:
        """Replace the tags around a formula by kramdown's signs, or MathJax' script."""
        tex = self.body[event.end() : closing.start()].strip()
        if self.is_html:
            tex = f'<script type="math/tex">{tex}</script>'
        elif not tex.startswith(("$", "\\(", "\\[", "\\begin")) and "$$" not in tex and tex:
            tex = f"\n\n$$\n{tex}\n$$\n\n" if "\n" in tex else f"$${tex}$$"
        self._put(event.start(), closing.end(), tex)

    def _is_address(self, event: re.Match[str]) -> bool:
        """Whether a tag stands in the address of a link or an attribute."""
        near = max(0, event.start() - _NEAREST)
        return _BEFORE_ADDRESS.search(self.body, near, event.start()) is not None

    def _tag(self, event: re.Match[str], name: str, arguments: Arguments, *, hugo: bool) -> None:
        """Replace a tag that stands for itself; one that does not stays, to be hidden."""
        if self._is_address(event):
            if hugo:
                address = next(iter(arguments.words), "")
                self._put(event.start(), event.end(), address if names_image(address) else "")
            return
        if hugo:
            if name.startswith("/"):
                shown = ""
            elif name in ("ref", "relref"):
                shown = html.escape(next(iter(arguments.words), ""))
            else:
                shown = render_tag(name, arguments) or render_unknown(name, arguments)
            self._put(event.start(), event.end(), shown)
            return
        rendered = render_tag(name, arguments)
        if rendered is None:
            rendered = render_plugin(name, arguments)
        if rendered is not None:
            self._put(event.start(), event.end(), rendered)

    def _code(
        self, event: re.Match[str], closing: re.Match[str], name: str, arguments: Arguments
    ) -> Part | None:
        """Replace a block of code by a fence, or return it as a part of its own."""
        code = self.body[event.end() : closing.start()].lstrip(" \t").removeprefix("\n")
        language, heading = code_heading(name, arguments)
        end = self._past_line_end(closing.end())
        quote = None if self.is_html else _QUOTED.fullmatch(self._before(event))
        if quote is not None:
            depth = quote[0].count(">")
            code = re.sub(rf"^(?:[ ]{{0,3}}>[ ]?){{0,{depth}}}", "", code, flags=re.MULTILINE)
            self._put(event.start(), end, code_fence(code, language, quote[0]))
            return None
        indent = 0 if self.is_html else list_indent(self.body, event.start())
        if indent or (self.depth and not self.is_html):
            self._put(event.start(), end, code_fence(code, language, " " * indent))
            return None
        self._put(event.start(), end, "")
        return Part(heading + code_html(code, language), is_code=True)

    def _before(self, event: re.Match[str]) -> str:
        """Return what stands before a tag on its line."""
        return self.body[line_start(self.body, event.start()) : event.start()]

    def _quote(
        self, event: re.Match[str], closing: re.Match[str], name: str, arguments: Arguments
    ) -> None:
        """Replace a quote by one of Markdown."""
        above, below = quote_frame(name, arguments)
        inside = _Scan(
            textwrap.dedent(self.body[event.end() : closing.start()]).strip("\n"),
            self.depth + 1,
            self.values,
            self.token,
            self.is_html,
        )
        content = "".join(part.text for part in inside.parts()).strip("\n")
        if name == "pullquote":
            content = _PULLED.sub("", content)
        if self.is_html:
            self._put(event.start(), closing.end(), f"{above}{content}{below}".join(_QUOTE_TAGS))
            return
        lines = "\n\n".join(part for part in (above, content, below) if part).split("\n")
        margin = " " * list_indent(self.body, event.start())
        quoted = "\n".join(f"{margin}> {line}".rstrip() for line in lines)
        self._put(event.start(), closing.end(), f"\n\n{quoted}\n\n{margin}")

    def _is_indented_code(self, at: int) -> bool:
        """Whether a place is in a block of code that its indentation makes one."""
        begin = line_start(self.body, at)
        before = self.body[begin : begin + 5]
        if not before.startswith(("    ", "\t")) or begin + 4 > at:
            return False
        above = self.body[max(0, begin - NEAR) : begin].rstrip(" ")
        if begin and not above.endswith("\n\n"):
            return False
        lines = above.rstrip().split("\n")[-20:]
        return not any(MARKER.match(line) or line.startswith("  ") for line in lines)

    def _end_of_code(self, at: int, ticks: int) -> int:
        """Return the end of the code span whose first backticks end at a place."""
        if ticks > _MOST_TICKS:
            return at
        if self._runs is None:
            self._runs = {}
            for run in re.finditer("`+", self.body):
                self._runs.setdefault(len(run[0]), []).append(run.start())
        starts = self._runs.get(ticks, [])
        place = bisect_left(starts, at)
        if place == len(starts) or _EMPTY_LINE.search(self.body, at, starts[place]):
            return at
        return starts[place] + ticks


def _uncommented(shortcode: str) -> str:
    """Return a shortcode that Hugo shows as written."""
    return hide_brace(shortcode.replace("/*", "", 1).replace("*/", "", 1))
