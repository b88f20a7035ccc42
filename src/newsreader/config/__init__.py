"""The YAML config file -> `Config`; what is wrong with it is told with file, line and key.

YAML is imported when there is a file to read.
"""

from typing import TYPE_CHECKING

from newsreader.late import late_names

if TYPE_CHECKING:
    from newsreader.config.example import example_config, manual_section
    from newsreader.config.loading import load_config
    from newsreader.config.model import Config, ConfiguredSource, SavedSearch
    from newsreader.config.options import OPTIONS, THEMES
    from newsreader.config.read_config import parse_config

__all__ = [
    "OPTIONS",
    "THEMES",
    "Config",
    "ConfiguredSource",
    "SavedSearch",
    "example_config",
    "load_config",
    "manual_section",
    "parse_config",
]

__getattr__ = late_names(
    __name__,
    {
        "OPTIONS": "options",
        "THEMES": "options",
        "Config": "model",
        "ConfiguredSource": "model",
        "SavedSearch": "model",
        "example_config": "manual",
        "load_config": "loading",
        "manual_section": "manual",
        "parse_config": "reading",
    },
)
