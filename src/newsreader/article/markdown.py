"""Markdown as Jekyll posts write it (CommonMark with kramdown's additions), as HTML."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline.state_inline import Delimiter
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from newsreader.article.kramdown import add_kramdown
from newsreader.article.liquid import hide_spaces
from newsreader.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_inline import StateInline

    from newsreader.article.segments import Segment

_CONTROL_ENTITY: Final = re.compile(r"&#(?:([0-9]{1,7})|[xX]([0-9a-fA-F]{1,6}));")
# Nothing else holds these control characters: the sanitiser has taken them out.
_PLACE: Final = re.compile("<p>\x02([0-9]+)\x03</p>")
# What a Markdown reader stops at. It takes about 20 microseconds a piece; a long post has 5,000.
_SPECIAL: Final = re.compile(r"[\n$%&*+:<=>@\[\\\]^_`{}~!|#-]")
_MAX_SPECIALS: Final = 40_000
_HTML_WEIGHT: Final = 8


def join_html(segments: Sequence[Segment]) -> tuple[str, bool]:
    """One HTML text of all segments but digests, in order.

    The Markdown of all segments is read as one text, so that link and footnote definitions at its
    end hold everywhere. Markdown that would take seconds to read becomes paragraphs as they are
    written, and the second value says so.
    """
    kept: list[list[str]] = []
    source: list[str] = []
    specials = 0
    full = plain = False
    for segment in segments:
        match segment.kind:
            case "markdown":
                specials += len(_SPECIAL.findall(segment.text))
                if specials <= _MAX_SPECIALS:
                    source.append(segment.text)
                    continue
                text = escape_text(segment.text)
                plain = True
            case "html":
                specials += _HTML_WEIGHT
                text = segment.text
            case "digest":
                continue
        if full:
            kept[-1].append(text)
            continue
        full = specials > _MAX_SPECIALS
        kept.append([text])
        source.append(f"\x02{len(kept) - 1}\x03")
    places = ["\n".join(texts) for texts in kept]
    if len(places) == len(source):
        return "\n".join(places), plain
    rendered = render_markdown("\n\n".join(source))
    return _PLACE.sub(lambda place: places[int(place[1])], rendered), plain


def render_markdown(text: str) -> str:
    """The HTML of a Markdown text."""
    return str(_parser().render(hide_spaces(text)))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False)
    parser.use(deflist_plugin)
    parser.inline.ruler.at("emphasis", _scan_emphasis)
    parser.inline.ruler.before("entity", "control_entity", _skip_control_entity)
    add_kramdown(parser)
    return parser


def _scan_emphasis(state: StateInline, silent: bool) -> bool:
    """`*` and `_`, which CommonMark does not see beside Chinese punctuation.

    `**“好”**了` is no emphasis in CommonMark: after punctuation, a closing mark wants a space or
    punctuation. Texts without spaces never have one, so an East Asian character counts as well.
    """
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    can_open, can_close = scanned.can_open, scanned.can_close
    if marker == "*" and not (can_open and can_close):
        before = state.src[state.pos - 1] if state.pos else " "
        end = state.pos + scanned.length
        after = state.src[end] if end < state.posMax else " "
        can_open = can_open or (_is_east_asian(before) and not after.isspace())
        can_close = can_close or (_is_east_asian(after) and not before.isspace())
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
    state.pos += scanned.length
    return True


def _skip_control_entity(state: StateInline, _silent: bool) -> bool:
    """Takes out `&#27;` and its like, of which CommonMark makes a replacement character."""
    found = _CONTROL_ENTITY.match(state.src, state.pos)
    if found is None:
        return False
    code = int(found[1]) if found[1] else int(found[2], 16)
    if code > 0x9F or clean_text(chr(code)):
        return False
    state.pos = found.end()
    return True


def _is_east_asian(character: str) -> bool:
    return (
        "\u2e80" <= character <= "\ua4cf"
        or "\uac00" <= character <= "\ud7af"
        or "\uf900" <= character <= "\ufaff"
        or "\ufe30" <= character <= "\uff60"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def escape_text(text: str) -> str:
    """Plain text as HTML paragraphs."""
    return "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n") if part.strip())
