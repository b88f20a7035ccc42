"""Find HTML in a Markdown text as kramdown does: where a run of it begins, and where it ends.

CommonMark ends an HTML block at the next empty line; kramdown at the tag that closes its first
element, whatever is in between. An element of running text (`<b>`, `<img>`) begins no run: it is
part of a paragraph, with Markdown in it.

Which element is which: https://kramdown.gettalong.org/syntax.html#html-blocks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.parse.html_tags import (
    BLOCK,
    SELF_ENDING,
    VOID,
    CalmTags,
    close_of,
    scan_markup,
)
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

Model: TypeAlias = Literal["raw", "block", "span"]
"""What the content of an element is: HTML, blocks of Markdown, or one text with Markdown."""

_SPAN_NAMES = (
    "a abbr acronym b bdo big br button cite code del dfn em i img input ins kbd label mark option "
    "q rb rbc rp rt rtc ruby samp select small span strong sub sup tt u var"
)
# Elements of running text that kramdown does not know, and takes for blocks.
_OLD_SPAN_NAMES = "bdi data font nobr s strike time wbr"
SPAN: Final = frozenset(f"{_SPAN_NAMES} {_OLD_SPAN_NAMES}".split())
"""Elements of running text: a line that starts with one of them is no HTML run."""
_HOLDING_NAMES = (
    "button canvas datalist form frameset head math noembed noframes noscript plaintext script "
    "select style svg template textarea title xmp"
)
HOLDING: Final = frozenset(_HOLDING_NAMES.split())
"""Elements whose content is not shown, or not as text: nothing that does not end is one of them."""
_BLOCK_MODEL = (
    "address applet article aside blockquote body dd details div dl fieldset figure figcaption "
    "footer form header hgroup iframe li main map menu nav noscript object section summary td"
)
_SPAN_MODEL = (
    "a abbr acronym b bdo big button cite caption del dfn dt em font h1 h2 h3 h4 h5 h6 i ins label "
    "legend optgroup p q rb rbc rp rt rtc ruby select small span strong sub sup th tt"
)
_MODELS: Final[dict[str, Model]] = {
    **dict.fromkeys(_BLOCK_MODEL.split(), "block"),
    **dict.fromkeys(_SPAN_MODEL.split(), "span"),
}

# Those of which a browser makes blocks even amid running text.
_SHOWN_AS_BLOCKS: Final = BLOCK - frozenset(
    ("audio", "iframe", "noscript", "object", "script", "style", "svg", "template", "video")
)

_LINE_TAG: Final = compile_late(r"[ ]{0,3}<(?:!--|[!?]|/?([A-Za-z][A-Za-z0-9-]*+)(?=[ \t\n/>]|\Z))")
_TAG: Final = compile_late(r"<(?:(!--)|/?([A-Za-z][A-Za-z0-9-]*+)(?=[\s/>]))")
_MARKDOWN: Final = compile_late(
    r"""\smarkdown\s*=\s*(?:"([^"]*)"|'([^']*)'|([a-z0-9]++))(?=[\s/>])""", re.IGNORECASE
)
_CALM_ATTRIBUTES: Final = r"""(?=[\s/>])[^<>"']*+(?:"[^"<>]*+"[^<>"']*+)*+"""
_CALM_TAG: Final = compile_late(rf"</?[A-Za-z][A-Za-z0-9-]*+{_CALM_ATTRIBUTES}>")
# Paragraphs and tables of running text right after each other: most of a news post.
_INLINE: Final = "a|b|br|em|font|i|img|span|strong|u"
_PLAIN_RUN: Final = compile_late(
    rf"(?:(?:<p{_CALM_ATTRIBUTES}>(?:[^<]++|</?(?:{_INLINE}){_CALM_ATTRIBUTES}>)*+</p>"
    rf"|<table{_CALM_ATTRIBUTES}>"
    rf"(?:[^<]++|</?(?:t[rdh]|tbody|thead|{_INLINE}){_CALM_ATTRIBUTES}>)*+</table>)[ ]*+)++"
)

_MOST_UNCLOSED: Final = 8
"""Elements that nothing closes of which each may be looked through to the end of the text."""


def content_model(name: str) -> Model:
    """Return what kramdown reads the content of an element as, if it reads it at all."""
    return _MODELS.get(name, "raw")


