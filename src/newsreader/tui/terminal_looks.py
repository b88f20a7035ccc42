"""How a cell of the terminal looks, and the fewest bytes that turn one look into another."""

from __future__ import annotations

from binascii import crc32
from typing import Final, TypeAlias

from rich.color import ColorSystem
from rich.style import Style

MAX_KNOWN: Final = 4096
"""Looks, and changes from one to another, that are remembered: more are an attack."""

_ATTRIBUTES: Final = (
    ("bold", "1", "22"),
    ("dim", "2", "22"),
    ("italic", "3", "23"),
    ("underline", "4", "24"),
    ("blink", "5", "25"),
    ("blink2", "6", "25"),
    ("reverse", "7", "27"),
    ("conceal", "8", "28"),
    ("strike", "9", "29"),
    ("underline2", "21", "24"),
    ("frame", "51", "54"),
    ("encircle", "52", "54"),
    ("overline", "53", "55"),
)
"""Attributes of `rich.style.Style`, what switches each on, and what off."""

_UNSEEN: Final = frozenset({"bold", "dim", "italic", "conceal"})
"""Attributes that make no difference to a blank."""

_SEEN: Final = sum(1 << bit for bit, each in enumerate(_ATTRIBUTES) if each[0] not in _UNSEEN)

_ANY: Final = ""
"""The foreground of a blank: it may have whichever is set."""

State: TypeAlias = tuple[int, str, str, str]
"""Attributes as bits in the order of the table, codes of the foreground and of the background, and
the target of a link."""

PLAIN: Final[State] = (0, "39", "49", "")

END_LINK: Final = "\x1b]8;;\x1b\\"


class Look:
    """How a cell looks; those of one table are the same object if they are equal.

    Attributes:
        state: What a terminal has to be told for it.
        blank: How a blank looks in it: without what cannot be seen of one.
    """

    __slots__ = ("blank", "state")

    def __init__(self, state: State) -> None:
        self.state = state
        self.blank = self


class Looks:
    """Makes looks of styles."""

    def __init__(self, system: ColorSystem) -> None:
        """Know none.

        Args:
            system: The colours that the terminal has.
        """
        self._system = system
        self._of_styles: dict[Style | None, Look] = {}
        self._of_states: dict[State, Look] = {}

    @property
    def is_full(self) -> bool:
        """Whether it is time for another table."""
        return len(self._of_states) > MAX_KNOWN

    def of(self, style: Style | None) -> Look:
        """The look of a style."""
        look = self._of_styles.get(style)
        if look is None:
            if len(self._of_styles) > MAX_KNOWN:
                self._of_styles.clear()
            look = self._of_styles[style] = self._make(style)
        return look

    def _make(self, style: Style | None) -> Look:
        if style is None:
            style = Style.null()
        attributes = 0
        for bit, (name, _, _) in enumerate(_ATTRIBUTES):
            if getattr(style, name):
                attributes |= 1 << bit
        foreground, background = PLAIN[1:3]
        if style.color is not None:
            foreground = ";".join(style.color.downgrade(self._system).get_ansi_codes())
        if style.bgcolor is not None:
            codes = style.bgcolor.downgrade(self._system).get_ansi_codes(foreground=False)
            background = ";".join(codes)
        link = style.link or ""
        look = self._look((attributes, foreground, background, link))
        if not link and not attributes & _SEEN:
            look.blank = self._look((0, _ANY, background, ""))
        return look

    def _look(self, state: State) -> Look:
        return self._of_states.setdefault(state, Look(state))


class Transitions(dict[tuple[State, State], tuple[str, State]]):
    """What has to be sent for a cell that looks so, and how the next one would look then."""

    def __missing__(self, states: tuple[State, State]) -> tuple[str, State]:
        if len(self) > MAX_KNOWN:
            self.clear()
        made = self[states] = _transition(*states)
        return made


def _transition(before: State, wanted: State) -> tuple[str, State]:
    attributes, foreground, background, link = wanted
    if foreground == _ANY:
        attributes, foreground = before[0] & ~_SEEN, before[1]
    after = (attributes, foreground, background, link)
    steps = _attribute_codes(before[0], attributes)
    colours = [foreground] if foreground != before[1] else []
    colours += [background] if background != before[2] else []
    anew = _attribute_codes(0, attributes)
    anew += [foreground] if foreground != PLAIN[1] else []
    anew += [background] if background != PLAIN[2] else []
    codes = ";".join(steps + colours)
    from_plain = ";".join(["0", *anew])
    if len(from_plain) < len(codes):
        codes = from_plain
    sent = f"\x1b[{codes}m" if after[:3] != before[:3] else ""
    if link != before[3]:
        # The same id for each piece of a link: terminals show them as one that was broken.
        sent += (
            f"\x1b]8;id={crc32(link.encode(errors='replace'))};{link}\x1b\\" if link else END_LINK
        )
    return sent, after


def _attribute_codes(before: int, after: int) -> list[str]:
    """What switches attributes off, and then others on."""
    off = {
        code
        for bit, (_, _, code) in enumerate(_ATTRIBUTES)
        if before & ~after & 1 << bit
    }  # fmt: skip
    return sorted(off) + [
        on
        for bit, (_, on, code) in enumerate(_ATTRIBUTES)
        if after & 1 << bit and (code in off or not before & 1 << bit)
    ]


TRANSITIONS: Final = Transitions()
