"""The Chinese sentence for each problem."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from newsreader.messages.english import Wording
    from newsreader.problems import Code

PROBLEMS: Final[Mapping[Code, Wording]] = {}