def marked_model(tag: str, name: str) -> Model | None:
    """Return what the `markdown` attribute of a start tag says; None if it says nothing."""
    found = _MARKDOWN.search(tag)
    if found is None:
        return None
    match (found[1] or found[2] or found[3] or "").lower():
        case "0":
            return "raw"
        case "1":
            return content_model(name)
        case "block":
            return "block"
        case "span":
            return "span"
        case _:
            return None


def starts_run(body: str, at: int, line_end: int, ends: ElementEnds) -> bool:
    """Whether the line at `at` begins an HTML run, not a paragraph that merely starts with a tag.

    A line of running text that has a block in it begins one: a browser shows the block.
    """
    found = _LINE_TAG.match(body, at)
    if found is None:
        return False
    name = (found[1] or "").lower()
    start = body.index("<", at)
    if _CALM_TAG.match(body, start) is None and ends.is_cut_off(start):
        return False
    if name in HOLDING and body[start + 1] != "/" and ends.end_of(start) is None:
        return False
    if name in SPAN:
        return ends.next_block(found.end(), line_end, at, _SHOWN_AS_BLOCKS) >= 0
    return not name or name in BLOCK or ends.end_of(start) is not None


def may_interrupt(body: str, at: int) -> bool:
    """Whether an HTML run at `at` ends a paragraph: not a script or a comment on its lines."""
    start = body.index("<", at)
    if body.startswith("<!--", start):
        return "\n\n" in body[start : body.find("-->", start)]
    return body[start + 1 : start + 7].lower() != "script"


class ElementEnds:
    """Finds where the element of an opening tag ends, once for every tag of a text."""

    def __init__(self, body: str, token: CancellationToken = NEVER) -> None:
        self._body = body
        self._token = token
        self._ends: dict[int, int] = {}
        self._scanned = 0
        self._calm: CalmTags | None = None
        self._skipped: list[tuple[int, int]] = []
        self._unclosed = 0
        self._cut_off = -1
        self._code = -1

    def end_of(self, start: int) -> int | None:
        """Return the end of the element whose tag begins at `start`; None if nothing closes it."""
        if start < self._scanned or not self._glance(start):
            self._scan(start)
        return self._ends.get(start)

    def is_cut_off(self, start: int) -> bool:
        """Whether the tag or comment that begins at `start` has no end."""
        self._scan(start)
        return self._cut_off == start

    def run_end(self, at: int, line_end: int) -> tuple[int, bool]:
        """Find the end of the HTML run that begins in the line at `at`.

        It is the end of a line, or lies before text that no block follows in its line. The second
        value is false if nothing closes an element of the run; its end is then that of the line.
        """
        body = self._body
        at = body.index("<", at)
        plain = self._plain_run(at)
        while True:
            self._token.check()
            end = self.end_of(at) if plain is None else plain.end()
            if end is None:
                return line_end, False
            if end > line_end:
                line_end = body.find("\n", end - 1)
                line_end = len(body) if line_end < 0 else line_end + 1
            at = self.next_block(end, line_end, end)
            if at < 0:
                rest = body[end:line_end]
                return (end + len(rest) - len(rest.lstrip()) if rest.strip() else line_end), True
            plain = self._plain_run(at)

    def next_block(
        self, at: int, line_end: int, text_start: int, blocks: Container[str] | None = None
    ) -> int:
        """Return where the next tag of a block is in a line, -1 if there is none.

        Blocks are `blocks`, else all elements but those of running text.

        What stands in a code span is no tag, nor is what stands behind one. A comment counts right
        at `text_start` alone.
        """
        body = self._body
        if self._code < at:
            self._code = body.find("`", at)
            self._code = len(body) if self._code < 0 else self._code
        limit = min(line_end, self._code)
        while (found := _TAG.search(body, at, limit)) is not None:
            at = found.end()
            if found[1]:
                if not body[text_start : found.start()].strip():
                    return found.start()
            elif (found[2].lower() in blocks) if blocks else (found[2].lower() not in SPAN):
                return found.start()
        return -1

    def _plain_run(self, at: int) -> re.Match[str] | None:
        """Match plain blocks at `at`; None if there are none or `at` may be in a script or tag."""
        return _PLAIN_RUN.match(self._body, at) if at >= self._scanned else None

    def _glance(self, start: int) -> bool:
        """Find the end of the element whose tag begins at `start`, if its tags are calm.

        Its elements are strictly nested then, and nothing but its own end tag closes it. Matching
        tag by tag takes eight times as long: half of the time of a news post that is one element.
        """
        calm = self._calm
        if calm is None or start >= calm.end:
            calm = self._calm = CalmTags(self._body, start)
        number = calm.number(start)
        if number >= len(calm.names) or calm.place(number) != start:
            return False
        name = calm.names[number]
        if name[0] == "/" or name in VOID or name in SELF_ENDING:
            return False
        last = close_of(calm.names, number, self._token)
        end = len(self._body)
        if last is None:
            return False
        if last < len(calm.names):
            end = self._ends[start] = self._body.index(">", calm.place(last)) + 1
        elif calm.end < end:
            return False
        elif self._unclosed < _MOST_UNCLOSED:
            self._unclosed += 1
            self._scanned = start + 1  # what is inside of it is looked at by itself
            return True
        self._skipped.append((start, end))
        self._scanned = end
        return True

    def _scan(self, start: int) -> None:
        """Match the tags from `start` on until its element is closed."""
        if start >= self._scanned:
            self._match(start)
            return
        place = bisect_right(self._skipped, (start, 0)) - 1
        if place >= 0 and start < self._skipped[place][1]:
            # It is asked for what is inside of an element that was seen at a glance.
            scanned = self._scanned
            self._match(self._skipped.pop(place)[0])
            self._scanned = scanned

    def _match(self, start: int) -> None:
        ends = self._ends
        stack: list[tuple[str, int]] = []
        open_names: dict[str, int] = {}
        for tag in scan_markup(self._body, start, self._token):
            name = tag.name
            self._scanned = tag.end
            if not name and tag.end == len(self._body) and not self._body.endswith(">"):
                self._cut_off = tag.start
            if tag.closing:
                if open_names.get(name, 0):
                    while True:
                        top, opened = stack.pop()
                        open_names[top] -= 1
                        if top == name:
                            ends[opened] = tag.end
                            break
                        if top in SELF_ENDING:
                            ends[opened] = tag.start
                else:
                    ends[tag.start] = tag.end
            elif not name or name in VOID:
                ends[tag.start] = tag.end
            else:
                if stack and stack[-1][0] == name and name in SELF_ENDING:
                    ends[stack.pop()[1]] = tag.start
                    open_names[name] -= 1
                stack.append((name, tag.start))
                open_names[name] = open_names.get(name, 0) + 1
            if not stack:
                return
        self._scanned = len(self._body)


