"""`python -m newsreader` and the installed command."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the program with the arguments of the process; its exit code."""
    # Importing makes objects that stay: to look through them again and again for what could be
    # thrown away takes a tenth of the start.
    gc.disable()
    from newsreader.cli import main as run  # noqa: PLC0415  (after that)

    return run()


if __name__ == "__main__":
    sys.exit(main())
