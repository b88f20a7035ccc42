"""What a check of a corpus found, post by post and in sum."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Finding:
    """What was found of one post.

    Attributes:
        path: Where it lies.
        visible: How many characters the reference shows.
        lost: Those the reader does not show, and no rule takes out.
        gained: Those only the reader shows, and no rule adds.
        ruled: How many each rule took out or added.
        same_order: Whether the two texts are equal, not only their characters.
        markers: Markers that are shown and should not be.
        wide: Lines over the width, by width.
        edges: Lines that break rule 34, by width, and the first of them.
        milliseconds: The time of parsing, and of laying out at each width.
        problem: Why it could not be checked; empty where it was.
    """

    path: str
    visible: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    gained: Counter[str] = field(default_factory=Counter)
    ruled: Counter[str] = field(default_factory=Counter)
    same_order: bool = True
    markers: Counter[str] = field(default_factory=Counter)
    wide: Counter[int] = field(default_factory=Counter)
    edges: Counter[int] = field(default_factory=Counter)
    edge: str = ""
    milliseconds: tuple[float, ...] = ()
    problem: str = ""

    @property
    def faults(self) -> int:
        """How much is wrong with it."""
        counters: tuple[Counter[str] | Counter[int], ...] = (
            self.lost, self.gained, self.markers, self.wide, self.edges,
        )  # fmt: skip
        return sum(counter.total() for counter in counters) + bool(self.problem)


def report(findings: Sequence[Finding], widths: tuple[int, ...], worst: int) -> Iterator[str]:
    """The summary, then the worst and the slowest posts, as lines."""
    lost = Counter[str]()
    gained = Counter[str]()
    ruled = Counter[str]()
    markers = Counter[str]()
    for finding in findings:
        lost += finding.lost
        gained += finding.gained
        ruled += finding.ruled
        markers += finding.markers
    visible = sum(finding.visible for finding in findings)
    same = sum(finding.same_order for finding in findings)
    failed = [finding for finding in findings if finding.problem]
    yield f"{len(findings):,} posts, {visible:,} visible characters; {len(failed)} not checked"
    yield f"equal to the reference, character by character: {same:,} posts"
    by_rule = ", ".join(f"{rule}: {ruled[rule]:,}" for rule in sorted(ruled)) or "none"
    yield f"differences that rules make (rule: characters): {by_rule}"
    yield f"lost beyond the rules: {lost.total():,}{_most(lost)}"
    yield f"gained beyond the rules: {gained.total():,}{_most(gained)}"
    yield f"stray markers: {markers.total():,}{_most(markers)}"
    for width in widths:
        wide = sum(finding.wide[width] for finding in findings)
        edges = sum(finding.edges[width] for finding in findings)
        yield f"{width} columns: {wide:,} lines too wide, {edges:,} that break rule 34"
    timed = [finding for finding in findings if finding.milliseconds]
    for place, what in enumerate(("parse", *(f"layout at {width}" for width in widths))):
        times = sorted(finding.milliseconds[place] for finding in timed) or [0.0]
        marks = (statistics.median(times), times[len(times) * 99 // 100], times[-1])
        yield "{}: median {:.2f} ms, 99th percentile {:.2f} ms, worst {:.2f} ms".format(
            what, *marks
        )
    faulty = sorted(findings, key=lambda finding: -finding.faults)
    for finding in faulty[:worst]:
        if finding.faults:
            yield f"\n{finding.path}"
            yield from (f"  {line}" for line in describe(finding))
    slowest = sorted(timed, key=lambda finding: -sum(finding.milliseconds))[:worst]
    if slowest:
        yield "\nslowest (parse and all layouts)"
    for finding in slowest:
        yield f"  {sum(finding.milliseconds):8.1f} ms  {finding.path}"


def describe(finding: Finding) -> Iterator[str]:
    """What is wrong with a post, one thing a line."""
    if finding.problem:
        yield finding.problem
    for name, counter in (("lost", finding.lost), ("gained", finding.gained)):
        if counter:
            yield f"{name} {counter.total()} of {finding.visible}{_most(counter)}"
    if finding.markers.total():
        yield f"stray markers{_most(finding.markers)}"
    for width, count in sorted(finding.wide.items()):
        yield f"{count} lines wider than {width}"
    for width, count in sorted(finding.edges.items()):
        yield f"{count} lines break rule 34 at {width}, first at {finding.edge}"


def _most(counter: Counter[str]) -> str:
    found = [f"{key} {count}" for key, count in counter.most_common(12) if count]
    return f" ({', '.join(found)})" if found else ""