def has_markdown(body: str, at: int, end: int, *, reads_blocks: bool) -> bool:
    """Whether elements of an HTML run may hold Markdown."""
    return reads_blocks or _MARKDOWN.search(body, at, end) is not None


def part_markdown(
    page: str, token: CancellationToken, *, reads_blocks: bool
) -> Iterator[tuple[Model, str]]:
    """Split an HTML run at elements whose content is Markdown.

    Args:
        page: The run.
        token: Ends the work if it is cancelled.
        reads_blocks: Whether every element is read (kramdown's option `parse_block_html`), not
            just those whose `markdown` attribute says so.

    Yields:
        The parts in order: `raw` HTML, and the contents of elements. What is nested in these is
        left to whoever reads them.
    """
    if not has_markdown(page, 0, len(page), reads_blocks=reads_blocks):
        yield "raw", page
        return
    ends = ElementEnds(page, token)
    at = rest_start = raw_until = 0
    while (tag := next(scan_markup(page, at, token), None)) is not None:
        at = tag.end
        name = tag.name
        if tag.closing or not name or name in VOID:
            continue
        end = ends.end_of(tag.start)
        if end is None or end <= at:
            continue
        if name in ("script", "style", "textarea"):
            at = end
            continue
        model = marked_model(page[tag.start : tag.end], name)
        if model is None:
            model = content_model(name) if reads_blocks and tag.start >= raw_until else "raw"
        if model == "raw":
            raw_until = max(raw_until, end)
            continue
        close = page.rfind("</", at, end)
        close = end if close < 0 else close
        yield "raw", page[rest_start:at]
        yield model, page[at:close]
        rest_start = close
        at = end
    yield "raw", page[rest_start:]
