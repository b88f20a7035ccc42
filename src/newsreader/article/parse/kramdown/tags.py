"""Read tags with a colon in their names as HTML: `<st1:City>` and `<o:p>` of word processors.

CommonMark takes `<st1:City>` for an address of a scheme `st1` and shows the others as text;
kramdown and browsers take them for elements.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_TAG: Final = re.compile(
    r"<(?:/[A-Za-z][\w-]{0,30}:[A-Za-z][\w.-]{0,60}\s*+>"
    r"|([A-Za-z][\w-]{0,30}):[A-Za-z][\w.-]{0,60}"
    r"(?:\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+'|[^\s\"'=<>`]++))?+)*+\s*+/?>)"
)
# Schemes of addresses that may stand between the same brackets.
_SCHEME_NAMES = (
    "http https ftp ftps sftp mailto tel sms irc news urn doi xmpp skype magnet javascript data "
    "file ssh git about"
)
_SCHEMES: Final = frozenset(_SCHEME_NAMES.split())


def read_prefixed_tag(state: StateInline, silent: bool) -> bool:
    """Read a tag such as `<o:p>`; a rule of markdown-it."""
    found = _TAG.match(state.src, state.pos)
    if found is None or found.end() > state.posMax:
        return False
    if (found[1] or "").lower() in _SCHEMES:
        return False
    if not silent:
        token = state.push("html_inline", "", 0)
        token.content = found[0]
    state.pos = found.end()
    return True
