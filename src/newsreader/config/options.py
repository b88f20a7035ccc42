"""The options that there are, each declared once.

Reading, complaints, the example file and the manual all come from `OPTIONS`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias, get_args

from newsreader.config.model import DensityName, GlyphName, LayoutName, MarkRead, WidthName

THEMES: Final = (
    "newsprint",
    "inkwell",
    "textual-dark",
    "textual-light",
    "nord",
    "gruvbox",
    "catppuccin-mocha",
    "dracula",
    "tokyo-night",
    "monokai",
    "flexoki",
    "catppuccin-latte",
    "catppuccin-frappe",
    "catppuccin-macchiato",
    "solarized-light",
    "solarized-dark",
    "rose-pine",
    "rose-pine-moon",
    "rose-pine-dawn",
    "atom-one-dark",
    "atom-one-light",
    "ansi-dark",
    "ansi-light",
)
"""The themes by name, our own first: here, so that a config is read without importing textual."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that is one of a few words."""

    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from `least` to `most`, in the unit that its sentence names."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""


@dataclass(frozen=True, slots=True)
class TextKind:
    """A text.

    Attributes:
        pattern: What all of it matches, as a regular expression; empty: anything.
        shape: What that means, to go on from "is".
    """

    pattern: str = ""
    shape: str = "text"


@dataclass(frozen=True, slots=True)
class CommandKind:
    """A command with its arguments, as one would type it."""


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of texts, or a single one."""


@dataclass(frozen=True, slots=True)
class NamedTextsKind:
    """A mapping from names to a text each, or to a list of texts.

    Attributes:
        name: What a name stands for.
        value: What its text is.
    """

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record."""

    name: str
    help: str
    required: bool = True
    kind: Choice | Number | Flag | TextKind | CommandKind | Texts | NamedTextsKind = field(
        default=TextKind()
    )


@dataclass(frozen=True, slots=True)
class Records:
    """A list of mappings with these keys.

    Attributes:
        fields: The keys; the first one, a text, identifies the record.
        plain: Whether a plain string stands for a record with only the first key.
    """

    fields: tuple[Field, ...]
    plain: bool = False


Kind: TypeAlias = Choice | Number | Flag | TextKind | CommandKind | Texts | NamedTextsKind | Records


@dataclass(frozen=True, slots=True)
class Option:
    """One key of the config file.

    Attributes:
        name: The key.
        kind: What its value looks like.
        help: A sentence.
        example: YAML of a value, as it stands in the example config; that of an option with a
            single value is the default.
    """

    name: str
    kind: Kind
    help: str
    example: str


_DURATION: Final = TextKind(r"[0-9]{1,4}[mhdw]", "a number and `m`, `h`, `d` or `w`, such as `6h`")
_KEPT: Final = TextKind(
    r"[0-9]{1,7}|[0-9]{1,4}[dwy]", "a number of posts, or a number and `d`, `w` or `y`"
)

