"""A terminal reader for folders of Jekyll posts."""

__version__ = "0.2.0"
