"""Read the bytes of a config file into a `Config`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from newsreader.config.model import (
    DEFAULTS,
    Config,
    ConfiguredFeed,
    ConfiguredSource,
    DensityName,
    GlyphName,
    LayoutName,
    MarkRead,
    SavedSearch,
    WidthName,
)
from newsreader.config.options import OPTIONS
from newsreader.config.read_values import ProblemList, quote, read_config_values
from newsreader.config.values import ConfigValues, NamedTexts
from newsreader.problems import Problem
from newsreader.text import clean_line


def parse_config(raw: bytes, path: Path) -> Config:
    """Read the bytes of the config file at `path` into a `Config`; never raises."""
    problems = ProblemList(path)
    values = read_config_values(raw, OPTIONS, problems)
    return Config(
        sources=tuple(_sources(values.records.get("sources", ()), path, problems)),
        feeds=tuple(_feeds(values.records.get("feeds", ()), problems)),
        theme=values.texts.get("theme", DEFAULTS.theme),
        language=values.texts.get("language", DEFAULTS.language),
        layout=cast("LayoutName", values.texts.get("layout", DEFAULTS.layout)),
        density=cast("DensityName", values.texts.get("density", DEFAULTS.density)),
        glyphs=cast("GlyphName", values.texts.get("glyphs", DEFAULTS.glyphs)),
        ambiguous_width=cast(
            "WidthName", values.texts.get("ambiguous-width", DEFAULTS.ambiguous_width)
        ),
        text_width=values.numbers.get("text-width", DEFAULTS.text_width),
        mark_read=cast("MarkRead", values.texts.get("mark-read", DEFAULTS.mark_read)),
        fold=values.flags.get("fold-stories", DEFAULTS.fold),
        update_interval=values.numbers.get("update-interval", DEFAULTS.update_interval),
        browser=values.texts.get("browser", DEFAULTS.browser),
        editor=values.texts.get("editor", DEFAULTS.editor),
        clipboard=values.texts.get("clipboard", DEFAULTS.clipboard),
        searches=tuple(_searches(values.records.get("searches", ()), problems)),
        keys=values.named.get("keys", ()),
        path=path,
        problems=problems.in_order(),
    )


def source_path(written: str, folder: Path) -> Path:
    """Return the absolute path that is meant, from a folder or `~`.

    It is not resolved: what is a link today may be another one when the source is opened.

    Raises:
        RuntimeError: It begins with `~name` of somebody whom this machine does not know.
    """
    return Path(os.path.normpath(folder / Path(written).expanduser()))


def _sources(
    records: Iterable[ConfigValues], file: Path, problems: ProblemList
) -> Iterator[ConfiguredSource]:
    """Yield the sources with absolute paths; one that is named again is left out."""
    paths: set[Path] = set()
    for record in records:
        written = record.texts["path"]
        if "\0" in written:
            problems.add(record.line, Problem("config-path-with-nul"))
            continue
        try:
            path = source_path(written, file.absolute().parent)
        except RuntimeError:
            problems.add(record.line, Problem("config-no-such-user", (quote(written),)))
            continue
        if path in paths:
            problems.add(record.line, Problem("config-source-twice", (quote(written),)))
            continue
        paths.add(path)
        yield ConfiguredSource(
            path,
            clean_line(record.texts.get("name", "")),
            record.texts.get("update", ""),
            tuple(_category_names(record.named.get("labels", ()), problems)),
            tuple(map(clean_line, record.lists.get("hidden", ()))),
        )


def _category_names(
    labels: Iterable[NamedTexts], problems: ProblemList
) -> Iterator[tuple[str, str]]:
    """Yield categories with the one name of each."""
    for label in labels:
        if len(label.texts) == 1:
            yield clean_line(label.name), clean_line(label.texts[0])
        else:
            problems.add(label.line, Problem("config-no-text", (quote(label.name), "text")))


def _feeds(records: Iterable[ConfigValues], problems: ProblemList) -> Iterator[ConfiguredFeed]:
    """Yield the feeds; one whose address is named again is left out."""
    addresses: set[str] = set()
    for record in records:
        url = clean_line(record.texts["url"])
        if url in addresses:
            problems.add(record.line, Problem("config-feed-twice", (quote(url),)))
            continue
        addresses.add(url)
        yield ConfiguredFeed(
            url,
            clean_line(record.texts.get("name", "")),
            clean_line(record.texts.get("category", "")),
            tuple(map(clean_line, record.lists.get("tags", ()))),
            record.texts.get("every", ""),
            record.texts.get("keep", ""),
            record.flags.get("images", False),
        )


def _searches(records: Iterable[ConfigValues], problems: ProblemList) -> Iterator[SavedSearch]:
    """Yield the searches; one whose name is taken is left out."""
    names: set[str] = set()
    for record in records:
        name = clean_line(record.texts["name"])
        if name in names:
            problems.add(record.line, Problem("config-search-twice", (quote(name),)))
            continue
        names.add(name)
        yield SavedSearch(name, clean_line(record.texts["query"]))
