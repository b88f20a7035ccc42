"""What a build makes: the page that a package index shows, from the README.

Such a page knows no file of the repository: a relative picture is broken there and a relative link
leads nowhere. So the pictures become one drawn with characters, and such links their words.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from hatchling.metadata.plugin.interface import MetadataHookInterface

_PICTURE: Final = re.compile(r"^!\[[^\]]*\]\((?!https?://)[^)]+\)\n", re.MULTILINE)
_LINK: Final = re.compile(r"(?<!!)\[([^\]]+)\]\((?!https?://|mailto:)[^)]+\)")
_COMMENT: Final = re.compile(r"^<!--[^\n]*?-->\n", re.MULTILINE)
_RELEASE: Final = re.compile(r"^## (.*?)^(?=## |\Z)", re.MULTILINE | re.DOTALL)


def index_page(readme: str, picture: str, changelog: str) -> str:
    """Make the page of a package index.

    Args:
        readme: The README.
        picture: The screen as lines of characters; takes the place of the first picture.
        changelog: All of it; its newest release is added.
    """
    drawn = [f"```text\n{picture.rstrip()}\n```\n"]
    page = _PICTURE.sub(lambda _: drawn.pop() if drawn else "", readme)
    newest = _RELEASE.search(changelog)
    if newest is not None:
        page = (
            f"{page.rstrip()}\n\n## Changes in {newest[1].replace('[', '', 1).replace(']', '', 1)}"
        )
    page = _COMMENT.sub("", page)
    return f"{_LINK.sub(lambda link: link[1], page).rstrip()}\n"


class MetadataHook(MetadataHookInterface):
    """Tells the build backend of the page."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the page to what is known of the project."""
        root = Path(self.root)
        names = ("README.md", "docs/reader.txt", "CHANGELOG.md")
        texts = [(root / name).read_text(encoding="utf-8") for name in names]
        metadata["readme"] = {"content-type": "text/markdown", "text": index_page(*texts)}
