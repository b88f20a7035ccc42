"""`newsreader completion`: print what a shell needs to complete the command line."""

from __future__ import annotations

from newsreader.cli.output import print_line
from newsreader.cli.requests import CompletionRequest
from newsreader.text import clean_text


def run(request: CompletionRequest) -> int:
    """Print the lines for the shell that the request names."""
    from newsreader.cli.completion import shell_code  # noqa: PLC0415  (late: brings the store)

    print_line(clean_text(shell_code(request.shell).rstrip("\n")))
    return 0
