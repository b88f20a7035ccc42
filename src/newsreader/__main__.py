"""`python -m newsreader` and the installed command."""

from __future__ import annotations

import sys

from newsreader.runtime import hold_collection


def main() -> int:
    """Run the program with the arguments of the process; its exit code."""
    hold_collection()
    from newsreader.cli import main as run  # noqa: PLC0415  (after that)

    return run()


if __name__ == "__main__":
    sys.exit(main())
