"""Write the man page and the completions that packages install: `python docs/make_man.py`.

Both come from the tables that the program itself uses: help texts, keys, options.
"""

from __future__ import annotations

import importlib.metadata
import textwrap
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from newsreader import __version__
from newsreader.cli import help_text
from newsreader.cli.completion import shell_code
from newsreader.cli.requests import COMMANDS
from newsreader.config.example import example_config
from newsreader.tui.keyboard.key_names import key_name
from newsreader.tui.keys import KEYS

FOLDER = Path(__file__).parent
MAN = FOLDER / "newsreader.1"
COMPLETIONS = {
    "bash": FOLDER / "completions" / "newsreader.bash",
    "zsh": FOLDER / "completions" / "_newsreader",
    "fish": FOLDER / "completions" / "newsreader.fish",
}

EXIT = """\
.IP 0 4
Done.
.IP 1
Something asked for was not found or failed, and the reason is on standard error.
.IP 2
Wrong usage, a search that cannot be understood, or a config file that is wrong.
"""
FILES = """\
.IP "\\fI~/.config/newsreader/config.yaml\\fR"
Options. \\fBnewsreader config path\\fR prints where it is.
.IP "\\fI~/.local/share/newsreader/state.db\\fR, \\fIbackups\\fR"
Bookmarks, read marks, reading places, and their daily copies: keep them.
.IP "\\fI~/.local/share/newsreader/feeds\\fR"
The posts of feeds.
.IP "\\fI~/.cache/newsreader/index.db\\fR"
The index; it can be deleted at any time.
.IP "\\fI~/.local/state/newsreader/log\\fR"
The log, and reports of unexpected errors.
"""
VARIABLES = """\
.IP NEWSREADER_CONFIG
The config file, where \\fB\\-\\-config\\fR names none.
.IP "XDG_CONFIG_HOME, XDG_CACHE_HOME, XDG_DATA_HOME, XDG_STATE_HOME"
Where the folders above lie.
.IP "PAGER, LESS"
What shows posts page by page on a terminal; \\fBless\\fR with \\fBFRX\\fR otherwise.
.IP "VISUAL, EDITOR"
What edits the config file.
.IP "NO_COLOR, FORCE_COLOR"
No colours; colours in a pipe.
"""


def man_page() -> str:
    """Make the man page, as troff."""
    commands = "".join(_command(name) for name in COMMANDS if name != "help")
    return (
        f'.TH NEWSREADER 1 "" "newsreader {__version__}" "User Commands"\n'
        ".SH NAME\nnewsreader \\- read folders of posts in the terminal\n"
        f".SH SYNOPSIS\n{_block(_usage(help_text.READER))}"
        f".SH DESCRIPTION\n{_block(_body(help_text.READER))}"
        f".SH COMMANDS\n{commands}"
        f".SH KEYS\n{''.join(_keys())}"
        ".SH CONFIGURATION\nThe file with every option and its default; "
        f"\\fBnewsreader config edit\\fR opens it.\n{_block(example_config())}"
        f'.SH FILES\n{FILES}.SH ENVIRONMENT\n{VARIABLES}.SH "EXIT STATUS"\n{EXIT}'
        '.SH "SEE ALSO"\n\\fBless\\fR(1), \\fBgit\\-pull\\fR(1)\n'
    )


def completion_file(shell: str) -> str:
    """Make the file that a shell reads to complete the command, and say what it is made by."""
    version = importlib.metadata.version("argcomplete")
    return f"{shell_code(shell).rstrip()}\n# argcomplete {version}\n"


def _command(name: str) -> str:
    text = str(getattr(help_text, name.upper()))
    return f".SS {name}\n{_block(_usage(text))}.PP\n{_block(_body(text))}"


def _keys() -> Iterator[str]:
    for section, keys in groupby(sorted(KEYS, key=_section_place), lambda key: key.section):
        yield f'.SS "{_escape(section)}"\n'
        for key in keys:
            names = "  ".join(map(key_name, key.keys))
            yield f'.IP "{_escape(names)}" 16\n{_line(key.help)}\n'


def _section_place(key: object) -> int:
    sections = list(dict.fromkeys(each.section for each in KEYS))
    return sections.index(getattr(key, "section", sections[0]))


def _usage(text: str) -> str:
    lines = text.partition("\n\n")[0].removeprefix("Usage: ").splitlines()
    return "\n".join(line.strip() for line in lines) + "\n"


def _body(text: str) -> str:
    return textwrap.dedent(text.partition("\n\n")[2])


def _block(text: str) -> str:
    """Set lines as they are."""
    lines = [_line(line) for line in text.rstrip("\n").splitlines()]
    return ".nf\n{}\n.fi\n".format("\n".join(lines))


def _line(text: str) -> str:
    """Escape a line; one that begins with a point or a quotation mark would be a request."""
    escaped = _escape(text)
    return f"\\&{escaped}" if escaped[:1] in {".", "'"} else escaped


def _escape(text: str) -> str:
    return text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq").replace("`", "\\`")


if __name__ == "__main__":
    MAN.write_text(man_page(), encoding="utf-8")
    for shell, path in COMPLETIONS.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(completion_file(shell), encoding="utf-8")
