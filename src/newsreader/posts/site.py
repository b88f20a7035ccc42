"""Read the facts of a site from its `_config.yml`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC
from typing import Final
from urllib.parse import urlsplit

from newsreader.patterns import compile_late
from newsreader.posts.dates import find_zone
from newsreader.posts.decode import decode_text
from newsreader.posts.front_matter import Values, read_values
from newsreader.posts.labels import first_text, flatten
from newsreader.posts.model import NO_ZONE, KramdownOptions, Site
from newsreader.posts.scalars import show_text
from newsreader.problems import Problem, join_problems
from newsreader.text import safe_link

_BARE_HOST: Final = compile_late(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d+)?(?:/.*)?", re.ASCII)

# Converters other than kramdown, and what each calls a line end that is a line break.
_HARD_WRAPS: Final = {
    "redcarpet": "hard_wrap",
    "commonmark": "hardbreaks",
    "commonmarkghpages": "hardbreaks",
}
# What YAML in Ruby takes for false.
_OFF: Final = frozenset(("no", "off"))


def parse_site(raw: bytes) -> Site:
    """Parse the site that a `_config.yml` describes.

    `baseurl` is left alone: a link `/p` in a body is relative to the host. What cannot be read
    is named in `problem`, and the rest still counts. Never raises.
    """
    text, damage = decode_text(raw)
    reading = read_values(text)
    name = show_text(first_text(reading.values, ("timezone",)))
    zone = find_zone(name) if name else NO_ZONE
    return Site(
        title=show_text(first_text(reading.values, ("title", "name"))),
        url=_host(first_text(reading.values, ("url",))),
        timezone=zone or UTC,
        kramdown=_kramdown(reading.values),
        problem=join_problems(
            None if reading.whole else Problem("site-not-yaml"),
            Problem("site-characters-lost") if damage else None,
            Problem("site-zone-unknown", (name[:40],)) if zone is None else None,
        ),
    )


def _kramdown(values: Values) -> KramdownOptions:
    """Read how Markdown is read: kramdown's options, or what other converters call hard wraps."""
    converter = first_text(values, ("markdown",)).lower()
    settings = values.get("kramdown")
    if converter in _HARD_WRAPS:
        others = values.get("redcarpet" if converter == "redcarpet" else "commonmark")
        return KramdownOptions(
            hard_wrap=_HARD_WRAPS[converter] in (each.lower() for each in flatten(others))
        )
    options = KramdownOptions()
    if not isinstance(settings, dict):
        return options
    symbols = settings.get("typographic_symbols")
    if isinstance(symbols, dict):
        settings = settings | symbols
    for name in settings:
        value = first_text(settings, (name,))
        options = options.with_option(name, "false" if value.lower() in _OFF else value)
    if options.gfm:
        return options
    return replace(options, hard_wrap=False)


def _host(written: str) -> str:
    written = written.strip()
    address = safe_link(f"https://{written}" if _BARE_HOST.fullmatch(written) else written)
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
