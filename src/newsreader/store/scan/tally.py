"""What a scan has found so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from newsreader.problems import Code, Problem

_PROBLEMS_KEPT: Final = 1000


@dataclass(slots=True)
class ScanTally:
    """The numbers and problems of one scan, as they come up."""

    found: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    problems: dict[Problem, None] = field(default_factory=dict)
    site_problems: dict[Code, list[Problem]] = field(default_factory=dict)

    def trouble(self, problem: Problem) -> None:
        """Note what could not be read."""
        if len(self.problems) < _PROBLEMS_KEPT:
            self.problems[problem] = None

    def trouble_in_site(self, problem: Problem) -> None:
        """Note what is wrong with a site."""
        self.site_problems.setdefault(problem.code, []).append(problem)

    def all_problems(self) -> tuple[Problem, ...]:
        """All problems; those of sites once each kind: a folder of strangers has hundreds."""
        of_sites = (
            Problem("of-several-sites", (first, len(others))) if others else first
            for first, *others in self.site_problems.values()
        )
        return (*of_sites, *self.problems)
