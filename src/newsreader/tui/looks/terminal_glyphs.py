"""Which characters the terminal lacks, or takes other widths for: most terminals have all."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence

from textual.filter import LineFilter

from newsreader.config.model import Config


def choose_filters(
    config: Config, encoding: str, environment: Mapping[str, str]
) -> Sequence[LineFilter]:
    """Choose what all that is drawn goes through, and set how characters are measured.

    Args:
        config: What the user has set.
        encoding: Of the terminal.
        environment: Tells the kind of the terminal.
    """
    takes_everything = _is_utf(encoding)
    asks_for_ascii = config.glyphs == "ascii" or (
        # The font of the console has lines, and of the marks what its owner likes.
        config.glyphs == "auto" and environment.get("TERM") == "linux"
    )
    if takes_everything and not asks_for_ascii and config.ambiguous_width != "wide":
        return ()
    # Few have such a terminal.
    from newsreader.tui.looks.ambiguous_width import is_wide, measure_ambiguous  # noqa: PLC0415
    from newsreader.tui.looks.glyphs import GlyphFilter, ascii_table  # noqa: PLC0415

    wide = is_wide(config.ambiguous_width, encoding)
    measure_ambiguous(wide=wide)
    table: dict[int, str] = {}
    if wide:  # lines of two cells each would be no frame
        table.update(ascii_table(lines_only=True))
    if asks_for_ascii:
        table.update(ascii_table(lines_only=wide))
    elif not takes_everything and config.glyphs == "auto":
        table.update(ascii_table(encoding, lines_only=wide))
    return (GlyphFilter(table),) if table else ()


def _is_utf(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name.startswith("utf")
    except LookupError:
        return False
