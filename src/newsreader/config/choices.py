"""Keep what the user chose in the reader: in the config file, or beside it where that cannot be.

A config file may be one that nobody writes: a link into a store, a file of somebody else's. Then a
choice is kept in a file of ours, and holds as long as the config says what it said then.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Final, cast

from newsreader.config.model import Config, DensityName
from newsreader.files import read_regular
from newsreader.problems import Problem
from newsreader.text import clean_line

_MAX_BYTES: Final = 64 * 1024
_CHOSEN: Final = ("theme", "language", "density")
"""The options that are chosen in the reader."""


class ChoiceFile:
    """Keeps choices in a config file, or in a file of ours.

    Attributes:
        config: What holds: the config file, and the choices that are kept aside.
    """

    def __init__(self, config: Config, aside: Path) -> None:
        """Read what is kept aside.

        Args:
            config: As the file has it.
            aside: The file of ours; it need not be there.
        """
        self._written = config
        self._aside = aside
        self.config = _with(config, _read(aside))

    def keep(self, option: str, value: str) -> Problem | None:
        """Keep the value of an option, for any thread.

        Returns:
            None if it stands in the config file now; else where it is kept, or why it is not.
        """
        # Late: most starts end without a choice, and this brings YAML.
        from newsreader.config.write_config import ConfigError, set_option  # noqa: PLC0415

        if self._written.path is None:
            return Problem("choice-not-kept", (Problem("no-config-file"),))
        try:
            set_option(self._written.path, option, value)
        except ConfigError as error:
            return self._keep_aside(option, value, error.problems[0])
        self._written = _set(self._written, option, value)
        return None

    def _keep_aside(self, option: str, value: str, reason: Problem) -> Problem:
        chosen = _read(self._aside)
        chosen[option] = {"value": value, "instead of": getattr(self._written, option)}
        try:
            self._aside.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            part = self._aside.with_name(f"{self._aside.name}.part")
            part.write_text(json.dumps(chosen), encoding="utf-8")
            part.chmod(0o600)
            part.replace(self._aside)
        except OSError:
            return Problem("choice-not-kept", (reason,))
        return Problem("choice-kept-aside", (clean_line(str(self._aside)), reason))


def _read(file: Path) -> dict[str, object]:
    """The choices that are kept aside; none if the file is missing or damaged."""
    try:
        read = json.loads(read_regular(file, _MAX_BYTES, truncate=True).raw)
    except (OSError, ValueError, RecursionError):
        return {}
    return (
        {name: each for name, each in read.items() if name in _CHOSEN}
        if isinstance(read, dict)
        else {}
    )


def _with(config: Config, chosen: dict[str, object]) -> Config:
    """The config with the choices that still hold: made while it said what it says now."""
    for option, each in chosen.items():
        if isinstance(each, dict) and each.get("instead of") == getattr(config, option):
            value = each.get("value")
            if isinstance(value, str) and _is_allowed(option, value):
                config = _set(config, option, value)
    return config


def _set(config: Config, option: str, value: str) -> Config:
    if option == "density":
        return replace(config, density=cast("DensityName", value))
    return replace(config, theme=value) if option == "theme" else replace(config, language=value)


def _is_allowed(option: str, value: str) -> bool:
    from newsreader.config.options import OPTIONS, Choice  # noqa: PLC0415  (few have such a file)

    kind = next(each.kind for each in OPTIONS if each.name == option)
    return isinstance(kind, Choice) and value in kind.allowed
