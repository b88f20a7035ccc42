"""The command line: `main` reads it and answers with an exit code."""

from newsreader.cli.entry import main

__all__ = ["main"]
