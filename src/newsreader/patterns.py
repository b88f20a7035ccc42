"""Regular expressions that are compiled when they are used first.

`re.compile` takes 0.15 ms in the mean: 40 ms for the 300 patterns of the article's modules, of
which one post needs a third. What a command never uses costs it nothing here, and what it uses
costs, from the second use on, one look-up of an attribute more than a compiled pattern's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    compile_late = re.compile
else:

    class compile_late:  # noqa: N801  (stands for the function `re.compile`)
        """A pattern that has not been needed yet; afterwards it has the methods of one.

        Args:
            pattern: The expression.
            flags: Those of `re`.
        """

        def __init__(self, pattern: str, flags: int = 0) -> None:
            self.pattern = pattern
            self.flags = flags

        def __getattr__(self, name: str) -> object:
            """Compile the pattern, and keep the attribute so that this is not asked again."""
            found = getattr(re.compile(self.pattern, self.flags), name)
            setattr(self, name, found)
            return found


__all__ = ["compile_late"]
