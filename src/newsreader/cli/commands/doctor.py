"""`newsreader doctor`: check the installation and its data, and restore backups."""

from __future__ import annotations

import importlib.metadata
import locale
import os
import platform
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from rich.cells import cell_len
from rich.console import Console

from newsreader import __version__, paths
from newsreader.cli.checked_config import load_checked_config
from newsreader.cli.crash_report import PACKAGES, list_reports
from newsreader.cli.errors import CommandError
from newsreader.cli.output import INCAPABLE, is_terminal, print_line
from newsreader.cli.requests import DoctorRequest
from newsreader.cli.terminal import measure_width
from newsreader.frozen import dataclass
from newsreader.messages import describe
from newsreader.store import (
    INDEX,
    STATE,
    Backup,
    Health,
    HealthFact,
    check_index,
    check_state,
    integrity_problem,
    list_backups,
    restore_backup,
    sqlite_version,
)
from newsreader.text import clean_line, fill, literal

_STALE_BACKUP_DAYS: Final = 7
_LEAST_ROOM: Final = 10_000_000
_FACTS: Final[dict[HealthFact, str]] = {
    "bookmarks": "bookmarks",
    "read": "posts marked read",
    "steps": "steps to undo",
    "posts": "posts",
    "sources": "sources",
}
_WIDE: Final = literal("中文，。")
_AMBIGUOUS: Final = literal("“”")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the report, not yet cleaned; `is_wrong` for what has to be mended."""

    text: str
    is_wrong: bool = False


def run(request: DoctorRequest) -> int:
    """Print the report, or restore a backup; 1 if something is wrong."""
    state = paths.data_dir() / STATE
    if request.restore:
        return _restore(state, request.backup)
    code = 0
    sections = {
        literal("Versions"): _versions(),
        literal("Folders"): _folders(request),
        literal("Databases"): _databases(state),
        literal("Backups"): _backups(state),
        literal("Terminal"): _terminal(),
    }
    for title, lines in sections.items():
        print_line(title)
        for line in lines:
            mark = literal("✗" if line.is_wrong else " ")
            print_line(fill("  {} {}", mark, clean_line(line.text)))
            code = code or int(line.is_wrong)
    print_line(literal("Something is wrong: see the lines with ✗." if code else "All is well."))
    return code


def _versions() -> Iterator[_Line]:
    yield _Line(f"newsreader {__version__}, {sys.executable}")
    yield _Line(f"Python {platform.python_version()}, SQLite {sqlite_version()}")
    yield _Line(f"{platform.system()} {platform.release()} {platform.machine()}")
    found: list[str] = []
    for name in PACKAGES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            yield _Line(f"{name} is not installed: install newsreader-tui again.", is_wrong=True)
    yield _Line(", ".join(found))
    try:
        yield _Line(f"Pillow {importlib.metadata.version('pillow')}, which shows images")
    except importlib.metadata.PackageNotFoundError:
        yield _Line("no Pillow: newsreader-tui[images] brings it, and it shows images")


def _folders(request: DoctorRequest) -> Iterator[_Line]:
    file = request.common.config or paths.config_file()
    config = load_checked_config(file)
    yield _Line(f"config   {file}{'' if file.exists() else ' (there is none)'}")
    for problem in config.problems:
        yield _Line(describe(problem), is_wrong=True)
    for name, folder in (("cache", paths.cache_dir()), ("data", paths.data_dir())):
        yield from _folder(f"{name:<8}", folder)
    yield _Line(f"log      {paths.log_file()}")
    if reports := list_reports(paths.log_file().parent):
        yield _Line(f"report   {reports[0]} (the newest of {len(reports)} on unexpected errors)")
    for source in config.sources:
        there = source.path.exists()
        yield _Line(f"source   {source.path}{'' if there else ' is not there'}", is_wrong=not there)


def _folder(name: str, folder: Path) -> Iterator[_Line]:
    if not folder.is_absolute():
        yield _Line(f"{name} there is no home folder: nothing is saved", is_wrong=True)
        return
    try:
        mode = stat.S_IMODE(folder.stat().st_mode)
    except FileNotFoundError:
        nearest = next((each for each in folder.parents if each.exists()), folder)
        if os.access(nearest, os.W_OK):
            yield _Line(f"{name} {folder} (there is none yet)")
        else:
            yield _Line(f"{name} {folder} cannot be made: {nearest} is read-only", is_wrong=True)
        return
    except OSError as error:
        yield _Line(f"{name} {folder} cannot be used ({error.strerror})", is_wrong=True)
        return
    if not folder.is_dir():
        yield _Line(f"{name} {folder} is a file, where a folder is needed", is_wrong=True)
        return
    room, is_full = "", False
    with suppress(OSError):
        free = shutil.disk_usage(folder).free
        room, is_full = f", {_size(free)} free", free < _LEAST_ROOM
    yield _Line(f"{name} {folder} ({mode:04o}{room})", is_full)
    if not os.access(folder, os.W_OK | os.X_OK):
        yield _Line(f"{folder} cannot be written: nothing is saved there", is_wrong=True)
    for path in _shared(folder):
        advice = f"`chmod go= {path}` makes it yours alone"
        yield _Line(f"{path} can be read by others; {advice}", is_wrong=True)


def _shared(folder: Path) -> Iterator[Path]:
    """List what other users may read or write in a folder; nothing if they may not enter it."""
    with suppress(OSError):
        if not stat.S_IMODE(folder.stat().st_mode) & 0o077:
            return
        for path in (folder, *sorted(folder.rglob("*"))):
            if not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) & 0o077:
                yield path


def _databases(state: Path) -> Iterator[_Line]:
    index = check_index(paths.cache_dir() / INDEX)
    state_health = check_state(state)
    yield _database("reading state", state_health)
    if state_health.problem:
        yield _Line(_advice(state))
    yield _database("index", index)
    if index.problem:
        yield _Line("It is made of the posts: delete the file, and it is made anew.")


def _database(name: str, health: Health) -> _Line:
    if not health.exists:
        return _Line(f"{name}: {health.path} (there is none yet)")
    if health.problem:
        return _Line(f"{name}: {health.path}: {describe(health.problem)}", is_wrong=True)
    facts = "".join(f", {_FACTS[what]}: {number:,}" for what, number in health.facts)
    about = f"version {health.version}, {_size(health.size)}{facts}"
    return _Line(f"{name}: {health.path}: whole, {about}")


def _advice(state: Path) -> str:
    if list_backups(state):
        return "`newsreader doctor --restore` puts the newest backup that is whole in its place."
    return "There is no backup. Move the file away to begin with an empty reading state."


def _backups(state: Path) -> Iterator[_Line]:
    found = list_backups(state)
    if not found:
        yield _Line("There is none yet: one is made each day that newsreader is used.")
        return
    for backup in found:
        problem = integrity_problem(backup.path)
        what = describe(problem) or "whole"
        why = "" if backup.kind == "daily" else ", before an update"
        about = f"{backup.made:%Y-%m-%d %H:%M}  {backup.path}: {what}{why}"
        yield _Line(about, is_wrong=problem is not None)
    age = (datetime.now().astimezone() - found[0].made).days
    if age > _STALE_BACKUP_DAYS:
        yield _Line(f"The newest is {age} days old; one is made when newsreader is opened.")
    yield _Line(
        "To go back to one, close every reader and run `newsreader doctor --restore [FILE]`."
    )


def _restore(state: Path, wanted: Path | None) -> int:
    """Restore a backup.

    Raises:
        CommandError: There is none that is whole.
        StateError: It cannot be restored.
    """
    chosen = wanted or _newest_whole(list_backups(state))
    if chosen is None:
        raise CommandError(clean_line(f"There is no backup of {state} that is whole."))
    aside = restore_backup(state, chosen)
    print_line(clean_line(f"Restored {chosen}."))
    if aside is not None:
        print_line(clean_line(f"The reading state that was there is {aside}."))
    return 0


def _newest_whole(found: list[Backup]) -> Path | None:
    return next((backup.path for backup in found if integrity_problem(backup.path) is None), None)


def _terminal() -> Iterator[_Line]:
    if not is_terminal(sys.stdout):
        yield _Line("Standard output is no terminal, so nothing can be said of it.")
        return
    term = os.environ.get("TERM", "")
    if term in INCAPABLE or not term:
        yield _Line(f"TERM is “{term}”: the reader cannot move the cursor.", is_wrong=True)
    size = shutil.get_terminal_size()
    colours = Console().color_system or "none"
    program = os.environ.get("TERM_PROGRAM", "")
    yield _Line(f"TERM={term} {program}, {size.columns} columns, {size.lines} lines")
    yield _Line(f"colours: {colours}{' (NO_COLOR is set)' if os.environ.get('NO_COLOR') else ''}")
    encoding = sys.stdout.encoding or ""
    is_utf8 = encoding.lower().replace("-", "") == "utf8"
    line = f"encoding: {encoding}, locale {locale.setlocale(locale.LC_CTYPE)}"
    yield _Line(line if is_utf8 else f"{line}; Chinese needs UTF-8", is_wrong=not is_utf8)
    width = measure_width(_WIDE)
    if width is None:
        yield _Line("It does not tell how wide characters are.")
    elif width == cell_len(_WIDE):
        yield _Line("Chinese characters are two cells wide, as they should be.")
    else:
        right = cell_len(_WIDE)
        yield _Line(f"“{_WIDE}” takes {width} cells and should take {right}.", is_wrong=True)
    if width is not None and measure_width(_AMBIGUOUS) == 2 * cell_len(_AMBIGUOUS):
        yield _Line(
            "Quotation marks are two cells wide, as the reader finds out by itself at the start."
        )


def _size(count: int) -> str:
    size, unit = float(count), "B"
    for unit in ("B", "KB", "MB", "GB", "TB"):  # noqa: B007 - the last one is used
        if size < 1000:
            break
        size /= 1000
    return f"{size:.0f} {unit}" if unit == "B" or size >= 10 else f"{size:.1f} {unit}"
