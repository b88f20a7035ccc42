"""Scan HTML tags in linear time, and remove those that would overload the tree builder.

lexbor is quadratic in the depth of a tree and in the attributes of one tag (200,000 nested `div`
take it 100 seconds), and a formatting tag that nobody closes is copied into every later paragraph.
`tame_html` returns the same page without these.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from collections.abc import Iterator

_VOID_NAMES = (
    "area base basefont bgsound br col embed hr img image input keygen link meta "
    "param source track wbr"
)
VOID: Final = frozenset(_VOID_NAMES.split())
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div "
    "dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr html "
    "iframe legend li main menu nav ol p pre section summary table tbody td tfoot th "
    "thead tr ul audio form noscript object script style svg template video"
)
BLOCK: Final = frozenset(_BLOCK_NAMES.split())
# A new one of these elements ends the one before it, so they never nest by themselves.
_SELF_ENDING_NAMES = "p li dt dd tr td th thead tbody tfoot option optgroup"
SELF_ENDING: Final = frozenset(_SELF_ENDING_NAMES.split())
_FORMATTING_NAMES = "a b big code em font i nobr s small strike strong tt u"
_FORMATTING: Final = frozenset(_FORMATTING_NAMES.split())
# Elements whose content is not markup.
_RAW_NAMES = "script style noembed noframes textarea title xmp iframe plaintext"
_RAW: Final = frozenset(_RAW_NAMES.split())
# Elements that no end tag from inside can close (the standard's "scope").
_SCOPES: Final = frozenset(
    ("table", "caption", "template", "object", "marquee", "applet", "button")
)

_MAX_DEPTH: Final = 200
_MAX_FORMATTING: Final = 8
_MAX_TAG: Final = 20_000
_MAX_TAGS: Final = 50_000
# Lines per paragraph if a page without tags is put into lines.
_LINES: Final = 40
# Tags between two looks at the token.
_PIECE: Final = 64

# The tag state machine of the HTML standard (13.2.5.6 to 13.2.5.40) as one expression that never
# backtracks. It fails only if the text ends inside the tag.
_ATTRIBUTES: Final = (
    r"(?:[ \t\n\f\r/]++|=?+[^ \t\n\f\r/>=]++"
    r"(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:\"[^\"]*+\"|'[^']*+'|(?=>)"
    r"|[^ \t\n\f\r\"'>][^ \t\n\f\r>]*+))?+"
    # The quotation mark of a value that nothing closes takes in all that follows.
    r"(?![ \t\n\f\r]*+=[ \t\n\f\r]*+[\"'])"
    r"|=(?![\"']))*+"
)
# A tag, or the start of one that the text cuts off, of a comment or the like.
_MARKUP: Final = compile_late(
    rf"<(/?)([A-Za-z][^ \t\n\f\r/>]*+){_ATTRIBUTES}>|<(?:/?([A-Za-z])|[!?/])"
)
_COMMENT: Final = r"<!--(?!-?>)(?:[^-]++|-(?!-!?>))*+--!?>"
# A text whose every `<` begins a tag or a comment that ends, and that nothing can be taken for.
_CALM: Final = compile_late(
    rf"""(?:[^<]++|</?[A-Za-z][^<>"']*+(?:"[^"<>]*+"[^<>"']*+)*+>|{_COMMENT})*+"""
)
_NAMES: Final = compile_late(r"<(/?[A-Za-z][^ \t\n\f\r/>]*+)")
_COMMENTS: Final = compile_late(_COMMENT)
# A comment there is text.
_RAW_COMMENT: Final = compile_late(
    rf"<(?:{_RAW_NAMES.replace(' ', '|')})[ \t\n\f\r/>][^<]*+<!--", re.IGNORECASE
)
_COMMENT_END: Final = compile_late(r"--!?>")


class Tag:
    """A tag of a text: its position, its name, and whether it closes."""

    __slots__ = ("closing", "end", "name", "start")

    def __init__(self, start: int, end: int, name: str, *, closing: bool) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.closing = closing


def scan_markup(html: str, start: int = 0, token: CancellationToken = NEVER) -> Iterator[Tag]:
    """Yield the tags of `html` from `start` on, and its comments as tags without a name.

    The content of `script`, `textarea` and their like is skipped. A tag that the end of the
    text cuts off is the last thing found, without a name and up to the end. Time is linear.
    """
    at = start
    size = len(html)
    search = _MARKUP.search
    while (found := search(html, at)) is not None:
        token.check()
        closes, name, cut_off = found.groups()
        at, end = found.span()
        if name is not None:
            name = name.lower()
            yield Tag(at, end, name, closing=bool(closes))
            at = end
            if not closes and name in _RAW:
                at = _find_close(html, at, name)
            continue
        end = size if cut_off else _comment_end(html, at)
        yield Tag(at, end, "", closing=False)
        at = end


def _comment_end(html: str, at: int) -> int:
    """Return the end of the comment or declaration that begins at `at`."""
    if html.startswith("<!--", at):
        if html.startswith(("<!-->", "<!--->"), at):
            return html.index(">", at) + 1
        found = _COMMENT_END.search(html, at + 4)
        return len(html) if found is None else found.end()
    end = html.find(">", at)
    return len(html) if end < 0 else end + 1


def _find_close(html: str, at: int, name: str) -> int:
    found = re.compile(rf"</{re.escape(name)}(?=[ \t\n\f\r/>])", re.IGNORECASE).search(html, at)
    return len(html) if found is None else found.start()


def tame_html(html: str, token: CancellationToken = NEVER) -> tuple[str, bool]:
    """Remove tags until the page's tree is no deeper than lexbor can build fast.

    Comments and overlong tags go. Of more than 200 open elements, and of more than 8 open
    formatting elements, the inner ones lose their tags, never their text; a block that loses its
    tags still ends the paragraph. Past 50,000 elements all tags go, every block becomes a line of
    a paragraph, and the second value says so. Time is linear.
    """
    if (tame := _tame_at_a_glance(html, token)) is not None:
        return tame, False
    pieces: list[str] = []
    rest_start = 0
    elements = _OpenElements()
    opened = 0
    for number, tag in enumerate(scan_markup(html, 0, token)):
        opened += not tag.closing
        if opened > _MAX_TAGS or number >= 2 * _MAX_TAGS:
            pieces.append(html[rest_start : tag.start])
            pieces.append(elements.close_all())
            pieces.extend(_lines_of(html, tag.start, token))
            return "".join(pieces), True
        name = tag.name
        fits = tag.end - tag.start <= _MAX_TAG
        if not name:
            keep = False
        elif name in VOID or name in SELF_ENDING or name in _RAW:
            keep = fits
        elif tag.closing:
            keep = elements.close(name)
        else:
            keep = elements.open(name, fits=fits)
        if not keep:
            pieces.append(html[rest_start : tag.start])
            if name in _RAW:
                pieces.append(f"</{name}>" if tag.closing else f"<{name}>")
            elif name in BLOCK:
                pieces.append("<p>")
            rest_start = tag.end
    if not pieces:
        return html, False
    pieces.append(html[rest_start:])
    return "".join(pieces), False


def _tame_at_a_glance(html: str, token: CancellationToken = NEVER) -> str | None:
    """Return a tame page without its comments; None if only all of its tags can tell.

    It is short, or strictly nested and shallow. Looking at every tag takes five times as long:
    40 ms of 160 for an article of 1.6 MB.
    """
    tags = html.count("<")
    if tags > _MAX_TAGS or _CALM.fullmatch(html) is None:
        return None
    if "<!--" in html:
        if _RAW_COMMENT.search(html) is not None:
            return None
        html = _COMMENTS.sub("", html)
    elif len(html) <= _MAX_TAG and tags <= _MAX_DEPTH:
        return html
    if len(html) >= _MAX_TAG and max(map(len, html.split("<"))) >= _MAX_TAG:
        return None
    return None if close_of(_tag_names(html), -1, token) is None else html


def _tag_names(calm: str) -> list[str]:
    """Return the names of the tags of a calm text in lower case, those of end tags with a `/`."""
    names = _NAMES.findall(calm)
    return "<".join(names).lower().split("<") if names else names


def close_of(names: list[str], first: int, token: CancellationToken = NEVER) -> int | None:
    """Find the end tag of an element among the tags of a calm text.

    Args:
        names: Names of tags, as `CalmTags` has them.
        first: The place of the element's start tag; -1 for the whole text.
        token: Looked at every few tags.

    Returns:
        The place of the end tag; the number of names if there is none. None if elements are not
        strictly nested up to there, or so deep that a tree builder would be slow.
    """
    stack = ["" if first < 0 else f"/{names[first]}"]
    formatting = 0
    for start in range(first + 1, len(names), _PIECE):
        token.check()
        for place, name in enumerate(names[start : start + _PIECE], start):
            if name[0] == "/":
                if stack[-1] != name:
                    if name[1:] in VOID:
                        continue
                    while stack[-1] != name and stack[-1][1:] in SELF_ENDING:
                        stack.pop()
                    if stack[-1] != name:
                        return None
                stack.pop()
                if not stack:
                    return place
                formatting -= name[1:] in _FORMATTING
            elif name not in VOID and (stack[-1][1:] != name or name not in SELF_ENDING):
                stack.append(f"/{name}")
                if name in _FORMATTING:
                    formatting += 1
                elif name in _RAW and names[place + 1 : place + 2] != stack[-1:]:
                    return None
                if len(stack) > _MAX_DEPTH or formatting > _MAX_FORMATTING:
                    return None
    return len(names)


class CalmTags:
    """The tags of a calm text, each by its number and its place.

    Attributes:
        names: Their names in lower case, those of end tags with a `/` in front.
        end: Where the calm text ends.
    """

    __slots__ = ("_lengths", "_start", "end", "names")

    def __init__(self, body: str, start: int) -> None:
        """Read the tags of as much of `body` from `start` on as is calm."""
        found = _CALM.match(body, start)
        self.end = start if found is None else found.end()
        calm = body[start : self.end]
        if "<!--" in calm:
            if _RAW_COMMENT.search(calm) is not None:
                calm, self.end = "", len(body)
            # Spaces in their stead, so that places stay as they are.
            calm = _COMMENTS.sub(lambda comment: " " * len(comment[0]), calm)
        self.names = _tag_names(calm)
        self._start = start
        self._lengths = list(accumulate(map(len, calm.split("<"))))

    def number(self, at: int) -> int:
        """Return the number of the first tag from `at` on."""
        return bisect_left(range(len(self.names)), at, key=self.place)

    def place(self, number: int) -> int:
        """Return where a tag begins."""
        return self._start + self._lengths[number] + number


def _lines_of(html: str, at: int, token: CancellationToken) -> Iterator[str]:
    """Yield the text of `html` from `at` on without its tags, one line per block."""
    lines = 0
    has_text = is_raw = False
    yield "<p>"
    for tag in scan_markup(html, at, token):
        if not is_raw:
            text = html[at : tag.start]
            has_text = has_text or bool(text.strip())
            yield text
        at = tag.end
        is_raw = tag.name in _RAW and not tag.closing
        if has_text and (tag.name in BLOCK or tag.name == "br"):
            lines += 1
            has_text = False
            yield "<br>" if lines % _LINES else "<p>"
    if not is_raw:
        yield html[at:]


class _OpenElements:
    """The elements that a tree builder has open, or more, by the HTML standard (13.2.4.2)."""

    def __init__(self) -> None:
        self._stack: list[str] = []
        self._names: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()
        # The standard's list of active formatting elements: they outlive the block they are in.
        self._formatting: Counter[str] = Counter()
        self._formatting_size = 0

    def open(self, name: str, *, fits: bool) -> bool:
        """Count an element that begins; False if its tags have to be removed."""
        is_formatting = name in _FORMATTING
        if (
            not fits
            or len(self._stack) >= _MAX_DEPTH
            or (is_formatting and self._formatting_size >= _MAX_FORMATTING)
        ):
            self._dropped[name] += 1
            return False
        if is_formatting:
            self._formatting[name] += 1
            self._formatting_size += 1
        self._stack.append(name)
        self._names[name] += 1
        return True

    def close_all(self) -> str:
        """Return the end tags of all open elements."""
        return "".join(f"</{name}>" for name in reversed(self._stack))

    def close(self, name: str) -> bool:
        """Count an end tag; False if it belongs to an element whose tag was removed."""
        if self._dropped[name]:
            self._dropped[name] -= 1
            return False
        if self._formatting[name]:
            self._formatting[name] -= 1
            self._formatting_size -= 1
        if not self._names[name]:
            return True
        stack = self._stack
        if stack[-1] == name:
            stack.pop()
            self._names[name] -= 1
        elif name in _FORMATTING or name == "form":
            # It ends alone: the blocks inside of it stay open.
            del stack[len(stack) - 1 - stack[::-1].index(name)]
            self._names[name] -= 1
        else:
            place = len(stack) - 1
            while stack[place] != name and stack[place] not in _SCOPES:
                place -= 1
            if stack[place] == name:
                self._names.subtract(stack[place:])
                del stack[place:]
        return True
