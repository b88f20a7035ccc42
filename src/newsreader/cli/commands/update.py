"""`newsreader update`: run the update commands of the sources, and look for new posts."""

from __future__ import annotations

from typing import Final

from newsreader.cli.commands.index import summarise
from newsreader.cli.commands.sources import find_source
from newsreader.cli.errors import CommandError
from newsreader.cli.indexing import scan_bar
from newsreader.cli.library import open_library, open_store, read_config
from newsreader.cli.output import complain, complain_of_all, print_json, print_line
from newsreader.cli.requests import UpdateRequest
from newsreader.cli.source_updates import Updated, update_source
from newsreader.config.model import Config, ConfiguredSource
from newsreader.log import write_log
from newsreader.text import EMPTY, clean_line, fill, literal

_NOTHING: Final = literal(
    "No source has an update command; `newsreader config edit` opens the file, where one stands as"
    " `update: git pull --ff-only` below the path of its source."
)


def run(request: UpdateRequest) -> int:
    """Update the sources one after the other, and refresh the index; 1 if something failed."""
    config = read_config(request.common)
    sources, code = _asked(request, config)
    if not sources and not code:
        raise CommandError(_NOTHING)
    if request.format == "json":
        print_json({"updating": len(sources)})
    for source in sources:
        done = update_source(source)
        write_log(
            "warning" if done.problem else "info",
            f"update of {done.name}: {done.problem or 'done'} ({done.seconds:.1f} s)",
        )
        code = code or int(bool(done.problem))
        if request.format == "json":
            _print_json(source, done)
        else:
            _print(done)
    if request.index and sources:
        code = max(code, _refresh(request))
    return code


def _asked(request: UpdateRequest, config: Config) -> tuple[list[ConfiguredSource], int]:
    """The sources to update, and 1 if one that was named cannot be."""
    if not request.names:
        return [source for source in config.sources if source.update], 0
    found: list[ConfiguredSource] = []
    code = 0
    for name in request.names:
        source = find_source(config, name)
        if source is None:
            code = 1
        elif not source.update:
            complain(fill("The source {} has no update command.", clean_line(name)))
            code = 1
        elif source not in found:
            found.append(source)
    return found, code


def _print(done: Updated) -> None:
    if done.problem:
        complain(fill("{}: {}", done.name, done.problem))
        for line in done.output:
            complain(fill("  {}", line))
    else:
        last = fill(" {}", done.output[-1]) if done.output else EMPTY
        print_line(fill("{}: updated in {:.1f} s.{}", done.name, done.seconds, last))


def _print_json(source: ConfiguredSource, done: Updated) -> None:
    print_json(
        {
            "name": done.name,
            "path": str(source.path),
            "problem": done.problem or None,
            "output": done.output,
            "milliseconds": round(done.seconds * 1000),
        }
    )


def _refresh(request: UpdateRequest) -> int:
    """Look for new posts in all that is read."""
    library = open_library(request.common)
    with open_store(library.sources) as store, scan_bar() as report:
        result = store.scans.run(progress=report)
    complain_of_all(result.problems)
    if request.format == "text":
        print_line(summarise(result))
    return 1 if result.problems else 0
