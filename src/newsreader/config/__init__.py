"""The YAML config file -> `Config`; what is wrong with it is told with file, line and key."""

from newsreader.config.manual import example_config, manual_section
from newsreader.config.options import OPTIONS, THEMES, Config, ConfiguredSource, SavedSearch
from newsreader.config.reading import load_config, parse_config

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