OPTIONS: Final = (
    Option(
        name="sources",
        kind=Records(
            fields=(
                Field("path", "a folder of posts or one post, from this file's folder or `~`"),
                Field("name", "what to call it", required=False),
                Field(
                    "update",
                    "the command that `newsreader update` and F5 run in it",
                    required=False,
                    kind=CommandKind(),
                ),
                Field(
                    "labels",
                    "what to call its categories",
                    required=False,
                    kind=NamedTextsKind("category", "name"),
                ),
                Field(
                    "hidden",
                    "a list of categories to leave out beside the posts",
                    required=False,
                    kind=Texts(),
                ),
            ),
            plain=True,
        ),
        help="What `newsreader` opens when the command line names nothing.",
        example="\n  - ~/news\n  - path: ~/sites/finance\n    name: Finance\n"
        "    update: git pull --ff-only\n    labels:\n      caijing: 财经\n"
        "    hidden: [drafts]",
    ),
    Option(
        name="feeds",
        kind=Records(
            fields=(
                Field("url", "its address"),
                Field("name", "what to call it", required=False),
                Field("category", "what to list its posts under", required=False),
                Field("tags", "a list of tags for them", required=False, kind=Texts()),
                Field(
                    "every",
                    "how long to wait before asking again, such as 6h",
                    required=False,
                    kind=_DURATION,
                ),
                Field(
                    "keep",
                    "how many posts to keep, such as 500, or for how long, such as 1y",
                    required=False,
                    kind=_KEPT,
                ),
                Field("images", "whether to keep images too", required=False, kind=Flag()),
            ),
            plain=True,
        ),
        help="What `newsreader fetch` asks for new posts.",
        example="\n  - https://example.org/feed.xml\n  - url: https://example.com/atom\n"
        "    name: Example\n    category: tech\n    tags: [chips, 芯片]\n    every: 6h\n"
        "    keep: 1y\n    images: yes",
    ),
    Option(
        name="theme",
        kind=Choice(("auto", *THEMES)),
        help="The colours; `auto` is `newsprint` on a light terminal and `inkwell` on a dark one.",
        example=" auto",
    ),
    Option(
        name="language",
        kind=Choice(("auto", "en", "zh")),
        help="English, or Simplified Chinese; `auto` goes by `LC_ALL`, `LC_MESSAGES` and `LANG`.",
        example=" auto",
    ),
    Option(
        name="layout",
        kind=Choice(get_args(LayoutName)),
        help="Three columns (`wide`), two rows beside the categories (`medium`), one pane at a "
        "time (`narrow`), or what there is room for.",
        example=" auto",
    ),
    Option(
        name="density",
        kind=Choice(get_args(DensityName)),
        help="Lists with one line per post (`compact`), two (`comfortable`), or by the room there "
        "is.",
        example=" auto",
    ),
    Option(
        name="glyphs",
        kind=Choice(get_args(GlyphName)),
        help="Lines and marks in ASCII, or as Unicode has them; `auto` is ASCII on the Linux "
        "console and for what the encoding of the terminal lacks.",
        example=" auto",
    ),
    Option(
        name="ambiguous-width",
        kind=Choice(get_args(WidthName)),
        help="How many cells the terminal takes for quotation marks, Greek and Cyrillic letters "
        "and the like: one (`narrow`), two (`wide`), or as it says when it is asked at the start.",
        example=" auto",
    ),
    Option(
        name="text-width",
        kind=Number(20, 400),
        help="Most cells of a line of an article.",
        example=" 84",
    ),
    Option(
        name="mark-read",
        kind=Choice(get_args(MarkRead)),
        help="When a post counts as read: as soon as it is opened, once its end was on the screen, "
        "or only by the key.",
        example=" open",
    ),
    Option(
        name="fold-stories",
        kind=Flag(),
        help="Whether lists show each story once, however many posts tell it; `D` changes it while "
        "you read.",
        example=" no",
    ),
    Option(
        name="update-interval",
        kind=Number(0, 10_080),
        help="Minutes between two runs of the update commands while the reader is open; 0 runs "
        "them only when asked.",
        example=" 0",
    ),
    Option(
        name="browser",
        kind=CommandKind(),
        help="What opens links; without it, what the system has. `%s` stands for the address, "
        "which otherwise comes last.",
        example=' ""',
    ),
    Option(
        name="editor",
        kind=CommandKind(),
        help="What opens files; without it, `$VISUAL` or `$EDITOR`. `%s` stands for the file.",
        example=' ""',
    ),
    Option(
        name="clipboard",
        kind=CommandKind(),
        help="What takes copied text on its standard input, such as `wl-copy`; without it, the "
        "terminal does.",
        example=' ""',
    ),
    Option(
        name="searches",
        kind=Records(
            fields=(
                Field("name", "what to call it"),
                Field("query", "what to search for"),
            ),
        ),
        help="Searches to keep at hand.",
        example='\n  - name: Chips this week\n    query: "芯片 after:1w"',
    ),
    Option(
        name="keys",
        kind=NamedTextsKind("ACTION", "KEYS"),
        help="Keys instead of those that an action has (see the ids in the table of keys): one or "
        'a list, such as `j`, `G`, `PgDn`, `ctrl+n`, `f2`; `"g g"` is one after the other.',
        example='\n  move.down: [j, down, "ctrl+n"]\n  move.top: "g g"',
    ),
)
"""Every option there is, in the order of the example config."""
