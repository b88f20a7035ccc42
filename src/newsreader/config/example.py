"""Write the example config file and the manual's section from the table of options."""

from __future__ import annotations

import textwrap
from typing import assert_never

from newsreader.config.options import (
    OPTIONS,
    Choice,
    CommandKind,
    Flag,
    Kind,
    NamedTextsKind,
    Number,
    Option,
    Records,
    TextKind,
    Texts,
)


def example_config() -> str:
    """A config file with every option, explained and commented out: it changes nothing."""
    return "# newsreader: config.yaml\n" + "".join(f"\n{_explained(each)}" for each in OPTIONS)


def manual_section() -> str:
    """The options as Markdown, for the README: the example file and what happens to mistakes."""
    return (
        "Every option may be left out. What is wrong in the file is told with its line, and the "
        f"rest is used.\n\n```yaml\n{example_config()}```\n"
    )


def _explained(option: Option) -> str:
    """One option of the example: its help as comments, then its value, commented out as well."""
    sentences = textwrap.wrap(f"{option.help} {_shape(option.kind)}".replace("`", ""), 76)
    value = f"{option.name}:{option.example}".splitlines()
    return "".join(f"# {line}\n" for line in sentences) + "".join(f"#{line}\n" for line in value)


def _shape(kind: Kind) -> str:
    """Describe as a sentence what values an option takes."""
    match kind:
        case Choice(allowed):
            return f"One of {', '.join(f'`{word}`' for word in allowed)}."
        case Number(least, most):
            return f"A number from {least} to {most}."
        case Flag():
            return "`yes` or `no`."
        case TextKind(_, shape):
            return f"{shape[0].upper()}{shape[1:]}."
        case CommandKind():
            return "A command with its arguments."
        case Texts():
            return "A text or a list of texts."
        case NamedTextsKind(name, value):
            return f"Lines of the form `{name}: {value}`."
        case Records(fields):
            keys = [
                f"`{each.name}` ({each.help}{'' if each.required else '; may be left out'})"
                for each in fields
            ]
            return f"A list; each entry has {', '.join(keys[:-1])} and {keys[-1]}."
        case _:
            assert_never(kind)
